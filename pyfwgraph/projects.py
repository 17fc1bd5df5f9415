"""Projects by any of their names: slug, label, alias, PyPI name, owner/name of the repository, CURIE or IRI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyfwgraph.errors import UnknownName
from pyfwgraph.term import IRI
from pyfwgraph.vocabulary import PREFIXES, expand_curie, slug

if TYPE_CHECKING:
    from pyfwgraph.dataset import Dataset

NAMES = """\
SELECT ?project ?label ?name ?kind {
  ?project a fwo:Project ; rdfs:label ?label .
  { ?project rdfs:label ?name BIND("1 label" AS ?kind) }
  UNION { ?project skos:altLabel ?name BIND("2 alias" AS ?kind) }
  UNION { ?project fwo:pypiName ?name BIND("3 PyPI name" AS ?kind) }
  UNION { ?project schema:codeRepository ?address BIND(STR(?address) AS ?name) BIND("4 repository" AS ?kind) }
} ORDER BY ?kind ?project ?name"""


@dataclass(frozen=True, slots=True)
class Project:
    """A framework or component, as far as its name goes.

    >>> import pyfwgraph as fw
    >>> flask = fw.load().project("pallets/flask")
    >>> flask.name, flask.slug, flask.iri
    ('Flask', 'flask', IRI('fw:flask'))
    """

    iri: IRI
    name: str

    @property
    def slug(self) -> str:
        """The readable identifier: the last part of the IRI."""
        return self.iri.full.removeprefix(PREFIXES["fw"])

    def __str__(self) -> str:
        return self.name


class Names:
    """The names of every project of a dataset, read once."""

    def __init__(self, dataset: Dataset) -> None:
        self._exact: dict[str, Project] = {}
        self._loose: dict[str, Project] = {}
        every: dict[str, Project] = {}
        for iri, label, name, kind in dataset.query(NAMES):
            project = Project(iri, label)
            every[project.iri] = project
            for key in _keys(str(name), kind):
                self._exact.setdefault(key, project)
                self._loose.setdefault(slug(key), project)
        for project in every.values():
            self._exact[project.slug] = self._exact[project.iri.full] = project

    def find(self, name: str) -> Project:
        """Give the project of a name.

        Raises:
            UnknownName: None has it; the message and `suggestions` hold the nearest three.
        """
        asked = expand_curie(name.strip()).strip("<>")
        exact = self._exact.get(asked) or self._exact.get(asked.lower()) or self._exact.get(_address(asked))
        found = exact or self._loose.get(slug(asked))
        if found is None:
            raise self._unknown(name)
        return found

    def _unknown(self, name: str) -> UnknownName:
        import difflib

        keys = difflib.get_close_matches(slug(name), self._loose, n=9, cutoff=0.0)
        nearest = tuple(dict.fromkeys(self._loose[key].name for key in keys))[:3]
        return UnknownName(f"no project is called {name!r}; the nearest are {', '.join(nearest)}", nearest)


def _keys(name: str, kind: str) -> tuple[str, ...]:
    if not kind.endswith("repository"):
        return (name, name.lower())
    address = _address(name)
    return (address, "/".join(address.split("/")[-2:]))


def _address(text: str) -> str:
    """A repository's address without what varies: scheme, ending, case."""
    return text.lower().removeprefix("https://").removeprefix("http://").rstrip("/").removesuffix(".git")
