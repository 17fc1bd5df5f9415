"""The licence files of one commit, and the notices that say more of them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyfwgraph.harvest.licence_text import Held, read_later, read_licences
from pyfwgraph.harvest.tree import Tree, UnreadableFile

_LICENCE_FILE = re.compile(r"((?:un)?licen[cs]e|copying)([._-].*)?$", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"(^|/)(licen[cs]e|copying)(\.(txt|md|rst))?$", re.IGNORECASE)
_NOTHING = Held()
_NOTICE_FILE = re.compile(r"(readme([._-].*)?|setup\.py)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LicenceFiles:
    """What the licence files of a commit say.

    Attributes:
        held: The licences in them; those offered are of the first file with a known one.
        is_unknown: Whether there are such files and none of their texts is known.
        later: GNU licences that a notice offers in a later version too; asked only where the files hold a GNU licence.
    """

    held: Held = _NOTHING
    is_unknown: bool = False
    later: frozenset[str] = frozenset()


def read_licence_files(tree: Tree, folders: tuple[str, ...], known: dict[str, Held]) -> LicenceFiles:
    """Give what the licence files say, in the first folder that has one with a known text, else in the root.

    `COPYING.LESSER` stands before the `COPYING` that it amends, and alone; `LICENSE` stands before `LICENSE.ZPL`.

    Args:
        tree: The files.
        folders: Folders of the manifest.
        known: Licences of the texts that were read, by the identifier of the file; added to.
    """
    is_unknown = False
    for folder in dict.fromkeys([*folders, ""]):
        paths = [path for path in _paths(tree, folder, _LICENCE_FILE) if tree.is_file(path)]
        texts = [_read(tree, path, known) for path in sorted(paths, key=_rank)]
        if any(text.offered for text in texts):
            lesser = any("lesser" in path.lower() for path in paths)
            held = _join([text for text in texts if text.offered][: 1 if lesser else None])
            return LicenceFiles(held, later=frozenset(_read_notices(tree, folder, held)))
        is_unknown = is_unknown or bool(paths)
    return LicenceFiles(is_unknown=is_unknown)


def _rank(path: str) -> tuple[bool, bool, str]:
    """Put the lesser licence first, then the file that bears no licence's name: it says what the others are for."""
    return "lesser" not in path.lower(), not _PLAIN_NAME.search(path), path


def _paths(tree: Tree, folder: str, pattern: re.Pattern[str]) -> list[str]:
    return [posixpath.join(folder, name) for name in tree.names(folder) if pattern.match(name)]


def _read(tree: Tree, path: str, known: dict[str, Held]) -> Held:
    identifier = tree.identifier(path)
    if identifier not in known:
        known[identifier] = read_licences(_text(tree, path))
    return known[identifier]


def _join(texts: list[Held]) -> Held:
    offered = texts[0].offered
    others = [*texts[0].others, *(one for text in texts[1:] for one in text.offered)]
    return Held(offered, tuple(one for one in dict.fromkeys(others) if one not in offered))


def _read_notices(tree: Tree, folder: str, held: Held) -> Iterator[str]:
    if any(one.endswith("-only") for one in held.offered):
        for pattern in (_LICENCE_FILE, _NOTICE_FILE):
            for path in _paths(tree, folder, pattern):
                yield from read_later(_text(tree, path))


def _text(tree: Tree, path: str) -> str:
    try:
        return tree.read(path) or ""
    except UnreadableFile:
        return ""
