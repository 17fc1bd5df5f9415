"""Read repositories side by side and write what they say."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from pyfwgraph.errors import HarvestError, UnknownName
from pyfwgraph.harvest.claim import describe_source, name_source, state_history
from pyfwgraph.harvest.component import find_components, map_files, map_repositories, state_components
from pyfwgraph.harvest.history import History, read_history
from pyfwgraph.harvest.objects import Objects
from pyfwgraph.harvest.report import Line, Report, to_line, to_report
from pyfwgraph.harvest.repository import Repository, read_repositories
from pyfwgraph.trig import write_trig
from pyfwgraph.vocabulary import expand_curie, slug

HEADER = "# Written by `pyfwgraph harvest` from one snapshot of the repository; do not edit, harvest again."
COMPONENTS = "_components.trig"
Progress = Callable[[int, int, str], None]
"""Called after each repository with how many are done, how many there are, and its name."""


def harvest(
    data: Path,
    folder: Path,
    *,
    names: Sequence[str] = (),
    workers: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read repositories and write `harvested/<slug>.trig` for each, and the components that they share.

    A repository that cannot be read is in the report and stops nothing. Nothing in a repository is run.

    Args:
        data: Folder with `repositories.toml`, `curated/` and `harvested/`.
        folder: Folder of git repositories named `owner+name`, `owner+name.git` or `name.git`.
        names: Projects to read, by name or slug; all without it. Components are found again only with all.
        workers: Number of processes; by default one for each processor.
        progress: Called after each repository.

    Raises:
        DataError: `repositories.toml` or a file in `curated/` is wrong.
        UnknownName: A name is not in `repositories.toml`.
    """
    repositories = read_repositories(data / "repositories.toml")
    chosen = _choose(repositories, names)
    results = dict(_read_all(chosen, folder, workers, progress))
    lines = [_line(repository, results[repository.slug]) for repository in chosen]
    histories = [result for result in (results[one.slug] for one in chosen) if isinstance(result, History)]
    written = _write_all(data, repositories, histories, whole=not names)
    return to_report(lines, written)


def _choose(repositories: Sequence[Repository], names: Sequence[str]) -> list[Repository]:
    by_slug = {repository.slug: repository for repository in repositories if repository.read}
    for name in names:
        if slug(name) not in by_slug:
            raise UnknownName(f"no repository of {name!r} in repositories.toml: add it there", ())
    return [by_slug[slug(name)] for name in names] if names else list(by_slug.values())


def _read_all(
    chosen: Sequence[Repository], folder: Path, workers: int | None, progress: Progress | None
) -> Iterator[tuple[str, History | str]]:
    with ProcessPoolExecutor(workers or os.cpu_count() or 1) as pool:
        tasks: dict[Future[History | str], Repository] = {
            pool.submit(read_repository, one, folder): one for one in chosen
        }
        for done, task in enumerate(as_completed(tasks), 1):
            repository = tasks[task]
            if progress:
                progress(done, len(tasks), repository.name)
            try:
                yield repository.slug, task.result()
            except BrokenProcessPool:
                yield repository.slug, "its process ended; read it alone to see why"


def read_repository(repository: Repository, folder: Path) -> History | str:
    """Give the history of one repository, or the reason why it cannot be read."""
    try:
        with Objects(find_folder(repository.read, folder)) as objects:
            return read_history(objects, repository)
    except (HarvestError, OSError, RecursionError, MemoryError) as error:
        return str(error) or type(error).__name__


def find_folder(location: str, folder: Path) -> Path:
    """Give the folder of a repository.

    Raises:
        HarvestError: It is not there.
    """
    joined, name = location.replace("/", "+"), location.rpartition("/")[2]
    for candidate in (joined, f"{joined}.git", f"{name}.git", name):
        if (folder / candidate).is_dir():
            return folder / candidate
    raise HarvestError(f"{location} is not in {folder.name}: clone it there, or allow it with --clone")


def _line(repository: Repository, result: History | str) -> Line:
    if isinstance(result, History):
        return to_line(result)
    return Line(repository.name, repository.read, error=result)


def _write_all(
    data: Path, repositories: Iterable[Repository], histories: Sequence[History], *, whole: bool
) -> list[str]:
    target = data / "harvested"
    target.mkdir(parents=True, exist_ok=True)
    known = map_files(data / "curated") | map_repositories(repositories)
    written = []
    if whole:
        components = find_components(histories, known)
        text = write_trig(dict(state_components(components, read=len(histories))), header=HEADER)
        written += _write(target / COMPONENTS, text)
        projects = known | {name: slug(name) for name in components}
    else:
        projects = {name: project for name, project in map_files(target).items() if name not in known} | known
    for history in histories:
        graphs = {"": describe_source(history), expand_curie(name_source(history)): state_history(history, projects)}
        written += _write(target / f"{history.repository.slug}.trig", write_trig(dict(graphs), header=HEADER))
    return written


def _write(file: Path, text: str) -> list[str]:
    if file.is_file() and file.read_text("utf-8") == text:
        return []
    file.write_text(text, "utf-8", newline="\n")
    return [file.name]
