"""The family of projects: every edge of descent and influence, and every event, read once and walked in memory.

The edges are few, so they are walked here, level by level: the same on every engine, where a property path of the
server's may repeat itself or run away.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pyfwgraph.names import Thing
from pyfwgraph.term import IRI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyfwgraph.dataset import Dataset

EDGES = """\
SELECT ?child ?relation ?parent {
  VALUES ?relation {
    fwo:renamedFrom fwo:forkOf fwo:rewriteOf fwo:splitFrom fwo:successorOf fwo:mergedInto fwo:inspiredBy }
  ?child ?relation ?parent . ?parent a fwo:Project .
} ORDER BY ?child ?relation ?parent"""

EVENTS = """\
SELECT ?event ?name ?kind ?date ?before ?after ?comment {
  ?event a fwo:LineageEvent ; rdfs:label ?name ; fwo:eventKind ?kind .
  OPTIONAL { ?event fwo:date ?date } OPTIONAL { ?event rdfs:comment ?comment }
  OPTIONAL { ?event prov:used ?before } OPTIONAL { ?event prov:generated ?after }
} ORDER BY ?date ?event ?before ?after"""

PROJECTS = """\
SELECT ?project ?name ?released {
  ?project a fwo:Project ; rdfs:label ?name OPTIONAL { ?project fwo:firstReleased ?released }
} ORDER BY ?project"""

DESCENT = ("renamedFrom", "forkOf", "rewriteOf", "splitFrom", "successorOf")
"""Relations of code or of users handed on, narrowest first."""
INFLUENCE = "inspiredBy"
WORDS = {
    "renamedFrom": "renamed from",
    "forkOf": "fork of",
    "rewriteOf": "rewrite of",
    "splitFrom": "split from",
    "successorOf": "successor of",
    "mergedInto": "merged into",
    "inspiredBy": "inspired by",
}

KINDS = {
    "renamedFrom": "rename",
    "forkOf": "fork",
    "rewriteOf": "rewrite",
    "splitFrom": "split",
    "successorOf": "succession",
    "mergedInto": "merge",
}
"""The kind of event that each relation of descent comes from; a merge stands in for any."""


class Edge(NamedTuple):
    """One step of descent or influence, from the younger to the older; `mergedInto` from what ended to what stayed."""

    child: IRI
    relation: str
    parent: IRI

    @property
    def fact(self) -> tuple[IRI, IRI, IRI]:
        """The statement that the step is."""
        return (self.child, IRI(f"fwo:{self.relation}"), self.parent)


class Event(NamedTuple):
    """Something that happened in the lineage; the date is a day, or text where a month or year is all that is known."""

    iri: IRI
    name: str
    kind: str
    date: object
    before: tuple[IRI, ...]
    after: tuple[IRI, ...]
    comment: str | None


class Family:
    """Every project with its descents, influences and events, read once from a dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self.edges = tuple(Edge(c, r.removeprefix("fwo:"), p) for c, r, p in dataset.query(EDGES))
        self.events = _events(dataset)
        self.names: dict[IRI, str] = {}
        self.released: dict[IRI, object] = {}
        for project, name, released in dataset.query(PROJECTS):
            self.names[project] = str(name)
            self.released[project] = released
        self._up: dict[IRI, list[Edge]] = defaultdict(list)
        self._down: dict[IRI, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            self._up[edge.child].append(edge)
            self._down[edge.parent].append(edge)
        self._told: dict[tuple[IRI, IRI], list[Event]] = defaultdict(list)
        for event in self.events:
            for pair in [(before, after) for before in event.before for after in event.after]:
                self._told[pair].append(event)

    def thing(self, iri: IRI) -> Thing:
        """Give a project by its IRI."""
        return Thing(iri, self.names.get(iri, str(iri)))

    def event(self, edge: Edge) -> Event | None:
        """Give the event behind an edge, or None where none tells of it."""
        told = self._told.get((edge.parent, edge.child)) or self._told.get((edge.child, edge.parent)) or []
        kinds = (KINDS[edge.relation], "merge") if edge.relation in KINDS else ()
        return next((event for kind in kinds for event in told if event.kind == kind), None)

    def steps(self, start: IRI, *, upwards: bool, influences: bool = False) -> Iterator[tuple[Edge, IRI, int]]:
        """Walk up or down level by level: each edge taken, where it leads, and the steps from the start."""
        relations = {*DESCENT, INFLUENCE} if influences else {*DESCENT}
        level, seen, steps = [start], {start}, 0
        while level:
            steps += 1
            reached: list[IRI] = []
            for edge in [edge for here in level for edge in (self._up if upwards else self._down)[here]]:
                there = edge.parent if upwards else edge.child
                if edge.relation in relations:
                    yield edge, there, steps
                    if there not in seen:
                        seen.add(there)
                        reached.append(there)
            level = reached


def _events(dataset: Dataset) -> tuple[Event, ...]:
    found: dict[IRI, Event] = {}
    for iri, name, kind, date, before, after, comment in dataset.query(EVENTS):
        event = found.get(iri) or Event(iri, name, kind.removeprefix("cat:"), date, (), (), comment)
        found[iri] = event._replace(
            before=tuple(dict.fromkeys([*event.before, *([before] if before else [])])),
            after=tuple(dict.fromkeys([*event.after, *([after] if after else [])])),
        )
    return tuple(found.values())
