"""Measures pyfwgraph beside raw pyoxigraph and rdflib, on the same quads and questions, and prints ratios.

    python -m bench                 everything (a few minutes: rdflib is slow)
    python -m bench --only questions --without-rdflib

Each figure is a ratio of medians from this run; absolute times are for orientation only.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench import questions, startup, views
from bench.world import World, packaged, synthetic

PARTS = {
    "startup": lambda world, given: startup.measure(world, runs=given.runs, rdflib=not given.without_rdflib),
    "questions": lambda world, given: questions.measure(world, rdflib=not given.without_rdflib),
    "views": lambda world, given: views.measure(world, rdflib=not given.without_rdflib),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=list(PARTS), help="one part")
    parser.add_argument("--quads", type=int, default=200_000, help="size of the synthetic graph")
    parser.add_argument("--runs", type=int, default=15, help="runs of each short command")
    parser.add_argument("--without-rdflib", action="store_true", help="leave rdflib out")
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, medians of {options.runs} runs")
    with tempfile.TemporaryDirectory() as folder:
        worlds: list[World] = [packaged(Path(folder)), synthetic(Path(folder), options.quads)]
        for world in worlds:
            print(f"\n== {world.name}: {world.quads:,} quads")
            for part, measure in PARTS.items():
                if options.only in (None, part):
                    measure(world, options)


main()
