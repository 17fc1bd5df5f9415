"""The releases of a project, read from its repository: one for each tag that names a version, or for each version bump."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from packaging.version import Version

from pyfwgraph.harvest.declaration import Declaration
from pyfwgraph.harvest.licence_file import LicenceFiles, read_licence_files
from pyfwgraph.harvest.licence_text import Held
from pyfwgraph.harvest.manifest import read_manifests
from pyfwgraph.harvest.notice import Notice, read_notice
from pyfwgraph.harvest.objects import Objects
from pyfwgraph.harvest.repository import Repository
from pyfwgraph.harvest.tag import read_version, to_version
from pyfwgraph.harvest.tree import Entry, Tree

_EARLIEST = "1990-01-01"


@dataclass(frozen=True, slots=True)
class Release:
    """One version and what its manifests declare.

    Attributes:
        version: As the tag writes it, without prefix.
        commit: Full identifier of the commit.
        date: Day of the commit, by its committer and in the time zone of the commit.
        order: Place among the releases by PEP 440, from 1.
        is_early: Whether it is a pre-release or development release.
        declaration: What the manifests declare.
        licences: What the licence files say.
    """

    version: str
    commit: str
    date: str
    order: int
    is_early: bool
    declaration: Declaration
    licences: LicenceFiles


@dataclass(frozen=True, slots=True)
class History:
    """Everything that one repository says.

    Attributes:
        repository: What was asked for.
        commit: Newest commit of the default branch.
        date: Its day.
        first: Day of the first commit, by author; empty where no date can be right.
        commits: Number of commits of the default branch.
        releases: By order.
        dropped: Tags that name no version.
        notice: What it says of its own state; None where it says nothing.
    """

    repository: Repository
    commit: str
    date: str
    first: str
    commits: int
    releases: tuple[Release, ...]
    dropped: tuple[str, ...]
    notice: Notice | None = None


def read_history(objects: Objects, repository: Repository) -> History:
    """Give the releases and the state of one repository.

    Raises:
        HarvestError: The repository is empty or damaged.
    """
    dates = list(objects.run("log", "--format=%as %cs %H", "HEAD"))
    newest = dates[0].split()
    first = min((line.split()[0] for line in dates if line >= _EARLIEST), default="")
    found, dropped = _by_bump(objects, repository) if repository.bumps else _by_tag(objects, repository)
    releases = tuple(_read_releases(objects, repository, found))
    notice = _read_notice(objects, repository)
    return History(repository, newest[2], newest[1], first, len(dates), releases, tuple(dropped), notice)


def _read_notice(objects: Objects, repository: Repository) -> Notice | None:
    subject = next(objects.run("log", "-1", "--format=%s", "HEAD"), "")
    tree = Tree(objects, "HEAD", {})
    return read_notice(tree, subject, name=repository.name, location=repository.read)


Candidates = dict[Version, tuple[str, str, str]]


def _by_tag(objects: Objects, repository: Repository) -> tuple[Candidates, list[str]]:
    tagged: dict[Version, dict[str, tuple[str, str, str]]] = {}
    dropped: list[str] = []
    for tag in objects.tags():
        text = (
            read_version(tag, pattern=repository.tag, version=repository.version)
            if tag not in repository.ignored
            else None
        )
        version = to_version(text) if text else None
        commit = objects.find(f"refs/tags/{tag}^{{commit}}") if version else None
        if text is None or version is None or commit is None or commit.kind != "commit":
            dropped.append(tag)
            continue
        candidate = (text, commit.identifier, _date(objects, commit.identifier))
        known = tagged.setdefault(version, {}).setdefault(commit.identifier, candidate)
        tagged[version][commit.identifier] = min(known, candidate)
    folders: dict[str, dict[str, Entry]] = {}
    found = {
        version: _choose(objects, repository, version, list(few.values()), folders) for version, few in tagged.items()
    }
    return found, dropped


def _choose(
    objects: Objects,
    repository: Repository,
    version: Version,
    candidates: list[tuple[str, str, str]],
    folders: dict[str, dict[str, Entry]],
) -> tuple[str, str, str]:
    """Of several commits that are tagged as one version give the one whose manifest says so, then the earliest."""

    def weigh(candidate: tuple[str, str, str]) -> tuple[bool, str, str]:
        text, commit, date = candidate
        declared = _read_folders(Tree(objects, commit, folders), repository.folders).version
        return to_version(declared or "") != version, date, text

    return min(candidates, key=weigh) if len(candidates) > 1 else candidates[0]


def _by_bump(objects: Objects, repository: Repository) -> tuple[Candidates, list[str]]:
    found: Candidates = {}
    folders: dict[str, dict[str, Entry]] = {}
    known = {repository.pypi, *repository.former}
    for commit in objects.run("log", "--first-parent", "--reverse", "--format=%H", "HEAD", "--", *repository.bumps):
        tree = Tree(objects, commit, folders)
        declared = _read_folders(tree, repository.folders)
        version = to_version(declared.version or "")
        if (
            version is None
            or version in found
            or version.is_devrelease
            or (declared.name or repository.pypi) not in known
        ):
            continue
        found[version] = (declared.version or "", commit, _date(objects, commit))
    return found, []


def _date(objects: Objects, commit: str) -> str:
    from datetime import UTC, datetime, timedelta, timezone

    header = objects.read(commit).split(b"\n\n", 1)[0]
    match = re.search(rb"^committer .*> (-?\d{1,12}) ([-+])(\d\d)(\d\d)$", header, re.MULTILINE)
    if match is None:
        return "1970-01-01"
    seconds, sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == b"-" else 1)
    moment = datetime.fromtimestamp(int(seconds), UTC)
    return moment.astimezone(timezone(offset if abs(offset) < timedelta(days=1) else timedelta())).date().isoformat()


def _read_releases(objects: Objects, repository: Repository, found: Candidates) -> Iterator[Release]:
    folders: dict[str, dict[str, Entry]] = {}
    texts: dict[str, Held] = {}
    for order, version in enumerate(sorted(found), 1):
        text, commit, date = found[version]
        tree = Tree(objects, commit, folders)
        declared = _read_folders(tree, repository.folders)
        licences = read_licence_files(tree, repository.folders, texts)
        yield Release(text, commit, date, order, version.is_prerelease, declared, licences)


def _read_folders(tree: Tree, folders: tuple[str, ...]) -> Declaration:
    declared = Declaration()
    for folder in folders:
        declared = read_manifests(tree, folder)
        if declared.manifest:
            return declared
    return declared
