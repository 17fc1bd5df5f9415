"""Measures loading and asking at once, ten and a hundred times the size of the packaged graph.

    python -m bench.scale                          the embedded store and Virtuoso, at 1 and 10 times
    python -m bench.scale --times 100 --only store

The graph is copied under other names of projects, releases, claims, agents, events and publications; sources keep
theirs. Each figure is from this run: loading once, a question as the median of five, by `g.query` of pyfwgraph.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyfwgraph as fw
from bench.world import RENAMED
from pyfwgraph import store
from pyfwgraph.errors import QueryError

RUNS = 5
LIMIT = 120.0
"""Seconds that a question may take."""

BUFFERS = 500_000
"""Of Virtuoso, 8 KiB each."""

QUESTIONS = {
    "one name": "SELECT ?n { fw:flask rdfs:label ?n }",
    "a project and its features": "SELECT ?f { fw:flask fwo:hasFeature ?f } ORDER BY ?f",
    "what FastAPI builds on (path)": "SELECT DISTINCT ?c { fw:fastapi fwo:buildsOn+ ?c } ORDER BY ?c",
    "who depends on Werkzeug (path)": "SELECT DISTINCT ?p { ?p fwo:dependsOn+ fw:werkzeug } ORDER BY ?p",
    "who says it": "SELECT ?s { GRAPH ?s { fw:klein fwo:buildsOn fw:twisted } } ORDER BY ?s",
    "frameworks by feature (count all)": """
        SELECT ?f (COUNT(DISTINCT ?p) AS ?n) { ?p a fwo:Framework ; fwo:hasFeature ?f }
        GROUP BY ?f ORDER BY DESC(?n) ?f""",
    "releases by year (count all)": """
        SELECT ?y (COUNT(?r) AS ?n) { ?r fwo:releaseOf ?p ; dcterms:issued ?d BIND(SUBSTR(STR(?d), 1, 4) AS ?y) }
        GROUP BY ?y ORDER BY ?y""",
    "statements by source (count all)": "SELECT ?s (COUNT(*) AS ?n) { GRAPH ?s { ?a ?b ?c } } GROUP BY ?s ORDER BY ?s",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10], help="sizes, in packaged graphs")
    parser.add_argument("--only", choices=["store", "virtuoso"], help="one engine")
    parser.add_argument("--folder", type=Path, default=None, help="where the graphs are written; a temporary folder")
    options = parser.parse_args()
    for times in options.times:
        with tempfile.TemporaryDirectory(dir=options.folder) as name:
            folder = Path(name)
            dump = folder / "dump.nq.gz"
            quads = write(dump, times)
            print(f"\n== {times} times: {quads:,} quads, {megabytes(dump)} compressed", flush=True)
            if options.only != "virtuoso":
                measure_store(dump, folder / "cache")
            if options.only != "store":
                measure_virtuoso(dump, folder)


def write(dump: Path, times: int) -> int:
    """Write so many copies of the packaged graph, and give the number of quads."""
    count = 0
    with gzip.open(dump, "wt", encoding="utf-8", compresslevel=1) as file:
        for line in copies(times):
            file.write(line)
            count += 1
    return count


def copies(times: int) -> Iterator[str]:
    with gzip.open(Path(store.PACKAGED) / store.QUADS, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    yield from lines
    renamed = [line for line in lines if RENAMED.search(line)]
    for copy in range(1, times):
        for line in renamed:
            yield RENAMED.sub(rf"<https://w3id.org/pyfwgraph/\1/\2-copy{copy}>", line)


def measure_store(dump: Path, cache: Path) -> None:
    """Make an on-disk store where a first use would make that of the packaged graph, and ask it."""
    import pyoxigraph
    from pyoxigraph import RdfFormat, Store

    os.environ["PYFWGRAPH_CACHE"] = str(cache)
    installation = f"{zlib.crc32(store.PACKAGE.encode()):08x}"
    folder = cache / f"{installation}-{store.digest()[:16]}-oxigraph-{pyoxigraph.__version__}"
    folder.mkdir(parents=True)
    started = time.monotonic()
    made = Store(str(folder))
    with gzip.open(dump) as file:
        made.bulk_load(file, format=RdfFormat.N_QUADS)
    loaded = time.monotonic() - started
    made.optimize()
    made.flush()
    del made
    print(f"embedded store: loaded in {loaded:.1f} s, optimised in {time.monotonic() - started - loaded:.1f} s, "
          f"{megabytes(folder)} on disk", flush=True)  # fmt: skip
    ask(fw.load(timeout=LIMIT))


def measure_virtuoso(dump: Path, folder: Path) -> None:
    """Load by Virtuoso's bulk loader, and ask over the network on this machine."""
    import shutil

    if shutil.which("virtuoso-t") is None:
        print("virtuoso: not measured, it is not installed here (apt-get install virtuoso-opensource-7-bin)")
        return
    from tests.servers import virtuoso

    place = folder / "virtuoso"
    place.mkdir()
    here = place / dump.name
    os.link(dump, here)
    started = time.monotonic()
    with virtuoso(place, rows=1_000_000, dump=here, buffers=BUFFERS) as server:
        seconds = time.monotonic() - started
        print(
            f"virtuoso: started and loaded in {seconds:.1f} s, {megabytes(place / 'virtuoso.db')} on disk", flush=True
        )
        ask(server.connect(timeout=LIMIT))


def ask(graph: fw.Graph) -> None:
    """Print the median time of each question; the first answer, which opens the store, on its own."""
    started = time.monotonic()
    found = graph.query("SELECT (COUNT(*) AS ?n) { ?p a fwo:Project }")[0]["n"]
    print(f"  first answer: {found:,} projects     {1000 * (time.monotonic() - started):8.1f} ms")
    for name, query in QUESTIONS.items():
        try:
            times, rows = [], 0
            for _ in range(RUNS):
                started = time.monotonic()
                rows = len(graph.query(query))
                times.append(time.monotonic() - started)
        except QueryError as error:
            print(f"  {name:36} {type(error).__name__}: {error}", flush=True)
            continue
        print(f"  {name:36} {1000 * statistics.median(times):10.1f} ms  {rows:,} rows", flush=True)
    graph.close()


def megabytes(path: Path) -> str:
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return f"{sum(each.stat().st_size for each in files) / 1e6:,.0f} MB"


if __name__ == "__main__":
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    main()
