"""Dumps read back into the same quads, whoever reads them; graphs are graphs that networkx can write."""

import io
import json
import zlib

import networkx
import pytest
import rdflib
from pyld import jsonld
from pyoxigraph import RdfFormat, parse

import pyfwgraph
from pyfwgraph.errors import ExportError


@pytest.fixture(scope="module")
def sample(packaged, tmp_path_factory):
    """One in thirty of the packaged subjects, with all that is said of them: general readers take minutes for the whole."""
    folder = tmp_path_factory.mktemp("sample")
    packaged.export("nquads", folder / "whole.nq")
    with (
        (folder / "whole.nq").open(encoding="utf-8") as whole,
        (folder / "sample.nq").open("w", encoding="utf-8") as some,
    ):
        some.writelines(line for line in whole if zlib.crc32(line.partition(" ")[0].encode()) % 30 == 0)
    graph = pyfwgraph.load(folder / "sample.nq")
    yield graph
    graph.close()


@pytest.fixture(scope="module", params=["toy", "sample"])
def graph(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def nquads(graph, tmp_path_factory):
    path = tmp_path_factory.mktemp("dump") / "x.nq"
    graph.export("nquads", path)
    return path.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def document(graph, tmp_path_factory):
    path = tmp_path_factory.mktemp("dump") / "x.jsonld"
    graph.export("jsonld", path)
    return path


def lines(quads):
    return sorted(f"{quad} ." for quad in quads)


def test_nquads_are_sorted_and_whole(graph, nquads):
    assert nquads == sorted(nquads)
    count = graph.query("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")[0]["n"]
    assert len(nquads) == count


def test_trig_reads_back_into_the_same_quads(graph, nquads, tmp_path):
    graph.export("trig", tmp_path / "x.trig")
    assert lines(parse(path=tmp_path / "x.trig")) == nquads


def test_jsonld_reads_back_with_pyoxigraph(document, nquads):
    assert lines(parse(path=document, format=RdfFormat.JSON_LD)) == nquads


def test_the_whole_packaged_graph_reads_back_from_jsonld(packaged, tmp_path):
    packaged.export("nquads", tmp_path / "x.nq")
    packaged.export("jsonld", tmp_path / "x.jsonld")
    assert set(parse(path=tmp_path / "x.jsonld", format=RdfFormat.JSON_LD)) == set(parse(path=tmp_path / "x.nq"))


def test_jsonld_reads_back_with_pyld_without_fetching(document, nquads):
    def refuse(url, options):
        raise AssertionError(f"fetched {url}")

    text = jsonld.to_rdf(
        json.loads(document.read_text(encoding="utf-8")), {"format": "application/n-quads", "documentLoader": refuse}
    )
    assert lines(parse(text, format=RdfFormat.N_QUADS)) == nquads


def test_jsonld_reads_back_with_rdflib(document, nquads):
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(document, format="json-ld")
    text = dataset.serialize(format="nquads").replace(" <urn:x-rdflib:default>", "")
    assert lines(parse(text, format=RdfFormat.N_QUADS)) == nquads


def test_jsonld_is_plain_json_with_short_names(toy, tmp_path):
    toy.export("jsonld", tmp_path / "toy.jsonld")
    document = json.loads((tmp_path / "toy.jsonld").read_text(encoding="utf-8"))
    (node,) = [n for n in document["@graph"] if n["@id"] == "fw:teakettle"]
    assert node["label"] == "Teakettle"
    assert node["buildsOn"] == "fw:boiler"
    assert node["@type"] == ["fwo:Framework", "fwo:Project"]


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
    assert sorted(made.edges(keys=True)) == [("fw:teakettle", "fw:potwarmer", "renamedFrom")]
    assert made.nodes["fw:teakettle"] == {
        "label": "Teakettle",
        "slug": "teakettle",
        "kind": "framework",
        "released": "2012-05",
    }


def test_the_graph_of_all_holds_every_project_and_relation(toy):
    made = toy.to_networkx("all")
    assert len(made) == toy.query("SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p a fwo:Project }")[0]["n"]
    assert made.has_edge("fw:teakettle", "fw:boiler", key="buildsOn")


def test_an_unknown_form_names_those_that_are(toy, tmp_path):
    with pytest.raises(ExportError, match="there are nquads, trig, jsonld"):
        toy.export("rdfxml", tmp_path / "x")
    with pytest.raises(ExportError, match="there are 'lineage' and 'all'"):
        toy.to_networkx("tree")


def test_a_file_that_cannot_be_written_is_an_error_and_leaves_nothing(toy, tmp_path):
    with pytest.raises(ExportError, match="cannot be written"):
        toy.export("nquads", tmp_path / "none" / "x.nq")
    assert list(tmp_path.iterdir()) == []


def test_rdflib_sees_the_same_store(graph, nquads):
    dataset = graph.to_rdflib()
    assert len(list(dataset.quads())) == len(nquads)
    assert dict(dataset.namespaces())["fw"] == rdflib.URIRef("https://w3id.org/pyfwgraph/project/")
    assert graph.query("ASK { ?x a fwo:Framework }")
    assert bool(dataset.query("ASK { ?x a fwo:Framework }"))
