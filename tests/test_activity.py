"""Whether a project was alive on the day of its repository's snapshot."""

import shutil

import pytest

import pyfwgraph
from pyfwgraph.build.run import build
from tests.conftest import ONTOLOGY, TOY

SOURCE = """
src:repository-{p}-abc1234 a fwo:Source ; rdfs:label "Repository" ; dcterms:title "Repository" ; fwo:precedence 1 ;
  dcterms:description "Snapshot."@en ; dcterms:issued "2020-01-01"^^xsd:date .
GRAPH src:repository-{p}-abc1234 {{ {said} }}
"""
RELEASE = (
    'rel:{p}-9.0 a fwo:Release ; fwo:releaseOf fw:{p} ; doap:revision "9.0" ; fwo:releaseOrder 9 ; '
    'dcterms:issued "{day}"^^xsd:date . '
)
PREFIXES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in pyfwgraph.vocabulary.PREFIXES.items())


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world") / "data"
    shutil.copytree(TOY, folder)
    said = {
        "boiler": RELEASE.format(p="boiler", day="2019-06-01"),
        "fire": RELEASE.format(p="fire", day="2018-06-01"),
        "samovar": RELEASE.format(p="samovar", day="2012-06-01"),
        "cup-templates": RELEASE.format(p="cup-templates", day="2019-06-01")
        + "fw:cup-templates fwo:status cat:unmaintained . ",
        "potwarmer": "fw:potwarmer fwo:status cat:archived . ",
    }
    harvested = folder / "harvested"
    harvested.mkdir()
    for project, text in said.items():
        (harvested / f"{project}.trig").write_text(PREFIXES + SOURCE.format(p=project, said=text))
    graph = pyfwgraph.load(build(folder, ONTOLOGY, folder.parent / "out").folder / "dataset.nq.gz")
    yield graph
    graph.close()


def test_the_rule_has_four_answers(world):
    rows = world.query(
        "SELECT ?p ?a ?s { ?o sosa:observedProperty fwo:activity ; sosa:hasFeatureOfInterest ?p ; "
        "sosa:hasSimpleResult ?a . ?p fwo:status ?s } ORDER BY ?p"
    )
    assert [tuple(row) for row in rows] == [
        ("fw:boiler", "active", "cat:active"),
        ("fw:cup-templates", "archived", "cat:unmaintained"),
        ("fw:fire", "quiet", "cat:quiet"),
        ("fw:potwarmer", "archived", "cat:archived"),
        ("fw:samovar", "dormant", "cat:dormant"),
    ]


def test_what_goes_by_another_name_now_is_superseded(toy):
    (row,) = toy.query("SELECT ?s { fw:potwarmer fwo:status ?s }")
    assert row["s"] == "cat:superseded"


def test_the_day_is_the_snapshots(world):
    days = world.query("SELECT DISTINCT ?d { ?o sosa:observedProperty fwo:activity ; sosa:resultTime ?d }")
    assert [str(row["d"]) for row in days] == ["2020-01-01"]


def test_what_only_others_say_of_a_status_gives_way_and_an_own_word_stands(world, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(TOY, folder)
    harvested = folder / "harvested"
    harvested.mkdir()
    for project in ("boiler", "teakettle"):
        said = RELEASE.format(p=project, day="2019-06-01")
        (harvested / f"{project}.trig").write_text(PREFIXES + SOURCE.format(p=project, said=said))
    with (folder / "curated" / "boiler.trig").open("a", encoding="utf-8") as file:
        file.write("GRAPH src:survey-2012 { fw:boiler fwo:status cat:dated . }\n")
    with (folder / "curated" / "teakettle.trig").open("a", encoding="utf-8") as file:
        file.write("GRAPH src:teakettle-documentation { fw:teakettle fwo:status cat:maintenance-only . }\n")
    built = build(folder, ONTOLOGY, tmp_path / "out")
    graph = pyfwgraph.load(built.folder / "dataset.nq.gz")
    rows = graph.query("SELECT ?p ?s { VALUES ?p { fw:boiler fw:teakettle } ?p fwo:status ?s } ORDER BY ?p")
    graph.close()
    assert [tuple(row) for row in rows] == [("fw:boiler", "cat:active"), ("fw:teakettle", "cat:maintenance-only")]
    assert any(lost.claim.object.endswith("dated>") and "precedence" in lost.reason for lost in built.lost)
