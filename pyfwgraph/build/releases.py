"""What follows from releases and their dependencies: first, last and newest release, and what is required.

`packaging` orders versions; a version that it cannot read is ordered by its date, before those that it can.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyfwgraph.build.activity import conclude_activity, conclude_status, find_renamed, find_statuses
from pyfwgraph.build.release import Release, lexical
from pyfwgraph.corpus import iri
from pyfwgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pyfwgraph.build.conclude import Conclusions
    from pyfwgraph.build.weight import Weights

FWO, CAT, XSD = PREFIXES["fwo"], PREFIXES["cat"], PREFIXES["xsd"]
_RELEASE_OF, _ORDER = FWO + "releaseOf", FWO + "releaseOrder"
_REVISION, _ISSUED = PREFIXES["doap"] + "revision", PREFIXES["dcterms"] + "issued"
_LICENSE, _PYTHON = PREFIXES["dcterms"] + "license", FWO + "requiresPython"
_FIRST, _LAST = FWO + "firstReleased", FWO + "lastReleased"
_NEWEST = FWO + "newestAtEndOf"
_LICENSE_WORDS = [FWO + "licenceExpression", FWO + "licenceAsWritten"]
_DEPENDENCY_FACTS = [FWO + n for n in ("dependent", "dependency", "scope", "sinceRelease", "untilRelease")]


def conclude_releases(closed: set[tuple[str, str]], weights: Weights, conclusions: Conclusions) -> None:
    """Add first, last and latest release, licences, required Python and activity of each project, and requirements.

    Args:
        closed: Projects and snapshots where the repository itself says that work has ended there.
        weights: What the sources count.
        conclusions: What is concluded so far; added to.
    """
    facts, licences, statuses = _facts(conclusions), _licences(conclusions), find_statuses(conclusions)
    by_project = _sort_releases(facts)
    renamed = find_renamed(conclusions)
    for project in sorted({*by_project, *renamed, *(project for project, _ in closed)}):
        releases = by_project.get(project, [])
        _conclude_order(releases, facts, conclusions)
        _conclude_dates(project, releases, facts, conclusions)
        newest = next((release for release in reversed(releases) if release.is_final), None)
        if newest is not None:
            conclusions.add((project, FWO + "latestRelease", f"<{newest.node}>"), newest.sources)
            _conclude_python(project, newest, facts, conclusions)
            _conclude_licences(project, newest, facts, licences, conclusions)
        conclude_activity(project, releases, closed, weights, conclusions)
        former = renamed.get(project, frozenset())
        conclude_status(project, releases, statuses.get(project, {}), former, weights, conclusions)
    _conclude_years(facts, by_project, conclusions)
    _conclude_requirements(facts, by_project, conclusions)


def _sort_releases(facts: Facts) -> dict[str, list[Release]]:
    """Give the releases of each project in order."""
    found: dict[str, list[Release]] = defaultdict(list)
    for node, own in facts.items():
        if _RELEASE_OF in own:
            release = _release(node, own)
            found[release.project].append(release)
    return {project: sorted(releases, key=lambda release: release.key) for project, releases in found.items()}


Facts = dict[str, dict[str, tuple[str, frozenset[str]]]]


def _facts(conclusions: Conclusions) -> Facts:
    wanted = {_FIRST, _RELEASE_OF, _ORDER, _REVISION, _ISSUED, _PYTHON, *_LICENSE_WORDS, *_DEPENDENCY_FACTS}
    facts: Facts = defaultdict(dict)
    for (subject, predicate, value), sources in conclusions.triples.items():
        if predicate in wanted:
            facts[subject][predicate] = value, sources
    return facts


Licences = dict[str, dict[str, frozenset[str]]]
"""For each project and release its licences, and the sources of each."""


def _licences(conclusions: Conclusions) -> Licences:
    licences: Licences = defaultdict(dict)
    for (subject, predicate, value), sources in conclusions.triples.items():
        if predicate == _LICENSE:
            licences[subject][value] = sources
    return licences


def _release(node: str, own: dict[str, tuple[str, frozenset[str]]]) -> Release:
    project, sources = own[_RELEASE_OF]
    revision = own[_REVISION][0].split('"')[1] if _REVISION in own else ""
    return Release(node, iri(project), revision, own[_ISSUED][0] if _ISSUED in own else "", sources)


def _conclude_order(releases: list[Release], facts: Facts, conclusions: Conclusions) -> None:
    """Number the releases of all sources together, where one of them was not numbered by its repository."""
    if all(_ORDER in facts[release.node] for release in releases):
        return
    for place, release in enumerate(releases, 1):
        if _ORDER in facts[release.node]:
            former = (release.node, _ORDER, facts[release.node][_ORDER][0])
            del conclusions.triples[former]
        conclusions.add((release.node, _ORDER, f'"{place}"^^<{XSD}integer>'), release.sources)
        if not conclusions.has(release.node, FWO + "preRelease"):
            is_pre = str(not release.is_final).lower()
            conclusions.add((release.node, FWO + "preRelease", f'"{is_pre}"^^<{XSD}boolean>'), release.sources)


def _conclude_dates(project: str, releases: list[Release], facts: Facts, conclusions: Conclusions) -> None:
    """Give the days of the first and the last release; a first day that a source states holds where it is earlier."""
    dated = sorted((release for release in releases if release.issued), key=lambda release: lexical(release.issued))
    if not dated:
        return
    first, last = dated[0], dated[-1]
    conclusions.add((project, _LAST, last.issued), last.sources)
    stated = facts.get(project, {}).get(_FIRST)
    if stated and lexical(stated[0]) <= lexical(first.issued):
        return
    if stated:
        conclusions.lose((project, _FIRST, stated[0]), "a release is known that is earlier")
    conclusions.add((project, _FIRST, first.issued), first.sources)


def _conclude_python(project: str, newest: Release, facts: Facts, conclusions: Conclusions) -> None:
    """The required Python of the newest release holds for the project, where no source says otherwise."""
    if _PYTHON in facts[newest.node] and _PYTHON not in facts.get(project, {}):
        value, sources = facts[newest.node][_PYTHON]
        conclusions.add((project, _PYTHON, value), sources)


def _conclude_licences(
    project: str, newest: Release, facts: Facts, licences: Licences, conclusions: Conclusions
) -> None:
    """The licences of the newest release hold for the project, where no source says otherwise; its words with them."""
    own = licences.get(newest.node, {})
    for value, sources in own.items() if project not in licences else ():
        conclusions.add((project, _LICENSE, value), sources)
    for predicate in _LICENSE_WORDS if licences.get(project, own).keys() == own.keys() else ():
        if predicate in facts[newest.node] and predicate not in facts.get(project, {}):
            value, sources = facts[newest.node][predicate]
            conclusions.add((project, predicate, value), sources)


def _conclude_years(facts: Facts, by_project: dict[str, list[Release]], conclusions: Conclusions) -> None:
    """Say of each release at the end of which years it was its project's newest final one, by its order."""
    finals = [[one for one in releases if _has_place(one, facts)] for releases in by_project.values()]
    last = max((_year(release) for releases in finals for release in releases), default=0)
    for releases in finals:
        for year in range(min(map(_year, releases), default=last + 1), last + 1):
            known = [release for release in releases if _year(release) <= year]
            newest = max(known, key=lambda release: _order(facts, release))
            conclusions.add((newest.node, _NEWEST, f'"{year}"^^<{PREFIXES["xsd"]}gYear>'), newest.sources)


def _has_place(release: Release, facts: Facts) -> bool:
    return release.is_final and bool(release.issued) and _ORDER in facts[release.node]


def _year(release: Release) -> int:
    return int(lexical(release.issued)[:4])


def _order(facts: Facts, release: Release) -> int:
    return int(lexical(facts[release.node][_ORDER][0]))


def _conclude_requirements(facts: Facts, by_project: dict[str, list[Release]], conclusions: Conclusions) -> None:
    order = {
        project: {release.node: place for place, release in enumerate(releases)}
        for project, releases in by_project.items()
    }
    for node in sorted(facts):
        own = facts[node]
        if FWO + "dependency" not in own or own.get(FWO + "scope", ("",))[0] != f"<{CAT}runtime>":
            continue
        project = iri(own[FWO + "dependent"][0])
        _conclude_run(project, own, by_project.get(project, []), order.get(project, {}), conclusions)


def _conclude_run(
    project: str,
    own: dict[str, tuple[str, frozenset[str]]],
    releases: list[Release],
    place: dict[str, int],
    conclusions: Conclusions,
) -> None:
    """Spread one dependency over the releases of its run; a dependency without a run holds for the project alone."""
    required, sources = own[FWO + "dependency"]
    since, until = (iri(own[name][0]) if name in own else "" for name in (FWO + "sinceRelease", FWO + "untilRelease"))
    run = releases[place[since] : place[until] + 1 if until in place else None] if since in place else []
    for release in run:
        if release.sources & sources:
            conclusions.add((release.node, FWO + "requires", required), sources)
    newest = next((one for one in reversed(releases) if one.is_final and one.sources & sources), None)
    if not since or newest in run:
        conclusions.add((project, FWO + "dependsOn", required), sources)
