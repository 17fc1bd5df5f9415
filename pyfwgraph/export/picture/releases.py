"""Releases through time: a line a project, a mark a release, the first of each major version large and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pyfwgraph.export.picture.drawing import Circle, Drawing, Line, Point, Shape, Text, shape_box, small_drawing
from pyfwgraph.export.picture.moment import Moment, read_moment
from pyfwgraph.export.picture.page import Key, compose
from pyfwgraph.export.picture.timescale import Timescale, fit_timescale
from pyfwgraph.export.picture.typeface import shorten, text_width

if TYPE_CHECKING:
    from packaging.version import Version

_ROW, _WIDTH, _WIDEST = 42.0, 860.0, 190.0
_CAPTION = "A mark is a release; the first of each major version from 1 on is large and named."


class Release(NamedTuple):
    """One release: the project's label, the version, the ISO date (empty if unknown), whether it is a pre-release."""

    project: str
    version: str
    date: str
    is_pre_release: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    release: Release
    moment: Moment
    is_major: bool


def release_drawing(releases: Iterable[Release | tuple[str, str, str, bool]], *, title: str = "") -> Drawing:
    """Give the picture of releases through time, the project that released first on top.

    Raises:
        ExportError: A date is none.

    >>> marks = [("Flask", "0.1", "2010-04-16", False), ("Flask", "1.0", "2018-04-26", False)]
    >>> release_drawing(marks).title
    'Releases of Flask, 2010–2018'
    """
    given = sorted(Release(*release) for release in releases)
    lines = _lines(given)
    if not lines:
        return small_drawing(title or "Releases", "There are no dated releases to draw.")
    moments = [mark.moment for marks in lines.values() for mark in marks]
    gutter = min(_WIDEST, max(_gutter_width(project, marks) for project, marks in lines.items())) + 24
    scale = fit_timescale((time for moment in moments for time in moment[:2]), gutter, _WIDTH)
    who = next(iter(lines)) if len(lines) == 1 else f"{len(lines)} projects"
    years = f"{min(moments).text[:4]}–{max(moments).text[:4]}"
    undated = len(given) - len(moments)
    caption = _CAPTION + (f" Not drawn: {undated} without a date." if undated else "")
    description = f"A timeline of {len(moments)} releases of {', '.join(lines)}."
    return compose(
        title or f"Releases of {who}, {years}", caption, description, _keys(lines), _body(lines, scale, gutter)
    )


def _lines(releases: Sequence[Release]) -> dict[str, list[_Mark]]:
    """Marks of each project by date; the oldest project first."""
    projects: dict[str, list[tuple[Moment, Release]]] = {}
    for release in releases:
        if release.date:
            projects.setdefault(release.project, []).append((read_moment(release.date), release))
    ordered = sorted((sorted(dated), project) for project, dated in projects.items())
    return {project: _marks(dated) for dated, project in ordered}


def _marks(dated: list[tuple[Moment, Release]]) -> list[_Mark]:
    seen: set[int] = {0}
    marks = []
    for moment, release in dated:
        version = _version(release.version)
        is_major = bool(version and not release.is_pre_release and version.major not in seen)
        if version and is_major:
            seen.add(version.major)
        marks.append(_Mark(release, moment, is_major))
    return marks


def _version(text: str) -> Version | None:
    from packaging.version import InvalidVersion, Version

    try:
        return Version(text)
    except InvalidVersion:
        return None


def _note(marks: list[_Mark]) -> str:
    final = [mark for mark in marks if not mark.release.is_pre_release] or marks
    newest = max(final, key=_age)
    return f"{len(marks)} release{'s' if len(marks) > 1 else ''}, newest {newest.release.version}"


def _age(mark: _Mark) -> tuple[Moment, bool, Version | str]:
    """What is newer is more; of one day, the higher version."""
    version = _version(mark.release.version)
    return mark.moment, version is not None, version or mark.release.version


def _gutter_width(project: str, marks: list[_Mark]) -> float:
    return max(text_width(project, 12, bold=True), text_width(_note(marks), 10.5))


def _body(lines: dict[str, list[_Mark]], scale: Timescale, gutter: float) -> Iterator[Shape]:
    yield from scale.shapes(0, len(lines) * _ROW)
    for i, (project, marks) in enumerate(lines.items()):
        top = i * _ROW
        yield Line((Point(0, top), Point(scale.right, top)), "border")
        yield Text(0, top + 19, shorten(project, 12, gutter - 24, bold=True), "heading", project)
        yield Text(0, top + 33, shorten(_note(marks), 10.5, gutter - 24), "note", _note(marks))
        yield from _line(marks, scale, top + 28)
    yield Line((Point(0, len(lines) * _ROW), Point(scale.right, len(lines) * _ROW)), "border")


def _line(marks: list[_Mark], scale: Timescale, y: float) -> Iterator[Shape]:
    ends = [scale.place(mark.moment.middle) for mark in (marks[0], marks[-1])]
    yield Line((Point(ends[0], y), Point(ends[1], y)), "life")
    for mark in sorted(marks, key=lambda mark: (mark.is_major, not mark.release.is_pre_release)):
        release = mark.release
        yield _dot(mark, scale.place(mark.moment.middle), y, f"{release.project} {release.version}, {release.date}")
    yield from _names([mark for mark in marks if mark.is_major], scale, y)


def _dot(mark: _Mark, x: float, y: float, hover: str) -> Circle:
    if mark.release.is_pre_release:
        return Circle(x, y, 3, "pre-release", hover)
    return Circle(x, y, 6, "major", hover) if mark.is_major else Circle(x, y, 3, "release", hover)


def _names(majors: list[_Mark], scale: Timescale, y: float) -> Iterator[Text]:
    """Names of major versions, where they do not run into the one before."""
    free = scale.left - 30
    for mark in majors:
        text = ".".join(mark.release.version.split(".")[:2])
        name = Text(scale.place(mark.moment.middle), y - 9, text, "note", anchor="middle")
        box = shape_box(name)
        if box.left > free and box.right < scale.right + 20:
            yield name
            free = box.right + 4


def _keys(lines: dict[str, list[_Mark]]) -> Iterator[Key]:
    marks = [mark for own in lines.values() for mark in own]
    if any(mark.is_major for mark in marks):
        yield Key("first of a major version", (Circle(7, 0, 6, "major"),), 14)
    if any(not mark.is_major and not mark.release.is_pre_release for mark in marks):
        yield Key("release", (Circle(4, 0, 3, "release"),), 8)
    if any(mark.release.is_pre_release for mark in marks):
        yield Key("pre-release", (Circle(4, 0, 3, "pre-release"),), 8)
