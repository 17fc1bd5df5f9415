"""Commands that make the graph: build, validate, coverage."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from pyfwgraph.vocabulary import compress_iri

folder = click.Path(path_type=Path, file_okay=False)
data_option = click.option(
    "--data", type=folder, default=Path("data"), show_default=True, help="Folder of claims and sources."
)
ontology_option = click.option(
    "--ontology", type=folder, default=Path("ontology"), show_default=True, help="Folder of terms, schemes and shapes."
)


@click.command(epilog="Example: pyfwgraph build --data data --ontology ontology")
@data_option
@ontology_option
@click.option(
    "--output", type=folder, default=None, help="Folder for the packaged graph; the package itself unless given."
)
@click.option("--lost/--no-lost", default=False, help="Print every claim that lost, and why.")
def build(data: Path, ontology: Path, output: Path | None, lost: bool) -> None:
    """Make the packaged graph: read, validate, conclude, write; print what was done."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from pyfwgraph.build.run import build as run

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("starting")
        built = run(data, ontology, output, progress=lambda step: bar.update(task, description=step))
    click.echo(f"files        {built.files:>9,}")
    click.echo(f"claims       {sum(built.claims.values()):>9,}")
    for source, count in sorted(built.claims.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"  {count:>9,}  {compress_iri(source)}")
    click.echo(f"conclusions  {built.conclusions:>9,}")
    click.echo(f"claims lost  {len(built.lost):>9,}")
    reasons = Counter(one.reason.partition(":")[0] for one in built.lost)
    for reason, count in reasons.most_common():
        click.echo(f"  {count:>9,}  {reason}")
    if lost:
        for one in built.lost:
            claim = one.claim
            click.echo(
                f"  {compress_iri(claim.subject)} {compress_iri(claim.predicate)} {claim.object} "
                f"({compress_iri(claim.graph)}): {one.reason}"
            )
    click.echo(f"quads        {built.quads:>9,}")
    click.echo(f"digest       {built.digest}")
    click.echo(f"written to   {built.folder}")


@click.command(epilog="Example: pyfwgraph validate --data data --ontology ontology")
@data_option
@ontology_option
def validate(data: Path, ontology: Path) -> None:
    """Check the source files, and what is concluded from them, against shapes and rules; exit 1 on a finding."""
    from pyfwgraph.build.run import check

    findings = check(data, ontology)
    for finding in findings:
        click.echo(str(finding), err=True)
    if findings:
        click.echo(f"pyfwgraph: {len(findings)} finding{'s' * (len(findings) != 1)}", err=True)
        click.get_current_context().exit(1)
    click.echo("no findings")


@click.command(epilog="Example: pyfwgraph coverage")
@click.option("--graph", "path", type=click.Path(), default=None, help="A dump; the packaged graph unless given.")
@click.option("--most", type=click.IntRange(min=1), default=15, show_default=True, help="Rows of each list.")
def coverage(path: str | None, most: int) -> None:
    """Count what the graph holds, source by source and kind by kind, and print what is thin."""
    import pyfwgraph
    from pyfwgraph.coverage import cover

    for title, rows in cover(pyfwgraph.load(path)):
        click.echo(f"\n{title} ({len(rows):,})")
        shown = len(rows) if title == "totals" else most
        for row in rows[:shown]:
            click.echo("  " + "  ".join("" if value is None else str(value) for value in row))
        if len(rows) > shown:
            click.echo(f"  … and {len(rows) - shown:,} more")
