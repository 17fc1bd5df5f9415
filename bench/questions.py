"""Twenty questions: wall time of an answer that is wholly read, in a session that is open."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys

from bench.world import World

TWENTY = [
    "builds-on",
    "builders",
    "pylons-to-pyramid",
    "descendants",
    "inspired-by",
    "inspired-by-sinatra",
    "implementers",
    "async-with-websockets",
    "without-orm",
    "same-api",
    "disagreements",
    "who-says",
    "who-classes",
    "feature-by-feature",
    "template-engines",
    "newest-releases",
    "discontinued",
    "runs-on",
    "users",
    "strengths-and-weaknesses",
]
"""The first twenty competency questions."""

LIMIT = 10
RUNS = 25

BOTH = """
import json, sys, time, statistics
import pyfwgraph as fw
from pyfwgraph.catalogue import read_question
from pyfwgraph.vocabulary import PREFIXES, expand_curie
from pyoxigraph import Store, Variable, NamedNode, QueryBoolean
g = fw.load()
g.query("ASK {{}}")
raw = Store.read_only({disk!r})

def ours(q, values):
    return sum(1 for row in g.query(q.sparql, values) for cell in row)

def theirs(q, values):
    its = {{Variable(name): NamedNode(iri) for name, iri in values.items()}} or None
    answer = raw.query(q.sparql, prefixes=PREFIXES, substitutions=its)
    return sum(1 for solution in answer for term in solution if term is None or term.value)

for name in {names!r}:
    q = read_question(name)
    mine = {{p.name: fw.IRI(p.default) for p in q.parameters}}
    its = {{p.name: expand_curie(p.default) for p in q.parameters}}
    times = ([], [])
    for turn in range({runs} + 2):
        for which, (ask, values) in enumerate(((ours, mine), (theirs, its))):
            started = time.perf_counter()
            counted = ask(q, values)
            times[which].append(time.perf_counter() - started)
    print(json.dumps([name, statistics.median(times[0][2:]), statistics.median(times[1][2:])]), flush=True)
g.close()
"""

RDFLIB = """
import gzip, json, signal, time
import rdflib
from pyfwgraph.catalogue import read_question
from pyfwgraph.vocabulary import PREFIXES, expand_curie
d = rdflib.Dataset(default_union=False)
d.parse(gzip.open({dump!r}), format="nquads")

class Late(Exception): pass
def late(*_): raise Late
signal.signal(signal.SIGALRM, late)
for name in {names!r}:
    q = read_question(name)
    values = {{p.name: rdflib.URIRef(expand_curie(p.default)) for p in q.parameters}}
    started = time.perf_counter()
    signal.alarm({limit})
    try:
        list(d.query(q.sparql, initNs=PREFIXES, initBindings=values)); whole = True
    except Late:
        whole = False
    signal.alarm(0)
    print(json.dumps([name, time.perf_counter() - started, whole]), flush=True)
"""


def measure(world: World, *, rdflib: bool) -> None:
    """Print each question's times and the geometric means of the ratios."""
    code = world.prelude + BOTH.format(disk=str(world.disk), names=TWENTY, runs=RUNS)
    fast = {name: (ours, raw) for name, ours, raw in ask_process(world, code)}
    slow = {}
    if rdflib:
        slow = {
            name: (seconds, whole)
            for name, seconds, whole in ask_process(
                world, RDFLIB.format(dump=str(world.dump), names=TWENTY, limit=LIMIT)
            )
        }
    print(f"{'question':26} {'pyfwgraph':>10} {'pyoxigraph':>11} {'ratio':>6} {'rdflib':>10} {'ratio':>8}")
    for name, (ours, raw) in fast.items():
        seconds, whole = slow.get(name, (math.nan, True))
        mark = " " if whole else ">"
        print(f"{name:26} {1000 * ours:7.2f} ms {1000 * raw:8.2f} ms {ours / raw:6.2f}", end="")
        print(f" {mark}{1000 * seconds:6.0f} ms {mark}{seconds / ours:7.0f}")
    print(f"geometric mean pyfwgraph / raw pyoxigraph {_mean(o / r for o, r in fast.values()):8.2f}   (at most 1.3)")
    if slow:
        mean = _mean(slow[name][0] / fast[name][0] for name in fast)
        unfinished = sum(not whole for _, whole in slow.values())
        print(f"geometric mean rdflib / pyfwgraph         {mean:8.0f}   (at least 30)", end="")
        print(f" {unfinished} questions not finished in {LIMIT} s count as {LIMIT} s" if unfinished else "")
    _limited(world)


def _limited(world: World) -> None:
    code = world.prelude + (
        "import json, statistics, time, pyfwgraph as fw\n"
        "g = fw.load(); q = 'ASK { fw:klein fwo:buildsOn fw:twisted }'\n"
        "def t(**k):\n s = time.perf_counter(); g.query(q, **k); return time.perf_counter() - s\n"
        "t(); a = [(t(), t(timeout=10, max_rows=100)) for _ in range(50)]\n"
        "print(json.dumps([statistics.median(x) for x in zip(*a)])); g.close()"
    )
    ((free, limited),) = ask_process(world, code)
    print(f"a limited query costs {1000 * (limited - free):.2f} ms more than an unlimited one (at most 20)")


def ask_process(world: World, code: str) -> list[list]:
    """Run Python text on a graph and give what it prints, a JSON value a line."""
    result = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True, env=world.environment
    )
    return [json.loads(line) for line in result.stdout.splitlines()]


def _mean(ratios) -> float:
    return statistics.geometric_mean(list(ratios))
