"""A drawing: shapes on paper of a given size, made by a layout and drawn by any renderer.

Coordinates are pixels from the top left corner; a shape's style is a name in `palette.STYLES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from pyfwgraph.export.picture.palette import STYLES
from pyfwgraph.export.picture.typeface import ASCENT, DESCENT, text_width


class Point(NamedTuple):
    """A place on the paper."""

    x: float
    y: float


class Box(NamedTuple):
    """The rectangle that a shape fills."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Say whether two boxes share more than an edge.

        >>> Box(0, 0, 10, 10).overlaps(Box(10, 0, 20, 10))
        False
        """
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Straight lines from point to point."""

    points: tuple[Point, ...]
    style: str
    hover: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """Cubic Bézier curves end to end: a start, then two controls and an end for each piece."""

    points: tuple[Point, ...]
    style: str
    hover: str = ""


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed outline."""

    points: tuple[Point, ...]
    style: str
    hover: str = ""


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle, with round corners where there is a radius."""

    x: float
    y: float
    width: float
    height: float
    style: str
    hover: str = ""
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle around a point."""

    x: float
    y: float
    radius: float
    style: str
    hover: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One line of letters; `y` is the baseline, `x` the start, middle or end as `anchor` says."""

    x: float
    y: float
    text: str
    style: str
    hover: str = ""
    anchor: Literal["start", "middle", "end"] = "start"

    @property
    def width(self) -> float:
        """The width that the letters may take, in pixels."""
        style = STYLES[self.style]
        return text_width(self.text, style.size, bold=style.bold)


Shape: TypeAlias = Line | Curve | Polygon | Rect | Circle | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on paper, the lowest first; `description` says in words what is to be seen."""

    width: float
    height: float
    title: str
    description: str
    shapes: tuple[Shape, ...]


def shape_box(shape: Shape) -> Box:
    """Give the box around a shape, without the width of its stroke; of a curve, around its controls.

    >>> shape_box(Circle(10, 10, 4, "framework"))
    Box(left=6, top=6, right=14, bottom=14)
    """
    if isinstance(shape, Text):
        left = shape.x - {"start": 0.0, "middle": shape.width / 2, "end": shape.width}[shape.anchor]
        size = STYLES[shape.style].size
        return Box(left, shape.y - ASCENT * size, left + shape.width, shape.y + DESCENT * size)
    if isinstance(shape, Circle):
        r = shape.radius
        return Box(shape.x - r, shape.y - r, shape.x + r, shape.y + r)
    if isinstance(shape, Rect):
        return Box(shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
    across, down = [p.x for p in shape.points], [p.y for p in shape.points]
    return Box(min(across), min(down), max(across), max(down))


def small_drawing(title: str, sentence: str) -> Drawing:
    """Give the picture for when there is too little to draw: a title, and a sentence that says why.

    >>> small_drawing("Lineage", "There are no projects to draw.").height
    96
    """
    heading, note = Text(24, 42, title, "title"), Text(24, 68, sentence, "subtitle")
    width = max(320.0, heading.width, note.width) + 48
    return Drawing(width, 96, title, sentence, (heading, note))
