"""What an expression of a script may turn out to be, besides plain Python values.

Lists may hold `Chosen` elements; `ABSENT` stands for no element or no key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pyfwgraph.harvest.condition import Condition, Truth, negate

HOLE = "\ufffe"
"""Stands inside a string for a part that cannot be read."""
LARGEST_TEXT = 2_000_000
_MOST_CONDITIONS = 6
_LONGEST_MERGED = 400


class Fixed:
    """A value that copying leaves as it is."""

    __slots__ = ()

    def __deepcopy__(self, memo: dict[int, Any]) -> Fixed:
        return self


@dataclass(frozen=True, slots=True)
class Unknown(Fixed):
    """A value that cannot be read statically, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Absent(Fixed):
    """No element, no key."""


ABSENT = Absent()
EXIT = Unknown("the script ends here")
"""What a call that ends the script gives."""


@dataclass(frozen=True, slots=True, eq=False)
class Chosen(Fixed):
    """One value where a condition holds, another where it does not."""

    condition: Condition
    yes: Any
    no: Any
    depth: int = field(init=False)

    def __post_init__(self) -> None:
        depths = [part.depth for part in (self.yes, self.no) if isinstance(part, Chosen)]
        object.__setattr__(self, "depth", 1 + max(depths, default=0))


@dataclass(frozen=True, slots=True)
class Fact(Fixed):
    """Something of the interpreter or machine that a marker can speak of.

    `variable` is a marker variable, or `version_info`, `version_pair`, `major`, `minor`, `hexversion`.
    """

    variable: str


@dataclass(slots=True, eq=False)
class Scope:
    """Names of a module or function, and the scope around it."""

    names: dict[str, Any]
    parent: Scope | None = None
    folder: str = ""

    def __deepcopy__(self, memo: dict[int, Any]) -> Scope:
        return self

    def find(self, name: str) -> Any:
        """Give the value of a name, `ABSENT` where it has none."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return ABSENT


@dataclass(frozen=True, slots=True, eq=False)
class Function(Fixed):
    """A function that the script defines."""

    node: Any
    scope: Scope


@dataclass(frozen=True, slots=True, eq=False)
class Known(Fixed):
    """A function of Python or a library whose effect is known: it takes the machine, the arguments, the named ones."""

    name: str
    call: Callable[[Any, list[Any], dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Module(Fixed):
    """A module by its dotted name, of the tree or of a library."""

    name: str


@dataclass(frozen=True, slots=True)
class Place(Fixed):
    """A `pathlib` path inside the tree."""

    path: str


@dataclass(slots=True, eq=False)
class Stream:
    """An open file: its text and how far it was read."""

    text: str
    at: int = 0
    name: str = field(default="")


class Options(dict[str, Any]):
    """What a reader of INI files holds: its sections by name, each a dictionary."""


@dataclass(frozen=True, slots=True)
class Pattern(Fixed):
    """A compiled regular expression."""

    text: str
    flags: int = 0


@dataclass(frozen=True, slots=True)
class Line(Fixed):
    """A requirement as the libraries that read requirement files give it."""

    text: str


class Unreadable(Exception):
    """Evaluation cannot go on at all: the budget is used up."""


class Raised(Exception):
    """The script itself raises here, for example because a file is missing."""


def lift(function: Callable[..., Any], *values: Any) -> Any:
    """Apply a function to values of which some may be `Chosen`; the first one splits the result.

    >>> from pyfwgraph.harvest.condition import Stated
    >>> lift(str.upper, Chosen(Stated("x"), "a", "b")).no
    'B'
    """
    for index, value in enumerate(values):
        if isinstance(value, Chosen):
            before, after = values[:index], values[index + 1 :]
            yes = ABSENT if value.yes is ABSENT else lift(function, *before, value.yes, *after)
            no = ABSENT if value.no is ABSENT else lift(function, *before, value.no, *after)
            return choose(value.condition, yes, no)
    return function(*values)


def choose(truth: Truth, yes: Any, no: Any) -> Any:
    """Give the value under a condition: lists and dictionaries are merged element by element."""
    if isinstance(truth, bool):
        return yes if truth else no
    return _merge(truth, yes, no, {})


def merge_names(truth: Condition, yes: dict[str, Any], no: dict[str, Any], seen: dict[Any, Any]) -> dict[str, Any]:
    """Merge the names of a scope after two branches; `seen` keeps what was one object one object."""
    names = [*yes, *(name for name in no if name not in yes)]
    return {name: _merge(truth, yes.get(name, ABSENT), no.get(name, ABSENT), seen) for name in names}


def _merge(truth: Condition, yes: Any, no: Any, seen: dict[Any, Any]) -> Any:
    if yes is no or _same(yes, no):
        return yes
    key = (id(yes), id(no))
    if key in seen:
        return seen[key][0]
    if isinstance(yes, list) and isinstance(no, list):
        merged: Any = _merge_lists(truth, yes, no)
    elif isinstance(yes, dict) and isinstance(no, dict):
        merged = {}
        seen[key] = (merged, yes, no)
        merged.update(merge_names(truth, yes, no, seen))
    else:
        return _bounded(Chosen(truth, yes, no))
    seen[key] = (merged, yes, no)
    return merged


def _bounded(value: Chosen) -> Any:
    return value if value.depth <= _MOST_CONDITIONS else Unknown("a value under many conditions")


def _same(yes: Any, no: Any) -> bool:
    plain = (str, int, float, bytes, bool, type(None), Unknown, Fact, Module, Place, Line, Pattern)
    if isinstance(yes, plain) or isinstance(no, plain):
        return type(yes) is type(no) and bool(yes == no)
    if isinstance(yes, list | tuple) and type(yes) is type(no) and len(yes) == len(no):
        return all(a is b or _same(a, b) for a, b in zip(yes, no, strict=True))
    if isinstance(yes, dict) and isinstance(no, dict) and list(yes) == list(no):
        return all(yes[name] is no[name] or _same(yes[name], no[name]) for name in yes)
    if isinstance(yes, Chosen) and isinstance(no, Chosen):
        return yes.condition == no.condition and _same(yes.yes, no.yes) and _same(yes.no, no.no)
    return False


def _merge_lists(truth: Condition, yes: list[Any], no: list[Any]) -> list[Any]:
    if len(yes) + len(no) > _LONGEST_MERGED:
        return [Unknown("a long list that depends on conditions")]
    merged: list[Any] = []
    at = 0
    opposite = negate(truth)
    assert not isinstance(opposite, bool)
    for item in yes:
        match = next((i for i in range(at, len(no)) if no[i] is item or _same(no[i], item)), None)
        if match is None:
            merged.append(_bounded(Chosen(truth, item, ABSENT)))
            continue
        merged += [_bounded(Chosen(opposite, other, ABSENT)) for other in no[at:match]]
        merged.append(item)
        at = match + 1
    return merged + [_bounded(Chosen(opposite, other, ABSENT)) for other in no[at:]]
