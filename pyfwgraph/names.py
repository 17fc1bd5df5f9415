"""Things by any of their names: slug, label, alias, PyPI name, owner/name of a repository, CURIE or IRI.

A user may write "repoze.bfg", "pallets/flask" or "Server-sent events", or an identifier that was retired; a query needs
the IRI.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyfwgraph.errors import UnknownName
from pyfwgraph.term import IRI
from pyfwgraph.vocabulary import expand_curie, slug

if TYPE_CHECKING:
    from pyfwgraph.dataset import Dataset
    from pyfwgraph.term import Value

NAMES = """\
SELECT ?thing ?label ?name ?sort {
  KIND ?thing rdfs:label ?label .
  { ?thing rdfs:label ?name BIND("1 label" AS ?sort) }
  UNION { ?thing skos:altLabel ?name BIND("2 alias" AS ?sort) }
  UNION { ?thing fwo:pypiName ?name BIND("3 PyPI name" AS ?sort) }
  UNION { ?thing schema:codeRepository ?address BIND(STR(?address) AS ?name) BIND("4 repository" AS ?sort) }
  UNION { ?former dcterms:isReplacedBy ?thing BIND(STR(?former) AS ?name) BIND("5 former IRI" AS ?sort) }
} ORDER BY ?sort ?thing ?name"""

_KINDS = {
    "project": "?thing a fwo:Project .",
    "specification": "?thing a fwo:Specification .",
    "person": "?thing a foaf:Person .",
    "organisation": "?thing a foaf:Organization .",
    "feature": "?thing skos:inScheme fwo:features .",
    "category": "?thing skos:inScheme fwo:categories .",
    "status": "?thing skos:inScheme fwo:statuses .",
    "property": "VALUES ?class { owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty } ?thing a ?class .",
}
"""What has names, and how the dataset says that a thing is one."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that the graph describes: its IRI and its label. As text it is the label.

    >>> import pyfwgraph as fw
    >>> fw.load().project("flask").builds_on
    (Thing('fw:jinja2', 'Jinja2'), Thing('fw:werkzeug', 'Werkzeug'))
    """

    iri: IRI
    name: str

    @property
    def slug(self) -> str:
        """The readable identifier: the last part of the IRI."""
        return self.iri.full.replace("#", "/").rpartition("/")[2]

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"Thing({str(self.iri)!r}, {self.name!r})"


def iri_of(value: Thing | Value) -> Value:
    """Give what stands for a value in a statement: a thing's IRI, or the value itself."""
    return value.iri if isinstance(value, Thing) else value


class Names:
    """The names of everything of one kind in a dataset, read once.

    Args:
        dataset: Where to ask.
        kind: `project`, `specification`, `person`, `organisation`, `feature`, `category`, `status` or
            `property`.
    """

    def __init__(self, dataset: Dataset, kind: str) -> None:
        self.kind = kind
        self._exact: dict[str, Thing] = {}
        self._loose: dict[str, Thing] = {}
        every: dict[str, Thing] = {}
        for iri, label, name, sort in dataset.query(NAMES.replace("KIND", _KINDS[kind])):
            thing = Thing(iri, str(label))
            every[thing.iri] = thing
            for key in _keys(str(name), sort):
                self._exact.setdefault(key, thing)
                self._loose.setdefault(slug(key), thing)
        for thing in every.values():
            self._exact[thing.slug] = self._exact[thing.iri.full] = thing

    def find(self, name: str) -> Thing:
        """Give the thing of a name.

        Raises:
            UnknownName: None has it; the message and `suggestions` hold the nearest three.
        """
        found = self.seek(name)
        if found is None:
            raise self._unknown(name)
        return found

    def seek(self, name: str) -> Thing | None:
        """Give the thing of a name, or None."""
        asked = expand_curie(name.strip()).strip("<>")
        exact = self._exact.get(asked) or self._exact.get(asked.lower()) or self._exact.get(_address(asked))
        return exact or self._loose.get(slug(asked))

    def suggest(self, name: str, number: int = 3) -> tuple[str, ...]:
        """Give the names that are nearest to one that is unknown."""
        import difflib

        keys = difflib.get_close_matches(slug(name), self._loose, n=3 * number, cutoff=0.0)
        return tuple(dict.fromkeys(self._loose[key].name for key in keys))[:number]

    def _unknown(self, name: str) -> UnknownName:
        nearest = self.suggest(name)
        told = f"the nearest are {', '.join(nearest)}" if nearest else "the dataset has none"
        return UnknownName(f"no {self.kind} is called {name!r}; {told}", nearest)


def _keys(name: str, sort: str) -> tuple[str, ...]:
    if sort.endswith("IRI"):
        return (name, name.rpartition("/")[2])
    if not sort.endswith("repository"):
        return (name, name.lower())
    address = _address(name)
    return (address, "/".join(address.split("/")[-2:]))


def _address(text: str) -> str:
    """A repository's address without what varies: scheme, ending, case."""
    return text.lower().removeprefix("https://").removeprefix("http://").rstrip("/").removesuffix(".git")
