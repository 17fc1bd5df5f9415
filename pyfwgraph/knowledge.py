"""What is read once from a dataset and kept, because every view needs it: names, the family, the tree of features."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from pyfwgraph.family import Family
from pyfwgraph.features import Cell, FeatureTree, read_cells
from pyfwgraph.names import Names, Thing
from pyfwgraph.requirements import Run, Standing, read_runs, read_standing
from pyfwgraph.term import IRI

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from pyfwgraph.dataset import Dataset
    from pyfwgraph.term import Value

FACTS = """\
SELECT ?project ?property ?value ?name {
  ?project ?property ?value FILTER(?property NOT IN (fwo:hasFeature, fwo:lacksFeature))
  OPTIONAL { ?value rdfs:label ?name }
}"""

USERS = """\
SELECT ?user ?required { ?user fwo:dependsOn ?required } ORDER BY ?required ?user"""


class Knowledge:
    """A dataset, and what has been read of it."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._names: dict[str, Names] = {}
        self._cells: dict[IRI, dict[IRI, Cell]] = {}
        self._facts: dict[IRI, dict[IRI, tuple[Thing | Value, ...]]] = {}
        self._standing: dict[date | None, dict[IRI, Standing]] = {}

    @cached_property
    def family(self) -> Family:
        """Every descent, influence and event."""
        return Family(self.dataset)

    @cached_property
    def features(self) -> FeatureTree:
        """The features and their groups."""
        return FeatureTree(self.dataset)

    def cells(self, project: IRI) -> dict[IRI, Cell]:
        """Give the feature cells of a project by feature, in the order of the tree."""
        if project not in self._cells:
            self._cells[project] = read_cells(self.dataset, self.features, project)
        return self._cells[project]

    def facts(self, project: IRI) -> dict[IRI, tuple[Thing | Value, ...]]:
        """Give every property of a project but for its features, with the values by name."""
        if project not in self._facts:
            self._facts[project] = _read_facts(self.dataset, project)
        return self._facts[project]

    @cached_property
    def _runs(self) -> tuple[dict[IRI, list[Run]], dict[IRI, list[Run]]]:
        """Every requirement ever declared, by who declares it and by what is required."""
        by: dict[IRI, list[Run]] = defaultdict(list)
        on: dict[IRI, list[Run]] = defaultdict(list)
        for run in read_runs(self.dataset):
            by[run.dependent].append(run)
            if run.dependency is not None:
                on[run.dependency].append(run)
        return by, on

    @cached_property
    def _users(self) -> dict[IRI, tuple[IRI, ...]]:
        found: dict[IRI, tuple[IRI, ...]] = {}
        for user, required in self.dataset.query(USERS):
            found[required] = (*found.get(required, ()), user)
        return found

    def runs_of(self, dependent: IRI) -> list[Run]:
        """Give what releases of a project ever required."""
        return self._runs[0].get(dependent, [])

    def runs_on(self, dependency: IRI) -> list[Run]:
        """Give who ever required a project."""
        return self._runs[1].get(dependency, [])

    def users(self, dependency: IRI) -> tuple[IRI, ...]:
        """Give who depends on a project in the data as they are."""
        return self._users.get(dependency, ())

    def standing(self, day: date | None = None) -> dict[IRI, Standing]:
        """Give where each project stood at the end of a day, or stands in the data as they are."""
        if day not in self._standing:
            self._standing[day] = read_standing(self.dataset, day)
        return self._standing[day]

    def names(self, kind: str) -> Names:
        """Give the names of a kind of thing; see `Names`."""
        if kind not in self._names:
            self._names[kind] = Names(self.dataset, kind)
        return self._names[kind]

    def ground(self, value: object, *, strict: bool = True) -> Any:
        """Give the IRI of what a user names: an IRI, a CURIE, or a project; other text stays text unless `strict`.

        Raises:
            UnknownName: It is strict, and no project is called so.
        """
        iri = getattr(value, "iri", value)
        if not isinstance(iri, str) or isinstance(iri, IRI):
            return iri
        named = IRI(iri)
        if named.full != iri or "://" in iri:
            return named
        found = self.names("project").find(iri) if strict else self.names("project").seek(iri)
        return found.iri if found else iri

    def find(self, name: object, kind: str = "project") -> Thing:
        """Ground a name, an IRI, or something that has an IRI.

        Raises:
            UnknownName: Nothing of that kind is called so; the nearest are suggested.
        """
        iri = getattr(name, "iri", name)
        return self.names(kind).find(iri.full if isinstance(iri, IRI) else str(iri))


def _read_facts(dataset: Dataset, project: IRI) -> dict[IRI, tuple[Thing | Value, ...]]:
    found: dict[IRI, dict[Thing | Value, None]] = {}
    for _, predicate, value, name in dataset.query(FACTS, project=project):
        thing = Thing(value, str(name)) if name is not None and isinstance(value, IRI) else value
        found.setdefault(predicate, {})[thing] = None
    return {predicate: tuple(sorted(values, key=_by_name)) for predicate, values in found.items()}


def _by_name(value: Thing | Value) -> tuple[str, str]:
    return (str(value).lower(), str(value))
