"""How commands print answers, and the options that all of them share."""

from __future__ import annotations

import sys
from typing import Any

import click

import pyfwgraph
from pyfwgraph.results import Rows, Triples, Verdict

FORMATS = ("table", "json", "csv", "ttl", "jsonld")
graph_option = click.option(
    "--graph",
    "path",
    type=click.Path(),
    default=None,
    metavar="PATH|URL",
    help="A dump, a folder of TriG, or the URL of a SPARQL endpoint; the packaged graph unless given.",
)
format_option = click.option("--format", "form", type=click.Choice(FORMATS), default=None, help="Form of the answer.")


def open_graph(path: str | None, **limits: Any) -> pyfwgraph.Graph:
    """Open what `--graph` names."""
    if path is not None and path.startswith(("http://", "https://")):
        return pyfwgraph.connect(path, **limits)
    return pyfwgraph.load(path, **limits)


def print_answer(answer: Any, form: str | None) -> None:
    """Print an answer: a table on a terminal and CSV into a pipe, unless a form is asked for."""
    if isinstance(answer, Triples):
        _print_triples(answer, form or "ttl")
    elif isinstance(answer, Verdict):
        click.echo(answer.to_sparql_json() if form == "json" else str(answer))
    elif isinstance(answer, Rows):
        _print_rows(answer, form or ("table" if sys.stdout.isatty() else "csv"))


def _print_triples(answer: Triples, form: str) -> None:
    if form not in ("ttl", "jsonld"):
        raise click.BadParameter(f"a graph is printed as ttl or jsonld, not as {form}", param_hint="--format")
    click.echo(answer.to_turtle() if form == "ttl" else answer.to_jsonld(), nl=False)


def _print_rows(answer: Rows, form: str) -> None:
    if form in ("ttl", "jsonld"):
        raise click.BadParameter(f"rows are printed as table, json or csv, not as {form}", param_hint="--format")
    if form == "csv":
        click.echo(answer.to_csv().replace("\r\n", "\n"), nl=False)
    elif form == "json":
        click.echo(answer.to_sparql_json())
    else:
        click.echo(repr(answer))
    if answer.truncated:
        click.echo("pyfwgraph: cut by --max-rows; there is more", err=True)
