"""Any SPARQL endpoint answers as the embedded store does, or says clearly why it cannot."""

# ruff: noqa: F811 - fixtures are imported from tests.servers

import datetime
import http.server
import re
import threading
import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import pyfwgraph as fw
from pyfwgraph.catalogue import question_names
from pyfwgraph.errors import ExportError, QueryError, QueryRefused, QuerySyntaxError, QueryTimeout, StoreError
from pyfwgraph.remote import CONCLUSIONS
from pyfwgraph.results import Rows
from pyfwgraph.wire import to_wire, write_term
from tests.servers import (  # noqa: F401
    asked,
    full_server,
    oxigraph_of_toy,
    read_only_oxigraph,
    toy_server,
    virtuoso_of_all,
    virtuoso_of_toy,
)

KETTLE = fw.IRI("fw:teakettle")

VIRTUOSO_FAILS = {"async-share-by-year"}
"""Virtuoso 7 cannot compile `EXISTS` within an expression of a `BIND` beside aggregates."""

VIRTUOSO_DIFFERS = {
    "fastest-features",  # it divides integers without a remainder
    "longest-gaps",  # it subtracts dates in another way
    "merged",  # it concatenates nothing to an empty text
}

ROUGH = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def cells(rows):
    """Rows as a bag of cells; lists that a server concatenates in any order are sorted."""
    return Counter(tuple(map(in_order, row)) for row in rows)


def in_order(value):
    if not isinstance(value, str) or isinstance(value, fw.IRI):
        return value
    for separator in (" | ", ", "):
        if separator in value:
            return separator.join(sorted(value.split(separator)))
    return value


def same(one, other):
    assert type(one) is type(other)
    if isinstance(one, Rows):
        assert one.columns == other.columns
        assert cells(one) == cells(other)
    else:
        assert one == other if isinstance(one, fw.Verdict) else one.to_ntriples() == other.to_ntriples()


# The same answers


@pytest.mark.parametrize("name", question_names())
def test_a_question_has_the_same_answer_everywhere(packaged, full_server, name):
    g = full_server.connect(timeout=60)
    if full_server.name == "virtuoso" and name in VIRTUOSO_FAILS:
        with pytest.raises(QueryError, match="write the query in another way"):
            g.answer(name)
    elif full_server.name == "virtuoso" and name in VIRTUOSO_DIFFERS:
        assert cells(g.answer(name)) != cells(packaged.answer(name))
    else:
        same(g.answer(name), packaged.answer(name))


QUERIES = [
    "SELECT ?x ?n { ?x rdfs:label ?n }",
    "SELECT DISTINCT ?n { ?x fwo:buildsOn+ ?y . OPTIONAL { ?y rdfs:label ?n } }",
    "SELECT (COUNT(?y) AS ?n) { ?x fwo:buildsOn ?y }",
    "SELECT ?p (COUNT(?o) AS ?n) { ?x ?p ?o } GROUP BY ?p",
    "SELECT ?x (COUNT(?o) AS ?n) { ?x ?p ?o } GROUP BY ?x",
    "SELECT ?v { BIND(?x AS ?v) }",
    "SELECT ?v { BIND(STR(?x) AS ?v) }",
    "SELECT ?v { ?a rdfs:label ?v FILTER(?a = ?x) }",
    "SELECT ?v { ?a rdfs:label ?v FILTER(?a != ?x) }",
    "SELECT ?v { ?a rdfs:label ?v FILTER(BOUND(?x) && ?a = ?x) }",
    "SELECT ?a { ?a a fwo:Project OPTIONAL { ?a fwo:buildsOn ?b FILTER(?b != ?x) } FILTER(!BOUND(?b)) }",
    "SELECT ?a { ?a a fwo:Project FILTER NOT EXISTS { ?x fwo:buildsOn ?a } }",
    "SELECT ?a { ?a a fwo:Project FILTER EXISTS { ?a fwo:buildsOn ?b FILTER(?b = ?x || ?a = ?x) } }",
    "SELECT ?x ?a { ?a fwo:buildsOn ?b MINUS { ?x fwo:buildsOn ?b } }",
    "SELECT ?x ?n { { ?x fwo:buildsOn ?b } UNION { ?b fwo:buildsOn ?x } ?b rdfs:label ?n }",
    "SELECT ?x ?n { { SELECT ?x (COUNT(?b) AS ?n) { ?x fwo:buildsOn ?b } GROUP BY ?x } }",
    "SELECT ?x ?n { { SELECT (COUNT(?x) AS ?n) { ?x a fwo:Project } } ?x a fwo:Project }",
    "SELECT ?x ?b { VALUES ?x { fw:teakettle fw:boiler } ?x fwo:buildsOn ?b }",
    "SELECT ?x ?b { VALUES (?x ?b) { (fw:teakettle UNDEF) (UNDEF fw:fire) } ?x fwo:buildsOn ?b }",
    "SELECT ?source { GRAPH ?source { ?x fwo:buildsOn ?b } }",
    "SELECT ?source ?x ?n { GRAPH ?source { ?x fwo:buildsOn ?b } ?b rdfs:label ?n }",
    "SELECT * { ?x fwo:buildsOn ?b . ?b rdfs:label ?n }",
    "SELECT ?n { ?x rdfs:label ?n } ORDER BY ?n LIMIT 1",
    "SELECT ?a { ?a rdfs:label ?n # ?x { }\n FILTER(?n != '?x }' && ?a = ?x) }",
    "ASK { ?x fwo:buildsOn ?y }",
    "ASK { ?y fwo:buildsOn ?x }",
    "CONSTRUCT { ?x fwo:buildsOn ?y } WHERE { ?x fwo:buildsOn ?y }",
    "CONSTRUCT WHERE { ?x fwo:buildsOn ?y }",
    "DESCRIBE ?x",
    "DESCRIBE ?x {}",
    "DESCRIBE ?y { ?x fwo:buildsOn ?y }",
    "DESCRIBE ?x fw:fire ?y WHERE { ?x fwo:buildsOn ?y } # the end",
    "PREFIX fw: <https://w3id.org/pyfwgraph/project/> SELECT ?n { fw:boiler rdfs:label ?n FILTER(?x = ?x) }",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("thing", ["fw:teakettle", "fw:boiler", "fw:nobody"])
def test_a_bound_value_means_the_same_everywhere(asked, toy, query, thing):
    value = fw.IRI(thing)
    same(asked.query(query, x=value), toy.query(query, x=value))


PIECES = [
    "?x rdfs:label ?n .",
    "?x fwo:buildsOn+ ?b .",
    "?s rdfs:label ?x .",
    "?s ?p ?x .",
    "OPTIONAL { ?x fwo:buildsOn ?b }",
    "OPTIONAL { ?b fwo:buildsOn ?c FILTER(?c != ?x) }",
    "FILTER(BOUND(?x))",
    "FILTER(STR(?x) != 'no such text')",
    "FILTER(isIRI(?x) || CONTAINS(?x, 'a'))",
    "{ ?x a fwo:Project } UNION { ?a fwo:buildsOn ?x }",
    "MINUS { ?x a fwo:Specification }",
    "FILTER NOT EXISTS { ?x fwo:implements ?i }",
    "FILTER EXISTS { ?q rdfs:label ?l FILTER(?q = ?x || ?l = ?x) }",
    "GRAPH ?g { ?x rdfs:label ?m }",
    "{ SELECT ?x (COUNT(?q) AS ?k) { ?x ?q ?r } GROUP BY ?x }",
    "{ SELECT (COUNT(?x) AS ?j) { ?x a fwo:Project } }",
    "VALUES ?x { 'Teakettle' fw:teakettle fw:boiler }",
    "BIND(STR(?x) AS ?v)",
]
THINGS = [fw.IRI("fw:teakettle"), fw.IRI("fw:boiler"), "Teakettle", "Boiler", "'} ?x \"{ # \\u0022", 3]


@settings(ROUGH, max_examples=80)
@given(
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=4, unique=True),
    head=st.sampled_from(["SELECT DISTINCT *", "SELECT ?x", "SELECT ?n ?b", "SELECT (COUNT(*) AS ?many)", "ASK"]),
    value=st.sampled_from(THINGS),
)
def test_whatever_is_put_together_a_bound_value_means_the_same(oxigraph_of_toy, toy, pieces, head, value):
    query = f"{head} {{ {' '.join(pieces)} FILTER(?x = ?x) }}"
    one, other = oxigraph_of_toy.connect().query(query, x=value), toy.query(query, x=value)
    if isinstance(one, Rows):
        assert cells(one) == cells(other)
        assert set(one.columns) == set(other.columns)
    else:
        assert one == other


UNBOUND = [
    "SELECT * { ?s fwo:buildsOn ?o } ORDER BY ?s",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?l { GRAPH src:survey-2010 { fw:teakettle rdfs:label ?l } }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?p { ?p a fwo:Project FILTER NOT EXISTS { GRAPH src:survey-2012 { ?p ?q ?r } } }",
    "SELECT ?l FROM src:survey-2010 { fw:teakettle rdfs:label ?l }",
    "SELECT ?o { ?r doap:revision ?o } ORDER BY ?o",
    "SELECT (1 AS ?one) ('a\\n\"b' AS ?text) ('x'@en AS ?words) {}",
    "ASK {}",
    "DESCRIBE fw:teakettle <https://w3id.org/pyfwgraph/project/boiler>",
    "CONSTRUCT { ?s fwo:buildsOn ?o } { ?s fwo:buildsOn ?o }",
]


@pytest.mark.parametrize("query", UNBOUND)
def test_a_query_means_the_same_everywhere(asked, toy, query):
    same(asked.query(query), toy.query(query))


def test_every_term_comes_back_as_it_is(asked, toy):
    query = "SELECT DISTINCT ?o { ?s ?p ?o } ORDER BY STR(?o) LIMIT 1500"
    assert cells(asked.query(query)) == cells(toy.query(query))


def test_every_view_is_the_same_everywhere(packaged, full_server):
    g = full_server.connect(timeout=60)
    for view in (
        lambda graph: repr(graph.project("Pyramid")),
        lambda graph: repr(graph.compare("Flask", "Django")),
        lambda graph: repr(graph.similar("Flask")),
        lambda graph: repr(graph.lineage("Pyramid")),
        lambda graph: repr(graph.ancestors("Pyramid")),
        lambda graph: repr(graph.descendants("Zope")),
        lambda graph: repr(graph.frameworks(feature="websocket")),
        lambda graph: repr(graph.releases("Flask")),
        lambda graph: repr(graph.dependencies("Flask")),
        lambda graph: repr(graph.dependents("Werkzeug")),
        lambda graph: repr(graph.impact("Werkzeug")),
        lambda graph: repr(graph.path("Pylons", "Pyramid")),
        lambda graph: list(map(tuple, graph.at("2012-01-01"))),
    ):
        assert view(g) == view(packaged)


# Values


@ROUGH
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
@example(text='" } INSERT DATA { <a:b> <a:c> <a:d> } #')
@example(text="\\u0022 } SELECT * { ?s ?p ?o } #")
@example(text="\\\\u0022\\U00000022\\")
@example(text='\'\'\'"""\\"')
@example(text="\u2028\x85\x1c\t\b\f\r\n\x7f")
@example(text="?x $x {} <x:y> fw:flask # \\")
@example(text="🐍 ß ſ İ")
def test_whatever_text_is_bound_it_stays_a_text(oxigraph_of_toy, text):
    (row,) = oxigraph_of_toy.connect().query("SELECT ?v { BIND(?x AS ?v) }", x=text)
    assert row["v"] == text


@ROUGH
@given(text=st.text(alphabet="\\uU02{}\"'?x#<> \n", max_size=12))
@example(text="\\u0022 } SELECT * { ?s ?p ?o } #")
def test_no_text_ends_what_virtuoso_reads(virtuoso_of_toy, text):
    (row,) = virtuoso_of_toy.connect().query("SELECT ?v { BIND(?x AS ?v) }", x=text)
    assert row["v"] == text


@ROUGH
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30))
def test_a_text_is_written_as_one_term_that_reads_back(text):
    from pyoxigraph import RdfFormat, parse

    from pyfwgraph.term import from_term, to_term

    (quad,) = parse(f"<x:s> <x:p> {write_term(to_term(text))} .", format=RdfFormat.N_TRIPLES)
    assert from_term(str(quad.object)) == text


@pytest.mark.parametrize(
    "value", [5, -3, 2.5, True, False, datetime.date(2012, 5, 4), "", fw.LangString("Rahmenwerk", "de"), fw.IRI("x:é")]
)
def test_a_typed_value_is_bound_with_its_type(oxigraph_of_toy, value):
    (row,) = oxigraph_of_toy.connect().query("SELECT ?v { BIND(?x AS ?v) }", x=value)
    assert row["v"] == value
    assert type(row["v"]) is type(value)


@pytest.mark.parametrize(
    "term", ['"a" } #', '"a"@en } #', "<x:a> <x:b>", "<x:a b>", '"a\n"', '"a\\"', "fw:flask", "", '"a"^^<x:y> .']
)
def test_what_is_not_one_term_is_never_written(term):
    with pytest.raises(QueryError, match="is no term"):
        to_wire("ASK { ?x a ?y }", (("x", term),))


@pytest.mark.parametrize("language", ["en } #", "en\n", "e n", "1", ""])
def test_a_language_that_is_none_is_never_written(asked, language):
    with pytest.raises(QueryError, match="is no term"):
        asked.query("SELECT ?v { BIND(?x AS ?v) }", x=fw.LangString("a", language))


def test_a_text_that_holds_no_characters_at_all_is_refused(asked):
    with pytest.raises(QueryError, match="is no term"):
        asked.query("ASK { ?s ?p ?x }", x="\ud800")


def test_what_the_query_computes_cannot_be_bound(asked):
    with pytest.raises(QueryError, match=r"computes \?n, so it cannot be bound"):
        asked.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", n=1)


def test_binding_a_variable_that_is_not_there_names_those_that_are(asked):
    with pytest.raises(QueryError, match=r"no variable \?z to bind; it has \?s, \?p, \?o"):
        asked.query("SELECT * { ?s ?p ?o }", z=1)


# What is sent


def test_only_the_prefixes_that_are_used_are_declared():
    text = to_wire("SELECT * { fw:a fwo:b 'rdfs:label' } # skos:x").text
    assert re.findall(r"PREFIX (\w+):", text) == ["fw", "fwo"]
    mine = "PREFIX fw: <x:>\nASK { fw:a fwo:b ?o }"
    assert to_wire(mine).text.count("PREFIX fw:") == 1


def test_names_with_dots_are_written_out():
    assert "<https://w3id.org/pyfwgraph/release/flask-0.10>" in to_wire("ASK { rel:flask-0.10 a ?x . }").text
    assert "<https://w3id.org/pyfwgraph/release/flask-0.10.1>" in to_wire(r"ASK { rel:flask-0\.10\.1 a ?x }").text


def test_a_variable_of_the_same_name_in_a_sub_select_of_its_own_is_left_alone():
    text = to_wire("SELECT ?x { { SELECT ?y { ?x a ?y } } ?x a ?y }", (("x", "<x:1>"),)).text
    assert "{ SELECT ?y { ?x a ?y } }" in text


def test_a_query_that_names_its_graphs_is_asked_as_it_is():
    query = "SELECT * FROM <x:g> { ?s ?p ?o }"
    assert to_wire(query, (), CONCLUSIONS).text == query


# Limits and errors


def test_a_limit_on_rows_cuts_and_says_so(asked):
    rows = asked.query("SELECT * { ?s ?p ?o }", max_rows=3)
    assert len(rows) == 3
    assert rows.truncated
    assert not asked.query("SELECT * { fw:teakettle rdfs:label ?o }", max_rows=1).truncated
    graph = asked.query("CONSTRUCT WHERE { ?s ?p ?o }", max_rows=3)
    assert len(graph) == 3
    assert graph.truncated


def test_an_answer_that_the_server_cut_is_an_error(virtuoso_of_toy):
    g = virtuoso_of_toy.connect()
    with pytest.raises(QueryError, match="cuts answers at 2,000 rows: add LIMIT"):
        g.query("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert len(g.query("SELECT * { ?a ?b ?c . ?d ?e ?f }", max_rows=2000)) == 2000
    assert g.query("SELECT * { ?a ?b ?c . ?d ?e ?f }", max_rows=100).truncated


def test_triples_that_the_server_cut_are_an_error(virtuoso_of_toy, toy):
    g = virtuoso_of_toy.connect()
    with pytest.raises(QueryError, match="cuts answers at 2,000 rows: add LIMIT"):
        g.query("CONSTRUCT { ?a <x:p> ?d } WHERE { ?a ?b ?c . ?d ?e ?f }")
    assert len(g.query("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1500")) == 1500
    half = "CONSTRUCT WHERE { ?s rdfs:label ?o }"
    same(g.query(half), toy.query(half))


def test_what_virtuoso_repeats_is_an_error(virtuoso_of_all, packaged):
    g = virtuoso_of_all.connect()
    for query in (
        "SELECT ?a { ?a fwo:dependsOn+ fw:werkzeug }",
        "SELECT ?a (COUNT(?b) AS ?n) { ?a a fwo:Framework ; fwo:buildsOn+ ?b } GROUP BY ?a",
    ):
        with pytest.raises(QueryError, match="write SELECT DISTINCT"):
            g.query(query)
    for query in (
        "SELECT DISTINCT ?a { ?a fwo:dependsOn+ fw:werkzeug }",
        "SELECT ?a { fw:fastapi fwo:buildsOn+ ?a }",
        "SELECT (COUNT(*) * 2 AS ?n) { ?a fwo:buildsOn ?b }",
    ):
        same(g.query(query), packaged.query(query))


def test_a_path_without_an_end_that_is_known_is_an_error_on_virtuoso(virtuoso_of_all):
    with pytest.raises(QueryError, match="transitive start not given"):
        virtuoso_of_all.connect().query("SELECT DISTINCT ?a ?b { ?a fwo:buildsOn+ ?b }")


PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?i) }"


def test_a_limit_on_time_ends_the_wait(read_only_oxigraph):
    started = time.monotonic()
    with pytest.raises(QueryTimeout, match="within the limit of 0.3 s"):
        read_only_oxigraph.connect(timeout=0.3).query(PRODUCT)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("query", "error", "words"),
    [
        ("SELECT", QuerySyntaxError, "line 1, column 7"),
        ("SELECT ?x { ?x", QuerySyntaxError, "line 1, column"),
        ("SELECT ?x {\n ?x nope:p ?y }", QuerySyntaxError, "mend"),
        ("define x ASK {}", QuerySyntaxError, "line 1"),
        ("", QuerySyntaxError, "line 1"),
        ("INSERT DATA { <a:b> <a:c> <a:d> }", QueryRefused, "read-only"),
        ("PREFIX a: <x:> DELETE WHERE { ?s ?p ?o }", QueryRefused, "read-only"),
        ("# ASK\nDROP ALL", QueryRefused, "read-only"),
        ("SELECT * { SERVICE <http://a.example/> {} }", QueryRefused, "network"),
    ],
)
def test_what_cannot_be_answered_says_why(asked, query, error, words):
    with pytest.raises(error, match=words):
        asked.query(query)


def test_what_a_server_cannot_do_passes_on_its_reason(virtuoso_of_toy):
    with pytest.raises(QueryError, match="SPARQL compiler|SQ074"):
        virtuoso_of_toy.connect().answer("async-share-by-year")


def test_where_there_is_no_server_nothing_is_reached():
    with pytest.raises(StoreError, match="cannot be reached .*that the server runs"):
        fw.connect("http://127.0.0.1:1/sparql").query("ASK {}")
    with pytest.raises(StoreError, match="begins with http://"):
        fw.connect("localhost/sparql")


def test_another_address_of_a_server_is_no_endpoint(toy_server):
    root = toy_server.query.rpartition("/")[0]
    with pytest.raises(StoreError, match="is no SPARQL endpoint"):
        fw.connect(f"{root}/no-such-page").query("ASK {}")


def test_virtuoso_asks_for_a_password_where_it_is_told_to(virtuoso_of_toy):
    url = virtuoso_of_toy.query + "-auth"
    assert fw.connect(url, user="dba", password="dba").query("ASK { fw:teakettle fwo:buildsOn fw:boiler }")
    for options in ({}, {"user": "dba", "password": "very secret"}):
        with pytest.raises(StoreError, match="user=…, password=…") as caught:
            fw.connect(url, **options).query("ASK {}")
        assert "secret" not in str(caught.value)


class Odd(http.server.BaseHTTPRequestHandler):
    """A server that answers every query in the same odd way."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        status, kind, body, delay = self.server.answer
        time.sleep(delay)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in self.server.extra.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in body:
            try:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(delay)
            except OSError:
                return

    def log_message(self, *args):
        pass


@pytest.fixture
def odd():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Odd) as server:
        server.daemon_threads = True
        server.extra = {}
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        server.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
        yield server
        server.shutdown()
        thread.join()


JSON = "application/sparql-results+json"


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        ((200, "text/html", [b"<p>Welcome"], 0), StoreError, "no SPARQL endpoint .*text/html"),
        ((200, JSON, [b"{"], 0), StoreError, "no SPARQL endpoint .*cannot be read"),
        ((403, "text/plain", [b"no"], 0), StoreError, "does not let this user ask"),
        ((405, "text/plain", [b"no"], 0), StoreError, "no SPARQL endpoint"),
        ((413, "text/plain", [b"no"], 0), QueryError, "too long"),
        ((414, "text/plain", [b"no"], 0), QueryError, "too long"),
        ((500, "text/plain", [b"out of luck"], 0), QueryError, "out of luck"),
        ((500, "text/plain", [b"S1T00 Error SR171: Transaction timed out"], 0), QueryTimeout, "its own limit"),
        ((503, "text/plain", [b"no"], 0), QueryError, "too busy"),
        ((504, "text/plain", [b"no"], 0), QueryTimeout, "its own limit"),
        ((418, "text/plain", [b"a teapot"], 0), QueryError, "a teapot"),
    ],
)
def test_each_way_to_fail_says_what_to_do(odd, answer, error, words):
    odd.answer = answer
    with pytest.raises(error, match=words):
        fw.connect(odd.url, conclusions="").query("SELECT * { ?s ?p ?o }")


def test_a_part_of_an_answer_is_no_answer(odd):
    odd.answer = (200, JSON, [b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'], 0)
    odd.extra = {"X-SQL-State": "S1TAT"}
    with pytest.raises(QueryTimeout, match="a part of the answer"):
        fw.connect(odd.url, conclusions="").query("SELECT * { ?s ?p ?o }")


def test_a_dropped_answer_says_to_ask_again(odd):
    odd.answer = (200, JSON, [b'{"head":{"vars":["s"]},"results":{"bindings":['], 0)
    odd.extra = {"Content-Length": "5000"}
    with pytest.raises((QueryError, StoreError), match="ask again|cannot be read"):
        fw.connect(odd.url, conclusions="").query("SELECT * { ?s ?p ?o }")


@pytest.mark.parametrize("pieces", [[b"{}"], [b" "] * 50])
def test_a_server_that_dawdles_is_not_waited_for(odd, pieces):
    odd.answer = (200, JSON, pieces, 0.4)
    started = time.monotonic()
    with pytest.raises(QueryTimeout):
        fw.connect(odd.url, conclusions="", timeout=0.6).query("SELECT * { ?s ?p ?o }")
    assert time.monotonic() - started < 1.5


def test_what_needs_the_quads_says_what_to_do_instead(asked, tmp_path):
    for ask in (asked.to_rdflib, lambda: asked.export("nquads", tmp_path / "dump.nq")):
        with pytest.raises(ExportError, match="needs the quads on this machine"):
            ask()


def test_a_connected_graph_says_where_it_asks(toy_server):
    assert repr(toy_server.connect()) == f"<Graph of {toy_server.query}>"


def test_many_threads_may_ask_at_once(asked):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda n: asked.query("SELECT ?v { BIND(?x AS ?v) }", x=f"n{n}")[0]["v"], range(40))
    assert list(answers) == [f"n{n}" for n in range(40)]
