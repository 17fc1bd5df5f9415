"""Commands that answer questions: query, queries."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

import pyfwgraph
from pyfwgraph.cli.output import format_option, graph_option, open_graph, print_answer
from pyfwgraph.errors import PyfwgraphError, UnknownName
from pyfwgraph.term import IRI


@click.command(
    epilog="Example: pyfwgraph query builds-on --bind project=FastAPI. "
    "Example: pyfwgraph query 'ASK { fw:klein fwo:buildsOn fw:twisted }'"
)
@click.argument("what", metavar="NAME|FILE|-|SPARQL")
@click.option("--bind", "bindings", multiple=True, metavar="NAME=VALUE", help="Value of a variable; may be repeated.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=None, help="Seconds it may take.")
@click.option("--max-rows", type=click.IntRange(min=1), default=None, help="Rows the answer may have.")
@click.option("--network", is_flag=True, help="Let SERVICE and FROM call out.")
@graph_option
@format_option
def query(
    what: str,
    bindings: tuple[str, ...],
    timeout: float | None,
    max_rows: int | None,
    network: bool,
    path: str | None,
    form: str | None,
) -> None:
    """Answer a named question, the query in a file or on standard input (-), or SPARQL text."""
    from pyfwgraph.catalogue import question_names

    g = open_graph(path, timeout=timeout, max_rows=max_rows, network=network)
    values = dict(_binding(text) for text in bindings)
    if what in question_names():
        answer = g.answer(what, **dict[str, Any](values))
    else:
        answer = g.query(_sparql(what), {name: _value(text) for name, text in values.items()})
    print_answer(answer, form)


def _binding(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{text!r} is not NAME=VALUE; write --bind project=Flask")
    return name.removeprefix("?"), value


def _value(text: str) -> object:
    """A CURIE or IRI where it is one, else text."""
    name = IRI(text.removeprefix("<").removesuffix(">"))
    return name if name.full != text or "://" in text else text


def _sparql(what: str) -> str:
    if what == "-":
        return sys.stdin.read()
    if "{" in what:
        return what
    file = Path(what)
    if not file.is_file():
        from pyfwgraph.catalogue import read_question

        try:
            read_question(what)
        except UnknownName as error:
            raise UnknownName(f"{error}; and there is no file of that name") from None
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PyfwgraphError(f"{file} cannot be read: {error}") from error


@click.command(epilog="Example: pyfwgraph queries")
@format_option
def queries(form: str | None) -> None:
    """List the named questions that `query` answers."""
    print_answer(pyfwgraph.load().questions(), form)
