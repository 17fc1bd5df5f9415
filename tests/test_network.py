"""With the network switched on, SERVICE and FROM reach a real server, here on loopback."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import pyfwgraph as fw
from pyfwgraph.errors import StoreError

RESULTS = b'{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal","value":"from afar"}}]}}'
TURTLE = b"<x:s> <x:p> 'fetched' ."


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body, kind = (TURTLE, "text/turtle") if self.path == "/data" else (b"hello", "text/html")
        self._send(body, kind)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self._send(RESULTS, "application/sparql-results+json")

    def _send(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def address():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def online(toy_built):
    graph = fw.load(toy_built.folder / "dataset.nq.gz", network=True, timeout=20)
    yield graph
    graph.close()


def test_service_asks_another_server(online, address):
    rows = online.query(f"SELECT ?o {{ SERVICE <{address}/sparql> {{ ?s ?p ?o }} }}")
    assert [r["o"] for r in rows] == ["from afar"]


def test_from_fetches_a_document_and_joins_it_with_a_graph_of_ours(online, address):
    rows = online.query(
        f"SELECT ?o FROM <{address}/data> FROM src:survey-2010 {{ <x:s> ?p ?o . fw:teakettle rdfs:label ?l }}"
    )
    assert [r["o"] for r in rows] == ["fetched"]


def test_a_document_that_is_no_rdf_is_refused(online, address):
    with pytest.raises(StoreError, match="is not RDF"):
        online.query(f"SELECT * FROM <{address}/text> {{ ?s ?p ?o }}")
