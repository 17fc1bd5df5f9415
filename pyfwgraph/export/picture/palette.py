"""What each class of shape looks like: colours for light and dark paper, strokes, dashes, letters.

A relation has a colour and a dash pattern of its own, so that it is told apart in grey print too.
"""

from __future__ import annotations

from dataclasses import dataclass

COLOURS: dict[str, tuple[str, str]] = {
    "paper": ("#ffffff", "#12161c"),
    "ink": ("#1a1f26", "#e8ecf1"),
    "soft": ("#5b6672", "#9eaab7"),
    "rule": ("#e4e8ed", "#28303a"),
    "edge": ("#c3cbd4", "#3d4855"),
    "life": ("#a9b4c0", "#5d6a78"),
    "wash": ("#f3f5f8", "#1a2029"),
    "blue": ("#0b63c4", "#6db5ff"),
    "orange": ("#d4690a", "#ffa35c"),
    "green": ("#078055", "#43d6a2"),
    "magenta": ("#a62c82", "#f18fd2"),
    "gold": ("#8f6d00", "#e3c14a"),
    "red": ("#c2182f", "#ff858f"),
    "grey": ("#76818d", "#8b97a4"),
}
"""Names of colours: on light paper, on dark paper."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a class of shapes is drawn; colours are names in `COLOURS`, empty for none; lengths in pixels.

    `halo` is a rim of paper around letters, which keeps them legible where a line runs behind them.
    """

    fill: str = ""
    stroke: str = ""
    width: float = 0
    dash: tuple[float, ...] = ()
    opacity: float = 1
    size: float = 0
    bold: bool = False
    italic: bool = False
    halo: bool = False


def _edge(colour: str, width: float, dash: tuple[float, ...] = (), opacity: float = 1) -> Style:
    return Style(stroke=colour, width=width, dash=dash, opacity=opacity)


STYLES: dict[str, Style] = {
    "paper": Style(fill="paper"),
    "title": Style(fill="ink", size=20, bold=True),
    "subtitle": Style(fill="soft", size=12),
    "rule": _edge("rule", 1),
    "border": _edge("edge", 1),
    "wash": Style(fill="wash"),
    "tick": Style(fill="soft", size=11, halo=True),
    "note": Style(fill="soft", size=10.5, halo=True),
    "heading": Style(fill="ink", size=12, bold=True),
    "label": Style(fill="ink", size=12, halo=True),
    "label-undated": Style(fill="soft", size=12, italic=True, halo=True),
    "name": Style(fill="ink", size=12),
    "remark": Style(fill="soft", size=10.5),
    "key": Style(fill="ink", size=11.5),
    "life": _edge("life", 2.5),
    "life-undated": _edge("life", 2.5, (5, 3)),
    "life-end": _edge("life", 2.5),
    "span": _edge("ink", 1.2),
    "framework": Style(fill="ink", stroke="paper", width=1.2),
    "component": Style(fill="ink", stroke="paper", width=1.2),
    "project": Style(fill="ink", stroke="paper", width=1.2),
    "undated": Style(fill="paper", stroke="soft", width=1.5, dash=(2, 1.5)),
    "renamedFrom": _edge("blue", 2.4),
    "forkOf": _edge("orange", 2.2, (8, 3)),
    "rewriteOf": _edge("green", 2.4, (2.5, 2.5)),
    "splitFrom": _edge("magenta", 2.2, (9, 3, 2, 3)),
    "successorOf": _edge("gold", 2.2, (14, 4)),
    "mergedInto": _edge("red", 2.2, (6, 2.5, 2, 2.5, 2, 2.5)),
    "inspiredBy": _edge("grey", 1.3, (1.5, 2.5)),
    "node": Style(fill="paper", stroke="ink", width=1.2),
    "node-root": Style(fill="wash", stroke="ink", width=2),
    "requires": _edge("blue", 1.4),
    "optional": _edge("grey", 1.4, (5, 3)),
    "former": _edge("grey", 1.2, (1.5, 3)),
    "buildsOn": _edge("green", 2.4),
    "integratesWith": _edge("orange", 1.5, (7, 3)),
    "bundles": _edge("magenta", 1.8, (9, 3, 2, 3)),
    "runsOn": _edge("gold", 1.8, (2.5, 2.5)),
    "other": _edge("grey", 1.5, (12, 3)),
    "built-in": Style(fill="blue"),
    "official-extension": Style(fill="green"),
    "third-party": Style(fill="paper", stroke="orange", width=2),
    "planned": Style(fill="paper", stroke="magenta", width=1.8, dash=(2.5, 1.8)),
    "no": _edge("soft", 1.6),
    "major": Style(fill="blue", stroke="paper", width=1),
    "release": Style(fill="blue", opacity=0.75),
    "pre-release": Style(fill="paper", stroke="soft", width=1.1),
}
"""The classes of shapes."""

for _name in [name for name, style in STYLES.items() if style.stroke and not style.fill]:
    STYLES[f"{_name}-head"] = Style(fill=STYLES[_name].stroke)
