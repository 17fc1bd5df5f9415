"""What a new process costs: CPU time of itself and of every process it starts, until its first answer."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

from bench.world import World
from pyfwgraph.vocabulary import PREFIXES

QUESTION = "SELECT DISTINCT ?c ?n { fw:fastapi fwo:buildsOn+ ?c . ?c rdfs:label ?n } ORDER BY ?n"
DECLARED = "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in ("fw", "fwo", "rdfs"))

OURS = """
import pyfwgraph as fw
g = fw.load()
for c, n in g.query({question!r}): print(c, n)
g.close()
"""
RAW = """
from pyoxigraph import Store
for s in Store.read_only({disk!r}).query({question!r}): print(s["c"], s["n"])
"""
RDFLIB = """
import gzip, rdflib
d = rdflib.Dataset(default_union=False)
d.parse(gzip.open({dump!r}), format="nquads")
for c, n in d.query({question!r}): print(c, n)
"""


def measure(world: World, *, runs: int, rdflib: bool) -> None:
    """Print the ratios of the first answer, of the import and of the help."""
    ours = world.prelude + OURS.format(question=QUESTION)
    raw = RAW.format(disk=str(world.disk), question=DECLARED + QUESTION)
    times = _interleaved(world, {"ours": ours, "raw": raw, "nothing": "pass", "import": "import pyfwgraph"}, runs)
    print(
        f"first answer of a new process: {1000 * times['ours']:.1f} ms CPU, raw pyoxigraph {1000 * times['raw']:.1f} ms"
    )
    print(f"  pyfwgraph / raw pyoxigraph  {times['ours'] / times['raw']:8.2f}   (at most 1.5)")
    if rdflib:
        slow = _cpu(world, RDFLIB.format(dump=str(world.dump), question=DECLARED + QUESTION))
        print(f"  rdflib / pyfwgraph          {slow / times['ours']:8.1f}   (at least 30; rdflib {slow:.2f} s)")
    imported = 1000 * (times["import"] - times["nothing"])
    print(f"import pyfwgraph: {imported:.1f} ms more than a bare interpreter (at most 15)")
    memory = _cpu(world, ours.replace("fw.load()", "fw.load(memory=True)"))
    print(f"read into memory instead of opened on disk: {memory:.2f} s CPU for the first answer")
    print(
        f"first use on a machine, store made on disk: {world.prepared:.2f} s wall; {world.size / 1e6:.0f} MB on disk, ",
        end="",
    )
    print(f"{world.dump.stat().st_size / 1e6:.1f} MB in the package")
    helped = statistics.median(_cpu(world, "from pyfwgraph.cli import main; main(['--help'])") for _ in range(runs))
    print(f"pyfwgraph --help: {1000 * helped:.1f} ms in all (at most 100)")


def _interleaved(world: World, codes: dict[str, str], runs: int) -> dict[str, float]:
    """Medians of CPU seconds, the commands taken in turn, so that a drift of the machine meets all alike."""
    for code in codes.values():
        _cpu(world, code)
    times: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(runs):
        for name, code in codes.items():
            times[name].append(_cpu(world, code))
    return {name: statistics.median(values) for name, values in times.items()}


def _cpu(world: World, code: str) -> float:
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, env=world.environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"this failed:\n{code}")
    return usage.ru_utime + usage.ru_stime
