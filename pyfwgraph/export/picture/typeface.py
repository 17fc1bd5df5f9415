"""How wide a text is: the advance widths of Helvetica, so that boxes fit before any font is at hand.

Arial, Liberation Sans and Nimbus Sans have the same widths; with any other font the renderers squeeze a text into the
width that is computed here. So what does not overlap in a layout overlaps in no rendering of it.
"""

from __future__ import annotations

import unicodedata

FAMILIES = ("Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "Nimbus Sans", "DejaVu Sans")
"""Fonts to ask for, the best first."""

ASCENT, DESCENT = 0.78, 0.22
"""How far letters reach above and below their baseline, in ems."""

_REGULAR = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft·",
    334: "()-`r“”{}",
    350: "•",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    549: "≥≤",
    556: "#$0123456789?L_abdeghnopqu–",
    584: "+<=>~×",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…→",
    1015: "@",
}
_BOLD = {
    238: "'",
    278: " ,./I\\ijl·‘’",
    280: "|",
    333: "!()-:;[]`ft",
    350: "•",
    389: "*r{}",
    474: '"',
    500: "z“”",
    549: "≥≤",
    556: "#$0123456789J_aceksvxy–",
    584: "+<=>^~×",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
    1000: "—…→",
}


def _by_letter(table: dict[int, str]) -> dict[str, int]:
    return {letter: width for width, letters in table.items() for letter in letters}


_WIDTHS = {False: _by_letter(_REGULAR), True: _by_letter(_BOLD)}
_WIDEST = 1000


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Give the width of a text on one line, in the unit of its size.

    >>> round(text_width("Flask", 10), 2)
    23.89
    >>> text_width("Flask", 10, bold=True) > text_width("Flask", 10)
    True
    """
    widths = _WIDTHS[bold]
    return sum(_letter_width(letter, widths) for letter in text) * size / 1000


def _letter_width(letter: str, widths: dict[str, int]) -> int:
    if letter in widths:
        return widths[letter]
    if unicodedata.combining(letter):
        return 0
    base = unicodedata.normalize("NFKD", letter)[0]  # é is as wide as e
    return widths.get(base, _WIDEST)


def shorten(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Give the text, or as much of it as fits into a room, with an ellipsis.

    >>> shorten("through Flask-SQLAlchemy", 10, 60)
    'through Fl…'
    """
    if text_width(text, size, bold=bold) <= room:
        return text
    while text and text_width(text.rstrip() + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, size: float, room: float, *, bold: bool = False, lines: int = 3) -> tuple[str, ...]:
    """Break a text into lines that fit into a room; what is too much for the last line is cut with an ellipsis.

    >>> wrap("Powertools for AWS Lambda", 10, 80)
    ('Powertools for', 'AWS Lambda')
    """
    done: list[str] = []
    for word in text.split():
        longer = f"{done[-1]} {word}" if done else word
        if done and (len(done) == lines or text_width(longer, size, bold=bold) <= room):
            done[-1] = longer
        else:
            done.append(word)
    return tuple(shorten(line, size, room, bold=bold) for line in done)
