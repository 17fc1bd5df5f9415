"""Rows for the members of a family: each beside its forebear where there is room, none over another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from pyfwgraph.export.picture.kin import INFLUENCE, Tie


class Stretch(NamedTuple):
    """What a member takes of a row, from left to right in pixels; `start` is where its mark stands."""

    left: float
    right: float
    start: float


def pack_rows(family: Iterable[str], ties: Iterable[Tie], stretches: dict[str, Stretch]) -> dict[str, int]:
    """Give each member a row, from 0: its forebear's own, or the nearest with room, or a new one.

    >>> late, early = Stretch(60, 99, 70), Stretch(0, 50, 10)
    >>> pack_rows("ab", [Tie("a", "b", "renamedFrom", None)], {"a": early, "b": late})
    {'a': 0, 'b': 0}
    """
    rows: list[list[Stretch]] = []
    found: dict[str, int] = {}
    for name, forebear in _in_order(list(family), list(ties), lambda member: (stretches[member].start, member)):
        wanted = found.get(forebear, 0)
        free = [row for row, taken in enumerate(rows) if _fits(stretches[name], taken)]
        row = min(free, key=lambda candidate: (abs(candidate - wanted), candidate), default=len(rows))
        if row == len(rows):
            rows.append([])
        rows[row].append(stretches[name])
        found[name] = row
    return found


def _fits(stretch: Stretch, taken: list[Stretch]) -> bool:
    return all(stretch.right <= other.left or other.right <= stretch.left for other in taken)


def _in_order(family: list[str], ties: list[Tie], rank: Callable[[str], tuple[float, str]]) -> list[tuple[str, str]]:
    """Members with their forebears, each line of descent to its end before the next."""
    among = {name: sorted((t.newer for t in _of(ties, name)), key=rank) for name in family}
    younger = {newer for names in among.values() for newer in names}
    founders = sorted((name for name in family if name not in younger), key=rank)
    done: dict[str, str] = {}
    for start in [*founders, *sorted(family, key=rank)]:  # a circle has no founder: its oldest begins
        waiting = [(start, "")]
        while waiting:
            name, forebear = waiting.pop()
            if name not in done and name in among:
                done[name] = forebear
                waiting += [(newer, name) for newer in reversed(among[name])]
    return list(done.items())


def _of(ties: list[Tie], name: str) -> list[Tie]:
    return [tie for tie in ties if tie.older == name and tie.relation != INFLUENCE]
