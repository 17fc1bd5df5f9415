"""A drawing as SVG: one text, legible on light and on dark paper, with names for those who hear it read."""

from __future__ import annotations

import hashlib
from html import escape
from itertools import groupby

from pyfwgraph.export.picture.drawing import Circle, Curve, Drawing, Line, Point, Polygon, Rect, Shape, Text
from pyfwgraph.export.picture.palette import COLOURS, STYLES, Style
from pyfwgraph.export.picture.typeface import FAMILIES

_FONTS = ", ".join(f"'{family}'" if " " in family else family for family in FAMILIES) + ", sans-serif"


def to_svg(drawing: Drawing) -> str:
    """Give a drawing as an SVG document; the same drawing gives the same text.

    >>> from pyfwgraph.export.picture.drawing import Drawing, Text
    >>> svg = to_svg(Drawing(90, 30, "A < B", "Two letters.", (Text(10, 20, "A < B", "label"),)))
    >>> "<title" in svg and "A &lt; B" in svg
    True
    """
    body = "\n".join(_groups(drawing))
    name = "fw-" + hashlib.sha256(f"{drawing.width} {drawing.height} {drawing.title}{body}".encode()).hexdigest()[:10]
    width, height = _number(drawing.width), _number(drawing.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="{name}-title {name}-desc">\n'
        f'<title id="{name}-title">{_escaped(drawing.title)}</title>\n'
        f'<desc id="{name}-desc">{_escaped(drawing.description)}</desc>\n'
        f"<style>\n{_sheet(drawing, name)}</style>\n"
        f'<rect class="paper" width="{width}" height="{height}" fill="{COLOURS["paper"][0]}"/>\n{body}\n</svg>\n'
    )


def _escaped(text: str) -> str:
    """Escape a text, without the control characters that XML cannot hold."""
    return escape("".join(letter if letter.isprintable() else " " for letter in text))


def _number(value: float) -> str:
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")  # adding 0.0 takes the sign from a zero


def _sheet(drawing: Drawing, name: str) -> str:
    """The style sheet: colours as custom properties of this drawing alone, and a rule for each class in use."""
    used = sorted({shape.style for shape in drawing.shapes} | {"paper"})
    colours = sorted({colour for style in used for colour in (STYLES[style].fill, STYLES[style].stroke) if colour})
    light = ";".join(f"--{colour}:{COLOURS[colour][0]}" for colour in sorted({*colours, "paper"}))
    dark = ";".join(f"--{colour}:{COLOURS[colour][1]}" for colour in sorted({*colours, "paper"}))
    rules = "".join(f"#{name} .{style}{{{_rule(STYLES[style])}}}\n" for style in used)
    return f"#{name}{{{light}}}\n@media (prefers-color-scheme: dark){{#{name}{{{dark}}}}}\n{rules}"


def _rule(style: Style) -> str:
    said = [f"fill:var(--{style.fill})" if style.fill else "fill:none"]
    if style.halo:
        said.append("stroke:var(--paper)")
    elif style.stroke:
        said.append(f"stroke:var(--{style.stroke})")
    return ";".join(said)


def _groups(drawing: Drawing) -> list[str]:
    """Neighbours of one class share a group, which carries their looks also for viewers that read no style sheet."""
    return [
        f'<g class="{style}"{_looks(STYLES[style])}>\n' + "\n".join(map(_element, shapes)) + "\n</g>"
        for style, shapes in groupby(drawing.shapes, key=lambda shape: shape.style)
    ]


def _looks(style: Style) -> str:
    looks: dict[str, str] = {"fill": COLOURS[style.fill][0] if style.fill else "none"}
    if style.size:
        looks |= {"font-family": _FONTS, "font-size": _number(style.size)}
        looks |= {"font-weight": "bold"} if style.bold else {}
        looks |= {"font-style": "italic"} if style.italic else {}
    if style.halo:
        paper = COLOURS["paper"][0]
        looks |= {"stroke": paper, "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"}
    elif style.stroke:
        looks |= {"stroke": COLOURS[style.stroke][0], "stroke-width": _number(style.width)}
    looks |= {"stroke-dasharray": " ".join(map(_number, style.dash))} if style.dash else {}
    looks |= {"opacity": f"{style.opacity:g}"} if style.opacity < 1 else {}
    return "".join(f' {name}="{value}"' for name, value in looks.items())


def _element(shape: Shape) -> str:
    name, attributes, content = _parts(shape)
    hover = f"<title>{_escaped(shape.hover)}</title>" if shape.hover else ""
    return f"<{name} {attributes}>{hover}{content}</{name}>" if hover or content else f"<{name} {attributes}/>"


def _parts(shape: Shape) -> tuple[str, str, str]:
    """The name of an element, its attributes, and its text."""
    match shape:
        case Text():
            anchor = "" if shape.anchor == "start" else f' text-anchor="{shape.anchor}"'
            fitted = (
                f' textLength="{_number(shape.width)}" lengthAdjust="spacingAndGlyphs"' if shape.text.strip() else ""
            )
            return "text", f'x="{_number(shape.x)}" y="{_number(shape.y)}"{anchor}{fitted}', _escaped(shape.text)
        case Circle():
            return "circle", f'cx="{_number(shape.x)}" cy="{_number(shape.y)}" r="{_number(shape.radius)}"', ""
        case Rect():
            rounded = f' rx="{_number(shape.radius)}"' if shape.radius else ""
            place = f'x="{_number(shape.x)}" y="{_number(shape.y)}"'
            return "rect", f'{place} width="{_number(shape.width)}" height="{_number(shape.height)}"{rounded}', ""
        case Curve():
            return "path", f'd="{_path(shape.points)}"', ""
        case Line():
            return "polyline", f'points="{_pairs(shape.points)}"', ""
        case Polygon():
            return "polygon", f'points="{_pairs(shape.points)}"', ""


def _pairs(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_number(point.x)},{_number(point.y)}" for point in points)


def _path(points: tuple[Point, ...]) -> str:
    pieces = [points[i : i + 3] for i in range(1, len(points), 3)]
    return f"M{_pairs(points[:1])}" + "".join(f"C{_pairs(piece)}" for piece in pieces)
