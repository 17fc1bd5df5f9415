"""Queries run in a process of their own: limits hold, interrupts end it, nothing is left behind."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

import pyfwgraph as fw
from pyfwgraph.errors import EngineDied, QueryError, QueryRefused, QuerySyntaxError, QueryTimeout

PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS_PATH = "SELECT (COUNT(*) AS ?n) { ?a (!<x:p>|^!<x:p>)* ?b . ?c (!<x:p>|^!<x:p>)* ?d . ?e (!<x:p>|^!<x:p>)* ?f }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i"
DOUBLING = (
    'SELECT ?x { BIND("xxxxxxxxxxxxxxxx" AS ?a0) '
    + " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(40))
    + " BIND(STRLEN(?a40) AS ?x) }"
)


def alive(identifier: int) -> bool:
    try:
        os.kill(identifier, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{identifier}/stat", encoding="ascii") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("query", [PRODUCT, ENDLESS_PATH, SORTED], ids=["product", "path", "sorted product"])
def test_a_limit_on_time_ends_any_query_and_its_process(packaged, query):
    g = fw.load(timeout=0.5)
    assert g.query("ASK { ?s ?p ?o }")
    process = g._engine._process.identifier
    started = time.monotonic()
    with pytest.raises(QueryTimeout, match="longer than its limit of 0.5 s"):
        g.query(query)
    assert time.monotonic() - started < 2
    assert not alive(process)
    assert g.query("ASK { ?s ?p ?o }")
    g.close()


def test_a_limit_may_be_set_for_one_query(toy):
    with pytest.raises(QueryTimeout):
        toy.query(PRODUCT, timeout=0.2)
    assert toy.query("ASK { ?s ?p ?o }", timeout=5)


def test_a_limit_on_rows_cuts_and_says_so(toy):
    rows = toy.query("SELECT * { ?s ?p ?o }", max_rows=3)
    assert len(rows) == 3
    assert rows.truncated
    assert "cut by max_rows" in repr(rows)
    assert not toy.query("SELECT * { fw:teakettle rdfs:label ?o }", max_rows=1).truncated
    assert len(toy.query("CONSTRUCT WHERE { ?s ?p ?o }", max_rows=3)) == 3


def test_a_limit_on_rows_holds_for_an_endless_stream(toy):
    assert len(toy.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", max_rows=10)) == 10


@pytest.mark.parametrize("limits", [{"timeout": 0}, {"timeout": -1}, {"max_rows": 0}, {"max_rows": 1.5}])
def test_a_limit_that_makes_no_sense_is_refused(limits):
    with pytest.raises(ValueError, match="must be"):
        fw.load(**limits)


def test_memory_beyond_the_limit_ends_the_process_alone(toy, capfd):
    with pytest.raises(QueryError):
        toy.query(DOUBLING, timeout=60)
    capfd.readouterr()
    assert toy.query("ASK { ?s ?p ?o }")


def test_a_process_ended_from_outside_is_told_and_replaced(toy):
    toy.query("ASK {}")
    os.kill(toy._engine._process.identifier, signal.SIGKILL)
    with pytest.raises(EngineDied, match="ask again"):
        toy.query("ASK {}")
    assert toy.query("ASK {}")


def test_a_query_too_long_and_flat_for_the_engine_is_our_error_too(toy, capfd):
    query = "ASK { " + " ".join(f"BIND({i} AS ?x{i})" for i in range(20000)) + " }"
    with pytest.raises(EngineDied):
        toy.query(query)
    capfd.readouterr()
    assert toy.query("ASK {}")


def run_python(code: str, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


INTERRUPTED = """
    import os, sys, time
    import pyfwgraph as fw
    BEFORE
    g = fw.load()
    assert g.query("ASK { ?s ?p ?o }")
    print(g._engine._process.identifier, flush=True)
    try:
        g.query(QUERY, timeout=LIMIT)
    except KeyboardInterrupt:
        print("interrupted", bool(g.query("ASK { ?s ?p ?o }")), flush=True)
"""


@pytest.mark.parametrize("limit", ["None", "60"], ids=["unlimited", "limited"])
@pytest.mark.parametrize(
    "before",
    ["", "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"],
    ids=["forked", "spawned"],
)
def test_ctrl_c_ends_the_query_within_a_second_and_the_session_goes_on(before, limit):
    code = INTERRUPTED.replace("BEFORE", before).replace("LIMIT", limit).replace("QUERY", repr(PRODUCT))
    with run_python(code) as python:
        worker = int(python.stdout.readline())
        time.sleep(0.5)
        started = time.monotonic()
        python.send_signal(signal.SIGINT)
        assert python.stdout.readline() == "interrupted True\n"
        assert time.monotonic() - started < 1
        assert not alive(worker)
        python.wait(10)


def test_ctrl_c_ends_a_query_that_runs_after_a_fork():
    code = f"""
        import os, signal
        import pyfwgraph as fw
        fw.query("ASK {{ ?s ?p ?o }}")
        child = os.fork()
        if child == 0:
            try:
                print("running", flush=True)
                fw.query({PRODUCT!r})
            except KeyboardInterrupt:
                print("interrupted", bool(fw.query("ASK {{ ?s ?p ?o }}")), flush=True)
            os._exit(0)
        import time
        time.sleep(1)
        os.kill(child, signal.SIGINT)
        os.waitpid(child, 0)
        print("parent", bool(fw.query("ASK {{ ?s ?p ?o }}")), flush=True)
    """
    with run_python(code) as python:
        out, _ = python.communicate(timeout=20)
    assert out.splitlines() == ["running", "interrupted True", "parent True"]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "terminated"])
def test_however_the_owner_ends_no_process_is_left(how):
    code = f"""
        import pyfwgraph as fw
        g = fw.load()
        g.query("ASK {{ ?s ?p ?o }}")
        print(g._engine._process.identifier, flush=True)
        g.query({PRODUCT!r})
    """
    with run_python(code) as python:
        worker = int(python.stdout.readline())
        time.sleep(0.3)
        python.send_signal(how)
        python.wait(10)
    deadline = time.monotonic() + 3
    while alive(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(worker)


def test_a_worker_holds_no_pipe_of_its_owner():
    code = """
        import subprocess, sys
        import pyfwgraph as fw
        reader = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read(); print('end')"],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        g = fw.load()
        g.query("ASK {}")
        print(reader.communicate(timeout=5)[0], end="", flush=True)
    """
    with run_python(code) as python:
        assert python.communicate(timeout=20)[0] == "end\n"


def test_many_threads_may_ask_at_once(toy):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda n: toy.query("SELECT ?v { BIND(?x AS ?v) }", x=n)[0]["v"], range(100))
    assert list(answers) == list(range(100))


@pytest.mark.parametrize(
    ("query", "error", "words"),
    [
        ("SELECT", QuerySyntaxError, "line 1, column 7"),
        ("SELECT ?x {\n ?x nope:p ?y }", QuerySyntaxError, "mend"),
        ("INSERT DATA { <a:b> <a:c> <a:d> }", QueryRefused, "read-only"),
        ("PREFIX a: <x:> DELETE WHERE { ?s ?p ?o }", QueryRefused, "read-only"),
        ("LOAD <http://a.example/>", QueryRefused, "network=True"),
        ("CLEAR ALL", QueryRefused, "read-only"),
        ("SELECT * { SERVICE <http://a.example/> {} }", QueryRefused, "network=True"),
        ("SELECT * FROM <http://a.example/x> { ?s ?p ?o }", QueryRefused, "network=True"),
        ("SELECT * FROM NAMED <http://a.example/x> { GRAPH ?g { ?s ?p ?o } }", QueryRefused, "network=True"),
    ],
)
def test_what_cannot_be_answered_says_why(toy, query, error, words):
    with pytest.raises(error, match=words):
        toy.query(query)


def test_from_a_graph_of_the_dataset_needs_no_network(toy):
    rows = toy.query("SELECT ?label FROM src:survey-2010 { fw:teakettle rdfs:label ?label }")
    assert [r["label"] for r in rows] == ["TeaKettle"]


def test_the_error_does_not_recite_the_grammar(toy):
    with pytest.raises(QuerySyntaxError) as caught:
        toy.query("SELECT ?x { ?x ?y }")
    assert len(str(caught.value)) < 200
