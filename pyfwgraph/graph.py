"""The face: one object with a method for each thing a user does with the graph."""

from __future__ import annotations

from pyfwgraph.dataset import Dataset
from pyfwgraph.term import IRI

TYPE_CHECKING = False  # the module typing would cost a new process several milliseconds
if TYPE_CHECKING:
    import os
    from datetime import date
    from typing import Any

    import networkx
    import rdflib

    from pyfwgraph.knowledge import Knowledge
    from pyfwgraph.results import Rows
    from pyfwgraph.views.choice import Choice
    from pyfwgraph.views.comparison import Comparison
    from pyfwgraph.views.dependencies import Requirements
    from pyfwgraph.views.lineage import Lineage
    from pyfwgraph.views.moment import Moment
    from pyfwgraph.views.path import Path
    from pyfwgraph.views.project import Project
    from pyfwgraph.views.releases import Releases
    from pyfwgraph.views.view import View


class Graph(Dataset):
    """A knowledge graph of web frameworks, open for questions.

    Every view takes projects by any of their names (slug, label, alias, PyPI name, owner/name, CURIE, IRI) and gives a
    table that shows itself, turns into pandas or CSV, and names its sources by `sources()`.

    >>> import pyfwgraph as fw
    >>> g = fw.load()
    >>> "Starlette" in [row["name"] for row in g.answer("builds-on", project="FastAPI")]
    True
    """

    _kept: Knowledge | None = None

    @property
    def _known(self) -> Knowledge:
        if self._kept is None:
            from pyfwgraph.knowledge import Knowledge

            self._kept = Knowledge(self)
        return self._kept

    # Questions

    def answer(self, name: str, *, timeout: float | None = None, max_rows: int | None = None, **parameters: Any) -> Any:
        """Answer a competency question by its name.

        Args:
            name: A name that `questions()` lists.
            timeout: Seconds it may take.
            max_rows: Rows the answer may have.
            parameters: Values for the question's parameters; a project may be given by any of its names.

        Raises:
            UnknownName: There is no such question, parameter or project.

        >>> import pyfwgraph as fw
        >>> fw.load().answer("implementers", specification=fw.IRI("fw:asgi")).columns
        ('specification', 'project', 'name')
        """
        from pyfwgraph.catalogue import read_question
        from pyfwgraph.errors import UnknownName

        question = read_question(name)
        known = {parameter.name: parameter for parameter in question.parameters}
        for given in parameters:
            if given not in known:
                takes = ", ".join(known) or "no parameter"
                raise UnknownName(f"{name} has no parameter {given!r}; it takes {takes}", tuple(known))
        bindings = {p.name: self._value(parameters.get(p.name, p.default), p.is_text) for p in question.parameters}
        return self.query(question.sparql, bindings, timeout=timeout, max_rows=max_rows)

    def _value(self, value: object, is_text: bool) -> object:
        """Ground a parameter: text is text where that is asked for, else a CURIE, an IRI, or a project's name."""
        if is_text or not isinstance(value, str) or isinstance(value, IRI):
            return str(value).strip('"') if is_text else value
        iri = IRI(value)
        return iri if iri.full != value or "://" in value else self._known.find(value).iri

    def questions(self) -> Rows:
        """List the competency questions as rows of name and question."""
        from pyfwgraph.catalogue import question_names, read_question
        from pyfwgraph.results import Rows
        from pyfwgraph.term import to_term

        found = [read_question(name) for name in question_names()]
        return Rows(("name", "question"), [(to_term(q.name), to_term(q.question)) for q in found])

    # Projects

    def project(self, name: object) -> Project:
        """Give the card of a project: what it is, since when, what it builds on, can do, comes from and released.

        Args:
            name: Slug, name, alias, PyPI name, owner/name of the repository, CURIE or IRI.

        Raises:
            UnknownName: None has that name; the nearest three are suggested.

        >>> import pyfwgraph as fw
        >>> fw.load().project("repoze.bfg").slug
        'repoze-bfg'
        """
        from pyfwgraph.views.project import Project

        return Project(self._known, self._known.find(name))

    def frameworks(self, **conditions: object) -> View:
        """Give the frameworks that meet every condition.

        Args:
            conditions: `category`, `feature`, `lacks`, `builds_on`, `depends_on`, `integrates_with`, `inspired_by`,
                `descends_from`, `implements`, `status`, `licence`, `creator`, `maintainer`, each a name or a list of
                names that must all hold; `released_before`, `released_after`, `last_released_before`,
                `last_released_after`, each a date such as 2012 or 2012-06-01.

        Raises:
            UnknownName: There is no such condition or value; the nearest are suggested.

        >>> import pyfwgraph as fw
        >>> found = fw.load().frameworks(feature=["ORM", "admin interface"], released_before=2010)
        >>> "Django" in [row["name"] for row in found]
        True
        """
        from pyfwgraph.views.selection import frameworks

        return frameworks(self._known, conditions)

    def compare(self, *projects: object) -> Comparison:
        """Set projects side by side, fact by fact and feature by feature: yes, no, through what, or not known.

        >>> import pyfwgraph as fw
        >>> fw.load().compare("flask", "django", "fastapi").columns[2:]
        ('name', 'Flask', 'Django', 'FastAPI')
        """
        from pyfwgraph.views.comparison import compare

        return compare(self._known, [self.project(name) for name in projects])

    def similar(self, project: object, *, limit: int = 10) -> View:
        """Give the frameworks most like one by features and components, each with its score and why.

        >>> import pyfwgraph as fw
        >>> fw.load().similar("Flask", limit=1)[0]["name"]
        'Quart'
        """
        from pyfwgraph.views.similarity import similar

        return similar(self._known, self._known.find(project), limit=limit)

    def choose(self, *needs: str, limit: int = 10, **conditions: object) -> Choice:
        """Rank frameworks by how well they meet needs, and say why for each.

        Args:
            needs: Features, specifications, categories, statuses, or projects to work with, by name.
            limit: The number of candidates.
            conditions: What every candidate must meet; see `frameworks`.

        Raises:
            UnknownName: Nothing is called like a need; the nearest are suggested.

        >>> import pyfwgraph as fw
        >>> choice = fw.load().choose("WebSocket", "OpenAPI", implements="ASGI")
        >>> choice[0]["score"]
        1.0
        """
        from pyfwgraph.views.choice import choose

        return choose(self._known, needs, conditions, limit=limit)

    # Lineage

    def ancestors(self, project: object, *, influences: bool = False) -> View:
        """Give what a project descends from, step by step; with `influences` also what inspired it.

        >>> import pyfwgraph as fw
        >>> [row["how"] for row in fw.load().ancestors("Pyramid")][0]
        'Pyramid renamed from repoze.bfg'
        """
        from pyfwgraph.views.lineage import ancestors

        return ancestors(self._known, self._known.find(project), influences=influences)

    def descendants(self, project: object, *, influences: bool = False) -> View:
        """Give what descends from a project, step by step; with `influences` also what it inspired.

        >>> import pyfwgraph as fw
        >>> "Litestar" in [row["name"] for row in fw.load().descendants("Starlite")]
        True
        """
        from pyfwgraph.views.lineage import descendants

        return descendants(self._known, self._known.find(project), influences=influences)

    def lineage(self, project: object) -> Lineage:
        """Give every descent and influence around a project, dated, with events and pictures.

        >>> import pyfwgraph as fw
        >>> "rename" in [row["kind"] for row in fw.load().lineage("Pyramid").events]
        True
        """
        from pyfwgraph.views.lineage import lineage

        return lineage(self._known, self._known.find(project))

    def path(self, one: object, other: object) -> Path:
        """Say how two projects are related: the shortest chain of statements, in words.

        >>> import pyfwgraph as fw
        >>> print(fw.load().path("Flask", "itty"))
        Flask was inspired by Bottle; Bottle was inspired by itty.
        """
        from pyfwgraph.views.path import path

        return path(self._known, self._known.find(one), self._known.find(other))

    # Dependencies and releases

    def releases(self, project: object) -> Releases:
        """Give the releases of a project, oldest version first.

        >>> import pyfwgraph as fw
        >>> fw.load().releases("Flask")[0]["date"]
        datetime.date(2010, 4, 16)
        """
        from pyfwgraph.views.releases import Releases

        return Releases(self._known, self._known.find(project))

    def dependencies(
        self, project: object, *, as_of: date | str | None = None, transitive: bool = False, optional: bool = False
    ) -> Requirements:
        """Give what a project requires, by its newest final release or by the one of a day.

        Args:
            project: The project.
            as_of: A day, month or year (`2012-06-01`, `2012-06`, `2012`; the last day of it counts).
            transitive: Whether what the required projects require counts too.
            optional: Whether requirements of extras count too.

        >>> import pyfwgraph as fw
        >>> [row["name"] for row in fw.load().dependencies("Flask", as_of="2011")]
        ['Jinja2', 'Werkzeug']
        """
        from pyfwgraph.views.dependencies import dependencies, read_day

        found = self._known.find(project)
        return dependencies(self._known, found, as_of=read_day(as_of), transitive=transitive, optional=optional)

    def dependents(self, project: object, *, as_of: date | str | None = None, optional: bool = False) -> Requirements:
        """Give who requires a project, by the newest final releases or by those of a day.

        >>> import pyfwgraph as fw
        >>> "Pyramid" in [row["name"] for row in fw.load().dependents("WebOb", as_of="2011")]
        True
        """
        from pyfwgraph.views.dependencies import dependents, read_day

        return dependents(self._known, self._known.find(project), as_of=read_day(as_of), optional=optional)

    def impact(self, project: object, *, as_of: date | str | None = None) -> Requirements:
        """Give who would be hit if a project vanished, directly and through others.

        >>> import pyfwgraph as fw
        >>> {row["name"]: row["how"] for row in fw.load().impact("Werkzeug")}["Flask"]
        'directly'
        """
        from pyfwgraph.views.dependencies import impact, read_day

        return impact(self._known, self._known.find(project), as_of=read_day(as_of))

    def at(self, day: date | str) -> Moment:
        """Give the whole graph as it stood on a day: what existed, what it required, what was alive.

        >>> import pyfwgraph as fw
        >>> "Pylons" in [row["name"] for row in fw.load().at("2009-06-01").alive]
        True
        """
        from pyfwgraph.views.dependencies import read_day
        from pyfwgraph.views.moment import Moment

        read = read_day(day)
        assert read is not None
        return Moment(self._known, read)

    # Sources

    def sources(self, subject: object = None, predicate: str | None = None, object: object = None) -> Rows:  # noqa: A002
        """Say who states what: every statement of a source that matches, or that a matching conclusion rests on.

        Args:
            subject: A project by any name, or the CURIE or IRI of anything.
            predicate: A property by CURIE, IRI or label (`fwo:buildsOn`, `builds on`).
            object: A project, a CURIE or IRI, or a value as text.

        Raises:
            UnknownName: There is no such project or property; the nearest are suggested.

        >>> import pyfwgraph as fw
        >>> "stated" in [row["how"] for row in fw.load().sources("Klein", "builds on", "Twisted")]
        True
        """
        from pyfwgraph.views.provenance import sources

        known = self._known
        named = None if predicate is None else known.find(predicate, "property").iri
        values = () if object is None else (str(object), str(known.ground(object, strict=False)))
        return sources(self, known.ground(subject), named, values)

    def disagreements(self, project: object = None) -> Rows:
        """Give what sources disagree on where only one value can hold, and which value is concluded.

        >>> import pyfwgraph as fw
        >>> len(fw.load().disagreements("Flask")) > 0
        True
        """
        from pyfwgraph.views.provenance import disagreements

        return disagreements(self, None if project is None else self._known.find(project).iri)

    def smallest_cover(self) -> list[str]:
        """Give the smallest set of frameworks that together have every feature, as sorted CURIEs.

        >>> import pyfwgraph as fw
        >>> "fw:web2py" in fw.load().smallest_cover()
        True
        """
        from pyfwgraph.cover import smallest_cover

        return smallest_cover(self)

    # Other forms

    def to_rdflib(self) -> rdflib.Dataset:
        """Give an `rdflib.Dataset` over the same store, without a copy, with our prefixes bound.

        >>> import pyfwgraph as fw
        >>> len(fw.load().to_rdflib().default_graph) > 1000
        True
        """
        from pyfwgraph.export.rdflib_view import to_rdflib

        return to_rdflib(self._target)

    def to_networkx(self, kind: str = "all") -> networkx.MultiDiGraph[str]:
        """Give the graph as a directed multigraph of typed, dated nodes and edges.

        Args:
            kind: `lineage` (descent and influence), `dependencies` (declared requirements over their runs of releases),
                `features` (who has which), `builds-on`, or `all` for these and every other relation.

        Raises:
            ExportError: There is no such kind.

        >>> import pyfwgraph as fw
        >>> fw.load().to_networkx("lineage").has_edge("fw:pyramid", "fw:repoze-bfg")
        True
        """
        from pyfwgraph.export.networkx_graph import to_networkx

        return to_networkx(self, kind)

    def to_jsonld(self, project: object) -> dict[str, Any]:
        """Give one project as a tidy JSON-LD document, framed with our context inline.

        >>> import pyfwgraph as fw
        >>> fw.load().to_jsonld("Klein")["label"]
        'Klein'
        """
        from pyfwgraph.export.frame import to_jsonld

        return to_jsonld(self, self._known.find(project).iri)

    def export(self, form: str, output: str | os.PathLike[str]) -> int:
        """Write the dataset in one form, or in every form.

        Args:
            form: `nquads`, `trig`, `turtle`, `jsonld`, `jsonld-claims`, `csv`, `sqlite`, `parquet`, `graphml` or
                `gexf`; `all` for every one of them with checksums, a description and a README.
            output: The file or folder; it appears when it is whole.

        Returns:
            The number of quads written; of relations for `graphml` and `gexf`.

        Raises:
            ExportError: There is no such form, or it cannot be written there.
        """
        from pyfwgraph.export.bundle import export_all
        from pyfwgraph.export.dump import write_dump

        return export_all(self._target, output).quads if form == "all" else write_dump(self._target, form, output)
