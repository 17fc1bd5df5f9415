"""A date as precise as it is known: a day, a month or a year, as a stretch of time in years."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from pyfwgraph.errors import ExportError


class Moment(NamedTuple):
    """A stretch of time in years and fractions of years; `text` is the date as written."""

    start: float
    end: float
    text: str

    @property
    def middle(self) -> float:
        """The middle of the stretch, which stands for it on a scale."""
        return (self.start + self.end) / 2


def read_moment(text: str) -> Moment:
    """Read an ISO date, month or year.

    Raises:
        ExportError: It is none of them.

    >>> read_moment("2004").end
    2005.0
    >>> round(read_moment("2004-11").middle, 2)
    2004.87
    """
    day = text.strip().partition("T")[0]
    try:
        if len(day) == 4:
            return Moment(float(day), float(day) + 1, text)
        first = date.fromisoformat(day if len(day) != 7 else f"{day}-01")
    except ValueError as error:
        raise ExportError(
            f"{text!r} is no date: write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known"
        ) from error
    after = first + timedelta(days=1) if len(day) != 7 else _next_month(first)
    return Moment(_in_years(first), _in_years(after), text)


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _in_years(day: date) -> float:
    start = date(day.year, 1, 1)
    return day.year + (day - start).days / (date(day.year, 12, 31) - start + timedelta(days=1)).days
