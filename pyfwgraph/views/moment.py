"""The whole graph as it stood on a day: what existed, where each project stood, what it required, what was alive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.term import IRI
from pyfwgraph.views.dependencies import Requirements, dependencies, dependents, impact
from pyfwgraph.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    import networkx

    from pyfwgraph.knowledge import Knowledge
    from pyfwgraph.names import Thing

EXISTED = """\
SELECT ?project ?name ?since ?framework {
  ?project a fwo:Project ; rdfs:label ?name ; fwo:firstReleased ?since .
  BIND(IF(EXISTS { ?project a fwo:Framework }, true, false) AS ?framework)
} ORDER BY ?name ?project"""

ENDINGS = ("discontinuation", "rename")
"""Kinds of event after which a project went on no longer, at least under its name."""
ACTIVE_DAYS, QUIET_DAYS = 365, 3 * 365
"""How old a newest final release may be for a project to count as active, and as quiet; older is dormant."""


class Moment(View):
    """What existed on a day: a row for each project that had been released by then.

    `state` is `active` (a final release within the year before), `quiet` (within three years), `dormant` (longer ago),
    `ended` (renamed or discontinued by an event before that day), or None where its releases are not known.

    >>> import pyfwgraph as fw
    >>> moment = fw.load().at("2012-06-01")
    >>> {row["name"]: row["version"] for row in moment.frameworks}["Flask"]
    '0.8'
    """

    def __init__(self, known: Knowledge, day: date) -> None:
        self._known, self.day = known, day
        rows = list(_rows(known, day))
        facts = [(row[0], IRI("fwo:firstReleased"), row[3]) for row in rows]
        columns = ("project", "name", "framework", "since", "version", "released", "state")
        super().__init__(known.dataset, f"On {day}", columns, rows, facts, hidden=("project",))

    @property
    def frameworks(self) -> View:
        """The frameworks among them."""
        return self.only(frameworks=True)

    @property
    def alive(self) -> View:
        """What had a final release within the year before, and had not ended."""
        return self.only(alive=True)

    def only(self, *, frameworks: bool = False, alive: bool = False) -> View:
        """Give the frameworks alone, what was alive alone, or what was both."""
        rows = [row for row in self if (row["framework"] or not frameworks) and (row["state"] == "active" or not alive)]
        if len(rows) == len(self):
            return self
        iris = {row["project"] for row in rows}
        facts = [fact for fact in self.facts if fact[0] in iris]
        told = ", ".join(name for name, wanted in (("frameworks", frameworks), ("alive", alive)) if wanted)
        return View(self._dataset, f"{self.title}: {told}", self.columns, rows, facts, hidden=self.hidden)

    def dependencies(self, project: object, *, transitive: bool = False) -> Requirements:
        """Give what a project required that day."""
        return dependencies(self._known, self._find(project), as_of=self.day, transitive=transitive)

    def dependents(self, project: object) -> Requirements:
        """Give who required a project that day."""
        return dependents(self._known, self._find(project), as_of=self.day)

    def impact(self, project: object) -> Requirements:
        """Give who would have been hit that day if a project had vanished."""
        return impact(self._known, self._find(project), as_of=self.day)

    def to_networkx(self, source: str | None = None, target: str | None = None) -> networkx.MultiDiGraph[str]:
        """Give who required whom that day as a directed multigraph; with columns named, the rows."""
        if source or target:
            return super().to_networkx(source, target)
        import networkx

        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=f"pyfwgraph on {self.day}")
        for row in self:
            given = {"label": row["name"], "released": row["since"], "version": row["version"], "status": row["state"]}
            graph.add_node(str(row["project"]), **{name: str(value) for name, value in given.items() if value})
        standing = self._known.standing(self.day)
        for project in standing:
            for run in self._known.runs_of(project):
                if run.dependency and run.scope == "runtime" and run.holds(standing[project].order):
                    for iri in (run.dependent, run.dependency):
                        graph.add_node(str(iri), label=self._known.family.thing(iri).name)
                    declared = {"relation": "requires", "specifier": run.specifier or ""}
                    graph.add_edge(str(run.dependent), str(run.dependency), **declared)
        return graph

    def _find(self, project: object) -> Thing:
        return self._known.find(project)


def _rows(known: Knowledge, day: date) -> Iterator[tuple[Any, ...]]:
    standing, ended = known.standing(day), _ended(known, day)
    for project, name, since, framework in known.dataset.query(EXISTED):
        if str(since) > day.isoformat():
            continue
        stands = standing.get(project)
        state = "ended" if project in ended else _state(stands.released, day) if stands else None
        version, released = (stands.version, stands.released) if stands else (None, None)
        yield project, name, framework, since, version, released, state


def _state(released: object, day: date) -> str | None:
    from datetime import date as day_type

    if not isinstance(released, day_type):
        return None
    age = (day - released).days
    return "active" if age <= ACTIVE_DAYS else "quiet" if age <= QUIET_DAYS else "dormant"


def _ended(known: Knowledge, day: date) -> set[IRI]:
    return {
        project
        for event in known.family.events
        if event.kind in ENDINGS and event.date and str(event.date) <= day.isoformat()
        for project in event.before
        if project not in event.after
    }
