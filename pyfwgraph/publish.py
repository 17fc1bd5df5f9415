"""The dataset into a server: graph by graph, so that what failed can be sent again and nothing is there twice.

A graph is replaced as a whole; a large one goes in parts. The conclusions go to the server's default graph, or, where
it has none of its own, to the named graph where `connect()` looks for them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from time import monotonic
from typing import TYPE_CHECKING

from pyfwgraph.errors import PyfwgraphError, StoreError
from pyfwgraph.graphstore import GraphStore, Refused
from pyfwgraph.remote import CONCLUSIONS, Endpoint
from pyfwgraph.store import open_target
from pyfwgraph.term import IRI, from_term
from pyfwgraph.virtuoso import SYSTEM_GRAPHS
from pyfwgraph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Store

    from pyfwgraph.store import Target

PART = 5_000_000
"""Bytes of N-Triples that are sent at once."""

MOMENT = 20
"""Seconds that a server may take for the first triple: some never answer what they do not understand."""

PROBE = "urn:pyfwgraph:probe"
_PROBED = f'<{PROBE}> <{PROBE}> "a graph that is gone in a moment" .\n'.encode()
_IS_UNION = f"ASK {{ <{PROBE}> <{PROBE}> ?anything }}"
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class Sent:
    """One graph that was sent, or was not: then `failure` says why. The default graph has an empty name."""

    graph: str
    triples: int
    seconds: float = 0.0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What was sent, what failed, and what the server says it holds.

    `wrong` names graphs whose count differs from what was sent, with both; `stale` graphs of ours that the dataset has
    no more. Both are empty where no endpoint was given, and `counted` is false.
    """

    graphs: tuple[Sent, ...]
    conclusions: str
    seconds: float
    counted: bool = False
    wrong: tuple[tuple[str, int, int], ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[Sent, ...]:
        """The graphs that were not sent."""
        return tuple(graph for graph in self.graphs if graph.failure)

    @property
    def triples(self) -> int:
        """The triples that were sent."""
        return sum(graph.triples for graph in self.graphs if not graph.failure)


def publish(
    target: Target,
    store: GraphStore,
    *,
    endpoint: Endpoint | None = None,
    only: Iterable[str] = (),
    conclusions: str | None = None,
    part: int = PART,
    tell: Callable[[Sent, int], None] | None = None,
) -> Report:
    """Send a dataset to a graph store.

    Args:
        target: The dataset.
        store: Where to send it.
        endpoint: The server's SPARQL endpoint, to count what has arrived.
        only: Graphs to send, by CURIE or IRI, `conclusions` for the conclusions; all unless given.
        conclusions: The named graph for the conclusions, or empty text for the default graph; found out unless given.
        part: Bytes that are sent at once.
        tell: Called after each graph with it and the number of graphs there are.

    Raises:
        StoreError: The dataset or the store cannot be opened, or the store takes nothing; where single graphs fail
            the report says which.
    """
    started = monotonic()
    quads = open_target(target)
    endpoint = endpoint and endpoint.plain()
    names = _chosen(quads, tuple(only))
    place = _where_conclusions_go(store, endpoint) if conclusions is None else conclusions
    graphs: list[Sent] = []
    for name in names:
        sent, place = _send(quads, store, name, place, part, fixed=conclusions is not None)
        graphs.append(sent)
        if tell is not None:
            tell(sent, len(names))
    report = Report(tuple(graphs), place, monotonic() - started)
    return report if endpoint is None else _counted(report, quads, endpoint, started)


def _chosen(quads: Store, only: tuple[str, ...]) -> list[str]:
    """The graphs to send; the conclusions, whose name is empty, come last: then they rest on what is there."""
    named = sorted(graph.value for graph in quads.named_graphs())
    if not only:
        return [*named, ""]
    wanted = ["" if name in ("conclusions", "default") else IRI(name).full for name in only]
    for iri in wanted:
        if iri and iri not in named:
            import difflib

            nearest = ", ".join(IRI(near) for near in difflib.get_close_matches(iri, named, n=3, cutoff=0.0))
            raise StoreError(f"the dataset has no graph {IRI(iri)}; the nearest are {nearest}")
    return sorted(set(wanted), key=lambda name: (not name, name))


def _where_conclusions_go(store: GraphStore, endpoint: Endpoint | None) -> str:
    """Put a graph of one triple, see whether the server's default graph shows it, and remove it again.

    This finds out too, before anything large is sent, whether the store takes anything.
    """
    store.put(PROBE, [_PROBED], timeout=MOMENT)
    try:
        return CONCLUSIONS if endpoint is not None and endpoint.ask(_IS_UNION)[1] else ""
    finally:
        store.delete(PROBE)


def _send(quads: Store, store: GraphStore, name: str, place: str, part: int, *, fixed: bool) -> tuple[Sent, str]:
    """Send one graph; give what came of it, and where the conclusions go."""
    started = monotonic()
    triples, parts = _parts(quads, name, part)
    try:
        try:
            store.put(name or place, parts)
        except Refused as refused:
            if name or place or fixed or refused.code in (401, 403, 413):
                raise
            place = CONCLUSIONS  # a store without a default graph of its own refuses it
            store.put(place, _parts(quads, name, part)[1])
    except PyfwgraphError as error:
        return Sent(name, triples, monotonic() - started, str(error)), place
    return Sent(name, triples, monotonic() - started), place


def _parts(quads: Store, name: str, part: int) -> tuple[int, Iterator[bytes]]:
    """The number of triples of a graph, and its N-Triples in parts that end with a line.

    A graph with blank nodes stays whole: their labels hold within one document only.
    """
    from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

    graph = NamedNode(name) if name else DefaultGraph()
    text = quads.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b""
    whole = len(text) <= part or text.startswith(b"_:") or b" _:" in text or b"\n_:" in text
    return text.count(b"\n"), iter([text]) if whole else _cut(text, part)


def _cut(text: bytes, part: int) -> Iterator[bytes]:
    start = 0
    while start < len(text):
        end = text.rfind(b"\n", start, start + part) + 1
        if end == 0:  # one line longer than a part
            end = text.find(b"\n", start) + 1
        yield text[start:end]
        start = end


def _counted(report: Report, quads: Store, endpoint: Endpoint, started: float) -> Report:
    """Add to a report what the server says it holds."""
    found = {graph[1:-1]: _number(count) for graph, count in endpoint.ask(_COUNTS)[2]}
    if not report.conclusions:
        found[""] = _number(endpoint.ask(_COUNT)[2][0][0])
    sent = {graph.graph or report.conclusions: graph.triples for graph in report.graphs if not graph.failure}
    wrong = tuple((name, number, found.get(name, 0)) for name, number in sent.items() if number != found.get(name, 0))
    ours = set(chain((graph.value for graph in quads.named_graphs()), SYSTEM_GRAPHS, ("", report.conclusions)))
    stale = tuple(name for name in found if name.startswith(BASE) and name not in ours)
    return replace(report, counted=True, wrong=wrong, stale=stale, seconds=monotonic() - started)


def _number(term: str) -> int:
    return int(str(from_term(term)))
