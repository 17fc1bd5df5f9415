"""Who comes from whom: ancestors, descendants, and the whole lineage of a project, dated where an event tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.family import WORDS
from pyfwgraph.term import IRI
from pyfwgraph.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx
    from matplotlib.axes import Axes

    from pyfwgraph.export.picture.drawing import Drawing
    from pyfwgraph.family import Edge
    from pyfwgraph.knowledge import Knowledge
    from pyfwgraph.names import Thing


def ancestors(known: Knowledge, project: Thing, *, influences: bool = False) -> View:
    """Give what a project descends from; `influences` counts inspirations as steps too."""
    title = f"Ancestors of {project}" + (" and what inspired them" if influences else "")
    return _walk(known, project, title, upwards=True, influences=influences)


def descendants(known: Knowledge, project: Thing, *, influences: bool = False) -> View:
    """Give what descends from a project; `influences` counts what it inspired too."""
    title = f"Descendants of {project}" + (" and what they inspired" if influences else "")
    return _walk(known, project, title, upwards=False, influences=influences)


def lineage(known: Knowledge, project: Thing) -> Lineage:
    """Give all descents and influences around a project: ancestors, descendants, and what inspired which."""
    family, kin = known.family, {project.iri}
    for upwards in (True, False):
        kin.update(there for _, there, _ in family.steps(project.iri, upwards=upwards))
    edges = [
        edge
        for edge in family.edges
        if {edge.child, edge.parent} <= kin
        or project.iri in (edge.child, edge.parent)
        or (edge.relation == "mergedInto" and edge.parent in kin)
    ]
    return Lineage(known, project, edges)


def _walk(known: Knowledge, project: Thing, title: str, *, upwards: bool, influences: bool) -> View:
    family, rows, facts = known.family, [], []
    for edge, there, steps in family.steps(project.iri, upwards=upwards, influences=influences):
        event = family.event(edge)
        how = f"{family.names[edge.child]} {WORDS[edge.relation]} {family.names[edge.parent]}"
        released = family.released.get(there)
        date = event.date if event else None
        rows.append((there, family.names[there], steps, *edge, how, date, released))
        facts.append(edge.fact)
    columns = ("project", "name", "steps", "child", "relation", "parent", "how", "date", "released")
    return View(known.dataset, title, columns, rows, facts, hidden=("project", "child", "relation", "parent"))


class Lineage(View):
    """The descents and influences around a project: a row for each, with its date where an event tells it.

    `events` is the table of what happened; `to_networkx()`, `to_mermaid()`, `to_svg()` and `plot()` draw it.

    >>> import pyfwgraph as fw
    >>> lineage = fw.load().lineage("Pyramid")
    >>> ("repoze.bfg", "renamed from") in [(row["parent_name"], row["relation"]) for row in lineage]
    True
    """

    def __init__(self, known: Knowledge, project: Thing, edges: Iterable[Edge]) -> None:
        family = self._family = known.family
        self._edges, self.project = tuple(edges), project
        rows = []
        for edge in self._edges:
            event = family.event(edge)
            child, parent = family.thing(edge.child), family.thing(edge.parent)
            told = (event.date, event.name) if event else (None, None)
            rows.append((child.iri, child.name, WORDS[edge.relation], parent.iri, parent.name, *told))
        columns = ("child", "child_name", "relation", "parent", "parent_name", "date", "event")
        facts = [edge.fact for edge in self._edges]
        super().__init__(known.dataset, f"Lineage of {project}", columns, rows, facts, hidden=("child", "parent"))

    @property
    def members(self) -> tuple[Thing, ...]:
        """The projects of the lineage, by name."""
        iris = {self.project.iri, *(iri for edge in self._edges for iri in (edge.child, edge.parent))}
        return tuple(sorted((self._family.thing(iri) for iri in iris), key=lambda thing: thing.name.lower()))

    @property
    def events(self) -> View:
        """What happened among them, by date."""
        members = {thing.iri for thing in self.members}
        told = [event for event in self._family.events if members & {*event.before, *event.after}]
        rows = [(event.iri, event.name, event.kind, event.date, event.comment) for event in told]
        columns = ("event", "name", "kind", "date", "comment")
        facts = [(event.iri, IRI("fwo:eventKind"), IRI(f"cat:{event.kind}")) for event in told]
        title = f"Events in the lineage of {self.project}"
        return View(self._dataset, title, columns, rows, facts, hidden=("event",))

    def to_networkx(self, source: str | None = None, target: str | None = None) -> networkx.MultiDiGraph[str]:
        """Give the lineage as a directed multigraph; see `Graph.to_networkx`; with columns named, the rows."""
        if source or target:
            return super().to_networkx(source, target)
        from pyfwgraph.export.networkx_graph import to_networkx

        graph = to_networkx(self._dataset, "lineage")
        kept = {(str(edge.child), str(edge.parent), edge.relation) for edge in self._edges}
        graph.remove_edges_from([edge for edge in graph.edges(keys=True) if edge not in kept])
        members = {str(thing.iri) for thing in self.members}
        graph.remove_nodes_from([node for node in graph if node not in members])
        graph.graph["name"] = self.title
        return graph

    def to_mermaid(self) -> str:
        """Give the lineage as a Mermaid flowchart."""
        from pyfwgraph.export.picture import lineage_mermaid

        return lineage_mermaid(self.to_networkx())

    def to_svg(self) -> str:
        """Give the lineage as a timeline in SVG."""
        from pyfwgraph.export.picture import to_svg

        return to_svg(self._drawing())

    def plot(self, axes: Axes | None = None) -> Axes:
        """Draw the lineage as a timeline with matplotlib (needs `pip install 'pyfwgraph[notebook]'`); give the axes."""
        from pyfwgraph.export.picture import to_axes

        return to_axes(self._drawing(), axes)

    def _drawing(self) -> Drawing:
        from pyfwgraph.export.picture import lineage_drawing

        return lineage_drawing(self.to_networkx(), title=self.title)
