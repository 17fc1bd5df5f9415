import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pyfwgraph as fw
from pyfwgraph.errors import QueryError

KLEIN = fw.IRI("fw:teakettle")


def test_a_bound_variable_that_is_projected_keeps_its_column(toy):
    assert [tuple(r) for r in toy.query("SELECT ?x ?n { ?x rdfs:label ?n }", x=KLEIN)] == [
        ("fw:teakettle", "Teakettle")
    ]


def test_a_bound_variable_that_is_not_projected_adds_no_column(toy):
    rows = toy.query("SELECT ?n { ?x rdfs:label ?n }", x=KLEIN)
    assert rows.columns == ("n",)
    assert [r["n"] for r in rows] == ["Teakettle"]


def test_a_variable_is_bound_inside_an_aggregate(toy):
    rows = toy.query("SELECT (COUNT(?y) AS ?n) { ?x fwo:buildsOn ?y }", x=KLEIN)
    assert rows[0]["n"] == 1
    assert toy.query("SELECT (COUNT(?y) AS ?n) { ?x fwo:buildsOn ?y }", x=fw.IRI("fw:nobody"))[0]["n"] == 0


def test_a_variable_is_bound_beside_a_group(toy):
    rows = toy.query("SELECT ?p (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p", s=KLEIN)
    assert rows[0]["n"] >= 1


def test_ask_construct_and_describe_take_bindings(toy):
    assert toy.query("ASK { ?x fwo:buildsOn ?y }", x=KLEIN)
    assert len(toy.query("CONSTRUCT { ?x fwo:buildsOn ?y } WHERE { ?x fwo:buildsOn ?y }", x=KLEIN)) == 1
    assert len(toy.query("DESCRIBE ?y { ?x fwo:buildsOn ?y }", x=KLEIN)) > 2


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30))
def test_whatever_text_is_bound_it_stays_a_text(toy, text):
    (row,) = toy.query("SELECT ?v { BIND(?x AS ?v) }", x=text)
    assert row["v"] == text


@pytest.mark.parametrize("value", [5, 2.5, True, datetime.date(2012, 5, 4)])
def test_a_typed_value_is_bound_with_its_type(toy, value):
    (row,) = toy.query("SELECT ?v { BIND(?x AS ?v) }", x=value)
    assert row["v"] == value


def test_text_that_looks_like_sparql_does_nothing(toy):
    assert len(toy.query("SELECT ?s { ?s rdfs:label ?x }", x='" } INSERT DATA { <a:b> <a:c> <a:d> } #')) == 0


def test_a_project_is_bound_as_its_iri(toy):
    assert toy.query("ASK { ?x fwo:buildsOn fw:boiler }", x=toy.project("Teakettle"))


def test_binding_a_variable_that_is_not_there_names_those_that_are(toy):
    with pytest.raises(QueryError, match=r"no variable \?z to bind; it has \?s, \?p, \?o"):
        toy.query("SELECT * { ?s ?p ?o }", z=1)


def test_a_name_that_is_no_variable_is_refused(toy):
    with pytest.raises(ValueError, match="is not the name of a variable"):
        toy.query("SELECT * { ?s ?p ?o }", {"s } #": 1})
