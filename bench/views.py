"""Views: wall time in a session that is open, asked of each project for the first time and again, beside rdflib.

A user of rdflib would ask for the same rows with the same SPARQL; for a networkx graph, take rdflib's own conversion of
the conclusions.
"""

from __future__ import annotations

from bench.questions import ask_process
from bench.world import World

OURS = """
import json, statistics, time
import pyfwgraph as fw
g = fw.load()
names = [row["name"] for row in g.frameworks(released_after="2000")][:{number}]
g.project(names[0]); g.ancestors(names[0]); g.compare(*names[:2])
VIEWS = {{
    "project": lambda n, _: g.project(n).table(),
    "ancestors": lambda n, _: g.ancestors(n, influences=True),
    "compare": lambda n, m: g.compare(n, m),
    "dependencies": lambda n, _: g.dependencies(n),
}}
for view, ask in VIEWS.items():
    h = fw.load(); h.query("ASK {{}}"); h.project(names[0]).table(); h.ancestors(names[0]); h.compare(*names[:2])
    g = h
    times = ([], [])
    for place, name in enumerate(names[2:-1], 2):
        for turn in range(2):
            started = time.perf_counter()
            ask(name, names[place + 1])
            times[turn].append(time.perf_counter() - started)
    print(json.dumps([view, *(statistics.median(each) for each in times)]), flush=True)
times = []
for _ in range(3):
    started = time.perf_counter(); graph = g.to_networkx("all"); times.append(time.perf_counter() - started)
print(json.dumps(["to_networkx", statistics.median(times), len(graph)]), flush=True)
g.close()
"""

RDFLIB = """
import gzip, json, time
import rdflib
from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph
from pyfwgraph.features import CELLS
from pyfwgraph.knowledge import FACTS
from pyfwgraph.requirements import RUNS
from pyfwgraph.vocabulary import PREFIXES
d = rdflib.Dataset(default_union=False)
d.parse(gzip.open({dump!r}), format="nquads")
flask, django = (rdflib.URIRef(PREFIXES["fw"] + name) for name in ("flask", "django"))
ANCESTORS = "SELECT ?a {{ ?project (fwo:descendsFrom|fwo:inspiredBy)+ ?a }}"

def ask(*queries):
    started = time.perf_counter()
    for text, name, value in queries:
        list(d.query(text, initNs=PREFIXES, initBindings={{name: value}}))
    return time.perf_counter() - started

def card(iri):
    return [(FACTS, "project", iri), (CELLS, "project", iri)]

print(json.dumps(["project", ask(*card(flask))]))
print(json.dumps(["ancestors", ask((ANCESTORS, "project", flask))]))
print(json.dumps(["compare", ask(*card(flask), *card(django))]))
print(json.dumps(["dependencies", ask((RUNS, "dependent", flask))]))
started = time.perf_counter()
rdflib_to_networkx_multidigraph(d.default_graph)
print(json.dumps(["to_networkx", time.perf_counter() - started]))
"""


def measure(world: World, *, rdflib: bool, number: int = 60) -> None:
    """Print the median time of each view, asked first and again, and the ratio to rdflib."""
    lines = {line[0]: line[1:] for line in ask_process(world, world.prelude + OURS.format(number=number))}
    slow = {}
    if rdflib:
        slow = {line[0]: line[1] for line in ask_process(world, RDFLIB.format(dump=str(world.dump)))}
    print(f"{'view':14} {'first time':>11} {'again':>9} {'rdflib':>10} {'ratio':>7}")
    for view in ("project", "ancestors", "compare", "dependencies"):
        first, again = lines[view]
        told = f"{1000 * slow[view]:7.0f} ms {slow[view] / first:7.0f}" if view in slow else ""
        print(f"{view:14} {1000 * first:8.2f} ms {1000 * again:6.2f} ms {told}   (at most 10 ms)")
    seconds, nodes = lines["to_networkx"]
    told = f"; rdflib's own conversion {slow['to_networkx']:.1f} s" if slow else ""
    print(f'to_networkx("all"): {seconds:.2f} s for {nodes:,} nodes (at most 1.5){told}')
