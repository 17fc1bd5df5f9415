"""Where facts are from, and where sources part.

A statement stands in the graph of each source that makes it. What the build concludes from others (a feature from its
cell, a dependency from releases, a broader property from a narrower one) is traced to the graphs that it was concluded
from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.results import Rows
from pyfwgraph.term import IRI, to_term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pyfwgraph.dataset import Dataset
    from pyfwgraph.term import Value

    Fact = tuple[IRI, IRI, Value]

STATED = """\
SELECT ?subject ?predicate ?object ?source { GRAPH ?source { ?subject ?predicate ?object } }
ORDER BY ?subject ?predicate ?object ?source"""

BY_NARROWER = """\
SELECT ?subject ?narrower ?object ?source ?label {
  ?narrower rdfs:subPropertyOf ?predicate ; rdfs:label ?label . GRAPH ?source { ?subject ?narrower ?object }
} ORDER BY ?source"""

BY_CELL = """\
SELECT ?subject ?object ?source ?level ?page {
  GRAPH ?source { ?cell fwo:project ?subject ; fwo:feature ?object ; fwo:level ?level
    OPTIONAL { ?cell dcterms:source ?page } }
} ORDER BY ?source ?page"""

BY_REQUIREMENT = """\
SELECT DISTINCT ?subject ?object ?source {
  GRAPH ?source { ?claim fwo:dependent ?subject ; fwo:dependency ?object }
} ORDER BY ?source"""

BY_RELEASES = """\
SELECT DISTINCT ?subject ?source { GRAPH ?source { ?release fwo:releaseOf ?subject } } ORDER BY ?source"""

SOURCES = """\
SELECT ?source ?title ?page ?read {
  ?source a fwo:Source .
  OPTIONAL { ?source dcterms:title ?title } OPTIONAL { ?source dcterms:source ?page }
  OPTIONAL { ?source fwo:dateRead ?read }
}"""

DISAGREEMENTS = """\
SELECT ?subject ?property ?value ?source ?concluded {
  { SELECT ?subject ?property {
      ?property fwo:singleValued true .
      FILTER(?property NOT IN (rdfs:label, dcterms:description))
      GRAPH ?any { ?subject ?property ?one }
  } GROUP BY ?subject ?property HAVING(COUNT(DISTINCT ?one) > 1) }
  UNION
  { SELECT DISTINCT ?subject ?property {
      ?property fwo:fromOneSource true .
      GRAPH ?this { ?subject ?property ?its } GRAPH ?that { ?subject ?property ?other }
      FILTER(?its != ?other) FILTER NOT EXISTS { GRAPH ?that { ?subject ?property ?its } }
  } }
  GRAPH ?source { ?subject ?property ?value }
  BIND(EXISTS { ?subject ?property ?value } AS ?concluded)
} ORDER BY ?subject ?property ?value ?source"""

FEATURE_DISAGREEMENTS = """\
SELECT ?subject ?property ?value ?source ?concluded {
  { SELECT ?subject ?property {
      GRAPH ?any { ?cell fwo:project ?subject ; fwo:feature ?property ; fwo:level ?one }
  } GROUP BY ?subject ?property HAVING(COUNT(DISTINCT ?one) > 1) }
  GRAPH ?source { ?cell fwo:project ?subject ; fwo:feature ?property ; fwo:level ?value }
  BIND(EXISTS { ?its fwo:project ?subject ; fwo:feature ?property ; fwo:level ?value } AS ?concluded)
} ORDER BY ?subject ?property ?value ?source"""

_COLUMNS = ("subject", "predicate", "object", "how", "source", "title", "page", "read")
_FEATURES = ("fwo:hasFeature", "fwo:lacksFeature")
_FROM_RELEASES = frozenset(
    f"fwo:{name}" for name in ("firstReleased", "lastReleased", "latestRelease", "requiresPython", "status")
) | {"dcterms:license"}


def sources(
    dataset: Dataset, subject: IRI | None = None, predicate: IRI | None = None, values: Collection[str] = ()
) -> Rows:
    """Say who states what: every statement of a source that matches, or that a matching conclusion rests on.

    Args:
        dataset: Where to ask.
        subject: Of which thing; any unless given.
        predicate: By which property; any unless given.
        values: With one of which values, IRIs or text of any language and datatype; any unless given.

    Returns:
        Rows of subject, predicate, object, how (`stated`, or what it rests on), source, title, page, day read.
    """
    rows = sources_of(dataset, [(subject, predicate, None)])
    if not values:
        return rows
    return Rows(rows.columns, [rows.cells[place] for place, row in enumerate(rows) if str(row["object"]) in values])


def sources_of(dataset: Dataset, facts: Iterable[tuple[IRI | None, IRI | None, Value | None]]) -> Rows:
    """Say who states each of some facts; see `sources`."""
    described = {source: rest for source, *rest in dataset.query(SOURCES)}
    found: dict[tuple[Value | None, ...], None] = {}
    for fact in facts:
        for subject, predicate, value, how, source, page in _trace(dataset, fact):
            title, address, read = described.get(source, (None, None, None))
            found[subject, predicate, value, how, source, title, page or address, read] = None
    return Rows(_COLUMNS, [tuple([None if v is None else to_term(v) for v in row]) for row in found])


def _trace(dataset: Dataset, fact: tuple[IRI | None, IRI | None, Value | None]) -> list[tuple[Value | None, ...]]:
    names = ("subject", "predicate", "object")
    bound = {name: value for name, value in zip(names, fact, strict=True) if value is not None}
    found: list[tuple[Value | None, ...]] = [
        (s, p, o, "stated", source, None) for s, p, o, source in dataset.query(STATED, bound)
    ]
    predicate = bound.pop("predicate", None)
    if predicate is None or "subject" not in bound:
        return found
    if predicate in _FEATURES:
        found += [
            (s, predicate, o, f"feature: {str(level).removeprefix('cat:')}", source, page)
            for s, o, source, level, page in dataset.query(BY_CELL, bound)
            if (level == "cat:none") == (predicate == "fwo:lacksFeature")
        ]
    found += [
        (s, predicate, o, f"stated as {label}", source, None)
        for s, _, o, source, label in dataset.query(BY_NARROWER, {**bound, "predicate": predicate})
    ]
    if predicate == "fwo:dependsOn":
        found += [
            (s, predicate, o, "a requirement of its releases", source, None)
            for s, o, source in dataset.query(BY_REQUIREMENT, bound)
        ]
    if predicate in _FROM_RELEASES:
        found += [
            (s, predicate, bound.get("object"), "its releases", source, None)
            for s, source in dataset.query(BY_RELEASES, {"subject": bound["subject"]})
        ]
    return found


def disagreements(dataset: Dataset, project: IRI | None = None) -> Rows:
    """Give what sources disagree on, where only one value can hold, and which value is concluded.

    Args:
        dataset: Where to ask.
        project: One project alone (its releases are left out then); all unless given.

    Returns:
        Rows of subject, property (a property, or the feature whose level is meant), value, source, concluded.

    >>> import pyfwgraph as fw
    >>> fw.load().disagreements("Glashammer").columns
    ('subject', 'property', 'value', 'source', 'concluded')
    """
    bound = {"subject": project} if project is not None else {}
    rows = [
        tuple(row)
        for query in (DISAGREEMENTS, FEATURE_DISAGREEMENTS)
        for row in dataset.query(query, bound)
        if str(row["subject"]).startswith(("fw:", "rel:"))
    ]
    columns = ("subject", "property", "value", "source", "concluded")
    return Rows(columns, [tuple(map(to_term, row)) for row in sorted(rows, key=lambda row: tuple(map(str, row)))])
