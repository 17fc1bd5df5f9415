"""How two projects are related, in words: the shortest chain of statements between them, the closest kinds first."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pyfwgraph.term import IRI
from pyfwgraph.views.view import View

if TYPE_CHECKING:
    from pyfwgraph.knowledge import Knowledge
    from pyfwgraph.names import Thing

RELATIONS = """\
SELECT ?subject ?relation ?object ?subjectName ?objectName {
  VALUES ?relation {
    fwo:renamedFrom fwo:forkOf fwo:rewriteOf fwo:splitFrom fwo:successorOf fwo:mergedInto fwo:inspiredBy
    fwo:buildsOn fwo:bundles fwo:implementsApiOf fwo:partOf fwo:runsOn fwo:dependsOn fwo:integratesWith }
  ?subject ?relation ?object ; rdfs:label ?subjectName . ?object a fwo:Project ; rdfs:label ?objectName .
} ORDER BY ?subject ?relation ?object"""

STEPS = {
    "renamedFrom": (1.0, "is the new name of"),
    "forkOf": (1.0, "is a fork of"),
    "rewriteOf": (1.0, "is a rewrite of"),
    "splitFrom": (1.0, "was split from"),
    "successorOf": (1.0, "is the successor of"),
    "mergedInto": (1.0, "was merged into"),
    "inspiredBy": (1.5, "was inspired by"),
    "buildsOn": (2.0, "builds on"),
    "bundles": (2.0, "bundles"),
    "implementsApiOf": (2.0, "implements the API of"),
    "partOf": (2.0, "is part of"),
    "runsOn": (3.0, "runs on"),
    "dependsOn": (3.0, "depends on"),
    "integratesWith": (4.0, "integrates with"),
}
"""Each relation, how far apart it puts two projects, and how it reads."""


class Path(View):
    """The steps from one project to another; as text, one sentence for each step."""

    @property
    def text(self) -> str:
        """The steps in words."""
        if not self:
            return f"{self.title}: no chain of statements joins them."
        return "; ".join(f"{row['subject_name']} {row['says']} {row['object_name']}" for row in self) + "."

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"{self.title}\n\n{self.text}"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p><b>{escape(self.title)}</b></p><p>{escape(self.text)}</p>"


def path(known: Knowledge, start: Thing, end: Thing) -> Path:
    """Give how two projects are related: the shortest chain, where descent counts as closer than use.

    Args:
        known: Where to ask.
        start: The first project.
        end: The second.

    Returns:
        A step a row, empty where nothing joins them.
    """
    import networkx

    graph: networkx.Graph[IRI] = networkx.Graph()
    graph.add_nodes_from([start.iri, end.iri])
    for subject, relation, value, subject_name, object_name in known.dataset.query(RELATIONS):
        weight, says = STEPS[relation.removeprefix("fwo:")]
        other = graph.get_edge_data(subject, value)
        if subject != value and (other is None or weight < other["weight"]):
            step = (subject, subject_name, relation, says, value, object_name)
            graph.add_edge(subject, value, weight=weight, step=step)
    try:
        nodes = networkx.shortest_path(graph, start.iri, end.iri, weight="weight")
    except networkx.NetworkXNoPath:
        nodes = []
    steps = [graph.edges[pair]["step"] for pair in pairwise(nodes)]
    columns = ("subject", "subject_name", "relation", "says", "object", "object_name")
    facts = [(step[0], step[2], step[4]) for step in steps]
    return Path(known.dataset, f"From {start} to {end}", columns, steps, facts)
