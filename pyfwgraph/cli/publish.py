"""The command that loads the graph into a SPARQL server: publish."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pyfwgraph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyfwgraph.publish import Report, Sent

    Tell = Callable[[Sent, int], None]

PASSWORD = "PYFWGRAPH_PASSWORD"  # noqa: S105 - the name of a variable of the environment


@click.command(
    epilog="Example: pyfwgraph publish http://localhost:7878/store --endpoint http://localhost:7878/query. "
    "Example: pyfwgraph publish http://localhost:8890/sparql-graph-crud-auth --user dba "
    "--endpoint http://localhost:8890/sparql"
)
@click.argument("url")
@click.option("--endpoint", "query_url", default=None, metavar="URL", help="Where the server is asked, to count.")
@click.option("--only", multiple=True, metavar="GRAPH", help="A graph to send, or 'conclusions'; may be repeated.")
@click.option("--user", default="", help="Who writes, where the server wants to know.")
@click.option("--password", default=None, envvar=PASSWORD, help=f"Their password; {PASSWORD} or a prompt unless given.")
@click.option(
    "--conclusions",
    default=None,
    metavar="IRI|default",
    help="Where the conclusions go; the default graph, or a named one where the server has none, unless given.",
)
@click.option("--parameter", default="graph", show_default=True, help="The URL parameter that names a graph.")
@click.option("--part", type=click.IntRange(min=1000), default=None, metavar="BYTES", help="Bytes sent at once.")
@click.option(
    "--graph", "path", type=click.Path(), default=None, help="A dump to send; the packaged graph unless given."
)
def publish(
    url: str,
    query_url: str | None,
    only: tuple[str, ...],
    user: str,
    password: str | None,
    conclusions: str | None,
    parameter: str,
    part: int | None,
    path: str | None,
) -> None:
    """Load the graph into the server at URL, its SPARQL 1.1 Graph Store address, graph by graph.

    May be repeated: each graph is replaced. Exit status 1 where a graph failed or the counts differ.
    """
    from pyfwgraph.graphstore import GraphStore
    from pyfwgraph.publish import PART
    from pyfwgraph.publish import publish as publish_graphs
    from pyfwgraph.remote import Endpoint
    from pyfwgraph.store import Target

    secret = password if password is not None or not user else _ask_password(user)
    store = GraphStore(url, user=user, password=secret or "", parameter=parameter)
    endpoint = Endpoint(query_url, user=user, password=secret or "") if query_url else None
    place = "" if conclusions == "default" else conclusions
    report = _with_progress(
        lambda tell: publish_graphs(
            Target(path or ""), store, endpoint=endpoint, only=only, conclusions=place, part=part or PART, tell=tell
        )
    )
    click.echo(describe(report))
    if report.failed or report.wrong:
        raise StoreError(_how_to_go_on(report))


def describe(report: Report) -> str:
    """Say in a few lines what was sent, what failed and what the server counts."""
    sent = len(report.graphs) - len(report.failed)
    where = f"<{report.conclusions}>" if report.conclusions else "the default graph"
    lines = [f"{sent:,} graphs, {report.triples:,} triples sent in {report.seconds:.1f} s; conclusions in {where}"]
    lines += [f"failed: {_name(graph.graph)}: {graph.failure}" for graph in report.failed]
    lines += [f"differs: {_name(name)}: {sent:,} sent, {found:,} there" for name, sent, found in report.wrong]
    lines += [f"stale: {_name(name)} is there and no longer in the dataset" for name in report.stale]
    if not report.counted:
        lines.append("not counted: give --endpoint URL to have the server's counts compared")
    elif not report.wrong:
        lines.append("counted: the server holds as many triples in each graph as were sent")
    return "\n".join(lines)


def _how_to_go_on(report: Report) -> str:
    again = [graph.graph for graph in report.failed] + [name for name, _, _ in report.wrong]
    options = " ".join(f"--only {_name(name)}" for name in dict.fromkeys(again))
    few = len(again) <= 20
    return f"{len(again)} graphs are not as they should be: run the command again{f' with {options}' if few else ''}"


def _name(graph: str) -> str:
    from pyfwgraph.remote import CONCLUSIONS
    from pyfwgraph.term import IRI

    return IRI(graph) if graph not in ("", CONCLUSIONS) else "conclusions"


def _ask_password(user: str) -> str:
    if not sys.stdin.isatty():
        raise StoreError(f"no password for {user}: set {PASSWORD}, or run where it can be asked for")
    asked: str = click.prompt(f"Password of {user}", hide_input=True, err=True)
    return asked


def _with_progress(run: Callable[[Tell | None], Report]) -> Report:
    """Run with a progress bar where a person looks on."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        return run(None)
    columns = (TextColumn("{task.description:40.40}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("publish", total=None)

        def tell(sent: Sent, graphs: int) -> None:
            progress.update(task, advance=1, total=graphs, description=_name(sent.graph))

        return run(tell)
