"""A place in time for every project: its first release where known, else between its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import fmean

from pyfwgraph.export.picture.kin import INFLUENCE, Member, Tie

_GENERATION = 1.0
"""Years between an undated project and its neighbour in time."""


def date_members(members: dict[str, Member], ties: Iterable[Tie]) -> dict[str, float]:
    """Give years for all projects that are dated, or are linked to one that is.

    An undated project stands at the date of the tie by which it came; else a generation after what it comes from, or
    before what comes from it, or between the two. Descent counts before influence, near neighbours before far ones.

    >>> from pyfwgraph.export.picture.moment import read_moment
    >>> old = Member("a", "A", "framework", read_moment("2001-01-01"), None, "")
    >>> new = Member("b", "B", "framework", None, None, "")
    >>> round(date_members({"a": old, "b": new}, [Tie("a", "b", "forkOf", None)])["b"], 2)
    2002.0
    """
    ties = list(ties)
    years = {name: member.released.middle for name, member in members.items() if member.released}
    for tie in ties:
        came_to_be = tie.newer if tie.relation != "mergedInto" else ""
        if came_to_be and tie.date and tie.relation != INFLUENCE:
            years.setdefault(came_to_be, tie.date.middle)
    descent = [tie for tie in ties if tie.relation != INFLUENCE]
    while found := _estimates(members, descent, years) or _estimates(members, ties, years):
        years |= found
    return years


def _estimates(members: dict[str, Member], ties: list[Tie], years: dict[str, float]) -> dict[str, float]:
    """What the places known so far say about those that are not."""
    found = {}
    for name in members:
        if name not in years:
            after = [years[tie.older] for tie in ties if tie.newer == name and tie.older in years]
            before = [years[tie.newer] for tie in ties if tie.older == name and tie.newer in years]
            if after or before:
                found[name] = _between(after, before)
    return found


def _between(after: list[float], before: list[float]) -> float:
    if after and before:
        return fmean((max(after), min(before)))
    return max(after) + _GENERATION if after else min(before) - _GENERATION


def order_undated(names: Iterable[str], ties: Iterable[Tie]) -> dict[str, int]:
    """Give generations, from 0, to projects without any place in time: what came first, first.

    >>> order_undated("ab", [Tie("b", "a", "forkOf", None)])
    {'a': 1, 'b': 0}
    """
    generations = dict.fromkeys(sorted(names), 0)
    among = [tie for tie in ties if tie.older in generations and tie.newer in generations]
    for _ in range(len(generations)):  # as often as the longest line is long; a circle stops here too
        moved = False
        for tie in among:
            if generations[tie.newer] <= generations[tie.older] < len(generations) - 1:
                generations[tie.newer], moved = generations[tie.older] + 1, True
        if not moved:
            break
    return generations
