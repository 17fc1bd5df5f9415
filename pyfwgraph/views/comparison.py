"""Projects side by side, feature by feature: yes, no, through what, and unknown are four different things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.errors import UnknownName
from pyfwgraph.names import iri_of
from pyfwgraph.term import IRI
from pyfwgraph.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from pyfwgraph.export.picture.drawing import Drawing
    from pyfwgraph.knowledge import Knowledge
    from pyfwgraph.views.project import Project

GENERAL = {
    "since": "since",
    "last release": "last_released",
    "status": "status",
    "licence": "licence",
    "Python": "requires_python",
    "categories": "categories",
    "implements": "implements",
    "builds on": "builds_on",
    "inspired by": "inspired_by",
}
"""What is compared besides features: the title of each row, and the attribute of a project's card."""

_STATES = {
    "built-in": "built in",
    "official-extension": "official extension",
    "third-party": "third party",
    "planned": "planned",
    "none": "no",
}


class Comparison(View):
    """Projects side by side: a row for each fact or feature, a column for each project.

    A cell says `yes`, `no`, `extension: …` or `through …` (which component brings it); an empty cell (None) means that
    no source says. `to_svg()` and `plot()` draw the features as a matrix.

    >>> import pyfwgraph as fw
    >>> comparison = fw.load().compare("Flask", "Django")
    >>> {row["name"]: (row["Flask"], row["Django"]) for row in comparison}["Schema migrations"]
    (None, 'yes')
    """

    most_shown = 500

    def __init__(self, known: Knowledge, projects: Sequence[Project]) -> None:
        self.projects = tuple(projects)
        self._known = known
        rows = [*self._general(), *self._features()]
        facts = [project.feature_fact(cell) for project in self.projects for cell in project.cells]
        facts += [
            (project.iri, IRI(property_), iri_of(value))
            for project in self.projects
            for property_ in ("fwo:buildsOn", "fwo:implements", "fwo:category", "dcterms:license", "fwo:status")
            for value in project.values(property_)
        ]
        title = " and ".join((", ".join(map(str, self.projects[:-1])), str(self.projects[-1])))
        columns = ("group", "feature", "name", *_distinct(self.projects))
        super().__init__(known.dataset, title, columns, rows, facts, hidden=("feature",))

    def _general(self) -> Iterator[tuple[object, ...]]:
        for title, attribute in GENERAL.items():
            values = [_words(getattr(project, attribute)) for project in self.projects]
            if any(values):
                yield ("General", None, title, *values)

    def _features(self) -> Iterator[tuple[object, ...]]:
        tree = self._known.features
        cells = [{cell.feature.iri: cell for cell in project.cells} for project in self.projects]
        for feature in sorted({feature for own in cells for feature in own}, key=tree.place):
            states = [own[feature].state if feature in own else None for own in cells]
            yield (tree.group(feature).name, feature, tree.things[feature].name, *states)

    def differences(self) -> Comparison:
        """Give the rows alone in which the projects do not say the same."""
        kept = object.__new__(Comparison)
        kept.__dict__.update(self.__dict__)
        kept.cells = [cells for cells in self.cells if len(set(cells[3:])) > 1]
        kept.title = f"Where {self.title} differ"
        return kept

    def to_svg(self) -> str:
        """Give the features as a matrix in SVG."""
        from pyfwgraph.export.picture import to_svg

        return to_svg(self._drawing())

    def plot(self, axes: Axes | None = None) -> Axes:
        """Draw the features as a matrix with matplotlib (needs `pip install 'pyfwgraph[notebook]'`); give the axes."""
        from pyfwgraph.export.picture import to_axes

        return to_axes(self._drawing(), axes)

    def _drawing(self) -> Drawing:
        from pyfwgraph.export.picture import Group, Matrix, MatrixCell, MatrixRow, matrix_drawing

        tree = self._known.features
        cells = [{cell.feature.iri: cell for cell in project.cells} for project in self.projects]
        groups: dict[str, list[MatrixRow]] = {}
        for feature in sorted({feature for own in cells for feature in own}, key=tree.place):
            found = [own.get(feature) for own in cells]
            shown = tuple(
                MatrixCell(_STATES.get(cell.level, "unknown"), ", ".join(thing.name for thing in cell.via))
                if cell
                else MatrixCell("unknown", "")
                for cell in found
            )
            groups.setdefault(tree.group(feature).name, []).append(MatrixRow(tree.things[feature].name, shown))
        names = _distinct(self.projects)
        return matrix_drawing(Matrix(names, tuple(Group(label, tuple(rows)) for label, rows in groups.items())))


def compare(known: Knowledge, projects: Sequence[Project]) -> Comparison:
    """Set projects side by side.

    Raises:
        UnknownName: Fewer than two are given.
    """
    if len(projects) < 2:
        raise UnknownName("a comparison takes two projects or more: compare('flask', 'django')")
    return Comparison(known, projects)


def _words(value: object) -> str | None:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or None
    return None if value is None else str(value)


def _distinct(projects: Sequence[Project]) -> tuple[str, ...]:
    """The projects' names, or slugs where two have the same name."""
    names = [project.name for project in projects]
    return tuple(p.name if names.count(p.name) == 1 else p.slug for p in projects)
