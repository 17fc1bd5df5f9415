"""The bundle: every form in one folder, checked, described, and the same each time."""

import gzip
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, RdfFormat, parse

from pyfwgraph.errors import ExportError
from pyfwgraph.export.bundle import NO_PARQUET, SUMS, export_all
from pyfwgraph.export.content import read_content
from pyfwgraph.export.parquet import has_parquet
from pyfwgraph.store import Target, digest

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = rdflib.Namespace("http://purl.org/dc/terms/")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
DATASET = rdflib.URIRef("https://w3id.org/pyfwgraph/dataset")


@pytest.fixture(scope="module")
def target(toy_built):
    return Target(str(toy_built.folder / "dataset.nq.gz"))


@pytest.fixture(scope="module")
def packaged_bundle(tmp_path_factory):
    return export_all(Target(), tmp_path_factory.mktemp("bundle") / "packaged")


@pytest.fixture(scope="module")
def bundle(target, tmp_path_factory):
    return export_all(target, tmp_path_factory.mktemp("bundle") / "toy")


def described(bundle):
    return rdflib.Graph().parse(bundle.folder / "void.ttl", publicID=bundle.folder.as_uri() + "/")


def contents_of(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_form_of_the_packaged_graph_holds_the_same(packaged_bundle):
    folder = packaged_bundle.folder
    text = gzip.decompress((folder / "pyfwgraph.nq.gz").read_bytes())
    assert hashlib.sha256(text).hexdigest() == digest()
    lines = text.splitlines(keepends=True)
    assert lines == sorted(lines)
    quads = set(parse(text, format=RdfFormat.N_QUADS))
    conclusions = {quad for quad in quads if quad.graph_name == DefaultGraph()}
    trig = gzip.decompress((folder / "pyfwgraph.trig.gz").read_bytes())
    for form, source, expected in (
        (RdfFormat.TRIG, {"input": trig}, quads),
        (RdfFormat.TURTLE, {"path": folder / "pyfwgraph.ttl"}, conclusions),
        (RdfFormat.JSON_LD, {"path": folder / "pyfwgraph.jsonld"}, conclusions),
        (RdfFormat.JSON_LD, {"path": folder / "pyfwgraph-claims.jsonld"}, quads),
    ):
        assert set(parse(**source, format=form)) == expected
    with closing(sqlite3.connect(folder / "pyfwgraph.sqlite")) as base:
        assert base.execute("SELECT count(*) FROM statements").fetchone()[0] == len(quads) - len(conclusions)
        assert base.execute("SELECT value FROM about WHERE name = 'version'").fetchone()[0] == digest()
    assert len((folder / "csv" / "projects.csv").read_text(encoding="utf-8").splitlines()) > 1000


def test_the_checksums_are_those_of_the_files_and_name_each(bundle):
    listed = dict(reversed(line.split("  ")) for line in (bundle.folder / SUMS).read_text().splitlines())
    assert listed == {n: hashlib.sha256(c).hexdigest() for n, c in contents_of(bundle.folder).items() if n != SUMS}
    assert {(file.name, file.digest) for file in bundle.files} == set(listed.items())


def test_the_same_data_give_the_same_bytes(target, bundle, tmp_path):
    again = export_all(target, tmp_path / "again")
    assert contents_of(again.folder) == contents_of(bundle.folder)


def test_the_description_counts_what_is_there(bundle, target, toy):
    graph, content = described(bundle), read_content(target)
    assert graph.value(DATASET, DCAT.version).value == content.digest
    assert graph.value(DATASET, VOID.triples).value == len(content.conclusions)
    assert graph.value(graph.value(DATASET, VOID.subset), VOID.triples).value == len(content.lines) - len(
        content.conclusions
    )
    for kind, measure, query in (
        ("class", VOID.entities, "SELECT ?x (COUNT(*) AS ?n) { ?s a ?x } GROUP BY ?x"),
        ("property", VOID.triples, "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x"),
    ):
        parts = graph.objects(DATASET, VOID[f"{kind}Partition"])
        counted = {str(graph.value(part, VOID[kind])): graph.value(part, measure).value for part in parts}
        assert counted == {x.full: n for x, n in toy.query(query)}
    assert str(graph.value(DATASET, DCTERMS.license)) == "http://spdx.org/licenses/CC0-1.0"


def test_the_description_names_each_file_with_size_type_and_checksum(bundle):
    graph = described(bundle)
    base = bundle.folder.as_uri() + "/"
    data = {
        name: text for name, text in contents_of(bundle.folder).items() if name not in ("README.md", "void.ttl", SUMS)
    }
    found = {str(it).removeprefix(base): it for it in graph.objects(DATASET, DCAT.distribution)}
    assert set(found) == set(data)
    for name, distribution in found.items():
        assert graph.value(distribution, DCAT.byteSize).value == len(data[name])
        assert graph.value(distribution, DCAT.mediaType)
        checksum = graph.value(graph.value(distribution, SPDX.checksum), SPDX.checksumValue)
        assert str(checksum).lower() == hashlib.sha256(data[name]).hexdigest()


def test_the_date_is_of_the_data_or_of_the_source_date_epoch(bundle, target, tmp_path, monkeypatch):
    assert str(described(bundle).value(DATASET, DCTERMS.modified)) == "2026-11-20"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    later = described(export_all(target, tmp_path / "x"))
    assert str(later.value(DATASET, DCTERMS.modified)) == "2001-09-09"


def test_the_guide_says_that_it_is_generated_and_links_only_what_is_there(bundle):
    text = (bundle.folder / "README.md").read_text(encoding="utf-8")
    assert "Generated by" in text.splitlines()[0]
    links = re.findall(r"\]\((?!https:)([^)]+)\)", text)
    assert len(links) > 8
    assert all((bundle.folder / link).is_file() for link in links)


@pytest.mark.parametrize("tool", ["jq", "sqlite3", "python", "sha256sum"])
def test_the_lines_of_the_guide_run(tool, packaged_bundle, tmp_path):
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed: its lines in the guide are not run")
    text = (packaged_bundle.folder / "README.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith(f"{tool} ")] or re.findall(
        rf"`({tool} [^`]+)`", text
    )
    (tmp_path / "python").symlink_to(sys.executable)
    for line in lines:
        command = line.replace("python ", f"{sys.executable} ", 1) if tool == "python" else line
        done = subprocess.run(
            command, shell=True, cwd=packaged_bundle.folder, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        assert len(done.stdout.splitlines()) >= 3
    assert lines


def test_a_former_export_is_replaced(target, tmp_path):
    folder = tmp_path / "x"
    export_all(target, folder)
    (folder / "README.md").write_text("spoilt")
    export_all(target, folder)
    assert "Generated by" in (folder / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_folder_with_something_else_in_it_stays_as_it_is(target, tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine.txt").write_text("mine")
    with pytest.raises(ExportError, match="name a new or an empty folder"):
        export_all(target, tmp_path / "x")
    assert list(contents_of(tmp_path)) == ["x/mine.txt"]


def test_a_former_export_with_something_of_the_users_in_it_stays_as_it_is(target, tmp_path):
    export_all(target, tmp_path / "x")
    (tmp_path / "x" / "mine.txt").write_text("mine")
    with pytest.raises(ExportError, match=r"no export wrote \(mine.txt\)"):
        export_all(target, tmp_path / "x")
    assert (tmp_path / "x" / "mine.txt").read_text() == "mine"


def test_a_dataset_that_cannot_be_read_leaves_the_former_export(target, tmp_path):
    export_all(target, tmp_path / "x")
    before = contents_of(tmp_path)
    (tmp_path / "bad.nt").write_text("no triple\n")
    with pytest.raises(Exception, match="bad.nt"):
        export_all(Target(str(tmp_path / "bad.nt")), tmp_path / "x")
    (tmp_path / "bad.nt").unlink()
    assert contents_of(tmp_path) == before


def test_without_pyarrow_parquet_is_left_out_with_a_note(target, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    bundle = export_all(target, tmp_path / "x")
    assert bundle.notes == (NO_PARQUET,)
    assert NO_PARQUET in (bundle.folder / "README.md").read_text(encoding="utf-8")
    assert not (bundle.folder / "parquet").exists()


def test_with_pyarrow_parquet_has_every_table(bundle):
    if not has_parquet():
        pytest.skip("pyarrow, of the extra 'parquet', is not installed")
    names = {
        Path(path["path"]).stem
        for path in json.loads((bundle.folder / "csv/datapackage.json").read_text())["resources"]
    }
    assert {path.stem for path in (bundle.folder / "parquet").iterdir()} == names
    assert bundle.notes == ()
