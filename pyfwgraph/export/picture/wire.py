"""The lines of a layered picture: bent between layers, straight through them, the head where a requirement points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyfwgraph.export.picture.drawing import Curve, Point, Polygon, Shape
from pyfwgraph.export.picture.layers import Edge, Place, link_places
from pyfwgraph.export.picture.path import Chain, straight, sweep
from pyfwgraph.export.picture.requirement import Requirement

Passes: TypeAlias = Mapping[Place, tuple[Point, Point]]
"""Where lines enter and leave a layer that they pass."""

_HEAD = 7.0
"""Pixels of the head of a line."""

_ASIDE = (0.0, 5.0, -5.0)
"""Pixels by which a second and a third line between the same two projects stand aside."""


@dataclass(frozen=True, slots=True)
class ProjectBox:
    """A project's box, `y` at its middle; `note` is the specifier below its label."""

    label: str
    note: str
    hover: str
    x: float
    y: float
    width: float
    height: float
    is_root: bool


def draw_wires(
    requirements: Collection[Requirement],
    boxes: Mapping[str, ProjectBox],
    passes: Passes,
    layers: dict[str, int],
    back: Collection[Edge],
) -> Iterator[Shape]:
    """Draw a line for each requirement; those in `back` go to the left and close a circle."""
    labels = {node: box.label for node, box in boxes.items()}
    seen: Counter[frozenset[str]] = Counter()
    for requirement in requirements:
        subject, value, style = requirement.subject, requirement.value, requirement.style
        hover = requirement.hover(labels)
        if subject == value:
            yield from _loop(boxes[subject], style, hover)
            continue
        aside = _ASIDE[seen[frozenset((subject, value))] % len(_ASIDE)]
        seen[frozenset((subject, value))] += 1
        is_back = (subject, value) in back
        start, end = (value, subject) if is_back else (subject, value)
        way = [passes[place] for place in link_places((start, end, style), layers)[1:-1]]
        left = Point(boxes[start].x + boxes[start].width, boxes[start].y + aside)
        right = Point(boxes[end].x, boxes[end].y + aside)
        yield from _wire(left, way, right, style, hover, is_back)


def _wire(
    left: Point, way: list[tuple[Point, Point]], right: Point, style: str, hover: str, is_back: bool
) -> tuple[Shape, Shape]:
    """The line and its head; drawn from its right end, so that dashes of lines on one way coincide."""
    head = draw_head(left if is_back else right, -1 if is_back else 1, style)
    left, right = (Point(left.x + _HEAD, left.y), right) if is_back else (left, Point(right.x - _HEAD, right.y))
    chain: Chain = (left,)
    for enter, leave in way:
        chain = (*chain, *_bend(chain[-1], enter)[1:], *straight(enter, leave)[1:])
    chain = (*chain, *_bend(chain[-1], right)[1:])
    return Curve(chain[::-1], style, hover), head


def _bend(start: Point, end: Point) -> Chain:
    return sweep(start, end, (end.x - start.x) * 0.5)


def _loop(box: ProjectBox, style: str, hover: str) -> tuple[Shape, Shape]:
    """A project that requires itself: with an extra of its own, for instance."""
    right, y = box.x + box.width, box.y
    points = (Point(right, y - 6), Point(right + 30, y - 16), Point(right + 30, y + 8), Point(right + _HEAD, y + 6))
    return Curve(points, style, hover), draw_head(Point(right, y + 6), -1, style)


def draw_head(tip: Point, direction: int, style: str) -> Polygon:
    """Give the head of a line that points to the right (1) or to the left (-1)."""
    x = tip.x - direction * _HEAD
    return Polygon((tip, Point(x, tip.y - 3.5), Point(x, tip.y + 3.5)), f"{style}-head")
