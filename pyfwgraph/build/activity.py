"""Whether a project was alive, as its repository's snapshot shows it: a rule, and the day it holds for.

What the repository itself says comes first: closed, not maintained by anybody, or left for another place is archived.
Else the age of the newest final release on the day of the snapshot decides: up to a year is active, up to three quiet,
more dormant. The day is the snapshot's and never today's, so the same data give the same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from pyfwgraph.build.release import Release, lexical
from pyfwgraph.corpus import Claim, iri
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE

if TYPE_CHECKING:
    from pyfwgraph.build.conclude import Conclusions
    from pyfwgraph.build.weight import Weights

FWO, CAT, SOSA, XSD = (PREFIXES[prefix] for prefix in ("fwo", "cat", "sosa", "xsd"))
SNAPSHOT = PREFIXES["src"] + "repository-"
ACTIVE_DAYS = 365
QUIET_DAYS = 3 * 365
_ENDED = [f"<{CAT}{name}>" for name in ("archived", "unmaintained", "discontinued", "superseded")]


def activity(newest: date, snapshot: date) -> str:
    """Give `active`, `quiet` or `dormant` for the day of a newest final release and of a snapshot.

    >>> activity(date(2019, 3, 1), date(2020, 1, 1)), activity(date(2010, 3, 1), date(2020, 1, 1))
    ('active', 'dormant')
    """
    age = (snapshot - newest).days
    return "active" if age <= ACTIVE_DAYS else "quiet" if age <= QUIET_DAYS else "dormant"


def find_closed(claims: Iterable[Claim]) -> set[tuple[str, str]]:
    """Give each project and snapshot where the repository itself says that work has ended there."""
    return {
        (claim.subject, claim.graph)
        for claim in claims
        if claim.predicate == FWO + "status" and claim.object in _ENDED and claim.graph.startswith(SNAPSHOT)
    }


def conclude_activity(
    project: str, releases: list[Release], closed: set[tuple[str, str]], weights: Weights, conclusions: Conclusions
) -> None:
    """Add a dated observation for each snapshot of a project."""
    sources = {s for release in releases for s in release.sources if s.startswith(SNAPSHOT)}
    for source in sorted(sources | {source for subject, source in closed if subject == project}):
        days = [lexical(release.issued) for release in releases if release.is_final and source in release.sources]
        known = [date.fromisoformat(day) for day in days if len(day) == len("2000-01-01")]
        day = weights.date(source)
        if day and (project, source) in closed:
            _add(project, source, day, "archived", conclusions)
        elif day and known:
            _add(project, source, day, activity(max(known), date.fromisoformat(day)), conclusions)


def find_statuses(conclusions: Conclusions) -> dict[str, dict[str, frozenset[str]]]:
    """Give the status of each project that sources state, with these sources."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for (subject, predicate, value), sources in conclusions.triples.items():
        if predicate == FWO + "status":
            found.setdefault(subject, {})[value] = sources
    return found


def find_renamed(conclusions: Conclusions) -> dict[str, frozenset[str]]:
    """Give the projects that go by another name now, with the sources that say so."""
    found: dict[str, frozenset[str]] = {}
    for (_, predicate, value), sources in conclusions.triples.items():
        if predicate == FWO + "renamedFrom":
            found[iri(value)] = found.get(iri(value), frozenset()) | sources
    return found


def conclude_status(
    project: str,
    releases: list[Release],
    stated: dict[str, frozenset[str]],
    renamed: frozenset[str],
    weights: Weights,
    conclusions: Conclusions,
) -> None:
    """Conclude the status from the newest final release, unless the project's own sources state one.

    The day is that of the source that knows this release: the snapshot, or the project's documentation where that is
    newer than the snapshot. What only others state gives way: they rank lower, and their word has aged. A project that
    goes by another name now is superseded, however new its newest release was.
    """
    if any(weights.is_own(source, project) for sources in stated.values() for source in sources):
        return
    if renamed:
        if stated.keys().isdisjoint(_ENDED):
            _replace(project, "superseded", renamed, stated, weights, conclusions)
        return
    dated = [release for release in releases if release.is_final and len(lexical(release.issued)) == len("2000-01-01")]
    if not any(source.startswith(SNAPSHOT) for release in dated for source in release.sources):
        return
    newest = max(dated, key=lambda release: lexical(release.issued))
    day = lexical(newest.issued)
    knowing = {s: weights.date(s) for s in newest.sources if weights.is_own(s, project) and weights.date(s) >= day}
    if not knowing:
        return
    source = min(knowing, key=lambda name: (not name.startswith(SNAPSHOT), name))
    state = activity(date.fromisoformat(day), date.fromisoformat(knowing[source]))
    _replace(project, state, (source,), stated, weights, conclusions)


def _replace(
    project: str,
    state: str,
    sources: Collection[str],
    stated: dict[str, frozenset[str]],
    weights: Weights,
    conclusions: Conclusions,
) -> None:
    """Put a status in the place of what others state."""
    for value, others in stated.items():
        conclusions.lose((project, FWO + "status", value), weights.explain(sources, others, project))
    conclusions.add((project, FWO + "status", f"<{CAT}{state}>"), sources)


def _add(project: str, source: str, day: str, state: str, conclusions: Conclusions) -> None:
    node = PREFIXES["claim"] + project.rpartition("/")[2] + "-activity"
    for predicate, value in (
        (RDF_TYPE, f"<{FWO}Observation>"),
        (RDF_TYPE, f"<{SOSA}Observation>"),
        (SOSA + "hasFeatureOfInterest", f"<{project}>"),
        (SOSA + "observedProperty", f"<{FWO}activity>"),
        (SOSA + "hasSimpleResult", f'"{state}"'),
        (SOSA + "resultTime", f'"{day}"^^<{XSD}date>'),
    ):
        conclusions.add((node, predicate, value), (source,))
