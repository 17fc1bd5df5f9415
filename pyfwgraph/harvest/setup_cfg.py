"""Read `setup.cfg`: the options of setuptools, and the older form that pbr, d2to1 and distutils2 share."""

from __future__ import annotations

import configparser
import posixpath
import re
from collections.abc import Iterable

from pyfwgraph.harvest.declaration import Declaration, clean, clean_python
from pyfwgraph.harvest.requirement import (
    Requirement,
    parse_requirement,
    split_extra,
    split_lines,
    to_marker_text,
    with_marker,
)
from pyfwgraph.harvest.requirement_file import read_requirement_file
from pyfwgraph.harvest.tree import Tree, UnreadableFile

Options = dict[str, dict[str, str]]


def read_setup_cfg(tree: Tree, folder: str) -> Declaration | None:
    """Give what `setup.cfg` declares; None where there is none or it declares nothing of the distribution."""
    path = posixpath.normpath(posixpath.join(folder, "setup.cfg"))
    try:
        text = tree.read(path)
        options = _parse(text) if text is not None else {}
    except UnreadableFile as error:
        return Declaration(path, problems=(str(error),))
    except configparser.Error as error:
        return Declaration(path, problems=(f"{path} cannot be parsed: {str(error).splitlines()[0][:100]}",))
    if not ({"metadata", "options"} & set(options)):
        return None
    metadata = options.get("metadata", {})
    runtime, problems = _read_runtime(tree, folder, options)
    marked = [split_extra(one) for one in runtime or ()]
    runtime = tuple(one for one in marked if not one.extra) if runtime is not None else None
    extras = [*(one for one in marked if one.extra), *_read_extras(tree, folder, options)]
    bare = tuple(one for one in extras if not one.extra)
    return Declaration(
        path,
        name=clean(metadata.get("name")),
        version=clean(metadata.get("version")),
        python=clean_python(_first(options, ("options", "python_requires"), ("metadata", "python_requires"),
                                   ("metadata", "requires_python"))),
        licence=clean(metadata.get("license")),
        classifiers=_classifiers(metadata) or None,
        runtime=(runtime or ()) + bare if bare else runtime,
        optional=tuple(one for one in extras if one.extra) or None,
        problems=tuple(problems),
    )  # fmt: skip


def uses_pbr(tree: Tree, folder: str) -> bool:
    """Tell whether `setup.py` hands everything to pbr, which reads the requirements from files."""
    try:
        text = tree.read(posixpath.normpath(posixpath.join(folder, "setup.py"))) or ""
    except UnreadableFile:
        return False
    return bool(re.search(r"pbr\s*=\s*True", text))


def _parse(text: str) -> Options:
    for parser in (configparser.ConfigParser(strict=False), configparser.RawConfigParser(strict=False)):
        try:
            parser.read_string(text)
            sections = {name: dict(parser.items(name)) for name in parser.sections()}
        except configparser.InterpolationError:
            continue
        return {
            name: {key.replace("-", "_"): value or "" for key, value in held.items()} for name, held in sections.items()
        }
    return {}


def _read_runtime(tree: Tree, folder: str, options: Options) -> tuple[tuple[Requirement, ...] | None, list[str]]:
    written = _first(
        options, ("options", "install_requires"), ("metadata", "requires_dist"), ("metadata", "install_requires")
    )
    if written is None:
        if not uses_pbr(tree, folder):
            return None, []
        found, problems = read_requirement_file(tree, _pbr_file(tree, folder))
        return tuple(found), problems
    return _read_list(tree, folder, written)


def _pbr_file(tree: Tree, folder: str) -> str:
    names = ("requirements.txt", "tools/pip-requires")
    return next((p for n in names if tree.holds(p := posixpath.normpath(posixpath.join(folder, n)))), "")


def _read_list(tree: Tree, folder: str, text: str) -> tuple[tuple[Requirement, ...], list[str]]:
    if text.strip().startswith("file:"):
        found: list[Requirement] = []
        problems: list[str] = []
        for name in text.strip()[5:].split(","):
            more, missing = read_requirement_file(tree, posixpath.normpath(posixpath.join(folder, name.strip())))
            found, problems = [*found, *more], [*problems, *missing]
        return tuple(found), problems
    lines = text.splitlines() if "\n" in text else text.split(";")
    return tuple(_parse_lines(lines)), []


def _parse_lines(lines: Iterable[str]) -> list[Requirement]:
    parsed = (parse_requirement(line) for line in split_lines("\n".join(lines)))
    return [requirement for requirement in parsed if requirement]


def _read_extras(tree: Tree, folder: str, options: Options) -> list[Requirement]:
    found: list[Requirement] = []
    for section in ("options.extras_require", "extras"):
        for name, text in options.get(section, {}).items():
            extra, _, marker = name.partition(":")
            for one in _read_list(tree, folder, text)[0]:
                placed = with_marker(one, to_marker_text(marker))
                found.append(Requirement(placed.distribution, placed.specifier, placed.marker, extra, placed.parts))
    return found


def _classifiers(metadata: dict[str, str]) -> tuple[str, ...]:
    text = metadata.get("classifiers", metadata.get("classifier", ""))
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip().startswith("License ::")))


def _first(options: Options, *places: tuple[str, str]) -> str | None:
    return next((options[section][key] for section, key in places if key in options.get(section, {})), None)
