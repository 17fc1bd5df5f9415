"""Who descends from whom, as a picture needs it: members with dates, ties from the older to the newer, families."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyfwgraph.errors import ExportError
from pyfwgraph.export.picture.moment import Moment, read_moment

if TYPE_CHECKING:
    import networkx

WORDS = {
    "renamedFrom": "renamed",
    "forkOf": "fork",
    "rewriteOf": "rewrite",
    "splitFrom": "split",
    "successorOf": "successor",
    "mergedInto": "merged",
    "inspiredBy": "inspired",
}
"""The relations of lineage, descent first, in the words of the legend."""

INFLUENCE = "inspiredBy"
_ENDINGS = {"archived", "discontinued", "superseded", "unmaintained"}


@dataclass(frozen=True, slots=True)
class Member:
    """A project with what its picture tells of it."""

    id: str
    label: str
    kind: str
    released: Moment | None
    last: Moment | None
    status: str

    @property
    def ended(self) -> bool:
        """Whether its status says that it is no longer developed."""
        return self.status.rpartition(":")[2] in _ENDINGS

    @property
    def hover(self) -> str:
        """What is known of it, in one line."""
        first = f"first release {self.released.text}" if self.released else "date of first release unknown"
        last = [f"last known release {self.last.text}"] if self.last else []
        return ", ".join([f"{self.label}: {first}", *last, *([self.status] if self.status else [])])


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation from the older project to the newer one, which is against the edge except for mergedInto."""

    older: str
    newer: str
    relation: str
    date: Moment | None


def read_members(graph: networkx.MultiDiGraph[str]) -> dict[str, Member]:
    """Give the nodes of a graph as members, by id, in the order of their ids.

    Raises:
        ExportError: A date of a node is none.
    """
    return {node: _member(node, graph.nodes[node]) for node in sorted(graph)}


def _member(node: str, given: dict[str, str]) -> Member:
    released = read_moment(given["released"]) if given.get("released") else None
    last = read_moment(given["last_released"]) if given.get("last_released") else None
    label = str(given.get("label") or node)
    return Member(node, label, given.get("kind") or "project", released, last, given.get("status") or "")


def read_ties(graph: networkx.MultiDiGraph[str]) -> tuple[Tie, ...]:
    """Give the edges of a graph as ties, sorted; an edge from a node to itself tells nothing and is none.

    Raises:
        ExportError: An edge has a relation that is not lineage.
    """
    found = set()
    for subject, value, given in graph.edges(data=True):
        relation = given.get("relation", "")
        if relation not in WORDS:
            raise ExportError(f"{relation!r} of {subject} is not lineage: take g.to_networkx('lineage')")
        older, newer = (subject, value) if relation == "mergedInto" else (value, subject)
        date = read_moment(given["date"]) if given.get("date") else None
        if older != newer:
            found.add(Tie(older, newer, relation, date))
    return tuple(sorted(found, key=lambda tie: (tie.older, tie.newer, tie.relation, tie.date or ())))


def find_families(members: Iterable[str], ties: Iterable[Tie]) -> list[list[str]]:
    """Give the sets of projects that descent connects, the largest first; who has no descent is a family of one.

    >>> find_families("abc", [Tie("a", "b", "forkOf", None), Tie("b", "c", "inspiredBy", None)])
    [['a', 'b'], ['c']]
    """
    import networkx

    plain: networkx.Graph[str] = networkx.Graph()
    plain.add_nodes_from(members)
    plain.add_edges_from((tie.older, tie.newer) for tie in ties if tie.relation != INFLUENCE)
    return sorted((sorted(part) for part in networkx.connected_components(plain)), key=lambda part: (-len(part), part))


def family_name(family: Iterable[str], members: dict[str, Member], ties: Iterable[Tie]) -> str:
    """Give the label of the member with most ties, the oldest among equals: the best known name of a family.

    >>> members = {name: Member(name, name.upper(), "framework", None, None, "") for name in "ab"}
    >>> family_name("ab", members, [Tie("a", "b", "forkOf", None), Tie("b", "c", "inspiredBy", None)])
    'B'
    """
    count = Counter(name for tie in ties for name in (tie.older, tie.newer))
    return members[min(family, key=lambda name: (-count[name], members[name].released or _NEVER, name))].label


_NEVER = Moment(math.inf, math.inf, "")
