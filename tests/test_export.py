"""A networkx graph can be written; rdflib sees the same store. Dumps have tests of their own (dump, jsonld, tables, bundle)."""

import io
import json

import networkx
import pytest
import rdflib

from pyfwgraph.errors import ExportError


@pytest.fixture(params=["toy", "packaged"])
def graph(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("kind", ["lineage", "all"])
def test_a_networkx_graph_can_be_written_as_graphml(graph, kind):
    made = graph.to_networkx(kind)
    assert isinstance(made, networkx.MultiDiGraph)
    out = io.BytesIO()
    networkx.write_graphml(made, out)
    back = networkx.read_graphml(io.BytesIO(out.getvalue()), force_multigraph=True)
    assert back.number_of_nodes() == made.number_of_nodes()
    assert back.number_of_edges() == made.number_of_edges()
    json.dumps(networkx.node_link_data(made, edges="edges"))


def test_the_lineage_graph_holds_descent_and_influence_alone(toy):
    made = toy.to_networkx("lineage")
    assert [
        (child, parent, made.edges[child, parent, key]["relation"]) for child, parent, key in made.edges(keys=True)
    ] == [("fw:teakettle", "fw:potwarmer", "renamedFrom")]
    teakettle = {"label": "Teakettle", "slug": "teakettle", "kind": "framework", "released": "2012-05"}
    assert teakettle.items() <= made.nodes["fw:teakettle"].items()


def test_the_graph_of_all_holds_every_project_and_relation(toy):
    made = toy.to_networkx("all")
    projects = {project for (project,) in toy.query("SELECT ?p { ?p a fwo:Project }")}
    assert projects <= set(made.nodes)
    assert "buildsOn" in {data["relation"] for data in made["fw:teakettle"]["fw:boiler"].values()}


def test_an_unknown_kind_of_graph_is_an_error(toy):
    with pytest.raises(ExportError, match="lineage"):
        toy.to_networkx("tree")


def test_rdflib_sees_the_same_store(graph):
    dataset = graph.to_rdflib()
    count = graph.query("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")[0]["n"]
    assert sum(1 for _ in dataset.quads()) == count
    assert dict(dataset.namespaces())["fw"] == rdflib.URIRef("https://w3id.org/pyfwgraph/project/")
    assert graph.query("ASK { ?x a fwo:Framework }")
    assert bool(dataset.query("ASK { ?x a fwo:Framework }"))
