"""The dataset goes into real servers, graph by graph, and may go again."""

# ruff: noqa: F811 - fixtures are imported from tests.servers

import http.server
import io
import threading

import pytest

from pyfwgraph.cli import main
from pyfwgraph.errors import StoreError
from pyfwgraph.graphstore import GraphStore
from pyfwgraph.publish import _cut, publish
from pyfwgraph.remote import CONCLUSIONS
from pyfwgraph.store import Target
from tests.servers import (  # noqa: F401
    asked,
    oxigraph,
    oxigraph_of_toy,
    read_only_oxigraph,
    toy_server,
    virtuoso_of_toy,
)


@pytest.fixture
def target(toy_built):
    return Target(str(toy_built.folder / "dataset.nq.gz"))


@pytest.fixture
def small(tmp_path):
    """A dump of two graphs and a conclusion."""
    dump = tmp_path / "small.nq"
    source = "<https://w3id.org/pyfwgraph/source/"
    dump.write_text(
        f'<x:a> <x:p> "1" {source}one> .\n<x:a> <x:p> "2" {source}one> .\n<x:a> <x:p> "2" {source}two> .\n<x:a> <x:p> "2" .\n'
    )
    return Target(str(dump))


class Odd(http.server.BaseHTTPRequestHandler):
    """A server that answers as it is told, and keeps what it got."""

    def do_PUT(self):
        self.server.got.append((self.command, self.path, self.headers.get("Authorization", "")))
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        answer = self.server.answers.pop(0) if self.server.answers else 204
        if answer == "drop":
            self.connection.close()
            return
        self.send_response(answer)
        if answer == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="store"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_DELETE = do_PUT  # noqa: N815

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (OSError, ValueError):
            self.close_connection = True

    def log_message(self, *args):
        pass


@pytest.fixture
def odd():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Odd) as server:
        server.answers, server.got = [], []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        server.url = f"http://127.0.0.1:{server.server_address[1]}/store"
        yield server
        server.shutdown()
        thread.join()


def test_what_was_published_can_be_counted_and_published_again(toy_server, target):
    report = toy_server.fill(target)
    assert report.counted
    assert not report.failed
    assert not report.wrong
    assert not report.stale
    assert report.conclusions == ("" if toy_server.name == "oxigraph" else CONCLUSIONS)
    again = toy_server.fill(target)
    assert (again.triples, again.wrong, again.stale) == (report.triples, (), ())


def test_a_graph_in_many_parts_is_the_same_graph(toy_server, target, toy, asked):
    assert not toy_server.fill(target, part=20_000, only=["conclusions"]).wrong
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert asked.query(count)[0] == toy.query(count)[0]


def test_parts_end_with_lines_and_lose_nothing():
    text = b"".join(b"%d\n" % n for n in range(1000)) + b"a line longer than a part ....................\n"
    parts = list(_cut(text, 30))
    assert b"".join(parts) == text
    assert all(part.endswith(b"\n") for part in parts)
    assert max(map(len, parts[:-1])) <= 30


def test_only_the_graphs_that_are_named_are_sent(toy_server, target):
    report = toy_server.fill(target, only=["src:rulings", "conclusions"])
    assert [graph.graph.rpartition("/")[2] for graph in report.graphs] == ["rulings", ""]


def test_a_graph_that_is_not_there_names_the_nearest(toy_server, target):
    with pytest.raises(StoreError, match="no graph src:ruling; the nearest are src:rulings"):
        toy_server.fill(target, only=["src:ruling"])


def test_a_graph_of_a_former_version_is_reported_and_changed_triples_are_replaced(tmp_path, small):
    with oxigraph(tmp_path) as server:
        server.fill(small)
        path = tmp_path / "small.nq"
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(lines[1:2] + lines[3:]))
        report = server.fill(small)
        assert report.stale == ("https://w3id.org/pyfwgraph/source/two",)
        assert report.wrong == ()
        assert [graph.triples for graph in report.graphs] == [1, 1]


def test_conclusions_may_be_sent_to_any_graph(tmp_path, small):
    with oxigraph(tmp_path) as server:
        server.fill(small, conclusions="x:conclusions")
        g = server.connect(conclusions="x:conclusions")
        assert [row["o"] for row in g.query("SELECT ?o { <x:a> <x:p> ?o }")] == ["2"]
        assert len(g.query("SELECT ?g { GRAPH ?g { <x:a> <x:p> '2' } }")) == 2


def test_blank_nodes_stay_one_document(tmp_path):
    dump = tmp_path / "blank.nq"
    dump.write_text("".join(f'_:b <x:p> "{n}" <x:g> .\n' for n in range(50)))
    with oxigraph(tmp_path) as server:
        server.fill(Target(str(dump)), part=100)
        assert server.connect().query("SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s ?p ?o } }")[0]["n"] == 1


def test_a_read_only_server_says_so_before_anything_is_sent(read_only_oxigraph, small):
    with pytest.raises(StoreError, match="read-only"):
        read_only_oxigraph.fill(small)


def test_a_server_that_is_not_there_cannot_be_reached(small):
    with pytest.raises(StoreError, match="cannot be reached .*check the address"):
        publish(small, GraphStore("http://127.0.0.1:1/store"))
    with pytest.raises(StoreError, match="begins with http"):
        GraphStore("localhost/store")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "does not take the data"),
        (401, "refuses this user or password"),
        (403, "may not write"),
        (404, "there is no graph store"),
        (405, "takes no changes"),
        (413, "smaller parts"),
        (414, "too long"),
        (500, "see its log"),
        (507, "no room"),
    ],
)
def test_each_refusal_says_what_to_do(odd, small, status, words):
    odd.answers = [status] * 9
    with pytest.raises(StoreError, match=words):
        publish(small, GraphStore(odd.url, user="me", password="very secret"))


def test_a_wrong_password_is_refused_by_virtuoso_and_is_in_no_message(virtuoso_of_toy, small):
    for user, password in (("dba", "very secret"), ("", "")):
        with pytest.raises(StoreError, match="refuses this user or password") as caught:
            publish(small, GraphStore(virtuoso_of_toy.store, user=user, password=password))
        assert "secret" not in str(caught.value)


def test_a_password_is_shown_only_to_who_asks_for_it(odd, small):
    store = GraphStore(odd.url, user="me", password="secret")
    publish(small, store)
    assert {shown for _, _, shown in odd.got} == {""}
    odd.answers = [401]
    publish(small, store)
    assert any(shown.startswith("Basic ") for _, _, shown in odd.got)


def test_a_dropped_connection_is_tried_again(odd, small):
    odd.answers = [204, 204, "drop", "drop", 503, 204]
    report = publish(small, GraphStore(odd.url, wait=0.01))
    assert not report.failed
    assert [path for _, path, _ in odd.got].count(odd.got[2][1]) == 4


def test_what_failed_is_reported_and_the_rest_is_sent(odd, small):
    odd.answers = [204, 204, 500]
    told = []
    report = publish(small, GraphStore(odd.url), tell=lambda sent, graphs: told.append((sent.failure == "", graphs)))
    assert [graph.graph.rpartition("/")[2] for graph in report.failed] == ["one"]
    assert told == [(False, 3), (True, 3), (True, 3)]


def test_a_store_without_a_default_graph_gets_the_conclusions_by_name(odd, small):
    odd.answers = [204, 204, 204, 204, 500]
    report = publish(small, GraphStore(odd.url, parameter="graph-uri"))
    assert report.conclusions == CONCLUSIONS
    assert not report.failed
    assert odd.got[-1][1] == "/store?graph-uri=https%3A%2F%2Fw3id.org%2Fpyfwgraph%2Fconclusions"
    assert odd.got[-2][1] == "/store?default"


def test_the_command_publishes_and_says_so(toy_server, target, capsys, monkeypatch):
    monkeypatch.setenv("PYFWGRAPH_PASSWORD", toy_server.password)
    arguments = ["publish", toy_server.store, "--endpoint", toy_server.query, "--graph", target.path]
    assert main([*arguments, *(["--user", toy_server.user] if toy_server.user else [])]) == 0
    said = capsys.readouterr().out
    assert "the server holds as many triples in each graph as were sent" in said


def test_the_command_says_how_to_go_on(odd, small, capsys):
    odd.answers = [204, 204, 500]
    assert main(["publish", odd.url, "--graph", small.path]) == 1
    caught = capsys.readouterr()
    assert "failed: src:one: http" in caught.out
    assert "run the command again with --only src:one" in caught.err


def test_the_command_asks_for_a_password_or_says_where_to_put_it(odd, small, capsys, monkeypatch):
    monkeypatch.delenv("PYFWGRAPH_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["publish", odd.url, "--graph", small.path, "--user", "me"]) == 1
    assert "set PYFWGRAPH_PASSWORD" in capsys.readouterr().err
