"""The tables: one definition, the same rows as CSV, SQLite and Parquet, and nothing lost on the way."""

import csv
import json
import re
import sqlite3
import sys
import zipfile
from contextlib import closing

import pytest

from pyfwgraph.errors import ExportError
from pyfwgraph.export.content import read_content
from pyfwgraph.export.dump import write_dump
from pyfwgraph.export.rows import make_rows
from pyfwgraph.export.schema import ADDRESSES, KEPT_ELSEWHERE, TABLES
from pyfwgraph.export.sqlite import VIEWS, write_sqlite
from pyfwgraph.store import Target

BY_NAME = {table.name: table for table in TABLES}

PROPERTIES = """\
SELECT DISTINCT ?property {
  ?x ?property ?value ; a ?class .
  FILTER(?class IN (fwo:Project, fwo:Release, fwo:Dependency, fwo:FeatureSupport, fwo:Integration, fwo:Appraisal,
    fwo:Observation, fwo:Denial, fwo:LineageEvent, foaf:Person, foaf:Organization, fwo:Specification,
    fwo:Publication, fwo:Source, skos:Concept))
  FILTER(isLiteral(?value))
} ORDER BY ?property"""

COUNTS = {
    "nodes": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x ?p ?o }",
    "edges": "SELECT (COUNT(*) AS ?n) { ?x ?p ?o FILTER(?p != rdf:type) FILTER EXISTS { ?o ?q ?r } }",
    "concepts": "SELECT (COUNT(*) AS ?n) { ?x a skos:Concept }",
    "projects": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Project }",
    "alternative_names": "SELECT (COUNT(*) AS ?n) { ?x skos:altLabel ?o }",
    "remarks": "SELECT (COUNT(*) AS ?n) { ?x rdfs:comment ?o }",
    "project_concepts": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Project ; ?p ?o FILTER(?p IN (fwo:category, fwo:kind)) }",
    "lineage": """SELECT (COUNT(*) AS ?n) { ?x a fwo:Project ; ?p ?o FILTER(?p IN (fwo:renamedFrom, fwo:forkOf,
        fwo:rewriteOf, fwo:splitFrom, fwo:successorOf, fwo:mergedInto, fwo:inspiredBy)) }""",
    "releases": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Release }",
    "release_requirements": "SELECT (COUNT(*) AS ?n) { ?x fwo:requires ?o }",
    "dependencies": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Dependency }",
    "feature_cells": "SELECT (COUNT(*) AS ?n) { ?x a fwo:FeatureSupport }",
    "feature_cell_components": "SELECT (COUNT(*) AS ?n) { ?x fwo:via ?o }",
    "integrations": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Integration }",
    "appraisals": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Appraisal }",
    "observations": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Observation }",
    "denials": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Denial }",
    "events": "SELECT (COUNT(*) AS ?n) { ?x a fwo:LineageEvent }",
    "event_participants": "SELECT (COUNT(*) AS ?n) { ?x ?p ?o FILTER(?p IN (prov:used, prov:generated)) }",
    "agents": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a ?t FILTER(?t IN (foaf:Person, foaf:Organization)) }",
    "specifications": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Specification }",
    "publications": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Publication }",
    "publication_subjects": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Publication ; schema:about ?o }",
    "sources": "SELECT (COUNT(*) AS ?n) { ?x a fwo:Source }",
    "statements": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
}
UNCOUNTED = {"addresses", "relations", "programming_languages"}


@pytest.fixture(scope="module")
def target(toy_built):
    return Target(str(toy_built.folder / "dataset.nq.gz"))


@pytest.fixture(scope="module")
def rows(target):
    return make_rows(read_content(target))


@pytest.fixture(scope="module")
def packaged_content():
    return read_content(Target())


@pytest.fixture(scope="module")
def packaged_rows(packaged_content):
    return make_rows(packaged_content)


@pytest.fixture(scope="module")
def base(packaged_content, packaged_rows, tmp_path_factory):
    path = tmp_path_factory.mktemp("sqlite") / "x.sqlite"
    write_sqlite(packaged_content, path, packaged_rows)
    with closing(sqlite3.connect(path)) as base:
        yield base


@pytest.fixture(scope="module")
def folder(target, tmp_path_factory):
    folder = tmp_path_factory.mktemp("csv")
    write_dump(target, "csv", folder)
    return folder


@pytest.mark.parametrize("name", COUNTS)
def test_a_table_has_a_row_for_each_thing_that_the_graph_has(name, toy, rows, packaged, packaged_rows):
    for graph, made in ((toy, rows), (packaged, packaged_rows)):
        assert len(made[name]) == graph.query(COUNTS[name])[0]["n"]


def test_every_table_is_counted_or_named_as_not():
    assert set(BY_NAME) == set(COUNTS) | UNCOUNTED


def test_every_literal_that_the_graph_has_of_a_thing_has_a_column(packaged):
    columns = {column.term for table in TABLES for column in table.columns}
    columns |= {link for table in TABLES for link in table.links} | set(ADDRESSES)
    for (name,) in packaged.query(PROPERTIES):
        assert name in columns | {"dcterms:rights", "dcterms:identifier"}


def test_relations_leave_out_only_what_another_table_has():
    columns = {column.term for table in TABLES for column in table.columns}
    links = {link for table in TABLES for link in table.links}
    derived = {"rdf:type", "fwo:hasFeature", "fwo:lacksFeature", "fwo:descendsFrom"}
    assert set(KEPT_ELSEWHERE) <= columns | links | derived


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_are_unique_and_references_lead_somewhere(table, packaged_rows):
    made = packaged_rows[table.name]
    places = [place for place, column in enumerate(table.columns) if column.name in table.key]
    assert len({tuple(row[place] for place in places) for row in made}) == len(made)
    for place, column in enumerate(table.columns):
        found = {row[place] for row in made}
        assert not (column.required and None in found)
        if column.target:
            assert found - {None} <= {row[0] for row in packaged_rows[column.target]}


def test_a_row_says_what_the_graph_says(rows):
    (kettle,) = [as_dict("projects", row) for row in rows["projects"] if row[0] == "fw:teakettle"]
    assert kettle == {
        "id": "fw:teakettle",
        "name": "Teakettle",
        "description": "Small framework for pages that are served hot.",
        "is_framework": True,
        "is_component": False,
        "status": None,
        "license": "spdx:MIT",
        "license_expression": None,
        "license_as_written": None,
        "homepage": "http://teakettle.example/",
        "repository": None,
        "pypi_name": "teakettle",
        "purl": None,
        "first_released": "2012-05",
        "first_released_day": None,
        "last_released": "2012-06-01",
        "last_released_day": "2012-06-01",
        "latest_release": "rel:teakettle-1.0",
        "comment": None,
    }
    assert ("fw:teakettle", "fwo:renamedFrom", "fw:potwarmer") in rows["lineage"]
    assert ("fw:teakettle", "fwo:buildsOn", "fw:boiler") in rows["relations"]
    assert ("src:survey-2010", "fw:teakettle", "rdfs:label", "TeaKettle", "xsd:string") in rows["statements"]


def as_dict(name, row):
    return dict(zip((column.name for column in BY_NAME[name].columns), row, strict=True))


def test_what_refers_to_nothing_is_left_out(tmp_path):
    (tmp_path / "x.ttl").write_text(
        "@prefix fwo: <https://w3id.org/pyfwgraph/ontology#> . @prefix rel: <https://w3id.org/pyfwgraph/release/> ."
        "@prefix fw: <https://w3id.org/pyfwgraph/project/> . fw:a a fwo:Project ; fwo:latestRelease rel:a-1 ."
        "rel:b-1 a fwo:Release ; fwo:releaseOf fw:b ; fwo:requires fw:a ."
    )
    made = make_rows(read_content(Target(str(tmp_path / "x.ttl"))))
    assert [as_dict("projects", row)["latest_release"] for row in made["projects"]] == [None]
    assert made["releases"] == made["release_requirements"] == []


def test_csv_is_a_valid_data_package(folder, monkeypatch):
    frictionless = pytest.importorskip("frictionless", reason="frictionless, of the extra 'test', is not installed")
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["task", "rowNumber", "fieldName", "type", "note"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_csv_has_every_row_and_a_described_schema(folder, rows):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for table, resource in zip(TABLES, package["resources"], strict=True):
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            head, *lines = csv.reader(file)
        assert head == [field["name"] for field in resource["schema"]["fields"]] == [c.name for c in table.columns]
        assert lines == [
            ["" if c is None else str(c).lower() if c in (True, False) else str(c) for c in row]
            for row in rows[table.name]
        ]
        assert all(re.fullmatch(r".+[.?]", field["description"]) for field in resource["schema"]["fields"])


def test_an_archive_of_csv_is_the_same_each_time(target, folder, tmp_path):
    for name in ("a.zip", "b.zip"):
        write_dump(target, "csv", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            p.name: p.read_bytes() for p in folder.iterdir()
        }


def test_sqlite_has_the_same_rows_and_sound_references(base, packaged_rows):
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    for name, made in packaged_rows.items():
        assert set(base.execute(f"SELECT * FROM {name}")) == set(made)


def test_sqlite_searches_names_descriptions_and_remarks(base):
    assert base.execute("SELECT id FROM search('bfg') ORDER BY rank LIMIT 1").fetchone() == ("fw:repoze-bfg",)
    other = base.execute(
        "SELECT id FROM search WHERE other_names MATCH 'microframework*' OR name MATCH 'microframework*'"
    )
    assert ("cat:micro-framework",) in other.fetchall()
    assert base.execute("SELECT count(*) FROM search WHERE comment MATCH 'signed'").fetchone()[0] > 1


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_answers_with_names(view, base):
    rows = base.execute(f"SELECT * FROM {view} LIMIT 20").fetchall()
    assert len(rows) == 20
    assert all(row[0] for row in rows)


def test_a_view_answers_as_the_graph_does(base, packaged):
    expected = packaged.query(
        "SELECT ?p ?c { ?x fwo:buildsOn ?y . ?x a fwo:Project ; rdfs:label ?p . ?y rdfs:label ?c } ORDER BY ?p ?c"
    )
    assert sorted(base.execute("SELECT project, component FROM builds_on")) == sorted(
        (str(p), str(c)) for p, c in expected
    )


def test_sqlite_is_the_same_each_time(target, tmp_path):
    for name in ("a", "b"):
        write_dump(target, "sqlite", tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_parquet_has_the_same_rows_typed_and_described(target, rows, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow, of the extra 'parquet', is not installed")
    write_dump(target, "parquet", tmp_path / "tables")
    for table in TABLES:
        read = parquet.read_table(tmp_path / "tables" / f"{table.name}.parquet")
        cells = [tuple(str(c) if hasattr(c, "isoformat") else c for c in row.values()) for row in read.to_pylist()]
        assert cells == rows[table.name]
        assert all(field.metadata[b"description"] for field in read.schema)
    releases = parquet.read_schema(tmp_path / "tables" / "releases.parquet")
    assert [str(releases.field(name).type) for name in ("issued_day", "pre_release", "release_order")] == [
        "date32[day]",
        "bool",
        "int64",
    ]


def test_without_pyarrow_parquet_is_an_error_that_names_the_extra(target, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"pip install 'pyfwgraph\[parquet\]'"):
        write_dump(target, "parquet", tmp_path / "tables")
    assert list(tmp_path.iterdir()) == []
