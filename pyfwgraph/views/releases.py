"""The releases of a project, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.term import IRI
from pyfwgraph.views.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pyfwgraph.export.picture.drawing import Drawing
    from pyfwgraph.knowledge import Knowledge
    from pyfwgraph.names import Thing

RELEASES = """\
SELECT ?project ?release ?version ?date ?pre ?python ?licence ?order {
  ?release fwo:releaseOf ?project ; doap:revision ?version .
  OPTIONAL { ?release dcterms:issued ?date } OPTIONAL { ?release fwo:preRelease ?pre }
  OPTIONAL { ?release fwo:requiresPython ?python } OPTIONAL { ?release dcterms:license ?licence }
  OPTIONAL { ?release fwo:releaseOrder ?order }
} ORDER BY ?order ?version ?licence"""

COLUMNS = ("release", "version", "date", "pre_release", "python", "licence", "order")


class Releases(View):
    """The releases of a project, a row for each, oldest version first; `to_svg()` and `plot()` draw them.

    >>> import pyfwgraph as fw
    >>> fw.load().releases("Flask")[0]["version"]
    '0.1'
    """

    def __init__(self, known: Knowledge, project: Thing) -> None:
        rows: dict[IRI, tuple[object, ...]] = {}
        for _, release, version, date, pre, python, licence, order in known.dataset.query(RELEASES, project=project):
            several = f"{rows[release][5]}, {licence}" if release in rows else licence
            rows[release] = (release, version, date, pre, python, several, order)
        facts = [(release, IRI("fwo:releaseOf"), project.iri) for release in rows]
        self.project = project
        super().__init__(
            known.dataset, f"Releases of {project}", COLUMNS, rows.values(), facts, hidden=("release", "order")
        )

    @property
    def newest(self) -> str | None:
        """The version of the newest final release, or of the newest where all are pre-releases."""
        final = [row["version"] for row in self if not row["pre_release"]] or [row["version"] for row in self]
        return str(final[-1]) if final else None

    def to_svg(self) -> str:
        """Give the releases through time in SVG."""
        from pyfwgraph.export.picture import to_svg

        return to_svg(self._drawing())

    def plot(self, axes: Axes | None = None) -> Axes:
        """Draw the releases through time with matplotlib (needs `pip install 'pyfwgraph[notebook]'`); give the axes."""
        from pyfwgraph.export.picture import to_axes

        return to_axes(self._drawing(), axes)

    def _drawing(self) -> Drawing:
        from pyfwgraph.export.picture import release_drawing

        rows = [(row["version"], str(row["date"] or ""), bool(row["pre_release"])) for row in self]
        return release_drawing([(self.project.name, *row) for row in rows], title=self.title)
