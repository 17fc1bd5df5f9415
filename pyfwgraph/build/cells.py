"""One feature cell for each project and feature, one integration for each project and component."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pyfwgraph.build.weight import Weights
from pyfwgraph.corpus import Claim, iri
from pyfwgraph.errors import DataError
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE

if TYPE_CHECKING:
    from pyfwgraph.build.conclude import Conclusions

FWO, CAT, CLAIM = PREFIXES["fwo"], PREFIXES["cat"], PREFIXES["claim"]
_PROJECT, _LEVEL, _FEATURE, _COMPONENT = (FWO + name for name in ("project", "level", "feature", "component"))
_DERIVED = PREFIXES["prov"] + "wasDerivedFrom"
_HAS = {CAT + name for name in ("built-in", "official-extension", "third-party")}
_WORKS = {CAT + name for name in ("default", "supported")}
_UNCLEAR = f"<{CAT}unclear>"
_DEFAULT_BY_KIND = {
    f"<{CAT}template-engine>": "defaultTemplateEngine",
    f"<{CAT}orm>": "defaultORM",
    f"<{CAT}form-library>": "defaultFormLibrary",
}


class Cell(NamedTuple):
    """One source's cell."""

    node: str
    source: str
    facts: dict[str, list[str]]

    def one(self, predicate: str) -> str:
        return self.facts.get(predicate, [""])[0]


def conclude_cells(claims: Iterable[Claim], weights: Weights, conclusions: Conclusions) -> None:
    """Add the winning cell of each pair, and the shortcuts that follow from it.

    Raises:
        DataError: The IRI of a concluded cell is taken by a source's own cell.
    """
    for pair, cells in _by_pair(claims, _FEATURE).items():
        level, sources = _win(pair, cells, "FeatureSupport", "", weights, conclusions)
        shortcut = "hasFeature" if level in _HAS else "lacksFeature" if level == CAT + "none" else ""
        if shortcut:
            conclusions.add((iri(pair[0]), FWO + shortcut, pair[1]), sources)
    kinds = _kinds(conclusions)
    for pair, cells in _by_pair(claims, _COMPONENT).items():
        level, sources = _win(pair, cells, "Integration", "with-", weights, conclusions)
        if level in _WORKS:
            conclusions.add((iri(pair[0]), FWO + "integratesWith", pair[1]), sources)
        for kind in kinds.get(iri(pair[1]), ()) if level == CAT + "default" else ():
            if kind in _DEFAULT_BY_KIND:
                conclusions.add((iri(pair[0]), FWO + _DEFAULT_BY_KIND[kind], pair[1]), sources)


def _by_pair(claims: Iterable[Claim], other: str) -> dict[tuple[str, str], list[Cell]]:
    cells: dict[tuple[str, str], Cell] = {}
    for claim in claims:
        cell = cells.setdefault((claim.subject, claim.graph), Cell(claim.subject, claim.graph, defaultdict(list)))
        cell.facts[claim.predicate].append(claim.object)
    pairs: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells.values():
        if cell.one(other):
            pairs[cell.one(_PROJECT), cell.one(other)].append(cell)
    return dict(sorted(pairs.items()))


def _kinds(conclusions: Conclusions) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in conclusions.triples:
        if predicate == FWO + "kind":
            kinds[subject].add(value)
    return kinds


def _win(
    pair: tuple[str, str], cells: list[Cell], kind: str, infix: str, weights: Weights, conclusions: Conclusions
) -> tuple[str, frozenset[str]]:
    levels: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        levels[cell.one(_LEVEL)].add(cell.source)
    definite = {level: sources for level, sources in levels.items() if level != _UNCLEAR}
    winner = weights.best(definite or levels, iri(pair[0]))
    winners = [cell for cell in cells if cell.one(_LEVEL) == winner]
    sources = frozenset(levels[winner])
    node = CLAIM + _local(iri(pair[0])) + "-" + infix + _local(iri(pair[1]))
    if any(cell.node == node for cell in cells):
        raise DataError(f"{node} is the name of a conclusion: give the source's cell a name that ends in the source's")
    conclusions.add((node, RDF_TYPE, f"<{FWO}{kind}>"), sources)
    conclusions.add((node, _PROJECT, pair[0]), sources)
    conclusions.add((node, _FEATURE if kind == "FeatureSupport" else _COMPONENT, pair[1]), sources)
    conclusions.add((node, _LEVEL, winner), sources)
    for cell in winners:
        conclusions.add((node, _DERIVED, f"<{cell.node}>"), (cell.source,))
        for predicate in (FWO + "via", PREFIXES["rdfs"] + "comment"):
            for value in cell.facts.get(predicate, ()):
                conclusions.add((node, predicate, value), (cell.source,))
    best = partial(weights.best, subject=iri(pair[0]))
    _add_single(node, FWO + "sinceRelease", winners, best, conclusions)
    _add_single(node, FWO + "untilRelease", winners, best, conclusions)
    _record(cells, winner, levels, weights, conclusions)
    return iri(winner), sources


def _add_single(
    node: str,
    predicate: str,
    cells: list[Cell],
    best: Callable[[dict[str, set[str]]], str],
    conclusions: Conclusions,
) -> None:
    values: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        for value in cell.facts.get(predicate, ()):
            values[value].add(cell.source)
    if values:
        chosen = best(values)
        conclusions.add((node, predicate, chosen), values[chosen])


def _record(
    cells: list[Cell], winner: str, levels: dict[str, set[str]], weights: Weights, conclusions: Conclusions
) -> None:
    from pyfwgraph.build.conclude import Lost

    for cell in cells:
        level = cell.one(_LEVEL)
        if level != winner:
            unclear = "the source itself is not certain"
            reason = (
                unclear
                if level == _UNCLEAR
                else weights.explain(levels[winner], [cell.source], iri(cell.one(_PROJECT)))
            )
            conclusions.lost.append(Lost(Claim(cell.node, _LEVEL, level, cell.source), reason))


def _local(name: str) -> str:
    return name.rpartition("/")[2]
