"""Read requirement files, those included by `-r` too."""

from __future__ import annotations

import posixpath

from pyfwgraph.harvest.requirement import Requirement, included_files, parse_requirement, split_lines
from pyfwgraph.harvest.tree import Tree, UnreadableFile

_DEEPEST = 5


def read_requirement_file(tree: Tree, path: str, *, deep: int = _DEEPEST) -> tuple[list[Requirement], list[str]]:
    """Give the requirements of a file, and what of it cannot be read.

    Args:
        tree: The files of the commit.
        path: The file inside the tree.
        deep: How many files may include each other.
    """
    try:
        text = tree.read(path) if path else None
    except UnreadableFile as error:
        return [], [str(error)]
    if text is None:
        return [], [f"{path or 'requirements.txt'} is not in the tree"]
    found: list[Requirement] = []
    problems: list[str] = []
    for name in included_files(text) if deep else []:
        more, missing = read_requirement_file(tree, posixpath.join(posixpath.dirname(path), name), deep=deep - 1)
        found, problems = found + more, problems + missing
    parsed = (parse_requirement(line) for line in split_lines(text))
    found += [requirement for requirement in parsed if requirement]
    return list(dict.fromkeys(found)), problems
