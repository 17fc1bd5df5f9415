"""Distributions and projects: which project a requirement means, and plain components for what nobody described."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph
from packaging.utils import canonicalize_name

from pyfwgraph.errors import DataError
from pyfwgraph.harvest.claim import state, to_iri, to_number
from pyfwgraph.harvest.history import History
from pyfwgraph.harvest.repository import Repository
from pyfwgraph.trig import Statement, Text
from pyfwgraph.vocabulary import PREFIXES, slug

SOURCE = "src:harvested-requirements"
LEAST = 3
"""So many projects must require a distribution at run time before it becomes a component of its own."""


def map_repositories(repositories: Iterable[Repository]) -> dict[str, str]:
    """Give the normalised names of distributions, former ones too, with the slugs of their projects.

    >>> map_repositories([Repository("Paste Deploy", pypi="PasteDeploy")])
    {'pastedeploy': 'paste-deploy'}
    """
    found: dict[str, str] = {}
    for repository in repositories:
        for name in (repository.pypi, *repository.former):
            if name:
                found.setdefault(canonicalize_name(name), repository.slug)
    return found


def map_files(folder: Path) -> dict[str, str]:
    """Give the same for what the TriG files of a folder say by `fwo:pypiName`.

    Raises:
        DataError: A file cannot be parsed.
    """
    found: dict[str, str] = {}
    for file in sorted(folder.glob("*.trig")):
        found |= {name: project for name, project in _read_names(file) if name not in found}
    return found


def _read_names(file: Path) -> Iterator[tuple[str, str]]:
    term = pyoxigraph.NamedNode(PREFIXES["fwo"] + "pypiName")
    try:
        for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TRIG):
            if quad.predicate == term and isinstance(quad.object, pyoxigraph.Literal):
                project = str(quad.subject).strip("<>").removeprefix(PREFIXES["fw"])
                yield canonicalize_name(quad.object.value), project
    except SyntaxError as error:
        raise DataError(f"cannot be parsed: {error}", file=file.name) from error


def count_dependents(histories: Iterable[History]) -> dict[str, dict[str, str]]:
    """Give, for each distribution required at run time, the projects that require it and how each writes it."""
    found: dict[str, dict[str, str]] = {}
    for history in histories:
        for release in history.releases:
            for requirement in release.declaration.runtime or ():
                found.setdefault(requirement.key, {})[history.repository.slug] = requirement.distribution
    return found


def find_components(histories: Iterable[History], known: Mapping[str, str]) -> dict[str, tuple[str, int]]:
    """Give the distributions that become components: normalised name, spelling, number of dependents."""
    taken = set(known.values())
    components = {}
    for name, dependents in sorted(count_dependents(histories).items()):
        if name not in known and len(dependents) >= LEAST and slug(name) not in taken:
            spellings = list(dependents.values())
            usual = max(sorted(set(spellings)), key=spellings.count)
            components[name] = (usual, len(dependents))
    return components


def state_components(components: Mapping[str, tuple[str, int]], *, read: int) -> dict[str, list[Statement]]:
    """Give the graph of the components and the description of their source."""
    said = [statement for name in components for statement in _state_component(name, *components[name])]
    about = f"Derived from the snapshots: distributions that {LEAST} or more of the {read} repositories read require at run time."
    described = [
        state(SOURCE, "a", to_iri("fwo:Source")),
        state(SOURCE, "rdfs:label", Text("Harvested requirements")),
        state(SOURCE, "dcterms:title", Text("Distributions required at run time by the repositories read")),
        state(SOURCE, "dcterms:description", Text(about, language="en")),
        state(SOURCE, "fwo:precedence", to_number(3)),
    ]
    return {"": described, to_iri(SOURCE).value: said}


def _state_component(name: str, spelling: str, dependents: int) -> Iterator[Statement]:
    node = f"fw:{slug(name)}"
    yield state(node, "a", to_iri("fwo:Component"))
    yield state(node, "rdfs:label", Text(spelling))
    text = f"Distribution required at run time by {dependents} of the repositories read."
    yield state(node, "dcterms:description", Text(text, language="en"))
    yield state(node, "fwo:pypiName", Text(spelling))
    yield state(node, "fwo:purl", Text(f"pkg:pypi/{name}"))
