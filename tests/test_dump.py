"""Dumps in RDF and as networks read back into the same; a file or folder appears when it is whole."""

import gzip

import networkx
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from pyfwgraph.errors import ExportError
from pyfwgraph.export.content import read_content
from pyfwgraph.export.dump import FORMS, write_dump
from pyfwgraph.store import Target


@pytest.fixture(scope="module")
def small(toy_built):
    return Target(str(toy_built.folder / "dataset.nq.gz"))


@pytest.fixture(scope="module")
def content(small):
    return read_content(small)


def lines(quads):
    return sorted(f"{quad} .\n" for quad in quads)


def test_the_digest_is_that_of_the_build(content, toy_built):
    assert content.digest == toy_built.digest


def test_nquads_are_canonical(small, content, tmp_path):
    count = write_dump(small, "nquads", tmp_path / "x.nq")
    text = (tmp_path / "x.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    assert text == sorted(text) == list(content.lines)
    assert count == len(text)


def test_trig_reads_back_into_the_same_quads(small, content, tmp_path):
    write_dump(small, "trig", tmp_path / "x.trig")
    assert lines(parse(path=tmp_path / "x.trig")) == list(content.lines)


def test_turtle_reads_back_into_the_conclusions(small, content, tmp_path):
    count = write_dump(small, "turtle", tmp_path / "x.ttl")
    read = lines(parse(path=tmp_path / "x.ttl"))
    assert read == [f"<{s}> <{p}> {o} .\n" for s, p, o, _ in content.conclusions]
    assert count == len(read)


def test_rdflib_reads_trig_too(small, tmp_path):
    count = write_dump(small, "trig", tmp_path / "x.trig")
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(tmp_path / "x.trig", format="trig")
    assert len(list(dataset.quads())) == count


@pytest.mark.parametrize("form", ["nquads", "trig", "turtle", "jsonld", "jsonld-claims"])
def test_a_name_that_ends_in_gz_is_compressed(form, small, tmp_path):
    write_dump(small, form, tmp_path / "plain")
    write_dump(small, form, tmp_path / "a.gz")
    write_dump(small, form, tmp_path / "b.gz")
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == (tmp_path / "plain").read_bytes()
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_blank_nodes_are_carried_by_the_forms_of_rdf(tmp_path):
    (tmp_path / "x.nt").write_text('_:a <http://example.org/p> _:b .\n_:b <http://example.org/p> "x" .\n')
    for form, name in (("trig", "y.trig"), ("turtle", "y.ttl"), ("jsonld-claims", "y.jsonld")):
        write_dump(Target(str(tmp_path / "x.nt")), form, tmp_path / name)
        form = RdfFormat.from_extension(name.rpartition(".")[2])
        assert len(list(parse(path=tmp_path / name, format=form))) == 2


@pytest.mark.parametrize(("form", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_a_network_reads_back_into_the_same_nodes_and_edges(form, read, toy, small, tmp_path):
    for name in ("a", "b"):
        write_dump(small, form, tmp_path / name)
    made, back = toy.to_networkx("all"), read(tmp_path / "a")
    assert sorted(back.nodes) == sorted(made.nodes)
    assert sorted((s, o) for s, o in back.edges()) == sorted((s, o) for s, o in made.edges())
    assert {name: data["label"] for name, data in back.nodes(data=True)} == dict(made.nodes(data="label"))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_an_unknown_form_names_those_that_are(small, tmp_path):
    with pytest.raises(ExportError, match="there are nquads, trig, turtle, jsonld, jsonld-claims, csv"):
        write_dump(small, "rdfxml", tmp_path / "x")


@pytest.mark.parametrize("form", [form for form in FORMS if form != "parquet"])
def test_what_cannot_be_written_is_an_error_and_leaves_nothing(form, small, tmp_path):
    with pytest.raises(ExportError, match="name a place in a folder that exists"):
        write_dump(small, form, tmp_path / "none" / "x")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_not_written_over(small, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ExportError, match="name a new or an empty folder"):
        write_dump(small, "csv", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
