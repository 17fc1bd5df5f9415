"""Strings of a script put together, with a hole where a part cannot be read; sizes are bounded."""

from __future__ import annotations

import re
from typing import Any

from pyfwgraph.harvest.value import HOLE, LARGEST_TEXT, Chosen, Fact, Line, Module, Place, Unknown

_WIDE = re.compile(r"\d{4}|\*")


def as_text(value: Any) -> str:
    """Give the text of a value inside a longer string; a hole where it cannot be read.

    >>> as_text(3), as_text(Unknown("x")) == HOLE
    ('3', True)
    """
    match value:
        case str():
            return value
        case Line(text):
            return text
        case Place(path):
            return path
        case int() | float() | None:
            return str(value)
    return HOLE


def add_text(left: Any, right: Any) -> Any:
    """Give two values as one string."""
    known = (str, Unknown, Line, Fact, Module)
    if not isinstance(left, known) or not isinstance(right, known):
        return Unknown("a computed text")
    return _bounded(as_text(left) + as_text(right))


def fill_percent(pattern: str, values: Any) -> Any:
    """Give `pattern % values`."""
    if _WIDE.search(pattern):
        return Unknown("a computed text")
    if isinstance(values, dict):
        filling: Any = {name: _plain(value) for name, value in values.items()}
    else:
        filling = tuple(_plain(value) for value in (values if isinstance(values, tuple) else (values,)))
    try:
        return _bounded(re.sub(r"%(\(\w+\))?[-+ 0#]*[dif]", lambda m: f"%{m.group(1) or ''}s", pattern) % filling)
    except (TypeError, ValueError, KeyError):
        return Unknown("a computed text")


def fill_braces(pattern: str, values: list[Any], named: dict[str, Any]) -> Any:
    """Give `pattern.format(*values, **named)`; attributes of the values are out of reach."""
    if _WIDE.search(pattern) or re.search(r"\{[^}]*[.\[!]", pattern):
        return Unknown("a computed text")
    try:
        return _bounded(pattern.format(*map(_plain, values), **{name: _plain(v) for name, v in named.items()}))
    except (TypeError, ValueError, KeyError, IndexError):
        return Unknown("a computed text")


def join_text(separator: str, parts: Any) -> Any:
    """Give the parts joined; an unreadable part is a hole."""
    if not isinstance(parts, list | tuple | set):
        return Unknown("a computed text")
    texts = [as_text(part.yes) if isinstance(part, Chosen) else as_text(part) for part in parts]
    if sum(map(len, texts)) + len(separator) * len(texts) > LARGEST_TEXT:
        return Unknown("a very long text")
    return separator.join(texts)


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float) else as_text(value)


def _bounded(text: str) -> Any:
    return text if len(text) <= LARGEST_TEXT else Unknown("a very long text")
