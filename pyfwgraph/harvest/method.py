"""Methods and attributes of values in a script: strings, lists, dictionaries, open files, paths, matches."""

from __future__ import annotations

import configparser
import posixpath
import re
from typing import Any

from pyfwgraph.harvest.condition import Stated, Test
from pyfwgraph.harvest.expression import items_of
from pyfwgraph.harvest.machine import Machine
from pyfwgraph.harvest.text import fill_braces, join_text
from pyfwgraph.harvest.value import (
    ABSENT,
    HOLE,
    LARGEST_TEXT,
    Chosen,
    Fact,
    Known,
    Line,
    Options,
    Place,
    Stream,
    Unknown,
    lift,
)  # fmt: skip

_TEXT = frozenset(
    [
        "strip",
        "lstrip",
        "rstrip",
        "split",
        "rsplit",
        "splitlines",
        "startswith",
        "endswith",
        "lower",
        "upper",
        "replace",
        "partition",
        "rpartition",
        "title",
        "capitalize",
        "find",
        "rfind",
        "index",
        "count",
        "isdigit",
        "isalpha",
        "isalnum",
        "isspace",
        "removeprefix",
        "removesuffix",
        "casefold",
    ]
)
_SYSTEMS = {"win": "win32", "win32": "win32", "linux": "linux", "darwin": "darwin", "cygwin": "cygwin"}


def call_method(machine: Machine, held: Any, name: str, arguments: list[Any], named: dict[str, Any]) -> Any:
    """Give what a method of a value gives; lists and dictionaries change in place."""
    match held:
        case str():
            return lift(lambda *values: _text_method(held, name, list(values), named), *arguments)
        case list():
            return _list_method(held, name, arguments)
        case Options() if name in ("read", "read_file", "readfp", "read_string"):
            return _read_options(machine, held, arguments)
        case Options() if name == "get" and len(arguments) > 1:
            return _item_of(held.get(arguments[0]) if isinstance(arguments[0], str) else None, arguments[1])
        case dict():
            return _dictionary_method(held, name, arguments, named)
        case Stream():
            return _stream_method(held, name)
        case Place(path):
            return _place_method(machine, path, name, arguments)
        case re.Match():
            return _match_method(held, name, arguments)
        case Fact(variable):
            return _fact_method(variable, name, arguments)
        case tuple() if name in ("index", "count"):
            return Unknown(f"{name}()")
        case set() | frozenset():
            return _list_method(list(held), name, arguments)
    return held if isinstance(held, Unknown) else Unknown(f"{name}()")


def read_attribute(held: Any, name: str) -> Any:
    """Give an attribute of a value that is no module."""
    match held:
        case Fact("version_info" | "version_pair") if name in ("major", "minor"):
            return Fact(name)
        case Place(path):
            return _place_attribute(path, name)
        case Known("str"):
            return Known(name, lambda machine, values, named: call_method(machine, values[0], name, values[1:], named))
        case Line():
            return held if name in ("req", "requirement", "name", "project_name") else None
    return held if isinstance(held, Unknown) else Unknown(f"the attribute {name}")


def _text_method(held: str, name: str, arguments: list[Any], named: dict[str, Any]) -> Any:
    if name == "format":
        return fill_braces(held, arguments, named)
    if name == "join":
        return join_text(held, arguments[0] if isinstance(arguments[0], list | tuple) else items_of(arguments[0]))
    if name in ("decode", "encode", "expandtabs", "__str__"):
        return held
    if name not in _TEXT or any(
        isinstance(a, Unknown) or not isinstance(a, str | int | tuple | None) for a in arguments
    ):
        return Unknown(f"{name}()")
    if name == "replace" and len(held) * (len(arguments[-1]) if isinstance(arguments[-1], str) else 0) > LARGEST_TEXT:
        return Unknown("a very long text")
    try:
        result = getattr(held, name)(*arguments, **named)
    except (TypeError, ValueError):
        return Unknown(f"{name}()")
    return list(result) if isinstance(result, tuple) else result


def _list_method(held: list[Any], name: str, arguments: list[Any]) -> Any:
    first = arguments[0] if arguments else None
    match name:
        case "append" | "add":
            held.append(first)
        case "extend" | "update" | "__iadd__":
            held.extend(items_of(first))
        case "union":
            return [*held, *items_of(first)]
        case "insert":
            held.insert(first if isinstance(first, int) else 0, arguments[1] if len(arguments) > 1 else None)
        case "remove" | "discard":
            _remove(held, first)
        case "pop":
            return held.pop(first if isinstance(first, int) else -1) if held else Unknown("pop() of an empty list")
        case "copy":
            return list(held)
        case "clear":
            held.clear()
        case "index" | "count":
            return held.index(first) if first in held else Unknown("index()")
        case "sort" | "reverse":
            return None
        case _:
            return Unknown(f"{name}()")
    return None


def _remove(held: list[Any], item: Any) -> None:
    for index, one in enumerate(held):
        if one == item or (isinstance(one, Chosen) and one.yes == item):
            del held[index]
            return


def _dictionary_method(held: dict[Any, Any], name: str, arguments: list[Any], named: dict[str, Any]) -> Any:
    key = arguments[0] if arguments and isinstance(arguments[0], str | int | tuple) else None
    default = arguments[1] if len(arguments) > 1 else None
    match name:
        case "get":
            return _present(held.get(key, default), default)
        case "setdefault":
            return held.setdefault(key, default)
        case "pop":
            return held.pop(key, default)
        case "update":
            _update(held, arguments[0] if arguments else {}, named)
            return None
        case "items" | "iteritems":
            return [_pair(k, v) for k, v in held.items()]
        case "keys" | "iterkeys":
            return items_of(held)
        case "values" | "itervalues":
            return list(held.values())
        case "copy":
            return dict(held)
        case "has_key":
            return key in held
    return Unknown(f"{name}()")


def _read_options(machine: Machine, held: Options, arguments: list[Any]) -> Any:
    """Take in an INI file, by its name, its text or as an open file."""
    for one in items_of(arguments[0]) if arguments and isinstance(arguments[0], list) else arguments[:1]:
        text = one.text if isinstance(one, Stream) else one.path if isinstance(one, Place) else one
        if isinstance(text, str) and "\n" not in text:
            text = machine.read(text)
        parser = configparser.RawConfigParser(strict=False)
        try:
            parser.read_string(text if isinstance(text, str) else "")
        except configparser.Error:
            return Unknown("an INI file that cannot be parsed")
        held.update({name: dict(parser.items(name)) for name in parser.sections()})
        held["DEFAULT"] = dict(parser.defaults())
    return None


def _item_of(section: Any, key: Any) -> Any:
    return section.get(key, Unknown(f"the option {key}")) if isinstance(section, dict) else Unknown("an option")


def _present(value: Any, default: Any) -> Any:
    if isinstance(value, Chosen) and value.no is ABSENT:
        return Chosen(value.condition, value.yes, default)
    return value


def _pair(key: Any, value: Any) -> Any:
    if isinstance(value, Chosen) and value.no is ABSENT:
        return Chosen(value.condition, (key, value.yes), ABSENT)
    return (key, value)


def _update(held: dict[Any, Any], other: Any, named: dict[str, Any]) -> None:
    if isinstance(other, dict):
        held.update(other)
    elif isinstance(other, Unknown):
        held[HOLE] = other
    else:
        held.update({pair[0]: pair[1] for pair in items_of(other) if isinstance(pair, tuple | list) and len(pair) == 2})
    held.update(named)


def _stream_method(held: Stream, name: str) -> Any:
    rest = held.text[held.at :]
    match name:
        case "read" | "__next__":
            held.at = len(held.text)
            return rest
        case "readlines":
            held.at = len(held.text)
            return rest.splitlines(keepends=True)
        case "readline":
            line = rest.partition("\n")[0] + ("\n" if "\n" in rest else "")
            held.at += len(line)
            return line
        case "close" | "__enter__" | "seek":
            held.at = held.at if name == "close" else 0
            return held
    return Unknown(f"{name}()")


def _place_method(machine: Machine, path: str, name: str, arguments: list[Any]) -> Any:
    match name:
        case "joinpath":
            return Place(posixpath.join(path, *[a for a in arguments if isinstance(a, str)]))
        case "resolve" | "absolute" | "expanduser":
            return Place(path)
        case "read_text" | "read_bytes":
            return machine.read(path)
        case "open":
            text = machine.read(path)
            return Stream(text) if isinstance(text, str) else text
        case "exists":
            return machine.tree.holds(machine.place(path))
        case "is_file":
            return machine.tree.is_file(machine.place(path))
        case "with_name":
            return Place(posixpath.join(posixpath.dirname(path), str(arguments[0])))
        case "as_posix" | "__str__":
            return path
    return Unknown(f"{name}()")


def _place_attribute(path: str, name: str) -> Any:
    match name:
        case "parent":
            return Place(posixpath.dirname(path))
        case "name":
            return posixpath.basename(path)
    return Unknown(f"the attribute {name}")


def _match_method(held: re.Match[str], name: str, arguments: list[Any]) -> Any:
    try:
        match name:
            case "group":
                return held.group(*arguments)
            case "groups":
                return tuple(held.groups())
            case "groupdict":
                return held.groupdict()
    except (IndexError, TypeError):
        pass
    return Unknown(f"{name}()")


def _fact_method(variable: str, name: str, arguments: list[Any]) -> Any:
    first = arguments[0] if arguments else None
    if name in ("lower", "strip"):
        return Fact(variable)
    if name == "startswith" and variable == "sys_platform" and first in _SYSTEMS:
        return Chosen(Test("sys_platform", "==", _SYSTEMS[first]), True, False)
    if name == "startswith" and variable == "version" and first in ("2", "3", "2.", "3."):
        return Chosen(Test("major", "==", first[0]), True, False)
    if name == "startswith":
        return Chosen(Stated(f"{variable} starts with {first}"), True, False)
    return Unknown(f"{variable}.{name}()")
