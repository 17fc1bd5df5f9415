"""What an endpoint cannot do, or does wrongly, is said clearly and in time."""

# ruff: noqa: F811 - fixtures are imported from tests.servers

import http.server
import threading
import time

import pytest

import pyfwgraph as fw
from pyfwgraph.errors import ExportError, QueryError, QueryRefused, QuerySyntaxError, QueryTimeout, StoreError
from tests.servers import (  # noqa: F401
    asked,
    oxigraph_of_toy,
    read_only_oxigraph,
    toy_server,
    virtuoso_of_all,
    virtuoso_of_toy,
)
from tests.test_remote import same


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
