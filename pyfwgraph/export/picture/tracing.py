"""Lines between the places of a lineage, each on the cheapest of the ways it could take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyfwgraph.export.picture.drawing import Box, Circle, Curve, Point, Polygon, Shape, Text, shape_box
from pyfwgraph.export.picture.field import Field, Priced
from pyfwgraph.export.picture.kin import INFLUENCE, WORDS, Tie
from pyfwgraph.export.picture.path import Chain, step, straight, sweep
from pyfwgraph.export.picture.timeline import LABEL_INDENT, LABEL_RISE, Spot, Timeline

MARK = 5.0
"""Pixels from the middle of a mark to its edge."""

_HEAD = 7.0
_TURNS = (15, 19, 24, 30, 38, 48, 62, 80, 105, 140, 190, 260)
"""Pixels before a mark at which a line may turn towards its row."""

_MORE_TURNS = tuple(turn for turn in range(33, 420, 6) if turn not in _TURNS)
"""More of them, for a line that would run through something else."""

_CROWD = 200
"""From so many ties on, looking for more turns takes long and finds little: there is no clear way."""

_CHANNEL = 9.0
"""Pixels below a row where a line touches neither its marks nor the letters of the next."""


def trace_ties(timeline: Timeline, ties: Iterable[Tie]) -> Iterator[Shape]:
    """Draw all ties, influence below descent; descent is laid first, as it matters more."""
    field = Field()
    for spot in timeline.spots.values():
        left, top, right, bottom = shape_box(spot_label(spot))
        field.add(Box(left - 3, top, right + 3, bottom), spot.member.id, "label")
        field.add(Box(spot.x - 8, spot.y - 7, spot.x + 8, spot.y + 7), spot.member.id, "mark")
        field.add(Box(spot.x, spot.y - 3, spot.end, spot.y + 3), spot.member.id, "life")
    ranked = sorted(ties, key=lambda tie: (tie.relation == INFLUENCE, _reach(timeline, tie), tie.older, tie.newer))
    turns = (_TURNS, _MORE_TURNS) if len(ranked) < _CROWD else (_TURNS,)
    drawn = [tuple(_trace(timeline, field, tie, turns)) for tie in ranked]
    for shapes in reversed(drawn):
        yield from shapes


def spot_label(spot: Spot) -> Text:
    """Give the label of a spot, above its line."""
    style = "label" if spot.member.released else "label-undated"
    return Text(spot.x - LABEL_INDENT, spot.y - LABEL_RISE, spot.member.label, style, spot.member.hover)


def _reach(timeline: Timeline, tie: Tie) -> float:
    """How far a tie goes: near ones find their way first."""
    older, newer = timeline.spots[tie.older], timeline.spots[tie.newer]
    return abs(older.y - newer.y) + abs(older.x - newer.x) / 10


def _trace(timeline: Timeline, field: Field, tie: Tie, choices: Iterable[tuple[int, ...]]) -> Iterator[Shape]:
    older, newer = timeline.spots[tie.older], timeline.spots[tie.newer]
    meetings = list(_meetings(timeline, tie)) if tie.relation == "mergedInto" else []
    ways = [meetings] if meetings else (_ways(older, newer, turns) for turns in choices)
    chain = field.cheapest(ways, (tie.older, tie.newer), f"{tie.newer} {tie.relation}")
    when = f", {tie.date.text}" if tie.date else ""
    hover = f"{older.member.label} → {newer.member.label}: {WORDS[tie.relation]}{when}"
    yield Curve(chain[::-1], tie.relation, hover)  # from its end: dashes of lines that share their last way coincide
    if chain[0].x > older.x + MARK:
        yield Circle(chain[0].x, chain[0].y, 2.3, f"{tie.relation}-head")
    yield _arrow(chain, tie.relation)


def _ways(older: Spot, newer: Spot, turns: Iterable[int]) -> Iterator[Priced]:
    """Ways to a mark, which all arrive from its left, with their prices."""
    end = Point(newer.x - MARK - _HEAD + 1, newer.y)
    if abs(older.y - newer.y) < 1 and older.x < end.x:
        yield 0, straight(Point(min(older.end, end.x - 6), older.y), end)
    for price, x in _turns(older, newer, turns):
        start = Point(min(max(x, older.x), older.end), older.y)
        yield price, step(start, Point(x, older.y), Point(x, newer.y), end)
        if abs(start.x - x) > 2 * MARK:  # the row may be taken: there is free way between it and the letters below
            below = older.y + _CHANNEL
            yield price + 3, step(start, Point(start.x, below), Point(x, below), Point(x, newer.y), end)
    room = end.x - older.end
    for bend in (0.3, 0.5, 0.7):
        if room > 40:
            yield 30, sweep(Point(older.end, older.y), end, bend * room)


def _turns(older: Spot, newer: Spot, turns: Iterable[int]) -> Iterator[tuple[float, float]]:
    """Where a line may go up or down, with the price: close before the newer mark, or close behind the older."""
    for turn in turns:
        x = newer.x - turn
        yield turn / 12 + (0 if x >= older.x else 45), x
        if older.end < older.end + turn < newer.x - _TURNS[0]:
            yield turn / 12 + 4, older.end + turn


def _meetings(timeline: Timeline, tie: Tie) -> Iterator[Priced]:
    """Ways from one that ended onto the life-line of the one it joined; none where they do not meet."""
    ended, joined = timeline.spots[tie.older], timeline.spots[tie.newer]
    if not timeline.scale:
        return
    told = timeline.scale.place(tie.date.middle) if tie.date else ended.end
    for turn in (0, *_TURNS):
        x = max(told, ended.end) + turn
        if joined.x + MARK + 4 < x <= joined.end and abs(ended.y - joined.y) > 1:
            side = -1 if ended.y < joined.y else 1
            end = Point(x, joined.y + side * (_HEAD + 1))
            start = Point(max(ended.x, min(ended.end, x)), ended.y)
            yield turn / 10, step(start, Point(x, ended.y), end)


def _arrow(chain: Chain, relation: str) -> Polygon:
    """The head at the end of a chain, in its direction: to the right, up or down."""
    x, y = chain[-1]
    if abs(chain[-2].x - x) < 0.01 and abs(chain[-2].y - y) > 0.01:
        way = _HEAD if chain[-2].y < y else -_HEAD
        return Polygon((Point(x, y + way), Point(x - 3.5, y), Point(x + 3.5, y)), f"{relation}-head")
    return Polygon((Point(x + _HEAD, y), Point(x, y - 3.5), Point(x, y + 3.5)), f"{relation}-head")
