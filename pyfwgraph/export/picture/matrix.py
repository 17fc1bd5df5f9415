"""Features by projects: a row a feature, a column a project, a mark whose shape and colour say how far it has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pyfwgraph.errors import ExportError
from pyfwgraph.export.picture.drawing import Circle, Drawing, Line, Point, Polygon, Rect, Shape, Text, small_drawing
from pyfwgraph.export.picture.page import Key, compose, shift
from pyfwgraph.export.picture.typeface import shorten, text_width, wrap

STATES = ("built in", "official extension", "third party", "planned", "no", "unknown")
"""What a cell may say, in the order of the legend."""

_ROW, _HEADING_ROW, _LINE = 22.0, 30.0, 14.5
_LABELS, _COLUMN, _NOTES, _WITH_NOTES = 260.0, 74.0, 150.0, 5
"""Pixels of the widest feature, of a narrow and a wide column; and the columns up to which notes stand beside marks."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How far one project has one feature: a state of `STATES`, and through what or why."""

    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A feature, with a cell for each column."""

    label: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Features under one heading."""

    label: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Projects as columns, groups of features as rows."""

    columns: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Widths of the labels and of every column, and whether notes stand beside the marks."""

    labels: float
    columns: tuple[float, ...]
    notes: bool

    @property
    def lefts(self) -> list[float]:
        return [self.labels + sum(self.columns[:i]) for i in range(len(self.columns))]

    @property
    def width(self) -> float:
        return self.labels + sum(self.columns)


def matrix_drawing(matrix: Matrix, *, title: str = "") -> Drawing:
    """Give the picture of a matrix.

    Raises:
        ExportError: A row has not one cell for each column, or a state is none of `STATES`.

    >>> row = MatrixRow("Sessions", (MatrixCell("built in"), MatrixCell("third party", "itsdangerous")))
    >>> matrix_drawing(Matrix(("Django", "FastAPI"), (Group("State", (row,)),))).title
    'Features of Django and FastAPI'
    """
    rows = [row for group in matrix.groups for row in group.rows]
    _check(matrix, rows)
    if not rows or not matrix.columns:
        return small_drawing(title or "Features", "There are no features or no projects to compare.")
    frame = _frame(matrix, rows)
    names = " and ".join([", ".join(matrix.columns[:-1]), matrix.columns[-1]] if matrix.columns[1:] else matrix.columns)
    heading = title or (
        f"Features of {names}" if len(matrix.columns) < 5 else f"Features of {len(matrix.columns)} projects"
    )
    counts = Counter(cell.state for row in rows for cell in row.cells)
    told = ", ".join(f"{counts[state]} × {state}" for state in STATES if counts[state])
    caption = f"{len(rows)} features. The shape of a mark says how far a project has a feature."
    return compose(
        heading, caption, f"A matrix of {len(rows)} features of {names}: {told}.", _keys(counts), _body(matrix, frame)
    )


def _check(matrix: Matrix, rows: list[MatrixRow]) -> None:
    for row in rows:
        if len(row.cells) != len(matrix.columns):
            raise ExportError(
                f"{row.label!r} has {len(row.cells)} cells for {len(matrix.columns)} columns: give one for each"
            )
        for cell in row.cells:
            if cell.state not in STATES:
                raise ExportError(f"{cell.state!r} of {row.label!r} is no state; there are {', '.join(STATES)}")


def _frame(matrix: Matrix, rows: list[MatrixRow]) -> _Frame:
    wide = len(matrix.columns) <= _WITH_NOTES
    labels = max(text_width(row.label, 12) for row in rows)
    headings = max(text_width(group.label, 12, bold=True) for group in matrix.groups)
    columns = tuple(_column(matrix, rows, i, wide) for i in range(len(matrix.columns)))
    return _Frame(min(_LABELS, max(labels, headings)) + 24, columns, wide)


def _column(matrix: Matrix, rows: list[MatrixRow], i: int, wide: bool) -> float:
    longest = max(text_width(word, 12, bold=True) for word in matrix.columns[i].split() or [""])
    notes = max(text_width(_note(row.cells[i]), 10.5) for row in rows) + 32 if wide else 0
    return max(
        _COLUMN, min(_NOTES, notes), min(_NOTES, longest + 16), min(100.0, text_width(matrix.columns[i], 12) + 16)
    )


def _note(cell: MatrixCell) -> str:
    """What stands beside a mark: through what, for what is neither built in nor missing."""
    return cell.note if cell.state in ("official extension", "third party") else ""


def _body(matrix: Matrix, frame: _Frame) -> Iterator[Shape]:
    heads = [
        wrap(column, 12, width - 12, bold=True) for column, width in zip(matrix.columns, frame.columns, strict=True)
    ]
    y = max(len(lines) for lines in heads) * _LINE
    for i, (left, lines) in enumerate(zip(frame.lefts, heads, strict=True)):
        yield from _head(matrix, frame, i, left, y - len(lines) * _LINE, lines)
    y += 24
    for group in matrix.groups:
        if group.rows:
            yield Rect(0, y, frame.width, _HEADING_ROW - 6, "wash")
            yield Text(8, y + 16, shorten(group.label, 12, frame.width - 16, bold=True), "heading")
            y += _HEADING_ROW - 4
            for row in group.rows:
                yield from _row(row, matrix, frame, y)
                y += _ROW
            y += 8


def _head(matrix: Matrix, frame: _Frame, i: int, left: float, y: float, lines: tuple[str, ...]) -> Iterator[Shape]:
    """The name of a project, and how many features are built in."""
    cells = [row.cells[i] for group in matrix.groups for row in group.rows]
    built_in = sum(cell.state == "built in" for cell in cells)
    middle, anchored = (left + 3, "start") if frame.notes else (left + frame.columns[i] / 2, "middle")
    for number, line in enumerate([*lines, f"{built_in} built in"]):
        style = "heading" if number < len(lines) else "remark"
        yield Text(middle, y + 12 + number * _LINE, line, style, matrix.columns[i], anchored)  # type: ignore[arg-type]


def _row(row: MatrixRow, matrix: Matrix, frame: _Frame, y: float) -> Iterator[Shape]:
    yield Line((Point(0, y + _ROW), Point(frame.width, y + _ROW)), "rule")
    yield Text(8, y + 15.5, shorten(row.label, 12, frame.labels - 20), "name", row.label)
    for column, cell, left, width in zip(matrix.columns, row.cells, frame.lefts, frame.columns, strict=True):
        hover = f"{column}, {row.label}: {cell.state}" + (f", {cell.note}" if cell.note else "")
        x = left + 12 if frame.notes else left + width / 2
        yield from (shift(shape, x, y + _ROW / 2) for shape in _mark(cell.state, hover))
        if frame.notes and _note(cell):
            yield Text(left + 25, y + 15, shorten(_note(cell), 10.5, width - 30), "remark", hover)


def _mark(state: str, hover: str = "") -> tuple[Shape, ...]:
    """The mark of a state around the origin: a shape of its own for each."""
    match state:
        case "built in":
            return (Circle(0, 0, 6, "built-in", hover),)
        case "official extension":
            return (Polygon((Point(0, -7), Point(7, 0), Point(0, 7), Point(-7, 0)), "official-extension", hover),)
        case "third party":
            return (Polygon((Point(0, -6.5), Point(6.5, 5), Point(-6.5, 5)), "third-party", hover),)
        case "planned":
            return (Circle(0, 0, 5.5, "planned", hover),)
        case "no":
            ends = ((-4, -4, 4, 4), (-4, 4, 4, -4))
            return tuple(Line((Point(a, b), Point(c, d)), "no", hover) for a, b, c, d in ends)
    return ()


def _keys(counts: Counter[str]) -> Iterator[Key]:
    for state in STATES:
        if counts[state] and state != "unknown":
            yield Key(state, tuple(shift(shape, 8, 0) for shape in _mark(state)), 16)
    if counts["unknown"]:
        yield Key("empty: unknown", (), 0)
