"""Views on the invented world: what each says, in what order, and by whom."""

import datetime
import shutil
from pathlib import Path

import networkx
import pytest

import pyfwgraph as fw
from pyfwgraph.build.run import build
from pyfwgraph.errors import UnknownName
from tests.conftest import ONTOLOGY, TOY


@pytest.fixture(scope="module")
def kettles(tmp_path_factory):
    """The toy world with releases and requirements, built and open."""
    folder = tmp_path_factory.mktemp("kettles")
    data = Path(shutil.copytree(TOY, folder / "data"))
    shutil.copytree(TOY.parent / "harvested", data / "harvested")
    graph = fw.load(build(data, ONTOLOGY, folder / "built").folder / "dataset.nq.gz")
    yield graph
    graph.close()


def names(view):
    return [row["name"] for row in view]


def test_a_card_says_what_is_known_and_nothing_of_what_is_not(kettles):
    card = kettles.project("Tea Kettle")
    assert (card.kinds, card.licence, card.since) == (("framework",), "MIT", datetime.date(2011, 3, 1))
    assert [str(thing) for thing in card.builds_on] == ["Boiler"]
    assert "repository" not in card.links
    assert card.latest_release == "2.0"
    shown = repr(card)
    assert "Teakettle, framework  (fw:teakettle)" in shown
    assert "ORM" not in shown
    assert "<b>Teakettle" in card._repr_html_()


def test_a_card_names_the_sources_of_each_fact(kettles):
    rows = kettles.project("teakettle").sources("builds_on")
    assert {row["source"] for row in rows} == {"src:survey-2010", "src:survey-2012"}
    cells = kettles.project("teakettle").sources("features")
    assert {(row["how"], row["source"]) for row in cells} == {("feature: built-in", "src:survey-2012")}


def test_every_attribute_of_a_card_is_a_property_of_the_ontology(packaged):
    from pyfwgraph.views.project import PROPERTIES

    for name, curie in PROPERTIES.items():
        assert packaged.query("ASK { ?project ?property ?value }", property=fw.IRI(curie)), name


def test_features_that_are_denied_are_not_features_that_are_unknown(kettles):
    has = {row["name"]: row["has"] for row in kettles.project("teakettle").features}
    assert has == {"Signed cookies": "yes", "Admin interface": "no"}


def test_frameworks_are_found_by_conditions_together(kettles):
    assert names(kettles.frameworks(builds_on="Boiler", implements="WSGI")) == ["Teakettle"]
    assert names(kettles.frameworks(feature="Signed cookies", lacks="admin interface")) == ["Teakettle"]
    assert names(kettles.frameworks(category=["micro-framework"], released_after="2011-03-01")) == ["Teakettle"]
    assert names(kettles.frameworks(released_after="2013", licence=None)) == ["Spout"]
    assert names(kettles.frameworks(builds_on="Boiler", released_before=2011)) == []
    assert "Teakettle" in names(kettles.frameworks())


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"feature": "Signed cookie jar"}, "no feature is called 'Signed cookie jar'; the nearest are Signed cookies"),
        ({"categorie": "x"}, "no condition is called 'categorie'; the nearest are category"),
        ({"licence": "MITT"}, "no project has the licence 'MITT'; the nearest are MIT"),
        ({"released_before": "soon"}, "takes a date such as 2012"),
        ({"status": "asleep"}, "no status is called 'asleep'"),
    ],
)
def test_an_unknown_condition_or_value_suggests_what_there_is(kettles, condition, words):
    with pytest.raises(UnknownName, match=words):
        kettles.frameworks(**condition)


def test_a_comparison_tells_yes_no_and_unknown_apart(kettles):
    comparison = kettles.compare("teakettle", "spout")
    rows = {row["name"]: (row["Teakettle"], row["Spout"]) for row in comparison}
    assert rows["Signed cookies"] == ("yes", None)
    assert rows["Admin interface"] == ("no", None)
    assert comparison.columns == ("group", "feature", "name", "Teakettle", "Spout")
    assert len(comparison.differences()) < len(comparison) or "Python" not in rows
    assert {row["source"] for row in comparison.sources()} >= {"src:survey-2012"}
    with pytest.raises(UnknownName, match="two projects or more"):
        kettles.compare("teakettle")


def test_through_what_a_feature_comes_is_said(packaged):
    has = {row["name"]: row["Django"] for row in packaged.compare("Django", "Flask")}
    assert has["WebSocket"] == "through Channels"


def test_ancestors_and_descendants_are_walked_step_by_step(kettles):
    up = kettles.ancestors("Teakettle")
    assert [tuple(row)[1:3] for row in up] == [("Potwarmer", 1)]
    assert up[0]["how"] == "Teakettle renamed from Potwarmer"
    assert up[0]["date"] == "2011"
    assert set(names(kettles.ancestors("Teakettle", influences=True))) == {"Potwarmer"}
    assert names(kettles.descendants("Potwarmer")) == ["Teakettle"]
    assert {row["source"] for row in up.sources()} == {"src:teakettle-documentation"}


def test_a_lineage_has_edges_events_and_a_graph(kettles):
    lineage = kettles.lineage("Potwarmer")
    assert [(row["child_name"], row["relation"], row["parent_name"]) for row in lineage] == [
        ("Teakettle", "renamed from", "Potwarmer")
    ]
    assert [(row["kind"], row["date"]) for row in lineage.events] == [("rename", "2011")]
    graph = lineage.to_networkx()
    assert graph.edges["fw:teakettle", "fw:potwarmer", "renamedFrom"]["date"] == "2011"
    assert [str(thing) for thing in lineage.members] == ["Potwarmer", "Teakettle"]


def test_a_path_is_told_in_words_or_said_not_to_be(kettles):
    assert kettles.path("Teakettle", "Fire").text == "Teakettle builds on Boiler; Boiler builds on Fire."
    assert str(kettles.path("Fire", "Potwarmer")).endswith("Teakettle is the new name of Potwarmer.")


def test_a_project_requires_what_its_release_of_the_day_declared(kettles):
    now = kettles.dependencies("Teakettle")
    assert [tuple(row)[1:4] for row in now] == [("Boiler", "Boiler", ">=0.2")]
    then = kettles.dependencies("Teakettle", as_of="2012")
    assert [tuple(row)[:4] for row in then] == [
        ("fw:boiler", "Boiler", "Boiler", ">=0.2"),
        (None, "Steam", "Steam", None),
    ]
    assert [row["specifier"] for row in kettles.dependencies("Teakettle", as_of="2011-12-31")] == [">=0.1"]
    assert names(kettles.dependencies("Teakettle", as_of="2010")) == []
    extra = kettles.dependencies("Teakettle", optional=True)
    assert [(row["name"], row["extra"]) for row in extra] == [("Boiler", None), ("Samovar", "hot")]


def test_requirements_are_followed_level_by_level(kettles):
    rows = kettles.dependencies("Spout", transitive=True)
    assert [(row["name"], row["steps"], row["required_by"]) for row in rows] == [
        ("Teakettle", 1, "Spout"),
        ("Boiler", 2, "Teakettle"),
        ("Fire", 3, "Boiler"),
    ]
    graph = rows.to_networkx()
    assert networkx.ancestors(graph, "fw:fire") == {"fw:boiler", "fw:teakettle", "fw:spout"}


def test_dependents_and_impact_know_the_day(kettles):
    assert names(kettles.dependents("Boiler")) == ["Teakettle"]
    assert names(kettles.dependents("Boiler", as_of="2010")) == []
    assert [(row["name"], row["how"]) for row in kettles.impact("Fire")] == [
        ("Boiler", "directly"),
        ("Teakettle", "through Boiler"),
        ("Spout", "through Teakettle → Boiler"),
    ]
    assert names(kettles.impact("Fire", as_of="2012")) == ["Boiler", "Teakettle"]
    assert names(kettles.impact("Fire", as_of="2010")) == []


@pytest.mark.parametrize("day", ["2012-13-01", "yesterday", "2012-6-31", ""])
def test_a_day_that_is_none_is_told(kettles, day):
    with pytest.raises(UnknownName, match="is no date"):
        kettles.dependencies("Teakettle", as_of=day)


def test_releases_stand_in_order(kettles):
    releases = kettles.releases("Teakettle")
    assert [row["version"] for row in releases] == ["0.9", "1.0", "1.1rc1", "2.0"]
    assert [row["pre_release"] for row in releases] == [False, False, True, False]
    assert releases.newest == "2.0"


def test_a_moment_holds_what_had_been_released_and_what_was_alive(kettles):
    moment = kettles.at("2012-06-30")
    stood = {row["name"]: (row["version"], row["state"]) for row in moment}
    assert stood["Teakettle"] == ("1.0", "active")
    assert stood["Boiler"] == ("0.2", "quiet")
    assert "Spout" not in stood
    assert names(moment.alive) == ["Teakettle"]
    assert "Boiler" not in names(moment.frameworks)
    assert names(moment.dependencies("Teakettle")) == ["Boiler", "Steam"]
    assert names(moment.dependents("Boiler")) == ["Teakettle"]
    assert names(moment.impact("Fire")) == ["Boiler", "Teakettle"]
    assert moment.to_networkx().has_edge("fw:teakettle", "fw:boiler")


def test_likeness_is_explained(packaged):
    row = packaged.similar("Flask", limit=3)[0]
    assert row["name"] == "Quart"
    assert 0 < row["score"] < 1
    assert "both on" in row["why"]
    assert len(packaged.similar("Werkzeug", limit=2)) == 2


def test_candidates_are_ranked_by_needs_with_a_reason_for_each(packaged):
    choice = packaged.choose("WebSocket", "OpenAPI", implements="ASGI", limit=5)
    scores = [row["score"] for row in choice]
    assert scores == sorted(scores, reverse=True)
    assert all(row["why"].startswith("WebSocket: ") for row in choice)
    assert "rank 1" in choice.explain(choice[0]["name"])
    with pytest.raises(UnknownName, match="nothing is called 'websockit'"):
        packaged.choose("websockit")
    with pytest.raises(UnknownName, match="at least one need"):
        packaged.choose()


def test_a_stated_no_counts_against_a_candidate(kettles):
    (row,) = kettles.choose("Signed cookies", "Admin interface", limit=1) or [None]
    assert row is None or row["score"] == 0.0


def test_sources_trace_a_conclusion_to_what_it_rests_on(kettles):
    how = {(row["how"], row["source"]) for row in kettles.sources("Spout", "depends on", "Teakettle")}
    assert how == {("a requirement of its releases", "src:repository-spout-0000000")}
    said = kettles.sources("Teakettle", "fwo:descendsFrom")
    assert [row["how"] for row in said] == ["stated as renamed from"]
    assert [row["source"] for row in kettles.sources("Teakettle", "label", "TeaKettle")] == ["src:survey-2010"]
    assert len(kettles.sources("Teakettle")) > 5
    with pytest.raises(UnknownName, match="no property is called 'builds with'"):
        kettles.sources("Teakettle", "builds with")


def test_disagreements_show_every_value_and_the_one_concluded(kettles):
    rows = {(row["property"], row["value"]): row["concluded"] for row in kettles.disagreements("Teakettle")}
    assert rows["dcterms:license", "spdx:MIT"] is True
    assert rows["dcterms:license", "spdx:BSD-3-Clause"] is False
    assert rows["feat:signed-cookies", "cat:none"] is False


def test_a_view_hides_columns_only_where_it_is_shown(kettles):
    view = kettles.ancestors("Teakettle")
    assert "fw:potwarmer" not in repr(view)
    assert "fw:potwarmer" in view.to_csv()
    assert "Ancestors of Teakettle" in view._repr_html_()
    assert list(view.to_pandas()["name"]) == ["Potwarmer"]
