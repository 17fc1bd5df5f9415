"""From what the sources say to what holds: the default graph, by the rules of the model.

A curator's ruling decides first. Then, for what has one value, the source of the highest precedence, then the newest,
then the value that more sources give. Every conclusion keeps the sources it rests on; every claim that loses keeps why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyfwgraph.build.activity import find_closed
from pyfwgraph.build.cells import conclude_cells
from pyfwgraph.build.names import add_names
from pyfwgraph.build.releases import conclude_releases
from pyfwgraph.build.rulings import Rulings
from pyfwgraph.build.weight import Weights
from pyfwgraph.corpus import ONTOLOGY_GRAPH, RULINGS_GRAPH, Claim, Corpus, iri
from pyfwgraph.errors import DataError
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE, compress_iri

FWO, RDFS, SKOS = PREFIXES["fwo"], PREFIXES["rdfs"], PREFIXES["skos"]
LABEL, ALT_LABEL = RDFS + "label", SKOS + "altLabel"

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Lost:
    """A claim that does not reach the default graph, and why."""

    claim: Claim
    reason: str


@dataclass(slots=True)
class Conclusions:
    """The default graph: each triple with the sources it rests on; and what lost."""

    triples: dict[Triple, frozenset[str]] = field(default_factory=dict)
    lost: list[Lost] = field(default_factory=list)
    _said: set[tuple[str, str]] = field(default_factory=set)

    def has(self, subject: str, predicate: str) -> bool:
        """Whether something is concluded of a subject by a predicate."""
        return (subject, predicate) in self._said

    def add(self, triple: Triple, sources: Iterable[str]) -> None:
        """Conclude a triple from sources."""
        self._said.add(triple[:2])
        self.triples[triple] = self.triples.get(triple, frozenset()).union(sources)

    def lose(self, triple: Triple, reason: str) -> None:
        """Take back a triple that was concluded."""
        self.lost.extend(Lost(Claim(*triple, source), reason) for source in sorted(self.triples.pop(triple)))


def conclude(corpus: Corpus) -> Conclusions:
    """Make the default graph of a corpus.

    Raises:
        DataError: A conclusion cannot be traced to a described source.
    """
    conclusions = Conclusions()
    weights = Weights(corpus.descriptions)
    rulings = Rulings(claim for claim in corpus.claims if claim.graph == RULINGS_GRAPH)
    standing = _apply_rulings(corpus.claims, rulings, conclusions)
    single, grouped = (_flagged(corpus.ontology, FWO + flag) for flag in ("singleValued", "fromOneSource"))
    cells, others = _split_cells(standing)
    _conclude_facts(others, single, grouped, rulings, weights, conclusions)
    conclude_cells(cells, weights, conclusions)
    _add_ontology(corpus, conclusions)
    conclude_releases(find_closed(others), weights, conclusions)
    _add_super_terms(corpus.ontology, conclusions)
    add_names(conclusions)
    _check_traces(conclusions, weights)
    return conclusions


def _apply_rulings(claims: list[Claim], rulings: Rulings, conclusions: Conclusions) -> list[Claim]:
    standing = []
    for claim in claims:
        if claim.graph == RULINGS_GRAPH:
            continue
        reason = rulings.rejects(claim)
        if reason is None:
            standing.append(claim)
        else:
            conclusions.lost.append(Lost(claim, "ruling: " + reason))
    return _without_gutted_nodes(standing, conclusions)


_BACKBONE = [RDF_TYPE, *(FWO + name for name in ("releaseOf", "level", "project"))]
_MADE_NODES = tuple(PREFIXES[prefix] for prefix in ("rel", "claim", "ev"))


def _without_gutted_nodes(claims: list[Claim], conclusions: Conclusions) -> list[Claim]:
    """Drop what is left of a release, claim or event whose type or backbone a ruling took away."""
    gutted = {
        (lost.claim.graph, lost.claim.subject)
        for lost in conclusions.lost
        if lost.claim.predicate in _BACKBONE and lost.claim.subject.startswith(_MADE_NODES)
    }
    if not gutted:
        return claims
    standing = []
    for claim in claims:
        if (claim.graph, claim.subject) in gutted:
            conclusions.lost.append(Lost(claim, "ruling: the node it describes was ruled out"))
        else:
            standing.append(claim)
    return standing


def _flagged(ontology: list[Claim], flag: str) -> frozenset[str]:
    return frozenset(
        claim.subject for claim in ontology if claim.predicate == flag and claim.object.startswith('"true"')
    )


def _split_cells(claims: list[Claim]) -> tuple[list[Claim], list[Claim]]:
    kinds = {f"<{FWO}FeatureSupport>", f"<{FWO}Integration>"}
    nodes = {claim.subject for claim in claims if claim.predicate == RDF_TYPE and claim.object in kinds}
    cells: list[Claim] = []
    others: list[Claim] = []
    for claim in claims:
        (cells if claim.subject in nodes else others).append(claim)
    return cells, others


Values = dict[str, set[str]]
"""The graphs that claim each value."""


def _conclude_facts(
    claims: list[Claim],
    single: frozenset[str],
    grouped: frozenset[str],
    rulings: Rulings,
    weights: Weights,
    conclusions: Conclusions,
) -> None:
    rivals: dict[tuple[str, str], Values] = defaultdict(lambda: defaultdict(set))
    for claim in (*claims, *rulings.accepted_claims()):
        if claim.predicate in single or claim.predicate in grouped:
            rivals[claim.subject, claim.predicate][claim.object].add(claim.graph)
        else:
            conclusions.add(claim.triple, (claim.graph,))
    for (subject, predicate), values in rivals.items():
        accepted = rulings.accepted(subject, predicate)
        winner = accepted or weights.best(values, subject)
        source = RULINGS_GRAPH if accepted else weights.strongest(values[winner], subject)
        winners = [value for value in values if value == winner or (predicate in grouped and source in values[value])]
        for value in winners:
            conclusions.add((subject, predicate, value), values[value])
        _record_losers(subject, predicate, values, winners, weights, conclusions)


def _record_losers(
    subject: str, predicate: str, values: Values, winners: list[str], weights: Weights, conclusions: Conclusions
) -> None:
    for value, graphs in values.items():
        if value in winners:
            continue
        if predicate == LABEL:
            conclusions.add((subject, ALT_LABEL, value), graphs)
            continue
        reason = weights.explain(values[winners[0]], graphs, subject)
        conclusions.lost.extend(Lost(Claim(subject, predicate, value, graph), reason) for graph in sorted(graphs))


def _add_ontology(corpus: Corpus, conclusions: Conclusions) -> None:
    for claim in corpus.ontology:
        conclusions.add(claim.triple, (ONTOLOGY_GRAPH,))
    for claim in corpus.descriptions:
        described = claim.subject if claim.subject.startswith(PREFIXES["src"]) else ONTOLOGY_GRAPH
        conclusions.add(claim.triple, (described,))


def _add_super_terms(ontology: list[Claim], conclusions: Conclusions) -> None:
    """Say the broader property and class too, within our own terms: no engine of ours infers."""
    supers = _closure(ontology, RDFS + "subPropertyOf")
    classes = _closure(ontology, RDFS + "subClassOf")
    for (subject, predicate, value), sources in list(conclusions.triples.items()):
        for broader in supers.get(predicate, ()):
            conclusions.add((subject, broader, value), sources)
        if predicate == RDF_TYPE:
            for broader in classes.get(iri(value), ()):
                conclusions.add((subject, RDF_TYPE, f"<{broader}>"), sources)


def _closure(ontology: list[Claim], predicate: str) -> dict[str, set[str]]:
    direct: dict[str, set[str]] = defaultdict(set)
    for claim in ontology:
        if claim.predicate == predicate and iri(claim.object).startswith(FWO):
            direct[claim.subject].add(iri(claim.object))
    closed: dict[str, set[str]] = {}
    for term in list(direct):
        reached, waiting = set[str](), list(direct[term])
        while waiting:
            broader = waiting.pop()
            if broader not in reached:
                reached.add(broader)
                waiting.extend(direct.get(broader, ()))
        closed[term] = reached
    return closed


def _check_traces(conclusions: Conclusions, weights: Weights) -> None:
    for triple, sources in conclusions.triples.items():
        unknown = [source for source in sources if source not in weights.described]
        if unknown or not sources:
            name = ", ".join(compress_iri(source) for source in unknown) or "nothing"
            raise DataError(
                f"{' '.join(triple)} rests on {name}, which data/sources.ttl does not describe: describe it"
            )
