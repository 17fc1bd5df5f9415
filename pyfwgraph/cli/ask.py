"""Commands that read the graph: query, queries, show, export."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

import pyfwgraph
from pyfwgraph.errors import PyfwgraphError, UnknownName
from pyfwgraph.results import Rows, Triples, Verdict
from pyfwgraph.term import IRI

FORMATS = click.Choice(["table", "json", "csv", "ttl", "jsonld"])
graph_option = click.option(
    "--graph",
    "path",
    type=click.Path(),
    default=None,
    help="A dump or a folder of TriG; the packaged graph unless given.",
)
format_option = click.option("--format", "form", type=FORMATS, default=None, help="Form of the answer.")


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

    g = pyfwgraph.load(path, timeout=timeout, max_rows=max_rows, network=network)
    values = dict(_binding(text) for text in bindings)
    if what in question_names():
        answer = g.answer(what, **dict[str, Any](values))
    else:
        answer = g.query(_sparql(what), {name: _value(text) for name, text in values.items()})
    _print(answer, form)


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


def _print(answer: Any, form: str | None) -> None:
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


@click.command(epilog="Example: pyfwgraph queries")
@format_option
def queries(form: str | None) -> None:
    """List the named questions that `query` answers."""
    _print(pyfwgraph.load().questions(), form)


FACTS = """\
SELECT DISTINCT ?property ?value ?source {
  ?project ?predicate ?object .
  OPTIONAL { ?predicate rdfs:label ?p } OPTIONAL { ?object rdfs:label ?o }
  BIND(COALESCE(?p, STR(?predicate)) AS ?property) BIND(COALESCE(?o, STR(?object)) AS ?value)
  OPTIONAL { GRAPH ?graph { ?project ?predicate ?object } ?graph rdfs:label ?source }
  FILTER(?predicate NOT IN (rdf:type, rdfs:label))
} ORDER BY ?property ?value ?source"""


@click.command(epilog="Example: pyfwgraph show Flask")
@click.argument("name")
@graph_option
@format_option
def show(name: str, path: str | None, form: str | None) -> None:
    """Show what the graph concludes of a project, with the sources of each fact.

    NAME is a slug, name, alias, PyPI name, owner/name, CURIE or IRI.
    """
    g = pyfwgraph.load(path)
    project = g.project(name)
    if form in ("ttl", "jsonld"):
        _print(g.query("DESCRIBE ?project {}", project=project), form)
        return
    if form is None and sys.stdout.isatty():
        click.echo(f"{project.name}  {project.iri.full}")
    _print(g.query(FACTS, project=project), form)


@click.command(epilog="Example: pyfwgraph export --format jsonld --output pyfwgraph.jsonld")
@click.option(
    "--format", "form", type=click.Choice(["nquads", "trig", "jsonld"]), required=True, help="Form of the dump."
)
@click.option("--output", type=click.Path(dir_okay=False), required=True, help="The file to write.")
@graph_option
def export(form: str, output: str, path: str | None) -> None:
    """Write the whole dataset, named graphs included, to a file."""
    count = pyfwgraph.load(path).export(form, output)
    click.echo(
        json.dumps({"file": output, "quads": count}) if not sys.stdout.isatty() else f"{count:,} quads in {output}"
    )
