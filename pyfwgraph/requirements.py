"""What releases required: each declaration with the run of releases that made it, and which release stood on a day.

On a day a project stands at its newest final release of that day or before whose manifest was read. A declaration holds
there when the release lies in its run. Both are read by one query each and matched in memory, so that a whole graph of
another day costs two questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from pyfwgraph.dataset import Dataset
    from pyfwgraph.term import IRI

RUNS = """\
SELECT ?dependent ?node ?dependency ?distribution ?specifier ?marker ?extra ?scope ?since ?from ?to {
  ?node fwo:dependent ?dependent ; fwo:distribution ?distribution ; fwo:scope ?scope ; fwo:sinceRelease ?first .
  ?first fwo:releaseOrder ?from ; doap:revision ?since .
  OPTIONAL { ?node fwo:dependency ?dependency } OPTIONAL { ?node fwo:specifier ?specifier }
  OPTIONAL { ?node fwo:marker ?marker } OPTIONAL { ?node fwo:extra ?extra }
  OPTIONAL { ?node fwo:untilRelease ?last . ?last fwo:releaseOrder ?to }
} ORDER BY ?dependent ?distribution ?from ?node ?extra"""

STANDING_NOW = """\
SELECT ?project ?order ?version ?date {
  ?project fwo:latestRelease ?release .
  ?release fwo:commit ?commit ; fwo:releaseOrder ?order ; doap:revision ?version ; dcterms:issued ?date .
}"""

STANDING_BEFORE = """\
SELECT ?project ?order ?version ?date {
  { SELECT ?project (MAX(?place) AS ?order) {
      ?project fwo:latestRelease ?newest . FILTER NOT EXISTS { ?newest fwo:commit ?commit }
      ?any fwo:releaseOf ?project ; fwo:commit ?read ; fwo:releaseOrder ?place ; fwo:preRelease false .
  } GROUP BY ?project }
  ?release fwo:releaseOf ?project ; fwo:releaseOrder ?order ; doap:revision ?version ; dcterms:issued ?date .
}"""

STANDING_THEN = """\
SELECT ?day ?project ?newest ?version ?last {
  { SELECT ?day ?project (MAX(?order) AS ?newest) (MAX(?date) AS ?last) {
      ?any fwo:commit ?commit ; fwo:releaseOf ?project ; fwo:releaseOrder ?order ; fwo:preRelease false ;
        dcterms:issued ?date .
      FILTER(STR(?date) <= STR(?day))
  } GROUP BY ?day ?project }
  ?release fwo:releaseOf ?project ; fwo:releaseOrder ?newest ; doap:revision ?version .
}"""


class Run(NamedTuple):
    """One requirement over the releases that declare it the same way; orders are those of the dependent's releases."""

    node: IRI
    dependent: IRI
    dependency: IRI | None
    distribution: str
    specifier: str | None
    marker: str | None
    extra: str | None
    scope: str
    since: str
    start: int
    end: int | None

    def holds(self, order: int) -> bool:
        """Whether the release of that order declares it."""
        return self.start <= order and (self.end is None or order <= self.end)


class Standing(NamedTuple):
    """Where a project stands: order and version of its newest final release, and the last day of a final release."""

    order: int
    version: str
    released: object


def read_runs(dataset: Dataset, dependent: IRI | None = None) -> list[Run]:
    """Give every requirement ever declared, or those of one project."""
    bound = {"dependent": dependent} if dependent is not None else {}
    found: dict[IRI, Run] = {}
    for row in dataset.query(RUNS, bound):
        dependent_, node, dependency, distribution, specifier, marker, extra, scope, since, start, end = row
        several = f"{found[node].extra}, {extra}" if node in found and extra else extra
        found[node] = Run(
            node, dependent_, dependency, str(distribution), specifier, marker, several,
            scope.removeprefix("cat:"), str(since), start, end,
        )  # fmt: skip
    return list(found.values())


def read_standing(dataset: Dataset, day: date | None = None) -> dict[IRI, Standing]:
    """Give where each project stood at the end of a day, or stands now, by the releases that were read."""
    if day is None:
        rows = [tuple(row) for query in (STANDING_BEFORE, STANDING_NOW) for row in dataset.query(query)]
    else:
        rows = [tuple(row)[1:] for row in dataset.query(STANDING_THEN, day=day.isoformat())]
    return {project: Standing(order, str(version), released) for project, order, version, released in rows}
