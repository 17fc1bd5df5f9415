"""Real SPARQL servers for the tests: on loopback, with their data under a temporary folder, ended by their processes.

Oxigraph's server comes with the `test` extra. Virtuoso comes from the system; without it its tests are skipped.
"""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import pyfwgraph
from pyfwgraph import store as packaged_store
from pyfwgraph.graphstore import GraphStore
from pyfwgraph.publish import publish
from pyfwgraph.remote import CONCLUSIONS, Endpoint
from pyfwgraph.store import Target

STARTED = 60
"""Seconds that a server may take to answer."""

PASSWORD = "dba"


@dataclass(frozen=True)
class Server:
    """A running server: where it is asked, and where graphs are put."""

    name: str
    query: str
    store: str
    user: str = ""
    password: str = ""
    process: int = 0

    @property
    def graph_store(self) -> GraphStore:
        return GraphStore(self.store, user=self.user, password=self.password, wait=0.01)

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.query)

    def connect(self, **options) -> pyfwgraph.Graph:
        return pyfwgraph.connect(self.query, **options)

    def fill(self, target: Target, **options):
        return publish(target, self.graph_store, endpoint=self.endpoint, **options)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command: list[str], folder: Path, url: str):
    """Run a server until the block ends."""
    log = folder / "output.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        wait_for(url, process, log)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + STARTED
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{url}?query=ASK%20%7B%7D", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"{process.args[0]} did not start: {log.read_text(errors='replace')[-2000:]}")


# Oxigraph


def oxigraph_command() -> str:
    """The command that the test extra installs beside this Python."""
    beside = Path(sys.executable).parent / "oxigraph"
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if found is None:
        pytest.skip("no oxigraph server here: pip install oxigraph (pkg:pypi/oxigraph; it has no wheel for musl)")
    return found


@contextmanager
def oxigraph(folder: Path, *, read_only: bool = False):
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    kind = "serve-read-only" if read_only else "serve"
    command = [oxigraph_command(), kind, "--location", str(folder / "db"), "--bind", f"127.0.0.1:{port}"]
    with running(command, folder, f"{url}/query") as process:
        yield Server("oxigraph", f"{url}/query", f"{url}/store", process=process)


@pytest.fixture(scope="session")
def oxigraph_of_toy(toy_built, tmp_path_factory):
    """An Oxigraph server into which the toy world was published."""
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        server.fill(Target(str(toy_built.folder / "dataset.nq.gz")))
        yield server


@pytest.fixture(scope="session")
def read_only_oxigraph(tmp_path_factory):
    """A read-only Oxigraph server with the packaged graph."""
    folder = tmp_path_factory.mktemp("read-only-oxigraph")
    quads = unpacked(folder)
    load = [oxigraph_command(), "load", "--location", str(folder / "db"), "--file", str(quads)]
    subprocess.run(load, check=True, capture_output=True, timeout=120)
    with oxigraph(folder, read_only=True) as server:
        yield server


def unpacked(folder: Path) -> Path:
    """The packaged graph as N-Quads."""
    quads = folder / "dataset.nq"
    with gzip.open(Path(packaged_store.PACKAGED) / packaged_store.QUADS) as packed, quads.open("wb") as file:
        shutil.copyfileobj(packed, file)
    return quads


# Virtuoso

INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
CaseMode = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""


@contextmanager
def virtuoso(folder: Path, *, rows: int, dump: Path | None = None, buffers: int = 20_000):
    """A Virtuoso server; each buffer is 8 KiB of memory."""
    if shutil.which("virtuoso-t") is None:
        pytest.skip("no Virtuoso here: apt-get install virtuoso-opensource-7-bin")
    sql, http = free_port(), free_port()
    ini = folder / "virtuoso.ini"
    dirty = buffers * 3 // 4
    ini.write_text(INI.format(folder=folder, sql=sql, http=http, rows=rows, buffers=buffers, dirty=dirty))
    url = f"http://127.0.0.1:{http}"
    with running(["virtuoso-t", "+configfile", str(ini), "+foreground"], folder, f"{url}/sparql") as process:
        if dump is not None:
            bulk_load(sql, dump, seconds=3600)
        store = f"{url}/sparql-graph-crud-auth"
        yield Server("virtuoso", f"{url}/sparql", store, user="dba", password=PASSWORD, process=process)


def bulk_load(port: int, dump: Path, *, seconds: float = 300) -> None:
    """Load N-Quads by the bulk loader; what stands in no graph goes to that of the conclusions."""
    script = f"ld_dir('{dump.parent}', '{dump.name}', '{CONCLUSIONS}');\nrdf_loader_run();\ncheckpoint;\n"
    command = ["isql-vt", f"127.0.0.1:{port}", "dba", PASSWORD, "ERRORS=STDOUT"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, timeout=seconds, check=True)
    assert "*** Error" not in done.stdout, done.stdout


@pytest.fixture(scope="session")
def virtuoso_of_toy(toy_built, tmp_path_factory):
    """A Virtuoso server into which the toy world was published; it cuts answers early."""
    with virtuoso(tmp_path_factory.mktemp("virtuoso"), rows=2000) as server:
        server.fill(Target(str(toy_built.folder / "dataset.nq.gz")))
        yield server


@pytest.fixture(scope="session")
def virtuoso_of_all(tmp_path_factory):
    """A Virtuoso server with the packaged graph."""
    folder = tmp_path_factory.mktemp("virtuoso-of-all")
    with virtuoso(folder, rows=100_000, dump=unpacked(folder)) as server:
        yield server


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso"])
def toy_server(request):
    """A server with the toy world, of each kind."""
    return request.getfixturevalue(f"{request.param}_of_toy")


@pytest.fixture(scope="session")
def asked(toy_server):
    """The toy world, asked over the network."""
    return toy_server.connect(timeout=30)


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso"])
def full_server(request):
    """A server with the packaged graph, of each kind."""
    return request.getfixturevalue("read_only_oxigraph" if request.param == "oxigraph" else "virtuoso_of_all")


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
