"""What a repository says of itself at its newest commit: closed, not maintained, left for another place.

Only whole sentences near the beginning of its README are taken that speak of the repository or project itself, and the
subject of the newest commit where it says nothing but that the repository is archived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyfwgraph.harvest.declaration import clean
from pyfwgraph.harvest.tree import Tree, UnreadableFile

_LINES = 60
_README = re.compile(r"readme(\.(md|rst|txt|markdown))?$", re.IGNORECASE)
_ITSELF = r"(?:this|the) (?:git ?hub )?(?:repository|repo|project|package|library|software|framework)"
_STATUSES = [
    ("archived", r"{itself} (?:has (?:now )?been|is|is now|was) archived\b"),
    ("archived", r"(?:development|{itself}) (?:has |have |was |is )?(?:been )?(?:moved|migrated) to <?https?://(?!{home}\b)"),
    ("archived", r"no longer (?:actively )?(?:developed|maintained), please use <?https?://(?!{home}\b)"),
    ("unmaintained", r"{itself} is (?:now |currently )?(?:unmaintained|not (?:being )?maintained|no longer (?:being )?(?:actively )?maintained)\b"),
    ("unmaintained", r"{itself} is (?:now |considered )?deprecated\b"),
    ("maintenance-only", r"{itself} is (?:now |currently )?(?:in maintenance mode|not actively maintained)\b"),
    ("maintenance-only", r"is being maintained on life support\b"),
]  # fmt: skip
_COMMIT = re.compile(
    r"(?:prepare )?archiv(?:e|ed|ing)(?: (?:this |the )?(?:repository|repo|project))?\.?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a repository says of its own state.

    Attributes:
        status: Name of the status: `archived`, `unmaintained` or `maintenance-only`.
        words: The sentences that say so.
        place: Where they stand: the file, or `newest commit`.
    """

    status: str
    words: str
    place: str


def read_notice(tree: Tree, subject: str, *, name: str, location: str) -> Notice | None:
    """Give what a repository says of its own state, the strongest first; None where it says nothing of the kind.

    Args:
        tree: The files of the newest commit.
        subject: First line of the message of the newest commit.
        name: The project's own spelling.
        location: `owner/name` of the repository; that it moved there says nothing.
    """
    for path in tree.names():
        notice = _find(_read(tree, path), path, name, location) if _README.match(path) else None
        if notice:
            return notice
    return Notice("archived", subject, "newest commit") if _COMMIT.fullmatch(subject.strip()) else None


def _read(tree: Tree, path: str) -> str:
    try:
        return "\n".join((tree.read(path) or "").splitlines()[:_LINES])
    except UnreadableFile:
        return ""


def _find(text: str, path: str, name: str, location: str) -> Notice | None:
    itself = rf"\b(?:{_ITSELF}|{re.escape(name.lower())})"
    home = rf"github\.com/{re.escape(location.lower())}"
    found = [
        (rank, sentence)
        for sentence in _sentences(text)
        for rank, (_, pattern) in enumerate(_STATUSES)
        if re.search(pattern.format(itself=itself, home=home), sentence.lower())
    ]
    words = clean(" ".join(dict.fromkeys(sentence for _, sentence in found))[:300]) if found else None
    return Notice(_STATUSES[min(found)[0]][0], words, path) if words else None


def _sentences(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text):
        lines = (line for line in paragraph.splitlines() if not re.fullmatch(r"\W*", line))
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(lines))
        plain = " ".join(re.sub(r"[*`#]|\b_+|_+\b|^>\s?", "", plain).split())
        yield from re.split(r"(?<=[.!?])\s+", plain)
