"""Projects and their relations as a networkx graph.

A node is a project, named by its CURIE, with `label`, `slug`, `kind` (framework, component or project) and `released`
where known. An edge has `relation` (the property's local name, also its key) and points from the subject to the object.
Every attribute is text, so that GraphML, GEXF and JSON can hold it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.errors import ExportError

if TYPE_CHECKING:
    import networkx

    from pyfwgraph.dataset import Dataset

RELATIONS = """\
SELECT ?subject ?relation ?object {
  ?relation rdfs:domain fwo:Project ; rdfs:range fwo:Project .
  ?subject ?relation ?object . ?object a fwo:Project .
} ORDER BY ?subject ?relation ?object"""

NODES = """\
SELECT ?project ?label ?released (GROUP_CONCAT(STR(?type)) AS ?types) {
  ?project a fwo:Project ; rdfs:label ?label ; a ?type .
  OPTIONAL { ?project fwo:firstReleased ?released }
} GROUP BY ?project ?label ?released ORDER BY ?project"""

_LINEAGE = ("renamedFrom", "forkOf", "rewriteOf", "splitFrom", "successorOf", "mergedInto", "inspiredBy")


def to_networkx(dataset: Dataset, kind: str) -> networkx.MultiDiGraph[str]:
    """Give a directed multigraph of projects.

    Args:
        dataset: Where to ask.
        kind: `lineage` for descent and influence among projects that have any; `all` for every relation and project.

    Raises:
        ExportError: There is no such kind.
    """
    import networkx

    if kind not in ("lineage", "all"):
        raise ExportError(f"no graph is called {kind!r}; there are 'lineage' and 'all'")
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=f"pyfwgraph {kind}")
    for project, label, released, types in dataset.query(NODES):
        attributes = {"label": str(label), "slug": project.partition(":")[2], "kind": _kind(types)}
        graph.add_node(str(project), **attributes, **({"released": str(released)} if released else {}))
    for subject, relation, value in dataset.query(RELATIONS):
        name = relation.partition(":")[2]
        if kind == "all" or name in _LINEAGE:
            graph.add_edge(str(subject), str(value), key=name, relation=name)
    if kind == "lineage":
        graph.remove_nodes_from(list(networkx.isolates(graph)))
    return graph


def _kind(types: str) -> str:
    return "framework" if "#Framework" in types else "component" if "#Component" in types else "project"
