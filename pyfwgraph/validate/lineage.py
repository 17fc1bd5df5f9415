"""Whether the family tree is one: no cycle, no child older than its parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyfwgraph.corpus import iri
from pyfwgraph.validate.finding import Finding
from pyfwgraph.vocabulary import PREFIXES, compress_iri

_FWO = PREFIXES["fwo"]
_DESCENDS = [_FWO + n for n in ("descendsFrom", "renamedFrom", "forkOf", "rewriteOf", "splitFrom", "successorOf")]
_FIRST = _FWO + "firstReleased"


def check_lineage(triples: Iterable[tuple[str, str, str]]) -> list[Finding]:
    """Check descent among conclusions: a triple is subject IRI, predicate IRI, object in N-Triples form."""
    parents: dict[str, dict[str, str]] = defaultdict(dict)
    first: dict[str, str] = {}
    for subject, predicate, value in triples:
        if predicate in _DESCENDS:
            parents[subject].setdefault(iri(value), predicate)
            if predicate != _DESCENDS[0]:
                parents[subject][iri(value)] = predicate
        elif predicate == _FIRST:
            first[subject] = value.split('"')[1]
    return _cycles(parents) + _too_old(parents, first)


def _cycles(parents: dict[str, dict[str, str]]) -> list[Finding]:
    done: set[str] = set()
    for start in sorted(parents):
        path: list[str] = []
        cycle = _walk(start, parents, done, path)
        if cycle:
            names = " → ".join(map(compress_iri, cycle))
            return [
                Finding("", 0, f"a cycle in fwo:descendsFrom: {names}; take out the edge that is wrong, or rule on it")
            ]
    return []


def _walk(node: str, parents: dict[str, dict[str, str]], done: set[str], path: list[str]) -> list[str]:
    if node in path:
        return [*path[path.index(node) :], node]
    if node in done:
        return []
    path.append(node)
    for parent in sorted(parents.get(node, ())):
        cycle = _walk(parent, parents, done, path)
        if cycle:
            return cycle
    path.pop()
    done.add(node)
    return []


def _too_old(parents: dict[str, dict[str, str]], first: dict[str, str]) -> list[Finding]:
    findings = []
    for child, edges in sorted(parents.items()):
        for parent, predicate in sorted(edges.items()):
            if child in first and parent in first and _earlier(first[child], first[parent]):
                edge = f"{compress_iri(child)} {compress_iri(predicate)} {compress_iri(parent)}"
                message = (
                    f"{edge}: the child's first release, {first[child]}, is before the parent's, {first[parent]}; "
                    "check both dates, or add the parent's earlier release"
                )
                findings.append(Finding("", 0, message))
    return findings


def _earlier(date: str, other: str) -> bool:
    """Whether a date is before another, as far as the coarser of the two tells."""
    width = min(len(date), len(other))
    return date[:width] < other[:width]
