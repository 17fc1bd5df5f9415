"""Commands that show a view, each by the name of its method."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pyfwgraph.cli.output import FORMATS, format_option, graph_option, open_graph, print_answer

PICTURES = ("svg", "mermaid")


if TYPE_CHECKING:
    _ParamType = click.ParamType[str]
else:
    _ParamType = click.ParamType


class ProjectName(_ParamType):
    """A project by any of its names; the shell completes slugs."""

    name = "project"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:  # noqa: ARG002
        from click.shell_completion import CompletionItem

        rows = open_graph(ctx.params.get("path")).query("SELECT ?project { ?project a fwo:Project } ORDER BY ?project")
        slugs = [str(row[0]).partition(":")[2] for row in rows]
        return [CompletionItem(slug) for slug in slugs if slug.startswith(incomplete.lower())]


PROJECT = ProjectName()
day_option = click.option(
    "--as-of", metavar="DATE", default=None, help="A day, month or year, such as 2012-06-01 or 2012."
)
limit_option = click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Number of rows."
)
influences_option = click.option("--influences", is_flag=True, help="Count inspirations as steps too.")
optional_option = click.option("--optional", is_flag=True, help="Count requirements of extras too.")
sources_option = click.option("--sources", "with_sources", is_flag=True, help="Say who states each fact instead.")
picture_option = click.option(
    "--format", "form", type=click.Choice([*FORMATS[:3], *PICTURES]), default=None, help="Form of the answer."
)
matrix_option = click.option(
    "--format", "form", type=click.Choice([*FORMATS[:3], "svg"]), default=None, help="Form of the answer."
)
Command = Callable[..., None]


def _show(view: Any, form: str | None, with_sources: bool = False) -> None:
    """Print a view, its picture, or its sources."""
    if with_sources:
        print_answer(view.sources(), form)
    elif form == "svg":
        click.echo(view.to_svg())
    elif form == "mermaid":
        click.echo(view.to_mermaid())
    else:
        print_answer(view, form)


@click.command(epilog="Example: pyfwgraph show Flask")
@click.argument("project", type=PROJECT)
@sources_option
@graph_option
@format_option
def show(project: str, with_sources: bool, path: str | None, form: str | None) -> None:
    """Show what the graph concludes of a PROJECT: a card, or with --format csv, json, ttl or jsonld every fact."""
    import json

    g = open_graph(path)
    card = g.project(project)
    if with_sources:
        print_answer(card.sources(), form)
    elif form == "jsonld":
        click.echo(json.dumps(g.to_jsonld(card), ensure_ascii=False, indent=1))
    elif form == "ttl":
        print_answer(g.query("DESCRIBE ?project {}", project=card), form)
    elif form in ("csv", "json"):
        print_answer(card.table(), form)
    else:
        click.echo(repr(card))


@click.command(epilog="Example: pyfwgraph frameworks --feature WebSocket --builds-on Starlette --released-after 2018")
@click.option("--category", multiple=True, help="A category, such as micro-framework.")
@click.option("--feature", multiple=True, help="A feature that it has.")
@click.option("--lacks", multiple=True, help="A feature that a source says it has not.")
@click.option("--builds-on", multiple=True, type=PROJECT, help="A component that provides its core.")
@click.option("--depends-on", multiple=True, type=PROJECT, help="A component that it needs.")
@click.option("--integrates-with", multiple=True, type=PROJECT, help="A component that it supports.")
@click.option("--inspired-by", multiple=True, type=PROJECT, help="A project that influenced it.")
@click.option("--descends-from", multiple=True, type=PROJECT, help="A project that it descends from.")
@click.option("--implements", multiple=True, help="A specification, such as ASGI.")
@click.option("--status", multiple=True, help="A status, such as active.")
@click.option("--licence", multiple=True, help="A licence by its SPDX identifier.")
@click.option("--creator", multiple=True, help="A person who made it.")
@click.option("--maintainer", multiple=True, help="An organisation that maintains it.")
@click.option("--released-before", metavar="DATE", help="First released before a date.")
@click.option("--released-after", metavar="DATE", help="First released on a date or after.")
@click.option("--last-released-before", metavar="DATE", help="Newest release before a date.")
@click.option("--last-released-after", metavar="DATE", help="Newest release on a date or after.")
@sources_option
@graph_option
@format_option
def frameworks(with_sources: bool, path: str | None, form: str | None, **conditions: Any) -> None:
    """List the frameworks that meet every condition; a condition may be given several times."""
    _show(open_graph(path).frameworks(**_given(conditions)), form, with_sources)


def _given(conditions: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in conditions.items() if value}


@click.command(epilog="Example: pyfwgraph compare flask django fastapi")
@click.argument("projects", nargs=-1, required=True, type=PROJECT)
@click.option("--differences", is_flag=True, help="Only where they do not say the same.")
@sources_option
@graph_option
@matrix_option
def compare(
    projects: tuple[str, ...], differences: bool, with_sources: bool, path: str | None, form: str | None
) -> None:
    """Set PROJECTS side by side: yes, no, through what; an empty cell says that no source tells."""
    comparison = open_graph(path).compare(*projects)
    _show(comparison.differences() if differences else comparison, form, with_sources)


@click.command(epilog="Example: pyfwgraph similar Flask")
@click.argument("project", type=PROJECT)
@limit_option
@sources_option
@graph_option
@format_option
def similar(project: str, limit: int, with_sources: bool, path: str | None, form: str | None) -> None:
    """List the frameworks most like PROJECT by features and components, each with its score and why."""
    _show(open_graph(path).similar(project, limit=limit), form, with_sources)


@click.command(epilog="Example: pyfwgraph choose WebSocket OpenAPI 'admin interface' --status active")
@click.argument("needs", nargs=-1, required=True)
@click.option("--category", multiple=True, help="A category that every candidate must have.")
@click.option("--implements", multiple=True, help="A specification that every candidate must implement.")
@click.option("--status", multiple=True, help="A status that every candidate must have.")
@click.option("--licence", multiple=True, help="A licence that every candidate must have.")
@click.option("--last-released-after", metavar="DATE", help="Newest release on a date or after.")
@limit_option
@sources_option
@graph_option
@format_option
def choose(
    needs: tuple[str, ...], limit: int, with_sources: bool, path: str | None, form: str | None, **conditions: Any
) -> None:
    """Rank frameworks by NEEDS (features, specifications, categories, projects to work with), and say why for each."""
    _show(open_graph(path).choose(*needs, limit=limit, **_given(conditions)), form, with_sources)


@click.command(epilog="Example: pyfwgraph ancestors Pyramid --influences")
@click.argument("project", type=PROJECT)
@influences_option
@sources_option
@graph_option
@format_option
def ancestors(project: str, influences: bool, with_sources: bool, path: str | None, form: str | None) -> None:
    """List what PROJECT descends from, step by step."""
    _show(open_graph(path).ancestors(project, influences=influences), form, with_sources)


@click.command(epilog="Example: pyfwgraph descendants Zope")
@click.argument("project", type=PROJECT)
@influences_option
@sources_option
@graph_option
@format_option
def descendants(project: str, influences: bool, with_sources: bool, path: str | None, form: str | None) -> None:
    """List what descends from PROJECT, step by step."""
    _show(open_graph(path).descendants(project, influences=influences), form, with_sources)


@click.command(epilog="Example: pyfwgraph lineage Pyramid --format svg > pyramid.svg")
@click.argument("project", type=PROJECT)
@click.option("--events", is_flag=True, help="The events instead, by date.")
@sources_option
@graph_option
@picture_option
def lineage(project: str, events: bool, with_sources: bool, path: str | None, form: str | None) -> None:
    """List every descent and influence around PROJECT, or draw them as a timeline."""
    view = open_graph(path).lineage(project)
    if events and form in PICTURES:
        raise click.UsageError("--events is a table: leave out --format, or give table, csv or json")
    _show(view.events if events else view, form, with_sources)


@click.command(epilog="Example: pyfwgraph path FastAPI Sinatra")
@click.argument("one", type=PROJECT)
@click.argument("other", type=PROJECT)
@sources_option
@graph_option
@format_option
def path(one: str, other: str, with_sources: bool, path: str | None, form: str | None) -> None:
    """Say how two projects, ONE and OTHER, are related, in words."""
    found = open_graph(path).path(one, other)
    if form is None and not with_sources:
        click.echo(found.text)
    else:
        _show(found, form, with_sources)


@click.command(epilog="Example: pyfwgraph releases Flask")
@click.argument("project", type=PROJECT)
@sources_option
@graph_option
@matrix_option
def releases(project: str, with_sources: bool, path: str | None, form: str | None) -> None:
    """List the releases of PROJECT, oldest version first."""
    _show(open_graph(path).releases(project), form, with_sources)


@click.command(epilog="Example: pyfwgraph deps Flask --as-of 2012-06-01")
@click.argument("project", type=PROJECT)
@day_option
@click.option("--transitive", is_flag=True, help="Follow what the required projects require.")
@optional_option
@sources_option
@graph_option
@picture_option
def deps(
    project: str,
    as_of: str | None,
    transitive: bool,
    optional: bool,
    with_sources: bool,
    path: str | None,
    form: str | None,
) -> None:
    """List what PROJECT requires, by its newest final release or by the one of a day."""
    view = open_graph(path).dependencies(project, as_of=as_of, transitive=transitive, optional=optional)
    _show(view, form, with_sources)


@click.command(epilog="Example: pyfwgraph dependents WebOb --as-of 2011")
@click.argument("project", type=PROJECT)
@day_option
@optional_option
@sources_option
@graph_option
@picture_option
def dependents(
    project: str, as_of: str | None, optional: bool, with_sources: bool, path: str | None, form: str | None
) -> None:
    """List who requires PROJECT, by the newest final releases or by those of a day."""
    _show(open_graph(path).dependents(project, as_of=as_of, optional=optional), form, with_sources)


@click.command(epilog="Example: pyfwgraph impact Werkzeug --as-of 2015")
@click.argument("project", type=PROJECT)
@day_option
@sources_option
@graph_option
@picture_option
def impact(project: str, as_of: str | None, with_sources: bool, path: str | None, form: str | None) -> None:
    """List who would be hit if PROJECT vanished, directly and through others."""
    _show(open_graph(path).impact(project, as_of=as_of), form, with_sources)


@click.command(epilog="Example: pyfwgraph at 2012-06-01 --alive")
@click.argument("day", metavar="DATE")
@click.option("--alive", is_flag=True, help="Only what had a final release within the year before.")
@click.option("--frameworks", "only_frameworks", is_flag=True, help="Only frameworks.")
@sources_option
@graph_option
@format_option
def at(day: str, alive: bool, only_frameworks: bool, with_sources: bool, path: str | None, form: str | None) -> None:
    """List what existed on a DATE, and where each project stood."""
    _show(open_graph(path).at(day).only(alive=alive, frameworks=only_frameworks), form, with_sources)


@click.command(epilog="Example: pyfwgraph sources Klein 'builds on' Twisted")
@click.argument("subject", type=PROJECT)
@click.argument("predicate", required=False)
@click.argument("value", required=False)
@graph_option
@format_option
def sources(subject: str, predicate: str | None, value: str | None, path: str | None, form: str | None) -> None:
    """Say who states what of a SUBJECT, by one PREDICATE and VALUE or by any."""
    print_answer(open_graph(path).sources(subject, predicate, value), form)


@click.command(epilog="Example: pyfwgraph disagreements Flask")
@click.argument("project", required=False, type=PROJECT)
@graph_option
@format_option
def disagreements(project: str | None, path: str | None, form: str | None) -> None:
    """List what sources disagree on where only one value can hold, of one PROJECT or of all."""
    print_answer(open_graph(path).disagreements(project), form)
