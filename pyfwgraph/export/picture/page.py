"""The page around a picture: title, a line below it, the legend, and the margins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pyfwgraph.export.picture.drawing import Circle, Drawing, Point, Rect, Shape, Text, shape_box
from pyfwgraph.export.picture.typeface import wrap

MARGIN = 28.0
"""Pixels of empty paper at every edge."""

_KEY_HEIGHT = 22.0
_LEAST_WIDTH = 480.0


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend: a sample drawn from x = 0 to its width around y = 0, and the word for it."""

    word: str
    sample: tuple[Shape, ...]
    width: float


def shift(shape: Shape, right: float, down: float) -> Shape:
    """Give a shape moved to the right and down.

    >>> shift(Circle(1, 1, 4, "framework"), 2, 3).y
    4
    """
    if isinstance(shape, Text | Circle | Rect):
        return replace(shape, x=shape.x + right, y=shape.y + down)
    return replace(shape, points=tuple(Point(x + right, y + down) for x, y in shape.points))


def compose(title: str, subtitle: str, description: str, keys: Iterable[Key], body: Iterable[Shape]) -> Drawing:
    """Give a drawing with a body below its title and legend; the body may lie anywhere, the page is cut to it.

    >>> compose("T", "S", "D", (), [Circle(0, 0, 50, "framework")]).width
    536.0
    """
    placed = list(body)
    boxes = [shape_box(shape) for shape in placed]
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    room = max(max(box.right for box in boxes) - left, _LEAST_WIDTH)
    heading = list(_heading(title, subtitle, room))
    below = shape_box(heading[-1]).bottom + 14
    legend, height = _legend(keys, room, below)
    down = below + height - top
    moved = [shift(shape, MARGIN - left, down) for shape in placed]
    bottom = max(box.bottom for box in boxes) + down
    return Drawing(
        _even(room + 2 * MARGIN), _even(bottom + MARGIN), title, description, (*heading, *legend, *moved)
    )  # fmt: skip


def _even(length: float) -> float:
    """Whole pixels, so that an edge is sharp."""
    return float(-(-length // 1))


def _heading(title: str, subtitle: str, room: float) -> Iterator[Text]:
    y = MARGIN + 16
    for line in wrap(title, 20, room, bold=True):
        yield Text(MARGIN, y, line, "title")
        y += 25
    y -= 4
    for line in wrap(subtitle, 12, room):
        yield Text(MARGIN, y, line, "subtitle")
        y += 16


def _legend(keys: Iterable[Key], room: float, top: float) -> tuple[list[Shape], float]:
    """The legend in as many rows as it needs, and its height with the air below it."""
    shapes: list[Shape] = []
    x, y = MARGIN, top + 8
    for key in keys:
        word = Text(0, 0, key.word, "key")
        width = key.width + 7 + word.width
        if x > MARGIN and x + width > MARGIN + room:
            x, y = MARGIN, y + _KEY_HEIGHT
        shapes += [shift(sample, x, y) for sample in key.sample]
        shapes.append(replace(word, x=x + key.width + 7, y=y + 4))
        x += width + 22
    return shapes, (y - top + 26 if shapes else 6)
