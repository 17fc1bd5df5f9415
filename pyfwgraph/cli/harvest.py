"""The command that reads releases from git repositories: harvest."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pyfwgraph.errors import HarvestError

if TYPE_CHECKING:
    from pyfwgraph.harvest import Repository


@click.command(epilog="Example: pyfwgraph harvest --repositories ~/mirrors Flask Werkzeug")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--data", type=click.Path(path_type=Path), default=Path("data"), help="Folder with repositories.toml.")
@click.option(
    "--repositories",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder of git repositories; repositories/ in the user's cache unless given.",
)
@click.option("--clone", is_flag=True, help="Clone or update the repositories over the network first.")
@click.option("--workers", type=click.IntRange(min=1), default=None, help="Number of processes.")
@click.option(
    "--report", "report_file", type=click.Path(path_type=Path), default=None, help="Write the report as JSON."
)
def harvest(
    names: tuple[str, ...], data: Path, folder: Path | None, clone: bool, workers: int | None, report_file: Path | None
) -> None:
    """Read releases and requirements from git repositories into data/harvested/; all repositories without NAME."""
    from pyfwgraph.harvest import harvest as harvest_repositories

    folder = folder or _own_folder()
    if clone:
        _clone_all(data, folder, names)
    report = _with_progress(
        lambda show: harvest_repositories(data, folder, names=names, workers=workers, progress=show)
    )
    if report_file:
        report_file.write_text(report.to_json() + "\n", "utf-8")
    click.echo(report.to_text())
    if report.lines and all(line.error for line in report.lines):
        raise HarvestError(f"no repository could be read in {folder}: give --repositories, or allow --clone")


def _own_folder() -> Path:
    """Give the folder of clones in the user's cache."""
    from pyfwgraph.store import cache_folder

    cache = cache_folder()
    if cache is None:
        raise HarvestError("there is no home folder to keep clones in: give --repositories, or set PYFWGRAPH_CACHE")
    return Path(cache) / "repositories"


if TYPE_CHECKING:
    from collections.abc import Callable

    from pyfwgraph.harvest import Report

    Show = Callable[[int, int, str], None]


def _with_progress(run: Callable[[Show | None], Report]) -> Report:
    """Run with a progress bar where a person looks on."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        return run(None)
    columns = (TextColumn("{task.description:24.24}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("harvest")
        return run(lambda done, whole, name: progress.update(task, completed=done, total=whole, description=name))


def _clone_all(data: Path, folder: Path, names: tuple[str, ...]) -> None:
    from pyfwgraph.harvest import read_repositories
    from pyfwgraph.vocabulary import slug

    folder.mkdir(parents=True, exist_ok=True)
    wanted = {slug(name) for name in names}
    for repository in read_repositories(data / "repositories.toml"):
        if repository.read and (not wanted or repository.slug in wanted):
            _clone(repository, folder)


def _clone(repository: Repository, folder: Path) -> None:
    target = folder / (repository.read.replace("/", "+") + ".git")
    address = f"https://github.com/{repository.read}.git"
    safe = ["git", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never", "-c", "protocol.https.allow=always"]
    command = [*safe, "-C", str(target), "remote", "update", "--prune"] if target.is_dir() else [
        *safe, "clone", "--mirror", "--quiet", address, str(target)]  # fmt: skip
    try:
        subprocess.run(command, check=True, timeout=3600, stdin=subprocess.DEVNULL, capture_output=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        click.echo(f"{repository.name}: could not be cloned", err=True)
