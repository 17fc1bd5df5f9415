"""Frameworks by what they are and can do: each condition becomes a pattern of one query, its value a bound term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.errors import UnknownName
from pyfwgraph.term import IRI
from pyfwgraph.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyfwgraph.dataset import Dataset
    from pyfwgraph.knowledge import Knowledge
    from pyfwgraph.views.provenance import Fact

PATTERNS = {
    "category": ("category", "?project fwo:category {v} ."),
    "feature": ("feature", "?project fwo:hasFeature {v} ."),
    "lacks": ("feature", "?project fwo:lacksFeature {v} ."),
    "builds_on": ("project", "?project fwo:buildsOn {v} ."),
    "depends_on": ("project", "?project fwo:dependsOn {v} ."),
    "integrates_with": ("project", "?project fwo:integratesWith {v} ."),
    "inspired_by": ("project", "?project fwo:inspiredBy {v} ."),
    "descends_from": ("project", "?project fwo:descendsFrom {v} ."),
    "implements": ("specification", "?project fwo:implements {v} ."),
    "status": ("status", "?project fwo:status {v} ."),
    "licence": ("licence", "?project dcterms:license {v} ."),
    "creator": ("person", "?project dcterms:creator {v} ."),
    "maintainer": ("organisation", "?project doap:maintainer {v} ."),
}
"""Each condition on things: what its values are, and its pattern; `{v}` stands for the bound variable."""

DATES = {
    "released_before": "?project fwo:firstReleased ?{n} . FILTER(STR(?{n}) < STR({v}))",
    "released_after": "?project fwo:firstReleased ?{n} . FILTER(STR(?{n}) >= STR({v}))",
    "last_released_before": "?project fwo:lastReleased ?{n} . FILTER(STR(?{n}) < STR({v}))",
    "last_released_after": "?project fwo:lastReleased ?{n} . FILTER(STR(?{n}) >= STR({v}))",
}
"""Each condition on a date (`2012`, `2012-06` or `2012-06-01`): before it, or on it and after."""

CONDITIONS = (*PATTERNS, *DATES)

SELECT = """\
SELECT DISTINCT VARIABLES ?project ?name ?since ?status ?summary {
  ?project a fwo:Framework . PATTERN
  ?project rdfs:label ?name .
  OPTIONAL { ?project fwo:firstReleased ?since } OPTIONAL { ?project fwo:status ?status }
  OPTIONAL { ?project dcterms:description ?summary }
} ORDER BY ?name ?project"""

LICENCES = """\
SELECT DISTINCT ?licence { ?project dcterms:license ?licence ; a fwo:Project } ORDER BY ?licence"""


def frameworks(known: Knowledge, conditions: dict[str, object]) -> View:
    """Give the frameworks that meet every condition.

    Args:
        known: Where to ask.
        conditions: Values by the names in `CONDITIONS`; several values for one (a list or tuple) must all hold.

    Raises:
        UnknownName: There is no such condition or value; the nearest are suggested.
    """
    patterns, bound, facts = [], {}, []
    for number, (condition, value) in enumerate(_each(conditions)):
        variable = f"v{number}"
        if condition in DATES:
            bound[variable] = _date(condition, value)
            patterns.append(DATES[condition].format(v=f"?{variable}", n=f"d{number}"))
        else:
            kind, pattern = PATTERNS[condition]
            bound[variable] = _licence(known.dataset, value) if kind == "licence" else known.find(value, kind).iri
            patterns.append(pattern.format(v=f"?{variable}"))
            facts.append((IRI(pattern.split()[1]), bound[variable]))
    variables = " ".join(f"?{name}" for name in bound)
    sparql = SELECT.replace("VARIABLES", variables).replace("PATTERN", " ".join(patterns))
    rows = [row[len(bound) :] for row in known.dataset.query(sparql, bound)]
    shown: list[tuple[object, ...]] = [(*row[:3], row[3] and row[3].removeprefix("cat:"), row[4]) for row in rows]
    stated: list[Fact] = [(row[0], predicate, value) for row in rows for predicate, value in facts]
    columns = ("project", "name", "since", "status", "summary")
    return View(known.dataset, _title(conditions), columns, _once(shown), stated, hidden=("project",))


def _each(conditions: dict[str, object]) -> Iterator[tuple[str, object]]:
    for condition, value in conditions.items():
        if condition not in CONDITIONS:
            import difflib

            nearest = tuple(difflib.get_close_matches(condition, CONDITIONS, n=3, cutoff=0.0))
            raise UnknownName(f"no condition is called {condition!r}; the nearest are {', '.join(nearest)}", nearest)
        values = value if isinstance(value, list | tuple | set | frozenset) else (value,)
        for one in values:
            if one is not None:
                yield condition, one


def _licence(dataset: Dataset, value: object) -> IRI:
    known = {str(row[0]).removeprefix("spdx:").lower(): row[0] for row in dataset.query(LICENCES)}
    asked = str(value).removeprefix("spdx:").lower()
    if asked not in known:
        import difflib

        nearest = tuple(
            str(known[key]).removeprefix("spdx:") for key in difflib.get_close_matches(asked, known, n=3, cutoff=0.0)
        )
        raise UnknownName(f"no project has the licence {value!r}; the nearest are {', '.join(nearest)}", nearest)
    found: IRI = known[asked]
    return found


def _date(condition: str, value: object) -> str:
    text = str(value)
    parts = text.split("-")
    if not (1 <= len(parts) <= 3 and len(parts[0]) == 4 and all(part.isdigit() for part in parts)):
        raise UnknownName(f"{condition} takes a date such as 2012, 2012-06 or 2012-06-01, not {text!r}")
    return text


def _title(conditions: dict[str, object]) -> str:
    told = [f"{name.replace('_', ' ')} {_words(value)}" for name, value in conditions.items() if value is not None]
    return "Frameworks" + (": " + ", ".join(told) if told else "")


def _words(value: object) -> str:
    return " and ".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else str(value)


def _once(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """One row a project: a second status or date would repeat it."""
    return list({row[0]: row for row in reversed(rows)}.values())[::-1]
