"""What follows from declared dependencies and their runs of releases."""

import pytest

import pyfwgraph
from pyfwgraph.build.run import build
from tests.conftest import ONTOLOGY

RELEASES = "".join(
    f'rel:boiler-{version} a fwo:Release ; fwo:releaseOf fw:boiler ; doap:revision "{version}" ; fwo:releaseOrder {order} ; '
    f'dcterms:issued "{2010 + order}-01-01"^^xsd:date ; dcterms:license <http://spdx.org/licenses/{licence}> .\n'
    for order, (version, licence) in enumerate(
        [("0.9", "MIT"), ("0.10", "MIT"), ("1.0", "0BSD"), ("2.0a1", "GPL-3.0-only")], 1
    )
) + (
    'rel:boiler-1.0 dcterms:license <http://spdx.org/licenses/ISC> ; fwo:licenceExpression "0BSD OR ISC" .\n'
    'rel:fire-1.0 a fwo:Release ; fwo:releaseOf fw:fire ; doap:revision "1.0" ; fwo:licenceAsWritten "BSD" .\n'
    'rel:teakettle-1.0 fwo:licenceAsWritten "MIT, I think" .\n'
)
DEPENDENCIES = """
claim:boiler-requires-fire-1 a fwo:Dependency ; fwo:dependent fw:boiler ; fwo:dependency fw:fire ; fwo:distribution "fire" ;
  fwo:scope cat:runtime ; fwo:sinceRelease rel:boiler-0.10 .
claim:boiler-requires-cup-1 a fwo:Dependency ; fwo:dependent fw:boiler ; fwo:dependency fw:cup-templates ; fwo:distribution "cup" ;
  fwo:scope cat:runtime ; fwo:sinceRelease rel:boiler-0.9 ; fwo:untilRelease rel:boiler-0.10 .
claim:boiler-requires-samovar-1 a fwo:Dependency ; fwo:dependent fw:boiler ; fwo:dependency fw:samovar ; fwo:distribution "samovar" ;
  fwo:scope cat:optional ; fwo:sinceRelease rel:boiler-0.9 .
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    import shutil

    from tests.conftest import TOY

    folder = tmp_path_factory.mktemp("world") / "data"
    shutil.copytree(TOY, folder)
    path = folder / "curated" / "boiler.trig"
    path.write_text(path.read_text() + "\nGRAPH src:survey-2012 {\n" + RELEASES + DEPENDENCIES + "}\n")
    built = build(folder, ONTOLOGY, folder.parent / "out")
    graph = pyfwgraph.load(built.folder / "dataset.nq.gz")
    yield graph
    graph.close()


def pairs(world, predicate):
    return sorted(
        tuple(row)
        for row in world.query(f"SELECT ?s ?o {{ ?s {predicate} ?o . FILTER(STRSTARTS(STR(?o), STR(fw:))) }}")
    )


def pairs_of_text(world, predicate):
    rows = world.query(f"SELECT ?s ?o {{ ?s {predicate} ?o . FILTER(STRSTARTS(STR(?s), STR(fw:))) }} ORDER BY ?s")
    return [(row[0], str(row[1])) for row in rows]


def test_each_release_of_a_run_requires_its_dependency(world):
    assert pairs(world, "fwo:requires") == [
        ("rel:boiler-0.10", "fw:cup-templates"),
        ("rel:boiler-0.10", "fw:fire"),
        ("rel:boiler-0.9", "fw:cup-templates"),
        ("rel:boiler-1.0", "fw:fire"),
        ("rel:boiler-2.0a1", "fw:fire"),
    ]


def test_a_project_depends_on_what_its_newest_final_release_requires(world):
    assert ("fw:boiler", "fw:fire") in pairs(world, "fwo:dependsOn")
    assert ("fw:boiler", "fw:cup-templates") not in pairs(world, "fwo:dependsOn")
    assert ("fw:boiler", "fw:samovar") not in pairs(world, "fwo:dependsOn")


def test_versions_do_not_sort_as_text_and_a_pre_release_is_not_the_latest(world):
    assert world.query("ASK { fw:boiler fwo:latestRelease rel:boiler-1.0 }")
    assert world.query("SELECT (COUNT(*) AS ?n) { fw:boiler fwo:latestRelease ?r }")[0]["n"] == 1


def test_the_licences_of_the_newest_final_release_are_the_projects_with_their_expression(world):
    assert [r[0] for r in world.query("SELECT ?l { fw:boiler dcterms:license ?l } ORDER BY ?l")] == [
        "spdx:0BSD",
        "spdx:ISC",
    ]
    assert pairs_of_text(world, "fwo:licenceExpression") == [("fw:boiler", "0BSD OR ISC")]


def test_what_a_licence_is_called_is_the_projects_where_no_source_names_one(world):
    assert pairs_of_text(world, "fwo:licenceAsWritten") == [("fw:fire", "BSD")]


def test_a_final_release_stands_for_the_years_until_the_next(world):
    rows = world.query("SELECT ?r ?y { ?r fwo:newestAtEndOf ?y ; fwo:releaseOf fw:boiler } ORDER BY ?y")
    assert [(row[0], str(row[1])) for row in rows] == [
        ("rel:boiler-0.9", "2011"),
        ("rel:boiler-0.10", "2012"),
        ("rel:boiler-1.0", "2013"),
    ]
