"""The ways a line can take between two places: straight, in steps with round corners, or in one sweep.

Each is a chain of cubic Bézier curves: a start, then two controls and an end for each piece.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from pyfwgraph.export.picture.drawing import Point

Chain: TypeAlias = tuple[Point, ...]

_RADIUS = 9.0


def straight(start: Point, end: Point) -> Chain:
    """Go straight.

    >>> straight(Point(0, 0), Point(3, 0))[1]
    Point(x=1.0, y=0.0)
    """
    return (start, _towards(start, end, 1 / 3), _towards(start, end, 2 / 3), end)


def step(*corners: Point) -> Chain:
    """Go from corner to corner, and round each off.

    >>> len(step(Point(0, 0), Point(50, 0), Point(50, 50)))
    10
    """
    corners = tuple(corner for i, corner in enumerate(corners) if i == 0 or math.dist(corner, corners[i - 1]) > 0.01)
    if len(corners) < 2:
        return straight(corners[0], corners[0])
    done: list[Point] = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        radius = min(_RADIUS, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        into = _towards(corner, before, radius / math.dist(before, corner))
        out = _towards(corner, after, radius / math.dist(corner, after))
        done += [*straight(done[-1], into)[1:], _towards(into, corner, 0.55), _towards(out, corner, 0.55), out]
    return (*done, *straight(done[-1], corners[-1])[1:])


def sweep(start: Point, end: Point, bend: float) -> Chain:
    """Leave level and arrive level, the controls `bend` pixels away."""
    return (start, Point(start.x + bend, start.y), Point(end.x - bend, end.y), end)


def sample(chain: Sequence[Point], every: float) -> Iterator[Point]:
    """Give points on a chain, about so many pixels from one to the next."""
    for i in range(0, len(chain) - 1, 3):
        a, b, c, d = chain[i : i + 4]
        count = max(1, round((math.dist(a, b) + math.dist(b, c) + math.dist(c, d)) / every))
        for k in range(count):
            t = (k + 0.5) / count
            p, q, r, s = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
            yield Point(p * a.x + q * b.x + r * c.x + s * d.x, p * a.y + q * b.y + r * c.y + s * d.y)


def _towards(start: Point, end: Point, share: float) -> Point:
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
