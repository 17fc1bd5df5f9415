"""The command that writes the graph in other forms: export."""

from __future__ import annotations

import json
import sys

import click

from pyfwgraph.cli.output import graph_option, open_graph

FORMS = ("nquads", "trig", "turtle", "jsonld", "jsonld-claims", "csv", "sqlite", "parquet", "graphml", "gexf")


@click.command(
    epilog="Example: pyfwgraph export --format jsonld --output pyfwgraph.jsonld. Example: pyfwgraph export --all dumps"
)
@click.option("--format", "form", type=click.Choice(FORMS), default=None, help="Form of the dump.")
@click.option("--output", type=click.Path(), default=None, help="The file to write; a folder for csv and parquet.")
@click.option("--all", "folder", type=click.Path(file_okay=False), default=None, help="Write every form to a folder.")
@graph_option
def export(form: str | None, output: str | None, folder: str | None, path: str | None) -> None:
    """Write the graph in one form, or in all of them with checksums, a description and a README."""
    from pyfwgraph.export.bundle import NO_PARQUET
    from pyfwgraph.export.parquet import has_parquet

    if (folder is None) == (form is None or output is None):
        raise click.UsageError("give --format FORM --output FILE for one form, or --all DIR for every form")
    g = open_graph(path)
    count = g.export(form or "all", output or folder or "")
    said = {"output": output or folder, "written": count}
    kind = "relations" if form in ("graphml", "gexf") else "quads"
    click.echo(f"{count:,} {kind} in {said['output']}" if sys.stdout.isatty() else json.dumps(said))
    if folder and not has_parquet():
        click.echo(f"pyfwgraph: {NO_PARQUET}", err=True)
