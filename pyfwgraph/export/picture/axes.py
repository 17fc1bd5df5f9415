"""A drawing on matplotlib's axes: the same shapes, for notebooks and print.

Letters are outlines in the drawing's own pixels, so that they keep their place at any size of the figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyfwgraph.errors import ExportError
from pyfwgraph.export.picture.drawing import Circle, Curve, Drawing, Line, Polygon, Rect, Shape, Text, shape_box
from pyfwgraph.export.picture.palette import COLOURS, STYLES, Style
from pyfwgraph.export.picture.typeface import FAMILIES

if TYPE_CHECKING:
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.path import Path

_DPI = 96
"""Pixels of a drawing to an inch of a new figure."""


def to_axes(drawing: Drawing, axes: Axes | None = None) -> Axes:
    """Draw on matplotlib's axes and give them back.

    Args:
        drawing: What to draw.
        axes: Where to; a new figure of the drawing's size unless given. Dark paper gets the colours for dark.

    Raises:
        ExportError: matplotlib is not installed.

    >>> from pyfwgraph.export.picture.drawing import Drawing, Text
    >>> to_axes(Drawing(90, 30, "A", "A letter.", (Text(10, 20, "A", "label"),))).get_title()
    ''
    """
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ExportError("pictures on axes need matplotlib: pip install 'pyfwgraph[notebook]'") from error
    if axes is None:
        size = (drawing.width / _DPI, drawing.height / _DPI)
        axes = pyplot.figure(figsize=size, dpi=_DPI).add_axes((0, 0, 1, 1))
    tone = 1 if _is_dark(axes) else 0
    axes.set(xlim=(0, drawing.width), ylim=(drawing.height, 0), aspect="equal")
    axes.set_axis_off()
    scale = _points_per_pixel(axes)
    _draw(axes, Rect(0, 0, drawing.width, drawing.height, "paper"), tone, scale, -1)
    for order, shape in enumerate(drawing.shapes):
        _draw(axes, shape, tone, scale, order)
    return axes


def _is_dark(axes: Axes) -> bool:
    from matplotlib.colors import to_rgb

    return sum(to_rgb(axes.get_facecolor())) < 1.5


def _points_per_pixel(axes: Axes) -> float:
    """How many points of print a pixel of the drawing is, for the widths of strokes."""
    figure = axes.get_figure(root=True)
    dpi = figure.dpi if figure else 72.0
    across = axes.transData.transform([(0, 0), (1, 0)])
    return float(abs(across[1][0] - across[0][0])) * 72 / dpi


def _draw(axes: Axes, shape: Shape, tone: int, scale: float, order: int) -> None:
    from matplotlib.patches import PathPatch

    style = STYLES[shape.style]
    path = _outline(shape)
    looks = _looks(style, tone, scale)
    if style.halo:
        paper = COLOURS["paper"][tone]
        rim = PathPatch(
            path, facecolor=paper, edgecolor=paper, linewidth=3 * scale, joinstyle="round", zorder=2 + order
        )
        axes.add_patch(rim)
    axes.add_patch(PathPatch(path, zorder=2 + order, **looks))


def _looks(style: Style, tone: int, scale: float) -> dict[str, Any]:
    looks: dict[str, Any] = {
        "facecolor": COLOURS[style.fill][tone] if style.fill else "none",
        "edgecolor": COLOURS[style.stroke][tone] if style.stroke else "none",
        "linewidth": style.width * scale,
        "alpha": style.opacity,
        "capstyle": "butt",
    }
    if style.dash and style.width:
        looks["linestyle"] = (0, tuple(length / style.width for length in style.dash))  # in widths of the line
    return looks


def _outline(shape: Shape) -> Path:
    from matplotlib.path import Path

    match shape:
        case Text():
            return _letters(shape)
        case Circle():
            return Path.circle((shape.x, shape.y), shape.radius)
        case Rect():
            return _rounded(shape)
        case Curve():
            return Path(shape.points, [Path.MOVETO, *[Path.CURVE4] * (len(shape.points) - 1)])
        case Line():
            return Path(shape.points)
        case Polygon():
            return Path([*shape.points, shape.points[0]], closed=True)


def _rounded(shape: Rect) -> Path:
    from matplotlib.patches import FancyBboxPatch

    round_off = f"round,pad=0,rounding_size={shape.radius}" if shape.radius else "square,pad=0"
    patch = FancyBboxPatch((shape.x, shape.y), shape.width, shape.height, boxstyle=round_off)
    return patch.get_path()


def _letters(shape: Text) -> Path:
    """The outlines of a text, squeezed where the font at hand is wider than the room."""
    from matplotlib.textpath import TextPath
    from matplotlib.transforms import Affine2D

    style = STYLES[shape.style]
    path = TextPath((0, 0), shape.text.replace("$", r"\$"), size=style.size, prop=_font(style))
    box = shape_box(shape)
    extent = path.get_extents().x1 if len(path.vertices) else 0.0
    squeeze = min(1.0, shape.width / extent) if extent > 0 else 1.0
    spare = (shape.width - extent * squeeze) * {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
    return Affine2D().scale(squeeze, -1).translate(box.left + spare, shape.y).transform_path(path)


def _font(style: Style) -> Any:
    from matplotlib.font_manager import FontProperties, fontManager

    at_hand = set(fontManager.get_font_names())
    family = next((name for name in FAMILIES if name in at_hand), "DejaVu Sans")
    return FontProperties(
        family=family, weight="bold" if style.bold else "normal", style="italic" if style.italic else "normal"
    )
