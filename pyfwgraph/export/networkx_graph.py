"""The graph as networkx sees it: directed multigraphs of typed, dated nodes and edges.

A node is named by its CURIE and has `label`, `slug` and `kind` (framework, component, project, feature, category,
specification, agent); a project also has `released`, `last_released` and `status` where they are known. An edge points
from the subject to the object; `relation` is the property's local name and begins its key. What else an edge has
depends on it:

* descent and influence: `date` and `event`, where an event tells them;
* `requires` (one for each run of releases with the same declaration): `specifier`, `scope`, `distribution`, `since` and
  `until` (versions), `date` and `until_date` (days of these releases);
* `hasFeature` and `lacksFeature`: `level`, and `via` (labels of the components that bring it).

Every attribute is text, so that GraphML, GEXF and JSON can hold it; what is not known is absent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.errors import ExportError
from pyfwgraph.family import Family
from pyfwgraph.results import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    import networkx

    from pyfwgraph.dataset import Dataset

    Graph = networkx.MultiDiGraph[str]

PROJECTS = """\
SELECT ?node ?label ?released ?last ?status {
  ?node a fwo:Project ; rdfs:label ?label .
  OPTIONAL { ?node fwo:firstReleased ?released } OPTIONAL { ?node fwo:lastReleased ?last }
  OPTIONAL { ?node fwo:status ?status }
}"""

ROLES = """\
SELECT ?node ?role { VALUES ?role { fwo:Component fwo:Framework } ?node a ?role }"""

OTHERS = """\
SELECT ?node ?label ?kind {
  { ?node skos:inScheme fwo:features BIND("feature" AS ?kind) }
  UNION { ?node skos:inScheme fwo:categories BIND("category" AS ?kind) }
  UNION { ?node a fwo:Specification BIND("specification" AS ?kind) }
  UNION { ?node a foaf:Person BIND("agent" AS ?kind) } UNION { ?node a foaf:Organization BIND("agent" AS ?kind) }
  ?node rdfs:label ?label
}"""

BUILDS_ON = """\
SELECT ?subject ?relation ?object {
  VALUES ?relation { fwo:buildsOn } ?subject ?relation ?object . ?object a fwo:Project .
}"""

RELATIONS = """\
SELECT ?subject ?relation ?object {
  VALUES ?relation {
    fwo:buildsOn fwo:dependsOn fwo:integratesWith fwo:bundles fwo:runsOn fwo:implements fwo:implementsApiOf fwo:partOf
    fwo:defaultTemplateEngine fwo:defaultORM fwo:defaultFormLibrary fwo:category fwo:usedBy fwo:recommendedAlternative
    dcterms:creator doap:maintainer }
  ?subject ?relation ?object
}"""

REQUIREMENTS = """\
SELECT ?node ?subject ?object ?distribution ?specifier ?scope ?since ?date ?until ?untilDate {
  ?node fwo:dependency ?object ; fwo:dependent ?subject ; fwo:distribution ?distribution ; fwo:scope ?scope .
  OPTIONAL { ?node fwo:specifier ?specifier }
  OPTIONAL { ?node fwo:sinceRelease ?first . ?first doap:revision ?since OPTIONAL { ?first dcterms:issued ?date } }
  OPTIONAL { ?node fwo:untilRelease ?last . ?last doap:revision ?until OPTIONAL { ?last dcterms:issued ?untilDate } }
}"""

CELLS = """\
SELECT ?cell ?subject ?object ?level {
  ?cell fwo:project ?subject ; fwo:feature ?object ; fwo:level ?level
}"""

VIA = """\
SELECT ?cell ?component { ?cell fwo:via ?component }"""

FEATURE_TREE = """\
SELECT ?subject ?object { ?subject skos:inScheme fwo:features ; skos:broader ?object }"""


def to_networkx(dataset: Dataset, kind: str = "all") -> Graph:
    """Give a directed multigraph.

    Args:
        dataset: Where to ask.
        kind: `lineage`, `dependencies`, `features`, `builds-on`, or `all` for these and every other relation.

    Raises:
        ExportError: There is no such kind.
    """
    import networkx

    if kind not in _PARTS:
        raise ExportError(f"no graph is called {kind!r}; there are {', '.join(_PARTS)}")
    graph: Graph = networkx.MultiDiGraph(name=f"pyfwgraph {kind}")
    _add_nodes(graph, dataset)
    for add in _PARTS[kind]:
        add(graph, dataset)
    graph.remove_nodes_from([node for node in graph if "label" not in graph.nodes[node]])
    if kind != "all":
        graph.remove_nodes_from(list(networkx.isolates(graph)))
    return graph


def _rows(dataset: Dataset, query: str) -> Iterator[Any]:
    """The rows of an answer in the order of their terms: sorting them here costs less than on the engine."""
    rows = dataset.query(query)
    return iter(Rows(rows.columns, sorted(rows.cells, key=lambda cells: tuple([cell or "" for cell in cells]))))


def _add_nodes(graph: Graph, dataset: Dataset) -> None:
    for row in _rows(dataset, PROJECTS):
        node, label = str(row["node"]), str(row["label"])
        given = {"released": row["released"], "last_released": row["last"], "status": row["status"]}
        known = {name: str(value).removeprefix("cat:") for name, value in given.items() if value is not None}
        graph.add_node(node, label=label, slug=node.partition(":")[2], kind="project", **known)
    for node, role in _rows(dataset, ROLES):
        graph.nodes[str(node)]["kind"] = role.removeprefix("fwo:").lower()
    for node, label, kind in _rows(dataset, OTHERS):
        if node not in graph:
            graph.add_node(str(node), label=str(label), slug=node.partition(":")[2], kind=str(kind))


def _add_edge(graph: Graph, subject: str, relation: str, value: str, suffix: str = "", **given: object) -> None:
    known = {name: str(text) for name, text in given.items() if text is not None}
    graph.add_edge(str(subject), str(value), key=relation + suffix, relation=relation, **known)


def _add_lineage(graph: Graph, dataset: Dataset) -> None:
    family = Family(dataset)
    for edge in family.edges:
        event = family.event(edge)
        date, name = (event.date, event.name) if event else (None, None)
        _add_edge(graph, edge.child, edge.relation, edge.parent, date=date, event=name)


def _add_builds_on(graph: Graph, dataset: Dataset) -> None:
    for subject, _, value in _rows(dataset, BUILDS_ON):
        _add_edge(graph, subject, "buildsOn", value)


def _add_relations(graph: Graph, dataset: Dataset) -> None:
    for subject, relation, value in _rows(dataset, RELATIONS):
        if str(value) in graph and str(subject) in graph:
            _add_edge(graph, subject, relation.partition(":")[2], value)


def _add_requirements(graph: Graph, dataset: Dataset) -> None:
    for row in _rows(dataset, REQUIREMENTS):
        node, subject, value, distribution, specifier, scope, since, date, until, until_date = row
        _add_edge(
            graph, subject, "requires", value, f" {node}",
            distribution=distribution, specifier=specifier, scope=scope.removeprefix("cat:"),
            since=since, date=date, until=until, until_date=until_date,
        )  # fmt: skip


def _add_features(graph: Graph, dataset: Dataset) -> None:
    via: dict[str, list[str]] = {}
    for cell, component in _rows(dataset, VIA):
        via.setdefault(cell, []).append(graph.nodes[str(component)]["label"] if component in graph else str(component))
    for cell, subject, feature, level in _rows(dataset, CELLS):
        relation = "lacksFeature" if level == "cat:none" else "hasFeature"
        through = ", ".join(via.get(cell, ())) or None
        _add_edge(graph, subject, relation, feature, level=level.removeprefix("cat:"), via=through)
    for narrower, broader in _rows(dataset, FEATURE_TREE):
        _add_edge(graph, narrower, "broader", broader)


_PARTS: dict[str, tuple[Callable[[Graph, Dataset], None], ...]] = {
    "lineage": (_add_lineage,),
    "dependencies": (_add_requirements,),
    "features": (_add_features,),
    "builds-on": (_add_builds_on,),
    "all": (_add_lineage, _add_requirements, _add_features, _add_relations),
}
"""The kinds of graph, and what each is made of."""
