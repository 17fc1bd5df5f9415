"""The field that lines cross: where letters, marks and other lines are, and what a way through them costs."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from pyfwgraph.export.picture.drawing import Box, Point
from pyfwgraph.export.picture.path import Chain, sample

_CELL = 24
"""Pixels of a square in which obstacles are looked up."""

_EVERY = 5.0
"""Pixels from one point of a line to the next that is looked at."""

_ONCE = {"label": 90.0, "mark": 50.0}
"""What it costs to run through letters or a mark."""

_LIFE, _BESIDE, _LENGTH = 0.6, 0.9, 0.3
"""What every point costs: along a life-line, on another line, at all."""


Priced: TypeAlias = tuple[float, Chain]
"""A way, after the price it has of its own."""

_NONE: frozenset[str] = frozenset()
_NOWHERE: Chain = ()


class _Obstacle(NamedTuple):
    box: Box
    owner: str
    kind: str


class Field:
    """Obstacles and the lines laid so far."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[_Obstacle]] = defaultdict(list)
        self._lines: dict[tuple[int, int], set[str]] = defaultdict(set)

    def add(self, box: Box, owner: str, kind: str) -> None:
        """Put an obstacle: a `label`, a `mark` or a `life`-line, which hinders none of its owner's lines."""
        obstacle = _Obstacle(box, owner, kind)
        for across in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
            for down in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
                self._cells[across, down].append(obstacle)

    def cheapest(self, choices: Iterable[Iterable[Priced]], owners: tuple[str, str], bundle: str) -> Chain:
        """Give the way that costs least and remember it.

        Args:
            choices: Ways with prices of their own, at least one; a later choice is looked at only where the best so far
                runs through something.
            owners: The two ends, whose own marks are no obstacle.
            bundle: Lines of one bundle may run on top of each other.
        """
        best, least, is_clear = _NOWHERE, math.inf, False
        for ways in choices:
            for price, way in () if is_clear else sorted(ways):
                cost, through = self._cost(way, owners, bundle, least - price)
                if price + cost < least:
                    best, least, is_clear = way, price + cost, not through
        for point in sample(best, _EVERY):
            self._lines[int(point.x // 5), int(point.y // 5)].add(bundle)
        return best

    def _cost(self, way: Chain, owners: tuple[str, str], bundle: str, limit: float) -> tuple[float, set[_Obstacle]]:
        """What a way costs, and what it runs through; no more than the limit is counted."""
        hit: set[_Obstacle] = set()
        cost = 0.0
        for point in sample(way, _EVERY):
            lines = self._lines.get((int(point.x // 5), int(point.y // 5)), _NONE)
            cost += 0 if bundle in lines else _LENGTH + (_BESIDE if lines else 0)
            for obstacle in self._cells.get((int(point.x // _CELL), int(point.y // _CELL)), ()):
                if _holds(obstacle.box, point) and (obstacle.kind == "label" or obstacle.owner not in owners):
                    if obstacle.kind == "life":
                        cost += _LIFE
                    elif obstacle not in hit:
                        cost += _ONCE[obstacle.kind]
                        hit.add(obstacle)
            if cost >= limit:
                break
        return cost, hit


def _holds(box: Box, point: Point) -> bool:
    return box.left <= point.x <= box.right and box.top <= point.y <= box.bottom
