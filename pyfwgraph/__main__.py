"""`python -m pyfwgraph`: the command line."""

from pyfwgraph.cli import run

run()
