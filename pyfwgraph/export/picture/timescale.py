"""The scale of a picture of time: years to pixels, with the rules and years that make it readable."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyfwgraph.export.picture.drawing import Line, Point, Shape, Text

_STEPS = (1, 2, 5, 10, 20, 50, 100)
_TICK_ROOM = 44.0
"""Pixels that a year's number needs with the air around it."""


@dataclass(frozen=True, slots=True)
class Timescale:
    """Whole years from first to last, drawn from `left` on, `per_year` pixels each."""

    first: int
    last: int
    left: float
    per_year: float

    @property
    def right(self) -> float:
        """Where the last year ends, in pixels."""
        return self.place(self.last)

    def place(self, years: float) -> float:
        """Give the pixel of a time in years."""
        return self.left + (years - self.first) * self.per_year

    def shapes(self, top: float, bottom: float) -> Iterator[Shape]:
        """Draw a rule for each year and its number above and below; the numbers stand outside of top and bottom."""
        step = next((step for step in _STEPS if step * self.per_year >= _TICK_ROOM), _STEPS[-1])
        for year in range(self.first, self.last + 1):
            if year % step == 0:
                x = self.place(year)
                yield Line((Point(x, top), Point(x, bottom)), "rule")
                yield Text(x, top - 8, str(year), "tick", anchor="middle")
                yield Text(x, bottom + 17, str(year), "tick", anchor="middle")


def fit_timescale(times: Iterable[float], left: float, width: float) -> Timescale:
    """Give the scale that holds all times in about a width.

    >>> fit_timescale([2004.2, 2013.9], 100, 500)
    Timescale(first=2004, last=2014, left=100, per_year=50.0)
    """
    known = sorted(times)
    first, last = math.floor(known[0]), math.ceil(known[-1])
    last = max(last, first + 1)
    return Timescale(first, last, left, min(200.0, max(14.0, width / (last - first))))
