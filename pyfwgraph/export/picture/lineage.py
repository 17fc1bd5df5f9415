"""The lineage of projects on a line of time: families in lanes, each relation with a colour and a dash of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyfwgraph.export.picture.drawing import Circle, Drawing, Line, Point, Polygon, Rect, Shape, Text, small_drawing
from pyfwgraph.export.picture.kin import WORDS, Member, Tie, read_members, read_ties
from pyfwgraph.export.picture.moment import read_moment
from pyfwgraph.export.picture.page import Key, compose
from pyfwgraph.export.picture.timeline import NAME_ROW, Lane, Spot, Timeline, lay_timeline
from pyfwgraph.export.picture.tracing import MARK, spot_label, trace_ties

if TYPE_CHECKING:
    import networkx

_CAPTION = (
    "Time runs from left to right, a lane is a family by descent. A mark is the first release; the line behind it "
    "reaches to the last known release."
)


def lineage_drawing(graph: networkx.MultiDiGraph[str], *, title: str = "") -> Drawing:
    """Give the picture of a lineage on a line of time.

    Args:
        graph: What `g.to_networkx("lineage")` gives, or a part of it.
        title: A title; one that counts the projects unless given.

    Raises:
        ExportError: A relation is not lineage, or a date is none.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph()
    >>> graph.add_node("fw:zope", label="Zope", kind="framework", released="1998-12")
    >>> graph.add_node("fw:bluebream", label="BlueBream", kind="framework", released="2011-01-18")
    >>> _ = graph.add_edge("fw:bluebream", "fw:zope", relation="successorOf")
    >>> lineage_drawing(graph).title
    'Lineage of 2 projects, 1998–2011'
    """
    members, ties = read_members(graph), read_ties(graph)
    if len(members) < 2:
        only = (
            f"There is one project, {next(iter(members.values())).label}, and no relation to draw." if members else ""
        )
        return small_drawing(title or "Lineage", only or "There are no projects to draw.")
    timeline = lay_timeline(members, ties)
    title = title or _title(members)
    return compose(title, _CAPTION, _description(members, ties), _keys(members, ties), _body(timeline, ties))


def _title(members: dict[str, Member]) -> str:
    moments = [moment for member in members.values() for moment in (member.released, member.last) if moment]
    years = f", {min(moments).text[:4]}–{max(moments).text[:4]}" if moments else ""
    return f"Lineage of {len(members)} projects{years}"


def _description(members: dict[str, Member], ties: Iterable[Tie]) -> str:
    """What is to be seen, in words: for those who hear it."""
    counts = Counter(tie.relation for tie in ties)
    told = ", ".join(f"{counts[relation]} × {word}" for relation, word in WORDS.items() if counts[relation])
    undated = sum(member.released is None for member in members.values())
    dates = f"; of {undated} the date of the first release is unknown" if undated else ""
    return f"A timeline of {len(members)} projects{dates}. Relations between them: {told or 'none'}."


def _body(timeline: Timeline, ties: tuple[Tie, ...]) -> Iterator[Shape]:
    if timeline.scale:
        yield from timeline.scale.shapes(0, timeline.bottom)
    if timeline.undated_left is not None:
        yield Text(timeline.undated_left, -8, "no date known", "tick")
    for lane in timeline.lanes:
        yield from _lane(lane, timeline.right)
    yield Line((Point(0, timeline.bottom), Point(timeline.right, timeline.bottom)), "border")
    spots = timeline.spots.values()
    for spot in spots:
        yield from _life(spot, timeline)
    yield from trace_ties(timeline, ties)
    for spot in spots:
        yield _mark(spot.member, spot.x, spot.y)
    for spot in spots:
        yield spot_label(spot)


def _lane(lane: Lane, right: float) -> Iterator[Shape]:
    yield Line((Point(0, lane.top), Point(right, lane.top)), "border")
    y = lane.top + 21
    for line in lane.name:
        yield Text(0, y, line, "heading")
        y += NAME_ROW
    yield Text(0, y, f"{lane.count} project{'s' if lane.count > 1 else ''}", "note")


def _life(spot: Spot, timeline: Timeline) -> Iterator[Shape]:
    """The life-line, its end where it ended, and the span of a date of which only the year is known."""
    member, released = spot.member, spot.member.released
    if spot.end > spot.x + 1:
        yield Line(
            (Point(spot.x, spot.y), Point(spot.end, spot.y)), "life" if released else "life-undated", member.hover
        )
        if member.ended:
            yield Line((Point(spot.end, spot.y - 5), Point(spot.end, spot.y + 5)), "life-end")
    if released and timeline.scale and _only_year(member):
        left, right = timeline.scale.place(released.start), timeline.scale.place(released.end)
        yield Line((Point(left, spot.y), Point(right, spot.y)), "span")
        for x in (left, right):
            yield Line((Point(x, spot.y - 4), Point(x, spot.y + 4)), "span")


def _mark(member: Member, x: float, y: float) -> Shape:
    """A circle for a framework, a square for a component, a diamond for anything else; hollow without a date."""
    style = member.kind if member.kind in ("framework", "component") else "project"
    looks = style if member.released else "undated"
    if style == "framework":
        return Circle(x, y, MARK, looks, member.hover)
    if style == "component":
        return Rect(x - 4.5, y - 4.5, 9, 9, looks, member.hover, 1)
    corners = ((x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y))
    return Polygon(tuple(Point(*corner) for corner in corners), looks, member.hover)


def _keys(members: dict[str, Member], ties: Iterable[Tie]) -> Iterator[Key]:
    """The legend: the relations and marks that the picture has, and no others."""
    drawn = {tie.relation for tie in ties}
    for relation, word in WORDS.items():
        if relation in drawn:
            head = Polygon((Point(50, 0), Point(43, -3.5), Point(43, 3.5)), f"{relation}-head")
            yield Key(word, (Line((Point(0, 0), Point(43, 0)), relation), head), 50)
    for kind in sorted({member.kind for member in members.values()}, key=lambda kind: (kind != "framework", kind)):
        yield Key(kind, (_mark(Member("", "", kind, read_moment("2000"), None, ""), 6, 0),), 12)
    if any(member.released is None for member in members.values()):
        yield Key("date unknown, placed by its neighbours", (Circle(6, 0, MARK, "undated"),), 12)
    if any(_only_year(member) for member in members.values()):
        ends = tuple(Line((Point(x, -4), Point(x, 4)), "span") for x in (0, 24))
        yield Key(
            "only the year known",
            (Line((Point(0, 0), Point(24, 0)), "span"), *ends, Circle(12, 0, MARK, "framework")),
            24,
        )
    if any(member.ended and member.last for member in members.values()):
        end = Line((Point(30, -5), Point(30, 5)), "life-end")
        yield Key("no longer developed", (Line((Point(0, 0), Point(30, 0)), "life"), end), 31)


def _only_year(member: Member) -> bool:
    return member.released is not None and member.released.end - member.released.start > 0.5
