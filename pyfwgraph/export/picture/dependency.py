"""What a project requires, and what that requires: layers from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyfwgraph.export.picture.drawing import Drawing, Line, Point, Rect, Shape, Text, small_drawing
from pyfwgraph.export.picture.layers import (
    Edge,
    Link,
    Place,
    assign_layers,
    find_circles,
    order_layers,
    place_neighbours,
)
from pyfwgraph.export.picture.page import Key, compose
from pyfwgraph.export.picture.requirement import Requirement, read_requirements, specifier_note
from pyfwgraph.export.picture.stack import stack_layers
from pyfwgraph.export.picture.typeface import shorten, text_width
from pyfwgraph.export.picture.wire import Passes, ProjectBox, draw_head, draw_wires

if TYPE_CHECKING:
    import networkx

_CAPTION = "A line runs from a project to what it requires, from left to right. Below a name: the versions asked for."

_HEIGHT, _TALL, _PASS, _AIR = 26.0, 38.0, 10.0, 9.0
"""Heights of a box, of one with a specifier, of a passing line, and of the air between them."""

_GAP, _WIDEST_GAP, _INSET, _WIDEST = 70.0, 120.0, 10.0, 190.0
"""Widths of the air between layers, least and most, of the air in a box, and of the widest box."""


def dependency_drawing(graph: networkx.MultiDiGraph[str], *, title: str = "") -> Drawing:
    """Give the picture of requirements: a project at the left, to its right what it requires, and so on.

    Args:
        graph: Edges from what requires to what is required, with `relation` and, where known, `specifier`, `scope` and
            `until`.
        title: A title; one that names the start unless given.

    >>> import networkx
    >>> graph = networkx.MultiDiGraph()
    >>> graph.add_nodes_from([("fw:flask", {"label": "Flask"}), ("fw:werkzeug", {"label": "Werkzeug"})])
    >>> _ = graph.add_edge("fw:flask", "fw:werkzeug", relation="requires", specifier=">=3.1")
    >>> dependency_drawing(graph).title
    'What Flask requires'
    """
    labels = {node: str(graph.nodes[node].get("label") or node) for node in sorted(graph)}
    requirements = read_requirements(graph)
    if len(labels) < 2:
        only = f"There is one project, {next(iter(labels.values()))}, that requires no other." if labels else ""
        return small_drawing(title or "Dependencies", only or "There are no projects to draw.")
    plain = _plain(labels, requirements)
    back = find_circles(plain)
    plain.remove_edges_from(back)
    plain.add_edges_from((end, start) for start, end in sorted(back))
    layers = assign_layers(plain)
    boxes, passes = _place(labels, requirements, layers, _links(requirements, back))
    body = [*draw_wires(requirements, boxes, passes, layers, back), *_boxes(boxes.values())]
    heading = title or _title(labels, requirements)
    return compose(heading, _caption(back), _description(labels, requirements), _keys(requirements), body)


def _plain(labels: dict[str, str], requirements: Iterable[Requirement]) -> networkx.DiGraph[str]:
    """The graph without parallel edges and loops."""
    import networkx

    plain: networkx.DiGraph[str] = networkx.DiGraph()
    plain.add_nodes_from(labels)
    plain.add_edges_from((r.subject, r.value) for r in requirements if r.subject != r.value)
    return plain


def _title(labels: dict[str, str], requirements: Iterable[Requirement]) -> str:
    needed = {r.value for r in requirements if r.subject != r.value}
    roots = [label for node, label in labels.items() if node not in needed]
    return f"What {roots[0]} requires" if len(roots) == 1 else f"Requirements among {len(labels)} projects"


def _caption(back: set[Edge]) -> str:
    circle = " A line with its head at the left end closes a circle." if back else ""
    return f"{_CAPTION}{circle}"


def _description(labels: dict[str, str], requirements: Iterable[Requirement]) -> str:
    counts = Counter(requirement.word for requirement in requirements)
    told = ", ".join(f"{counts[word]} × {word}" for word in sorted(counts))
    return f"A layered graph of {len(labels)} projects. Lines between them: {told or 'none'}."


def _links(requirements: Iterable[Requirement], back: set[Edge]) -> list[Link]:
    """What runs from layer to layer: to the right, also where the requirement is to the left."""
    found = set()
    for r in requirements:
        if r.subject != r.value:
            found.add((r.value, r.subject, r.style) if (r.subject, r.value) in back else (r.subject, r.value, r.style))
    return sorted(found)


def _place(
    labels: dict[str, str], requirements: tuple[Requirement, ...], layers: dict[str, int], links: list[Link]
) -> tuple[dict[str, ProjectBox], Passes]:
    """Boxes of projects, and where lines enter and leave a layer that they pass."""
    order, beside = order_layers(links, layers), place_neighbours(links, layers)
    notes = {node: specifier_note([r for r in requirements if r.value == node]) for node in labels}
    boxed = {node: _TALL if notes[node] else _HEIGHT for node in labels}
    heights = {place: _PASS if place[1] else boxed[place[0]] for layer in order for place in layer}
    ys = stack_layers(order, heights, _AIR, beside)
    needed = {requirement.value for requirement in requirements}
    boxes: dict[str, ProjectBox] = {}
    passes: dict[Place, tuple[Point, Point]] = {}
    x = 0.0
    for layer in order:
        nodes = [place[0] for place in layer if not place[1]]
        width = max([_width(labels[node], notes[node]) for node in nodes], default=0)
        for place in layer:
            passes[place] = Point(x, ys[place]), Point(x + width, ys[place])
        for node in nodes:
            hover = "\n".join([labels[node], *(r.hover(labels) for r in requirements if r.value == node)])
            boxes[node] = ProjectBox(
                labels[node], notes[node], hover, x, ys[node, "", 0], width, boxed[node], node not in needed
            )
        x += width + min(_WIDEST_GAP, _GAP + 2 * sum(len(beside[place]) for place in layer))
    return boxes, passes


def _width(label: str, note: str) -> float:
    return min(_WIDEST, max(text_width(label, 12, bold=True), text_width(note, 10.5), 40.0) + 2 * _INSET)


def _boxes(boxes: Iterable[ProjectBox]) -> Iterator[Shape]:
    for box in boxes:
        style = "node-root" if box.is_root else "node"
        yield Rect(box.x, box.y - box.height / 2, box.width, box.height, style, box.hover, 5)
        room, middle = box.width - 2 * _INSET + 1, box.x + box.width / 2
        label_style = "heading" if box.is_root else "name"
        label = shorten(box.label, 12, room, bold=box.is_root)
        yield Text(middle, box.y + (-2 if box.note else 4.3), label, label_style, box.hover, "middle")
        if box.note:
            yield Text(middle, box.y + 12, shorten(box.note, 10.5, room), "remark", box.hover, "middle")


def _keys(requirements: Iterable[Requirement]) -> Iterator[Key]:
    words = dict.fromkeys((requirement.word, requirement.style) for requirement in requirements)
    for word, style in sorted(words):
        head = draw_head(Point(50, 0), 1, style)
        yield Key(word, (Line((Point(0, 0), Point(43, 0)), style), head), 50)
