"""The files of one commit, by path; symbolic links are followed inside the tree only."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from pyfwgraph.errors import HarvestError
from pyfwgraph.harvest.objects import LARGEST, Objects

_FOLDER, _LINK, _MODULE = "40000", "120000", "160000"
_LINKS = 5


class Entry(NamedTuple):
    """One name in a folder: its mode as git writes it, and the object."""

    mode: str
    identifier: str


class UnreadableFile(HarvestError):
    """A file is there and cannot be read: too large, not text, a link that leads nowhere."""


class Tree:
    """The files of one commit.

    Args:
        objects: The repository.
        commit: Identifier of the commit.
        folders: Folders already read, by identifier; shared by the commits of one repository.
    """

    def __init__(self, objects: Objects, commit: str, folders: dict[str, dict[str, Entry]]) -> None:
        self._objects = objects
        self._folders = folders
        found = objects.find(f"{commit}^{{tree}}")
        self._root = found.identifier if found else ""

    def names(self, folder: str = "") -> tuple[str, ...]:
        """Give the names in a folder, sorted; none where it is not a folder."""
        entry = self._find(folder, _LINKS)
        if entry is None or entry.mode != _FOLDER:
            return ()
        return tuple(sorted(self._folder(entry.identifier)))

    def holds(self, path: str) -> bool:
        """Tell whether a path leads to a file or folder."""
        return self._find(path, _LINKS) is not None

    def is_file(self, path: str) -> bool:
        """Tell whether a path leads to a file."""
        entry = self._find(path, _LINKS)
        return entry is not None and entry.mode not in (_FOLDER, _MODULE)

    def identifier(self, path: str) -> str:
        """Give the identifier of the object at a path; empty where there is none."""
        entry = self._find(path, _LINKS)
        return entry.identifier if entry else ""

    def read(self, path: str) -> str | None:
        """Give the text of a file, None where there is none; bytes outside UTF-8 are read as Latin-1.

        Raises:
            UnreadableFile: Too large, or not text.
        """
        entry = self._find(path, _LINKS)
        if entry is None or entry.mode in (_FOLDER, _MODULE):
            return None
        found = self._objects.find(entry.identifier)
        if found is None or found.kind != "blob":
            return None
        if found.size > LARGEST:
            raise UnreadableFile(f"{path} is larger than {LARGEST // 1000} kB")
        return _decode(self._objects.read(entry.identifier), path)

    def _find(self, path: str, links: int) -> Entry | None:
        parts = [part for part in posixpath.normpath(path or ".").split("/") if part not in ("", ".")]
        entry = Entry(_FOLDER, self._root)
        for index, part in enumerate(parts):
            if part == ".." or entry.mode != _FOLDER or not entry.identifier:
                return None
            inside = self._folder(entry.identifier).get(part)
            if inside is None:
                return None
            if inside.mode == _LINK:
                return self._follow(inside, parts, index, links)
            entry = inside
        return entry if entry.identifier else None

    def _follow(self, link: Entry, parts: list[str], index: int, links: int) -> Entry | None:
        if links == 0:
            return None
        found = self._objects.find(link.identifier)
        if found is None or found.size > 4096:
            return None
        target = self._objects.read(link.identifier).decode("utf-8", "replace")
        if target.startswith("/"):
            return None
        path = posixpath.normpath("/".join([*parts[:index], target, *parts[index + 1 :]]))
        return self._find(path, links - 1)

    def _folder(self, identifier: str) -> dict[str, Entry]:
        if identifier not in self._folders:
            found = self._objects.find(identifier)
            readable = found is not None and found.kind == "tree" and found.size <= 10 * LARGEST
            self._folders[identifier] = _parse_folder(self._objects.read(identifier)) if readable else {}
        return self._folders[identifier]


def _parse_folder(body: bytes) -> dict[str, Entry]:
    entries, at = {}, 0
    while at < len(body):
        end = body.index(b"\0", at)
        mode, _, name = body[at:end].partition(b" ")
        identifier = body[end + 1 : end + 21].hex()
        entries[name.decode("utf-8", "replace")] = Entry(mode.decode(), identifier)
        at = end + 21
    return entries


def _decode(body: bytes, path: str) -> str:
    if b"\0" in body:
        raise UnreadableFile(f"{path} is not text")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")
