"""Read `setup.py` without running it: what its call of `setup()` declares."""

from __future__ import annotations

import posixpath
from typing import Any

from pyfwgraph.harvest.call import call, read_builtin, read_import, read_name
from pyfwgraph.harvest.condition import Truth, all_of, negate, to_marker
from pyfwgraph.harvest.declaration import Declaration, clean, clean_python
from pyfwgraph.harvest.machine import Hands, Machine
from pyfwgraph.harvest.python2 import Unparsable, parse_script
from pyfwgraph.harvest.requirement import Requirement, parse_requirement, split_lines, to_marker_text, with_marker
from pyfwgraph.harvest.statement import run_module
from pyfwgraph.harvest.target import assign
from pyfwgraph.harvest.tree import Tree, UnreadableFile
from pyfwgraph.harvest.value import ABSENT, HOLE, Chosen, Line, Raised, Scope, Stream, Unknown, Unreadable

_HANDS = Hands(run_module, assign, call, read_name, read_import, read_builtin)
_MOST = 2000
NO_CALL = "calls no setup() that can be found"
"""How the problem of a script ends that seems to end before it calls `setup()`, or never does."""


def read_setup_script(tree: Tree, folder: str, name: str = "setup.py") -> Declaration | None:
    """Give what `setup.py` declares; None where there is none.

    Args:
        tree: The files of the commit.
        folder: Folder of the script.
        name: Name of the script.
    """
    path = posixpath.normpath(posixpath.join(folder, name))
    try:
        text = tree.read(path)
    except UnreadableFile as error:
        return Declaration(path, problems=(str(error),))
    if text is None:
        return None
    declared = _evaluate(tree, folder, name, text)
    if any(problem.endswith(NO_CALL) for problem in declared.problems):
        return _evaluate(tree, folder, name, text, going_on=True)
    return declared


def _evaluate(tree: Tree, folder: str, name: str, text: str, *, going_on: bool = False) -> Declaration:
    """Give what a script declares; where it is `going_on`, past the statements that would end it for want of something."""
    machine = Machine(tree, folder, _HANDS)
    machine.going_on = going_on
    path = machine.place(name)
    try:
        script = parse_script(text, path)
        run_module(machine, script.body, Scope({"__file__": name, "__name__": "__main__"}))
    except (Unparsable, Unreadable, Raised, RecursionError) as error:
        reason = "is nested too deeply" if isinstance(error, RecursionError) else str(error)
        if not machine.setups:
            return Declaration(path, problems=(reason if reason.startswith(path) else f"{path} {reason}",))
    if not machine.setups:
        return Declaration(path, problems=(f"{path} {NO_CALL}",))
    return _declare(path, machine.setups[-1])


def _declare(path: str, named: dict[str, Any]) -> Declaration:
    reading = _Reading()
    runtime = reading.read(_without_empty(named.get("install_requires")), "install_requires", True, "")
    optional = reading.read_extras(named.get("extras_require"))
    hidden = named.get(HOLE)
    if isinstance(hidden, Unknown) and "install_requires" not in named:
        reading.problems.append(f"the arguments of setup() are computed: {hidden.reason}")
    uses_pbr = named.get("pbr") is True or "d2to1" in named
    classifiers = [text for text, _ in _texts(named.get("classifiers")) if text.startswith("License ::")]
    return Declaration(
        path,
        name=clean(_single(named.get("name"))),
        version=clean(_single(named.get("version"))),
        python=clean_python(_single(named.get("python_requires"))),
        licence=clean(_single(named.get("license"))),
        classifiers=tuple(dict.fromkeys(classifiers)) or None,
        runtime=None
        if uses_pbr and not runtime
        else tuple(dict.fromkeys([*runtime, *(o for o in optional if not o.extra)])),
        optional=tuple(one for one in optional if one.extra),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _without_empty(value: Any) -> Any:
    return [] if value is None or value is False else value


def _single(value: Any) -> Any:
    if isinstance(value, Chosen):
        return value.yes if isinstance(value.yes, str) else value.no
    return value.text if isinstance(value, Line) else value


def _texts(value: Any, truth: Truth = True) -> list[tuple[str, Truth]]:
    """Give the texts in a value of any nesting, each with its condition; unreadable ones as a hole with the reason."""
    found: list[tuple[str, Truth]] = []
    waiting: list[tuple[Any, Truth]] = [(value, truth)]
    while waiting and len(found) < _MOST:
        held, under = waiting.pop()
        match held:
            case str():
                found += [(line, under) for line in held.splitlines() if line.strip()]
            case Line(text):
                found.append((text, under))
            case Stream(text):
                found += [(line, under) for line in split_lines(text)]
            case list() | tuple() | set() | dict():
                waiting += [(item, under) for item in reversed(list(held)[:_MOST])]
            case Chosen(condition, yes, no):
                branches = ((no, all_of([under, negate(condition)])), (yes, all_of([under, condition])))
                waiting += [(branch, both) for branch, both in branches if both is not False]
            case Unknown(reason):
                found.append((HOLE + reason, under))
            case _ if held is not None and held is not ABSENT and not isinstance(held, bool):
                found.append((HOLE + "a computed value", under))
    return found


class _Reading:
    def __init__(self) -> None:
        self.problems: list[str] = []

    def read(self, value: Any, where: str, truth: Truth, extra: str) -> list[Requirement]:
        found: list[Requirement] = []
        for text, under in _texts(value, truth):
            if text.startswith(HOLE):
                self.problems.append(f"{where} is computed: {text[1:]}")
                continue
            text = text.partition("#")[0] if text.lstrip().startswith("#") else text
            requirement = parse_requirement(text) if text.strip() else None
            if requirement is None:
                if text.strip() and not text.strip().startswith(("#", "-")):
                    self.problems.append(
                        f"{where} holds what is no requirement: {clean(text.replace(HOLE, '…')) or 'a text'}"
                    )
                continue
            found.append(_under(requirement, under, extra, is_open=HOLE in text))
        return list(dict.fromkeys(found))

    def read_extras(self, value: Any, truth: Truth = True) -> list[Requirement]:
        match value:
            case dict():
                return [one for name, held in value.items() for one in self._read_extra(name, held, truth)]
            case Chosen(condition, yes, no):
                return [
                    *self.read_extras(yes, all_of([truth, condition])),
                    *self.read_extras(no, all_of([truth, negate(condition)])),
                ]
            case Unknown(reason):
                self.problems.append(f"extras_require is computed: {reason}")
        return []

    def _read_extra(self, name: Any, held: Any, truth: Truth) -> list[Requirement]:
        if not isinstance(name, str):
            return []
        if name.startswith(HOLE):
            self.problems.append("extras_require has a computed name")
            return []
        extra, colon, marker = name.partition(":")
        found = self.read(held, f"the extra {extra or marker}", truth, extra.strip())
        return [with_marker(one, to_marker_text(marker)) for one in found] if colon else found


def _under(requirement: Requirement, truth: Truth, extra: str, *, is_open: bool) -> Requirement:
    marker, condition = to_marker(truth)
    placed = with_marker(requirement, to_marker_text(marker))
    return Requirement(
        placed.distribution, "" if is_open else placed.specifier, placed.marker, extra, placed.parts,
        clean(condition) or "", is_open,
    )  # fmt: skip
