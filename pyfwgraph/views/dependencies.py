"""Who requires whom: today or on any day, directly or through others, and who would be hit if a component vanished."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pyfwgraph.errors import UnknownName
from pyfwgraph.names import Thing
from pyfwgraph.requirements import Run, Standing, read_runs
from pyfwgraph.term import IRI
from pyfwgraph.views.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import networkx
    from matplotlib.axes import Axes

    from pyfwgraph.export.picture.drawing import Drawing
    from pyfwgraph.knowledge import Knowledge
    from pyfwgraph.views.provenance import Fact

STATED = """\
SELECT ?project ?dependency { ?project fwo:dependsOn ?dependency } ORDER BY ?project ?dependency"""

_RUN = ("specifier", "marker", "extra", "scope", "since")
DEPENDENCIES = ("project", "name", "distribution", *_RUN, "steps", "required_by")
DEPENDENTS = ("project", "name", "specifier", "marker", "scope", "since", "version", "released")
IMPACT = ("project", "name", "steps", "how")


class Requirements(View):
    """Requirements as a table; `to_networkx()`, `to_mermaid()`, `to_svg()` and `plot()` draw them."""

    edges: tuple[tuple[Thing, Thing, str], ...] = ()

    def to_networkx(self, source: str | None = None, target: str | None = None) -> networkx.MultiDiGraph[str]:
        """Give the requirements as a directed multigraph; with columns named, the rows."""
        if source or target:
            return super().to_networkx(source, target)
        import networkx

        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=self.title)
        for one, other, specifier in self.edges:
            for thing in (one, other):
                graph.add_node(str(thing.iri), label=thing.name, slug=thing.slug, kind="project")
            graph.add_edge(str(one.iri), str(other.iri), key="requires", relation="requires", specifier=specifier)
        return graph

    def to_mermaid(self) -> str:
        """Give the requirements as a Mermaid flowchart."""
        from pyfwgraph.export.picture import dependency_mermaid

        return dependency_mermaid(self.to_networkx())

    def to_svg(self) -> str:
        """Give the requirements as layers in SVG."""
        from pyfwgraph.export.picture import to_svg

        return to_svg(self._drawing())

    def plot(self, axes: Axes | None = None) -> Axes:
        """Draw the requirements with matplotlib (needs `pip install 'pyfwgraph[notebook]'`); give the axes."""
        from pyfwgraph.export.picture import to_axes

        return to_axes(self._drawing(), axes)

    def _drawing(self) -> Drawing:
        from pyfwgraph.export.picture import dependency_drawing

        return dependency_drawing(self.to_networkx(), title=self.title)


def read_day(text: date | str | None) -> date | None:
    """Give the day that a text means: the last day of a year (`2012`) or month (`2012-06`), or the day itself.

    Raises:
        UnknownName: It is no date.

    >>> read_day("2012-02"), read_day("2012")
    (datetime.date(2012, 2, 29), datetime.date(2012, 12, 31))
    """
    import calendar

    if text is None or isinstance(text, date):
        return text
    parts = text.split("-")
    try:
        year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else 12
        if len(parts) < 3:
            return date(year, month, calendar.monthrange(year, month)[1])
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no date: write a day (2012-06-01), a month (2012-06) or a year (2012)"
        raise UnknownName(message) from None


def dependencies(
    known: Knowledge, project: Thing, *, as_of: date | None = None, transitive: bool = False, optional: bool = False
) -> Requirements:
    """Give what a project requires, by its newest final release or by the one of a day.

    Args:
        known: Where to ask.
        project: The project.
        as_of: The day; the newest release of all unless given.
        transitive: Whether what the required projects require counts too.
        optional: Whether requirements of extras count too.
    """
    standing = known.standing(as_of)
    rows: list[tuple[object, ...]] = []
    edges: list[tuple[Thing, Thing, str]] = []
    facts: list[Fact] = []
    level, seen, steps = [project], {project.iri}, 0
    while level:
        steps += 1
        reached: list[Thing] = []
        for one in level:
            for run in _declared(known, one, standing, dated=as_of is not None, every=transitive):
                if run.scope != "runtime" and not (optional and steps == 1):
                    continue
                other = _required(known, run)
                rows.append((run.dependency, other.name, *run[3:9], steps, one.name))
                edges.append((one, other, run.specifier or ""))
                if run.dependency:
                    facts.append((one.iri, IRI("fwo:dependsOn"), other.iri))
                if other.iri not in seen:
                    seen.add(other.iri)
                    reached.append(other)
        level = reached if transitive else []
    hidden = ["project", *([] if transitive else ["steps", "required_by"]), *([] if optional else ["extra", "scope"])]
    stands = f"{project} {standing[project.iri].version}" if project.iri in standing else str(project)
    title = f"What {stands} requires" + _when(as_of) + (", and what that requires" if transitive else "")
    view = Requirements(known.dataset, title, DEPENDENCIES, rows, facts, hidden=hidden)
    view.edges = tuple(dict.fromkeys(edges))
    return view


def _required(known: Knowledge, run: Run) -> Thing:
    """What a requirement asks for: a project, or a distribution that nothing more is known of."""
    if run.dependency is not None:
        return known.family.thing(run.dependency)
    return Thing(IRI(f"pkg:pypi/{run.distribution.lower().replace('_', '-')}"), run.distribution)


def _declared(
    known: Knowledge, project: Thing, standing: dict[IRI, Standing], *, dated: bool, every: bool
) -> Iterable[Run]:
    """What a project's standing release declares; where no release tells, what is stated of the project."""
    runs = known.runs_of(project.iri) if every else read_runs(known.dataset, project.iri)
    if runs and project.iri in standing:
        return [run for run in runs if run.holds(standing[project.iri].order)]
    if dated:
        return []
    stated = known.dataset.query(STATED, project=project.iri)
    return [
        Run(project.iri, project.iri, value, known.family.thing(value).name, *(None,) * 3, "runtime", "", 0, None)
        for _, value in stated
    ]


def dependents(known: Knowledge, project: Thing, *, as_of: date | None = None, optional: bool = False) -> Requirements:
    """Give who requires a project, by the newest final releases or by those of a day."""
    standing = known.standing(as_of)
    rows: list[tuple[object, ...]] = []
    edges, facts, told = [], [], set()
    for run in known.runs_on(project.iri):
        stands = standing.get(run.dependent)
        if stands and run.holds(stands.order) and (optional or run.scope == "runtime"):
            one = known.family.thing(run.dependent)
            told.add(one.iri)
            rows.append((one.iri, one.name, *run[5:7], *run[8:10], stands.version, stands.released))
            edges.append((one, project, run.specifier or ""))
            facts.append((one.iri, IRI("fwo:dependsOn"), project.iri))
    for one_iri in known.users(project.iri) if as_of is None else ():
        if one_iri not in told:
            one = known.family.thing(one_iri)
            rows.append((one.iri, one.name, None, None, "runtime", None, None, None))
            edges.append((one, project, ""))
            facts.append((one.iri, IRI("fwo:dependsOn"), project.iri))
    rows.sort(key=lambda row: (str(row[1]).lower(), str(row[0])))
    hidden = ["project", *([] if optional else ["scope"])]
    view = Requirements(known.dataset, f"Who requires {project}{_when(as_of)}", DEPENDENTS, rows, facts, hidden=hidden)
    view.edges = tuple(dict.fromkeys(edges))
    return view


def impact(known: Knowledge, project: Thing, *, as_of: date | None = None) -> Requirements:
    """Give who would be hit if a project vanished: who requires it, and who requires those, step by step."""
    users = _users(known, as_of)
    rows, edges, facts = [], [], []
    level, seen, steps = [project.iri], {project.iri: ""}, 0
    while level:
        steps += 1
        reached: list[IRI] = []
        for required in level:
            for user in users(required):
                edges.append((known.family.thing(user), known.family.thing(required), ""))
                facts.append((user, IRI("fwo:dependsOn"), required))
                if user not in seen:
                    chain = (known.family.thing(required).name, seen[required]) if required != project.iri else ()
                    seen[user] = " → ".join(filter(None, chain))
                    reached.append(user)
        for user in sorted(reached, key=lambda iri: known.family.thing(iri).name.lower()):
            how = "directly" if steps == 1 else f"through {seen[user]}"
            rows.append((user, known.family.thing(user).name, steps, how))
        level = reached
    title = f"Who would be hit if {project} vanished{_when(as_of)}"
    view = Requirements(known.dataset, title, IMPACT, rows, facts, hidden=("project",))
    view.edges = tuple(dict.fromkeys(edges))
    return view


def _users(known: Knowledge, as_of: date | None) -> Callable[[IRI], Sequence[IRI]]:
    if as_of is None:
        return known.users
    standing = known.standing(as_of)

    def users(required: IRI) -> list[IRI]:
        found = {
            run.dependent: None
            for run in known.runs_on(required)
            if run.scope == "runtime" and run.dependent in standing and run.holds(standing[run.dependent].order)
        }
        return sorted(found)

    return users


def _when(as_of: date | None) -> str:
    return f" on {as_of}" if as_of else ""
