"""A project as a card: what it is, since when, what it builds on, can do, comes from and released."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pyfwgraph.family import WORDS
from pyfwgraph.features import YES
from pyfwgraph.names import Thing, iri_of
from pyfwgraph.term import IRI
from pyfwgraph.views.lineage import lineage
from pyfwgraph.views.provenance import sources_of
from pyfwgraph.views.releases import Releases
from pyfwgraph.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyfwgraph.features import Cell
    from pyfwgraph.knowledge import Knowledge
    from pyfwgraph.results import Rows
    from pyfwgraph.term import Value
    from pyfwgraph.views.lineage import Lineage
    from pyfwgraph.views.provenance import Fact

APPRAISALS = """\
SELECT ?project ?polarity ?comment ?source {
  ?appraisal fwo:project ?project ; fwo:polarity ?polarity ; rdfs:comment ?comment .
  GRAPH ?source { ?appraisal fwo:polarity ?polarity }
} ORDER BY ?polarity ?comment ?source"""

RELEASES = """\
SELECT ?project (COUNT(DISTINCT ?release) AS ?releases) { ?release fwo:releaseOf ?project } GROUP BY ?project"""

PROPERTIES = {
    "description": "dcterms:description",
    "kinds": "rdf:type",
    "categories": "fwo:category",
    "status": "fwo:status",
    "since": "fwo:firstReleased",
    "last_released": "fwo:lastReleased",
    "latest_release": "fwo:latestRelease",
    "licence": "dcterms:license",
    "requires_python": "fwo:requiresPython",
    "implements": "fwo:implements",
    "builds_on": "fwo:buildsOn",
    "depends_on": "fwo:dependsOn",
    "integrates_with": "fwo:integratesWith",
    "bundles": "fwo:bundles",
    "runs_on": "fwo:runsOn",
    "template_engine": "fwo:defaultTemplateEngine",
    "orm": "fwo:defaultORM",
    "form_library": "fwo:defaultFormLibrary",
    "inspired_by": "fwo:inspiredBy",
    "descends_from": "fwo:descendsFrom",
    "creators": "dcterms:creator",
    "maintainers": "doap:maintainer",
    "used_by": "fwo:usedBy",
    "aliases": "skos:altLabel",
    "homepage": "doap:homepage",
    "documentation": "doap:documentation",
    "repository": "schema:codeRepository",
    "pypi": "fwo:pypiName",
    "features": "fwo:hasFeature",
    "lacks": "fwo:lacksFeature",
}
"""Each attribute of a card, and the property that it shows."""


class Project:
    """A framework or component: a card with everything that is concluded of it as attributes.

    What is not known is None or empty. `sources("builds_on")` names who states a fact, `sources()` who states anything.

    >>> import pyfwgraph as fw
    >>> flask = fw.load().project("pallets/flask")
    >>> flask.name, flask.slug, flask.iri, flask.licence
    ('Flask', 'flask', IRI('fw:flask'), 'BSD-3-Clause')
    """

    def __init__(self, known: Knowledge, thing: Thing) -> None:
        self._known = known
        self.thing = thing

    @property
    def iri(self) -> IRI:
        """The IRI."""
        return self.thing.iri

    @property
    def name(self) -> str:
        """The name, in the project's own spelling."""
        return self.thing.name

    @property
    def slug(self) -> str:
        """The readable identifier: the last part of the IRI."""
        return self.thing.slug

    @property
    def facts(self) -> dict[IRI, tuple[Thing | Value, ...]]:
        """Every property but for its features, with the values by name; a value that has a label is a `Thing`."""
        return self._known.facts(self.iri)

    def values(self, attribute: str) -> tuple[Thing | Value, ...]:
        """Give the values of an attribute or of any property (`fwo:usedBy`)."""
        return self.facts.get(IRI(PROPERTIES.get(attribute, attribute)), ())

    def _things(self, attribute: str) -> tuple[Thing, ...]:
        return tuple(value for value in self.values(attribute) if isinstance(value, Thing))

    def _text(self, attribute: str) -> str | None:
        values = self.values(attribute)
        return str(values[0]) if values else None

    def _address(self, attribute: str) -> str | None:
        values = self.values(attribute)
        return values[0].full if values and isinstance(values[0], IRI) else None

    @property
    def description(self) -> str | None:
        """What it is, in a sentence."""
        return self._text("description")

    @property
    def kinds(self) -> tuple[str, ...]:
        """`framework`, `component`, both or neither."""
        roles = {str(iri_of(value)) for value in self.values("kinds")}
        return tuple(role for role in ("framework", "component") if f"fwo:{role.capitalize()}" in roles)

    @property
    def categories(self) -> tuple[Thing, ...]:
        """Its categories, such as micro-framework."""
        return self._things("categories")

    @property
    def status(self) -> str | None:
        """Its status on the day of the source, such as `active`."""
        values = self._things("status")
        return values[0].slug if values else None

    @property
    def since(self) -> object:
        """The day of its first release, or text where a month or a year is all that is known."""
        return next(iter(self.values("since")), None)

    @property
    def last_released(self) -> object:
        """The day of its newest release that is known."""
        return next(iter(self.values("last_released")), None)

    @property
    def latest_release(self) -> str | None:
        """The version of its newest final release that is known."""
        values = self._things("latest_release")
        return values[0].name.removeprefix(self.name).strip() if values else None

    @property
    def licence(self) -> str | None:
        """The SPDX identifier of its licence; several are joined by commas."""
        values = [str(iri_of(value)).removeprefix("spdx:") for value in self.values("licence")]
        return ", ".join(values) or None

    @property
    def requires_python(self) -> str | None:
        """The specifier of the Python versions that the newest release runs on."""
        return self._text("requires_python")

    @property
    def implements(self) -> tuple[Thing, ...]:
        """The specifications that it implements."""
        return self._things("implements")

    @property
    def builds_on(self) -> tuple[Thing, ...]:
        """The components that provide its core."""
        return self._things("builds_on")

    @property
    def depends_on(self) -> tuple[Thing, ...]:
        """What it needs at run time."""
        return self._things("depends_on")

    @property
    def integrates_with(self) -> tuple[Thing, ...]:
        """What it supports, and can do without."""
        return self._things("integrates_with")

    @property
    def inspired_by(self) -> tuple[Thing, ...]:
        """What influenced it, without code."""
        return self._things("inspired_by")

    @property
    def creators(self) -> tuple[Thing, ...]:
        """Who made it."""
        return self._things("creators")

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other spellings and former names."""
        return tuple(map(str, self.values("aliases")))

    @property
    def links(self) -> dict[str, str]:
        """Addresses by kind: homepage, documentation, repository, and the package URL."""
        found = {kind: self._address(kind) for kind in ("homepage", "documentation", "repository")}
        found["package"] = self._text("fwo:purl")
        return {kind: address for kind, address in found.items() if address}

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every feature that something is known of: how far it has it, and by what."""
        return tuple(self._known.cells(self.iri).values())

    @property
    def features(self) -> View:
        """The same as a table: group, feature, yes or no or through what."""
        group = self._known.features.group
        rows = [(c.feature.iri, group(c.feature.iri).name, c.feature.name, c.state, c.comment) for c in self.cells]
        facts = [self.feature_fact(cell) for cell in self.cells]
        columns = ("feature", "group", "name", "has", "comment")
        return View(self._known.dataset, f"Features of {self}", columns, rows, facts, hidden=("feature",))

    def feature_fact(self, cell: Cell) -> Fact:
        """Give the statement that a cell makes."""
        return (self.iri, IRI("fwo:lacksFeature" if cell.level == "none" else "fwo:hasFeature"), cell.feature.iri)

    @property
    def lineage(self) -> Lineage:
        """Where it comes from and what came of it."""
        return lineage(self._known, self.thing)

    @cached_property
    def releases(self) -> Releases:
        """Its releases, in order."""
        return Releases(self._known, self.thing)

    @property
    def appraisals(self) -> View:
        """What sources praise, regret or recommend it for."""
        asked = self._known.dataset.query(APPRAISALS, project=self.iri)
        rows = [(str(polarity).removeprefix("cat:"), comment, source) for _, polarity, comment, source in asked]
        return View(self._known.dataset, f"Appraisals of {self}", ("polarity", "comment", "source"), rows)

    def table(self) -> View:
        """Give every fact of the card as a table: property, value, and the value's name where it is a thing."""
        rows = [
            (predicate, iri_of(value), value.name if isinstance(value, Thing) else None)
            for predicate, values in sorted(self.facts.items())
            for value in values
        ]
        rows += [
            (predicate, feature, cell.feature.name)
            for cell in self.cells
            for _, predicate, feature in [self.feature_fact(cell)]
        ]
        facts = [(self.iri, predicate, value) for predicate, value, _ in rows]
        return View(self._known.dataset, f"Facts about {self}", ("property", "value", "name"), rows, facts)

    def sources(self, attribute: str | None = None) -> Rows:
        """Say who states what of it.

        Args:
            attribute: An attribute of the card (`builds_on`) or a property (`fwo:usedBy`); everything unless given.
        """
        if attribute is None:
            return sources_of(self._known.dataset, [(self.iri, None, None)])
        predicate = IRI(PROPERTIES.get(attribute, attribute))
        if predicate in ("fwo:hasFeature", "fwo:lacksFeature"):
            stated = [fact for fact in map(self.feature_fact, self.cells) if fact[1] == predicate]
        else:
            stated = [(self.iri, predicate, iri_of(value)) for value in self.values(attribute)]
        return sources_of(self._known.dataset, stated)

    def __str__(self) -> str:
        return self.name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Project | Thing) and self.iri == other.iri

    def __hash__(self) -> int:
        return hash(self.thing)

    def __repr__(self) -> str:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid(padding=(0, 2))
        for title, text in self._lines():
            grid.add_row(title, Text(text))
        console = Console(color_system=None, force_terminal=False, force_jupyter=False)
        with console.capture() as capture:
            console.print(Text(self._headline()), Text(self.description or ""), "", grid, sep="\n")
        return "\n".join(line.rstrip() for line in capture.get().rstrip().splitlines())

    def _repr_html_(self) -> str:
        from html import escape

        rows = "".join(f"<tr><th>{escape(title)}</th><td>{escape(text)}</td></tr>" for title, text in self._lines())
        return (
            f"<p><b>{escape(self._headline())}</b><br>{escape(self.description or '')}</p>"
            f"<table style='text-align: left'>{rows}</table>"
        )

    def _headline(self) -> str:
        return f"{self.name}, {' and '.join(self.kinds) or 'project'}  ({self.iri})"

    def _lines(self) -> Iterator[tuple[str, str]]:
        """What the card shows, line by line; nothing is said of what is not known."""
        last = f"{self.latest_release or ''} {f'({self.last_released})' if self.last_released else ''}".strip()
        single = {"since": self.since, "status": self.status, "newest release": last}
        single |= {"licence": self.licence, "Python": self.requires_python}
        yield from ((title, str(value)) for title, value in single.items() if value)
        for title, attribute in _LISTS.items():
            if things := self._things(attribute):
                yield title, ", ".join(thing.name for thing in things)
        yield from self._kin()
        if self.cells:
            yield "features", self._feature_counts()
        for _, number in self._known.dataset.query(RELEASES, project=self.iri):
            yield "releases", f"{number:,}"
        yield from self.links.items()

    def _kin(self) -> Iterator[tuple[str, str]]:
        told: dict[str, list[str]] = {}
        for edge in self._known.family.edges:
            if edge.child == self.iri:
                told.setdefault(WORDS[edge.relation], []).append(self._known.family.thing(edge.parent).name)
            elif edge.parent == self.iri:
                told.setdefault(_BACKWARDS[edge.relation], []).append(self._known.family.thing(edge.child).name)
        order = (*WORDS.values(), *_BACKWARDS.values())
        yield from ((title, ", ".join(told[title])) for title in order if title in told)

    def _feature_counts(self) -> str:
        counts: dict[str, int] = {}
        for cell in self.cells:
            if cell.level in YES:
                group = self._known.features.group(cell.feature.iri).name
                counts[group] = counts.get(group, 0) + 1
        lacking = [cell.feature.name for cell in self.cells if cell.level == "none"]
        told = ", ".join(f"{group} {number}" for group, number in counts.items())
        return told + (f"; not: {', '.join(lacking)}" if lacking else "")


_LISTS = {
    "categories": "categories",
    "implements": "implements",
    "builds on": "builds_on",
    "depends on": "depends_on",
    "bundles": "bundles",
    "runs on": "runs_on",
    "templates": "template_engine",
    "ORM": "orm",
    "forms": "form_library",
    "made by": "creators",
    "maintained by": "maintainers",
    "used by": "used_by",
}
_BACKWARDS = {
    "renamedFrom": "renamed to",
    "forkOf": "forked as",
    "rewriteOf": "rewritten as",
    "splitFrom": "split into",
    "successorOf": "succeeded by",
    "mergedInto": "joined by",
    "inspiredBy": "inspired",
}
