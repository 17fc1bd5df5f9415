"""The smallest set of frameworks that together have every feature that any framework has.

Set cover is hard in general; here most features leave little choice. Forced choices are taken, dominated frameworks are
dropped, and what is left is searched in order of size, so the answer is the smallest and not just a small one.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyfwgraph.dataset import Dataset

FEATURES = """\
SELECT ?project ?feature { ?project a fwo:Framework ; fwo:hasFeature ?feature } ORDER BY ?project ?feature"""


def smallest_cover(dataset: Dataset) -> list[str]:
    """Give the CURIEs of the frameworks of a smallest set, sorted; the first in order where there are several.

    >>> import pyfwgraph as fw
    >>> len(smallest_cover(fw.load())) > 1
    True
    """
    has: dict[str, frozenset[str]] = {}
    for project, feature in dataset.query(FEATURES):
        has[str(project)] = has.get(str(project), frozenset()) | {str(feature)}
    return sorted(_cover(has))


def _cover(has: dict[str, frozenset[str]]) -> list[str]:
    chosen: list[str] = []
    missing = frozenset().union(*has.values()) if has else frozenset()
    while True:
        has = _undominated({project: features & missing for project, features in has.items()})
        forced = _forced(has)
        if not forced:
            break
        chosen += forced
        missing -= frozenset().union(*(has[project] for project in forced))
    for size in range(len(has) + 1):
        for some in combinations(sorted(has), size):
            if missing <= frozenset().union(*(has[project] for project in some)):
                return chosen + list(some)
    return chosen


def _undominated(has: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Drop what another framework makes needless; of two alike the first stays."""
    kept: dict[str, frozenset[str]] = {}
    for project in sorted(has, key=lambda name: (-len(has[name]), name)):
        if has[project] and not any(has[project] <= features for features in kept.values()):
            kept[project] = has[project]
    return kept


def _forced(has: dict[str, frozenset[str]]) -> list[str]:
    """The frameworks that alone have some feature."""
    owners: dict[str, list[str]] = {}
    for project, features in has.items():
        for feature in features:
            owners.setdefault(feature, []).append(project)
    return sorted({names[0] for names in owners.values() if len(names) == 1})
