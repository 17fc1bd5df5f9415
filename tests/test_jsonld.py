"""JSON-LD: every reader reads the same quads, pyld makes the same document, and it is pleasant as plain JSON.

The readers are given the toy world and a sample of the packaged graph; that the whole of it reads back is shown with
the bundle.
"""

import hashlib
import json
import shutil
import subprocess
import zlib
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyld import jsonld
from pyoxigraph import RdfFormat, parse

import pyfwgraph as fw
from pyfwgraph.errors import ExportError, UnknownName
from pyfwgraph.export.content import read_content
from pyfwgraph.export.context import REVERSE, read_context, tidy_context
from pyfwgraph.export.dump import write_dump, write_file
from pyfwgraph.export.frame import to_jsonld
from pyfwgraph.store import Target

HERE = Path(__file__).parent
MODULES = HERE / "node_modules" / "jsonld"
FORMS = ("jsonld", "jsonld-claims")
OFTEN_ASKED = "fw:django fw:flask fw:pyramid fw:pylons fw:tornado fw:fastapi fw:wsgi fw:jinja2 fw:zope-2 fw:sqlalchemy"


@pytest.fixture(scope="module")
def worlds(toy_built, tmp_path_factory):
    """The toy world, and one in thirty of the packaged subjects with all that is said of them."""
    sample = tmp_path_factory.mktemp("sample") / "sample.nq"
    lines = read_content(Target()).lines
    sample.write_text("".join(line for line in lines if zlib.crc32(line.partition(" ")[0].encode()) % 30 == 0), "utf-8")
    return {"toy": Target(str(toy_built.folder / "dataset.nq.gz")), "sample": Target(str(sample))}


@pytest.fixture(scope="module")
def contents(worlds):
    return {name: read_content(target) for name, target in worlds.items()}


@pytest.fixture(scope="module")
def dumps(contents, tmp_path_factory):
    """Both documents of each world, and the conclusions of the packaged graph."""
    folder = tmp_path_factory.mktemp("dumps")
    for name, content in contents.items():
        for form in FORMS:
            write_file(content, form, folder / f"{name}.{form}")
    write_dump(Target(), "jsonld", folder / "packaged.jsonld")
    return folder


@pytest.fixture(scope="module")
def digests(contents):
    """What each document should read back into."""
    found = {}
    for name, content in contents.items():
        found[name, "jsonld-claims"] = content.digest
        conclusions = "".join(f"<{s}> <{p}> {o} .\n" for s, p, o, _ in content.conclusions)
        found[name, "jsonld"] = digest(parse(conclusions, format=RdfFormat.N_QUADS))
    return found


def digest(quads):
    """The SHA-256 of canonical N-Quads (RDFC-1.0), as the build computes it."""
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256("".join(sorted(f"{quad} .\n" for quad in dataset)).encode()).hexdigest()


def refuse(url, options):
    raise AssertionError(f"fetched {url}")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("world", ["toy", "sample"])
def test_pyoxigraph_reads_the_same_quads(world, form, dumps, digests):
    assert digest(parse(path=dumps / f"{world}.{form}", format=RdfFormat.JSON_LD)) == digests[world, form]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("world", ["toy", "sample"])
def test_pyld_reads_the_same_quads_and_fetches_nothing(world, form, dumps, digests):
    document = json.loads((dumps / f"{world}.{form}").read_text(encoding="utf-8"))
    text = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": refuse})
    assert digest(parse(text, format=RdfFormat.N_QUADS)) == digests[world, form]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("world", ["toy", "sample"])
def test_rdflib_reads_the_same_quads(world, form, dumps, digests):
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(dumps / f"{world}.{form}", format="json-ld")
    text = dataset.serialize(format="nquads").replace(" <urn:x-rdflib:default>", "")
    assert digest(parse(text, format=RdfFormat.N_QUADS)) == digests[world, form]


def test_jsonld_js_reads_the_same_quads_and_fetches_nothing(dumps, digests, tmp_path):
    node = shutil.which("node")
    if node is None or not MODULES.is_dir():
        pytest.skip("jsonld.js is not there, so it is not among the readers tried: npm install --prefix tests")
    keys = [(world, form) for world in ("toy", "sample") for form in FORMS]
    files = [shutil.copy(dumps / f"{world}.{form}", tmp_path) for world, form in keys]
    command = [node, "--max-old-space-size=4000", HERE / "read_jsonld.mjs", HERE / "package.json", *files]
    subprocess.run(command, check=True, timeout=300)
    for key, file in zip(keys, files, strict=True):
        assert digest(parse(path=f"{file}.nq", format=RdfFormat.N_QUADS)) == digests[key]


@pytest.mark.parametrize("world", ["toy", "sample"])
def test_pyld_compacts_the_conclusions_to_the_same_objects(world, contents, dumps):
    content = contents[world]
    document = json.loads((dumps / f"{world}.jsonld").read_text(encoding="utf-8"))
    expanded = jsonld.from_rdf({"@default": as_pyld(content.conclusions)}, {"useNativeTypes": True})
    compacted = jsonld.compact(expanded, tidy_context(), {"documentLoader": refuse, "graph": True})
    written = {node["id"]: node for node in unnested(document["@graph"])}
    assert written == {node["id"]: node for node in compacted["@graph"] if len(node) > 1}


def test_pyld_compacts_the_whole_dataset_to_the_same_document(dumps):
    document = json.loads((dumps / "toy.jsonld-claims").read_text(encoding="utf-8"))
    expanded = jsonld.expand(document, {"documentLoader": refuse})
    compacted = jsonld.compact(expanded, read_context(), {"documentLoader": refuse, "graph": True})
    assert compacted["@graph"] == document["@graph"]


def test_pyld_compacts_a_framed_project_to_itself(toy):
    document = to_jsonld(toy, fw.IRI("fw:teakettle"))
    expanded = jsonld.expand(document, {"documentLoader": refuse})
    again = jsonld.compact(expanded, document["@context"], {"documentLoader": refuse})
    assert sorted_lists(again) == sorted_lists(document)


def test_pyld_frames_every_project_of_the_toy_world_as_the_dump_has_it(toy, dumps):
    written = projects_of(dumps / "toy.jsonld")
    assert len(written) == 7
    for name, node in written.items():
        assert framed(toy, name) == node


@pytest.mark.parametrize("name", OFTEN_ASKED.split())
def test_pyld_frames_a_packaged_project_as_the_dump_has_it(name, packaged, dumps):
    assert framed(packaged, name) == projects_of(dumps / "packaged.jsonld")[name]


def framed(graph, name):
    document = to_jsonld(graph, fw.IRI(name))
    assert document.pop("@context") == tidy_context()
    return document


def projects_of(path):
    nodes = json.loads(path.read_text(encoding="utf-8"))["@graph"]
    return {node["id"]: node for node in nodes if {"fwo:Project", "fwo:Specification"} & set(node["type"])}


def unnested(nodes):
    """Every object of a document, what hangs on projects taken out of them."""
    for node in nodes:
        yield {name: value for name, value in node.items() if name not in REVERSE}
        for name in REVERSE:
            yield from node.get(name, ())


def sorted_lists(value):
    if isinstance(value, dict):
        return {name: sorted_lists(inner) for name, inner in value.items()}
    return sorted(map(sorted_lists, value), key=json.dumps) if isinstance(value, list) else value


def as_pyld(claims):
    """Triples as pyld keeps them; its own reader of N-Quads takes quadratic time."""
    quads = parse("".join(f"<{s}> <{p}> {o} .\n" for s, p, o, _ in claims), format=RdfFormat.N_QUADS)
    return [
        {"subject": pyld_term(q.subject), "predicate": pyld_term(q.predicate), "object": pyld_term(q.object)}
        for q in quads
    ]


def pyld_term(term):
    if isinstance(term, pyoxigraph.NamedNode):
        return {"type": "IRI", "value": term.value}
    language = {"language": term.language} if term.language else {}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value, **language}


def test_a_project_is_one_plain_object_with_all_that_hangs_on_it(dumps):
    kettle = projects_of(dumps / "toy.jsonld")["fw:teakettle"]
    assert list(kettle)[:4] == ["id", "type", "label", "description"]
    assert kettle["type"] == ["fwo:Framework", "fwo:Project"]
    assert kettle["buildsOn"] == ["fw:boiler"]
    assert kettle["description"] == "Small framework for pages that are served hot."
    assert [(r["revision"], r["issuedMonth"]) for r in kettle["releases"] if "issuedMonth" in r] == [("1.0", "2012-05")]
    assert {c["level"] for c in kettle["claims"] if "feature" in c} == {"cat:built-in", "cat:none"}
    assert [o["hasSimpleResult"] for o in kettle["observations"] if "resultTime" in o] == [1200]
    assert [d["predicate"] for d in kettle["denials"]] == ["fwo:forkOf"]


def test_releases_stand_in_their_order(packaged):
    orders = [r["releaseOrder"] for r in to_jsonld(packaged, fw.IRI("fw:flask"))["releases"] if "releaseOrder" in r]
    assert orders == sorted(orders)
    assert len(orders) > 30


def test_each_name_has_values_of_one_shape_but_for_results_of_observations(dumps):
    shapes = {}
    for node in unnested(json.loads((dumps / "packaged.jsonld").read_text(encoding="utf-8"))["@graph"]):
        for name, value in node.items():
            values = value if isinstance(value, list) else [value]
            shapes.setdefault(name, set()).update((isinstance(value, list), type(v).__name__) for v in values)
    assert [name for name, found in shapes.items() if len(found) > 1 and ":" not in name] == ["hasSimpleResult"]


def test_things_that_are_no_projects_are_objects_of_their_own(dumps):
    nodes = {n["id"]: n for n in json.loads((dumps / "toy.jsonld").read_text(encoding="utf-8"))["@graph"]}
    assert nodes["ev:potwarmer-renamed-teakettle"]["dateYear"] == "2011"
    assert {"agent:a-person", "src:survey-2012", "feat:signed-cookies"} <= set(nodes)
    assert "rel:teakettle-1.0" not in nodes


def test_a_claim_on_what_is_no_project_stays_an_object_of_its_own(tmp_path):
    (tmp_path / "x.ttl").write_text(
        "@prefix fwo: <https://w3id.org/pyfwgraph/ontology#> . @prefix rel: <https://w3id.org/pyfwgraph/release/> ."
        "rel:a-1 a fwo:Release ; fwo:releaseOf <https://w3id.org/pyfwgraph/project/a> ."
    )
    write_dump(Target(str(tmp_path / "x.ttl")), "jsonld", tmp_path / "x.jsonld")
    nodes = json.loads((tmp_path / "x.jsonld").read_text())["@graph"]
    assert nodes == [{"id": "rel:a-1", "type": ["fwo:Release"], "releaseOf": "fw:a"}]


HARD = r"""
@prefix ex: <https://example.org/> . @prefix fwo: <https://w3id.org/pyfwgraph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix doap: <http://usefulinc.com/ns/doap#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:a a ex:T , fwo:Project ; fwo:buildsOn "text, no thing" , ex:b ; dcterms:description "plain" , "deutsch"@de , "english"@en ;
  doap:implements "text" , ex:c ; fwo:releaseOrder "007"^^xsd:integer , 7 , 9007199254740993 ; fwo:preRelease "1"^^xsd:boolean ;
  dcterms:issued "2011"^^xsd:gYear , "2011-05-01"^^xsd:date , "spring" , 1.5 ; skos:altLabel "x" , "y"@fr , "z"@zh , <https://w3id.org/pyfwgraph/> ;
  ex:unknown "a \"quoted\"\n line \\ \u0007" , <https://w3id.org/pyfwgraph/release/x-1.0+local/1> , <http://purl.org/dc/terms/date> ;
  dcterms:type ex:kind ; dcterms:date "2011" , ex:b .
"""


@pytest.mark.parametrize("form", FORMS)
def test_values_that_fit_no_term_are_kept(form, tmp_path):
    (tmp_path / "x.ttl").write_text(HARD, encoding="utf-8")
    write_dump(Target(str(tmp_path / "x.ttl")), form, tmp_path / "x.jsonld")
    expected = read_content(Target(str(tmp_path / "x.ttl"))).digest
    assert digest(parse(path=tmp_path / "x.jsonld", format=RdfFormat.JSON_LD)) == expected
    document = json.loads((tmp_path / "x.jsonld").read_text(encoding="utf-8"))
    text = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": refuse})
    assert digest(parse(text, format=RdfFormat.N_QUADS)) == expected


def test_an_iri_that_looks_like_a_compact_name_is_refused(tmp_path):
    (tmp_path / "x.nt").write_text("<fw:x> <https://example.org/p> <https://example.org/o> .\n")
    with pytest.raises(ExportError, match="give the thing another IRI"):
        write_dump(Target(str(tmp_path / "x.nt")), "jsonld", tmp_path / "x.jsonld")


def test_a_project_that_nothing_is_said_of_is_an_error(toy):
    with pytest.raises(UnknownName, match="nothing is said of fw:nothing"):
        to_jsonld(toy, fw.IRI("fw:nothing"))


def test_a_project_cut_by_the_limit_of_rows_is_an_error(toy_built):
    few = fw.load(toy_built.folder / "dataset.nq.gz", max_rows=2)
    with pytest.raises(ExportError, match="larger max_rows"):
        to_jsonld(few, fw.IRI("fw:teakettle"))
    few.close()
