"""Where everything of a lineage stands: lanes of families from the top down, members by date from the left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyfwgraph.export.picture.dating import date_members, order_undated
from pyfwgraph.export.picture.kin import INFLUENCE, Member, Tie, family_name, find_families
from pyfwgraph.export.picture.lane import Stretch, pack_rows
from pyfwgraph.export.picture.timescale import Timescale, fit_timescale
from pyfwgraph.export.picture.typeface import text_width, wrap

ROW, LABEL_RISE, LABEL_INDENT = 29.0, 8.0, 5.0
"""Pixels from row to row, from a line to the letters above it, and of letters before their mark."""

GUTTER, NAME_ROW = 128.0, 14.5
"""Pixels at the left for the names of families, and from line to line of them."""

_BEFORE, _AFTER, _LANE_AIR = 26.0, 8.0, 9.0
_SIZE = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """A member's mark at x and y; its life-line ends at `end`, which is x where none is known."""

    member: Member
    x: float
    y: float
    end: float

    @property
    def label_right(self) -> float:
        """Where its label ends."""
        return self.x - LABEL_INDENT + text_width(self.member.label, _SIZE)


@dataclass(frozen=True, slots=True)
class Lane:
    """A band for a family, or for all that have no descent; `name` is broken into lines."""

    name: tuple[str, ...]
    count: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The places of a lineage.

    `scale` is None where nothing is dated; `undated_left` is where those without a place in time begin.
    """

    spots: dict[str, Spot]
    lanes: tuple[Lane, ...]
    scale: Timescale | None
    undated_left: float | None
    right: float
    bottom: float


def lay_timeline(members: dict[str, Member], ties: tuple[Tie, ...]) -> Timeline:
    """Give every member its place."""
    years = date_members(members, ties)
    lost = order_undated((name for name in members if name not in years), ties)
    columns = dict(_columns(members, lost))
    left = GUTTER + sum(columns.values()) + (18 if columns else 0)
    scale = fit_timescale(_times(members, years), left, _width(len(members))) if years else None
    across = {name: _across(member, years, lost, columns, scale) for name, member in members.items()}
    spots, lanes = _rows(members, ties, across)
    right = max([scale.right if scale else left, *(max(spot.end, spot.label_right) for spot in spots.values())])
    return Timeline(spots, lanes, scale, GUTTER if lost else None, right + 4, lanes[-1].bottom)


def _width(count: int) -> float:
    """Pixels for the years: more for a crowd."""
    return min(1500.0, 820.0 + 2.4 * max(0, count - 80))


def _times(members: dict[str, Member], years: dict[str, float]) -> Iterator[float]:
    yield from years.values()
    for member in members.values():
        for moment in (member.released, member.last):
            if moment:
                yield from moment[:2]


def _columns(members: dict[str, Member], lost: dict[str, int]) -> Iterator[tuple[int, float]]:
    """Widths of the columns of those without a place in time, a generation each."""
    for generation in sorted(set(lost.values())):
        labels = [members[name].label for name, own in lost.items() if own == generation]
        yield generation, max(text_width(label, _SIZE) for label in labels) + _BEFORE + _AFTER


def _across(
    member: Member, years: dict[str, float], lost: dict[str, int], columns: dict[int, float], scale: Timescale | None
) -> tuple[float, float]:
    """Where its mark stands and its life-line ends, in pixels."""
    if member.id in lost or not scale:
        x = GUTTER + _BEFORE + sum(width for generation, width in columns.items() if generation < lost[member.id])
        return x, x
    x = scale.place(years[member.id])
    return x, max(x, scale.place(member.last.middle)) if member.last else x


def _rows(
    members: dict[str, Member], ties: tuple[Tie, ...], across: dict[str, tuple[float, float]]
) -> tuple[dict[str, Spot], tuple[Lane, ...]]:
    """Spots and lanes, from the top down."""
    descent = [tie for tie in ties if tie.relation != INFLUENCE]
    families = find_families(members, ties)
    single = [family[0] for family in families if len(family) == 1]
    groups = sorted((family for family in families if len(family) > 1), key=lambda group: _rank(group, across))
    spots: dict[str, Spot] = {}
    lanes: list[Lane] = []
    top = 0.0
    for group in [*groups, *([single] if single else [])]:
        name = family_name(group, members, ties) if group is not single else "No descent known"
        lines = wrap(name, _SIZE, GUTTER - 12, bold=True, lines=2)
        rows = pack_rows(group, descent, {name: _stretch(members[name], *across[name]) for name in group})
        for member, row in rows.items():
            x, end = across[member]
            spots[member] = Spot(members[member], x, top + _LANE_AIR + (row + 0.75) * ROW, end)
        bottom = top + max(len(lines) * NAME_ROW + 27, (max(rows.values()) + 1) * ROW + 2 * _LANE_AIR)
        lanes.append(Lane(lines, len(group), top, bottom))
        top = bottom
    return spots, tuple(lanes)


def _rank(group: list[str], across: dict[str, tuple[float, float]]) -> tuple[int, float, str]:
    """Large families first, then old ones."""
    return -len(group), min(across[name][0] for name in group), group[0]


def _stretch(member: Member, x: float, end: float) -> Stretch:
    label_right = x - LABEL_INDENT + text_width(member.label, _SIZE)
    return Stretch(x - _BEFORE, max(label_right, end) + _AFTER, x)
