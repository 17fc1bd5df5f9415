import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyfwgraph.errors import QueryRefused
from pyfwgraph.guard import check_query, escape_dots, from_clauses, mask


@pytest.mark.parametrize(
    "query",
    [
        "ASK { " + "FILTER NOT EXISTS { " * 840 + "?s ?p ?o" + " }" * 840 + " }",
        "ASK { " + "{ " * 2200 + "?s ?p ?o" + " }" * 2200 + " }",
        "SELECT * { " + "{ SELECT * { " * 1200 + "?s ?p ?o" + " } }" * 1200 + " }",
        "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
        "ASK { FILTER(" + "!" * 50000 + "true) }",
        "ASK { ?a ?b " + "[ <x:p> " * 5000 + "1" + " ]" * 5000 + " }",
        "ASK { ?a ?b " + "<<( ?x ?y " * 5000 + "1" + " )>>" * 5000 + " }",
    ],
    ids=["exists", "groups", "subselects", "parentheses", "negations", "blank nodes", "triple terms"],
)
def test_a_query_that_would_end_the_process_is_refused_before_parsing(query):
    with pytest.raises(QueryRefused, match="nested more than"):
        check_query(query)


def test_brackets_in_strings_comments_and_many_flat_ones_are_no_nesting():
    check_query("ASK { ?s ?p '" + "{" * 5000 + "' } # " + "{" * 5000)
    check_query("ASK { " + "{ ?s ?p ?o } UNION " * 300 + "{ ?s ?p ?o } }")


def test_a_query_of_enormous_size_is_refused():
    with pytest.raises(QueryRefused, match="split it"):
        check_query("ASK {} #" + "x" * 1_000_001)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://a.example/> { ?s ?p ?o } }",
        "PREFIX : <http://a.example/> SELECT * { ?s ?p 1SERVICE:x { ?s ?p ?o } }",
        "PREFIX : <http://a.example/> SELECT * { ?s ?p trueSERVICE:x { ?s ?p ?o } }",
        'SELECT * { ?s ?p "a"SERVICE<http://a.example/>{ ?s ?p ?o } }',
        "SELECT * { # '\n SERVICE <http://a.example/> { ?s ?p ?o } # '\n}",
    ],
)
def test_calling_out_is_refused_however_it_is_written(query):
    with pytest.raises(QueryRefused, match="network=True"):
        check_query(query)
    check_query(query, network=True)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?service ?p 'SERVICE' }",
        "ASK { ?s ?p <http://a.example/service> } # SERVICE",
        "PREFIX x: <http://a.example/> ASK { ?s x:service ?o }",
    ],
)
def test_the_word_in_names_and_texts_is_no_calling_out(query):
    check_query(query)


@given(st.text(max_size=200))
def test_masking_keeps_every_position(text):
    assert len(mask(text)) == len(text)
    assert len(mask(text, names=True)) == len(text)


def test_from_clauses_are_found_but_not_in_comments():
    assert from_clauses("SELECT * FROM <http://a/> # FROM <http://b/>\n FROM NAMED src:x {}") == (
        "<http://a/>",
        "src:x",
    )


@pytest.mark.parametrize("name", ["rel:flask-2.0.1", "rel:flask-2.0.0rc1", "rel:x-1.2.3.4", "fw:a.b", "fw:flask"])
@pytest.mark.parametrize(
    "query", ["ASK { NAME ?p ?o }", "ASK { ?s ?p NAME }", "ASK { ?s ?p NAME . }", "ASK { ?s ?p NAME, NAME; ?q NAME. }"]
)
def test_a_name_with_dots_is_one_name(toy, query, name):
    assert not toy.query(query.replace("NAME", name))


def test_dots_in_strings_iris_and_comments_stay():
    query = "ASK { ?s ?p 'a:1.2.3', <http://a.b.c/d:1.2.3> } # a:1.2.3"
    assert escape_dots(query) == query
