"""Calls in a script: its own functions, methods, and what is known of Python and of build tools."""

from __future__ import annotations

import ast
from typing import Any

from pyfwgraph.harvest.condition import Test
from pyfwgraph.harvest.expression import LONGEST, evaluate, find_truth, items_of, truth_of
from pyfwgraph.harvest.library import is_class_of, look_up, match_pattern
from pyfwgraph.harvest.machine import Machine
from pyfwgraph.harvest.method import call_method, read_attribute
from pyfwgraph.harvest.statement import BROUGHT_BY, run_block
from pyfwgraph.harvest.target import assign
from pyfwgraph.harvest.text import as_text
from pyfwgraph.harvest.value import (
    ABSENT,
    EXIT,
    HOLE,
    Chosen,
    Fact,
    Function,
    Known,
    Line,
    Module,
    Pattern,
    Place,
    Scope,
    Stream,
    Unknown,
    Unreadable,
    choose,
    lift,
)  # fmt: skip

_RECURSIONS = 8
_BARE = Scope({"__name__": "builtins"})
"""What a namespace that is given to `exec` knows of itself: it is not the script that is run."""
_BUILTINS = frozenset([
    "open", "file", "str", "unicode", "int", "len", "list", "tuple", "set", "frozenset", "dict", "sorted",
    "reversed", "range", "xrange", "zip", "enumerate", "map", "filter", "any", "all", "print", "exit", "quit",
    "isinstance", "getattr", "hasattr", "bool", "next", "min", "max", "sum", "repr", "execfile", "exec", "eval",
    "compile", "__import__", "iter", "locals", "globals", "vars", "setattr", "super", "bytes", "type", "format",
    "callable", "float", "abs",
])  # fmt: skip


def call(machine: Machine, node: ast.Call, scope: Scope) -> Any:
    """Give the value of a call."""
    if isinstance(node.func, ast.Name) and node.func.id in _BUILTINS and scope.find(node.func.id) is ABSENT:
        return _call_builtin(machine, node.func.id, node, scope)
    if isinstance(node.func, ast.Attribute):
        return _call_attribute(machine, node.func, node, scope)
    called = evaluate(machine, node.func, scope)
    arguments, named = _arguments(machine, node, scope)
    return _apply(machine, called, arguments, named, ast.unparse(node.func)[:60])


def read_name(machine: Machine, held: Any, name: str) -> Any:
    """Give an attribute of a value, or a name of a module."""
    if isinstance(held, Module):
        if machine.has_module(held.name):
            found = machine.member(held, name)
            return found if found is not ABSENT else Unknown(f"{held.name}.{name}")
        return look_up(f"{held.name}.{name}")
    if isinstance(held, dict) and name in held:
        return held[name]
    if isinstance(held, Known) and isinstance(found := look_up(f"{held.name}.{name}"), Known):
        return found
    return read_attribute(held, name)


def read_import(machine: Machine, held: Module) -> Any:
    """Give what `from module import name` brought, looked up on first use."""
    base, _, name = held.name.partition(":")
    value = read_name(machine, Module(base), name)
    return read_import(machine, value) if isinstance(value, Module) and ":" in value.name else value


def read_builtin(name: str) -> Any:
    """Give a built-in name; unreadable where there is none."""
    if name in _BUILTINS:
        return Known(name, lambda machine, arguments, named: _builtin(machine, name, arguments, named))
    if name == "setup":
        return look_up("setuptools.setup")
    constants = {"__file__": "setup.py", "__name__": "__main__", "__doc__": Unknown("the docstring"), "basestring": ""}
    return constants.get(name, Unknown(f"the name {name}"))


def _arguments(machine: Machine, node: ast.Call, scope: Scope) -> tuple[list[Any], dict[str, Any]]:
    arguments: list[Any] = []
    for argument in node.args:
        value = evaluate(machine, argument, scope)
        arguments += items_of(value) if isinstance(argument, ast.Starred) else [value]
    named: dict[str, Any] = {}
    for keyword in node.keywords:
        value = evaluate(machine, keyword.value, scope)
        if keyword.arg:
            named[keyword.arg] = value
        else:
            named.update(_unpacked(value))
    return arguments, named


def _unpacked(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {key: held for key, held in value.items() if isinstance(key, str)}
    if isinstance(value, Chosen):
        merged = choose(value.condition, _unpacked(value.yes), _unpacked(value.no))
        return merged if isinstance(merged, dict) else {}
    return {HOLE: value} if isinstance(value, Unknown) else {}


def _call_attribute(machine: Machine, func: ast.Attribute, node: ast.Call, scope: Scope) -> Any:
    held = evaluate(machine, func.value, scope)
    arguments, named = _arguments(machine, node, scope)
    if isinstance(held, Module | Known):
        return _apply(machine, read_name(machine, held, func.attr), arguments, named, ast.unparse(func)[:60])
    if isinstance(held, dict) and isinstance(held.get(func.attr), Known | Function):
        return _apply(machine, held[func.attr], arguments, named, func.attr)
    if isinstance(held, Pattern):
        return match_pattern(machine, held, func.attr, arguments)
    if isinstance(held, list | dict):
        return call_method(machine, held, func.attr, arguments, named)
    if isinstance(held, Unknown):
        return Unknown(f"`{ast.unparse(node)[:60]}`")
    return lift(lambda one: call_method(machine, one, func.attr, arguments, named), held)


def _apply(machine: Machine, called: Any, arguments: list[Any], named: dict[str, Any], text: str) -> Any:
    if isinstance(called, Chosen):
        return lift(lambda one: _apply(machine, one, arguments, named, text), called)
    before = len(machine.setups)
    result: Any = Unknown(f"{text}()")
    if isinstance(called, Known):
        result = called.call(machine, arguments, named)
    elif isinstance(called, Function):
        result = _call_function(machine, called, arguments, named)
    if text.rpartition(".")[2] == "setup" and named and not isinstance(called, Known):
        _note_setup(machine, before, named)
    return result


def _note_setup(machine: Machine, before: int, named: dict[str, Any]) -> None:
    """Keep the arguments of a `setup` that is no known one, where what it calls in turn says less."""
    made = machine.setups[before:]
    if not made or ("install_requires" in named and "install_requires" not in made[-1]):
        machine.setups.append(named)


def _call_function(machine: Machine, function: Function, arguments: list[Any], named: dict[str, Any]) -> Any:
    node = function.node
    active = machine.active.get(id(node), 0)
    if id(node) in machine.endless:
        return Unknown(f"{getattr(node, 'name', 'lambda')}() takes too many steps")
    if active > _RECURSIONS or (active > 1 and any(isinstance(one, Unknown | Chosen) for one in arguments)):
        return Unknown(f"{getattr(node, 'name', 'lambda')}() calls itself")
    machine.active[id(node)] = active + 1
    kept, machine.left = machine.left - machine.left // 2, machine.left // 2
    depth = machine.depth
    try:
        return _run_function(machine, function, arguments, named)
    except (Unreadable, RecursionError):
        machine.depth = depth
        machine.endless[id(node)] = node
        return Unknown(f"{getattr(node, 'name', 'lambda')}() takes too many steps")
    finally:
        machine.left += kept
        machine.active[id(node)] = active


def _run_function(machine: Machine, function: Function, arguments: list[Any], named: dict[str, Any]) -> Any:
    node = function.node
    inner = Scope({}, function.scope, function.scope.folder)
    _bind(machine, node.args, inner, arguments, named)
    if isinstance(node, ast.Lambda):
        return evaluate(machine, node.body, inner)
    machine.depth += 3
    try:
        if any(isinstance(part, ast.Yield) for part in ast.walk(node)):
            return _collect(machine, node, inner)
        end = run_block(machine, node.body, inner)
    finally:
        machine.depth -= 3
    if end and end.kind == "exit":
        return EXIT
    return end.value if end and end.kind == "return" else None


def _collect(machine: Machine, node: ast.FunctionDef, scope: Scope) -> Any:
    yielded: list[Any] = []
    scope.names[f"{HOLE}yield"] = yielded
    rewritten = _YieldToAppend().visit(ast.parse(ast.unparse(node)))
    run_block(machine, rewritten.body[0].body, scope)
    found = scope.names[f"{HOLE}yield"]
    return found if isinstance(found, list) else Unknown(f"{node.name}()")


class _YieldToAppend(ast.NodeTransformer):
    def visit_Yield(self, node: ast.Yield) -> ast.expr:
        held = ast.Attribute(ast.Name(f"{HOLE}yield", ast.Load()), "append", ast.Load())
        return ast.Call(held, [node.value or ast.Constant(None)], [])


def _bind(machine: Machine, declared: ast.arguments, scope: Scope, arguments: list[Any], named: dict[str, Any]) -> None:
    names = [argument.arg for argument in [*declared.posonlyargs, *declared.args]]
    for name, default in zip(reversed(names), reversed(declared.defaults), strict=False):
        scope.names[name] = evaluate(machine, default, scope)
    for only, standard in zip(declared.kwonlyargs, declared.kw_defaults, strict=True):
        scope.names[only.arg] = evaluate(machine, standard, scope) if standard else Unknown(f"the argument {only.arg}")
    for name in names:
        scope.names.setdefault(name, Unknown(f"the argument {name}"))
    scope.names.update(zip(names, arguments, strict=False))
    if declared.vararg:
        scope.names[declared.vararg.arg] = tuple(arguments[len(names) :])
    known = set(names) | {argument.arg for argument in declared.kwonlyargs}
    scope.names.update({name: value for name, value in named.items() if name in known})
    if declared.kwarg:
        scope.names[declared.kwarg.arg] = {name: value for name, value in named.items() if name not in known}


def _call_builtin(machine: Machine, name: str, node: ast.Call, scope: Scope) -> Any:
    arguments, named = _arguments(machine, node, scope)
    match name:
        case "locals" | "globals" | "vars" if not arguments:
            return scope.names
        case "exec" | "execfile":
            return _execute(machine, name, arguments, scope)
        case "isinstance" if len(node.args) == 2:
            kinds = node.args[1].elts if isinstance(node.args[1], ast.Tuple) else [node.args[1]]
            return any(is_class_of(arguments[0], ast.unparse(kind)) for kind in kinds)
        case "hasattr" | "getattr":
            return _get_attribute(machine, name, arguments)
        case "any" | "all":
            texts = [truth_of(item, "an element") for item in items_of(arguments[0] if arguments else [])]
            return find_truth(machine, ast.Constant(any(texts) if name == "any" else all(texts)), scope)
    return _builtin(machine, name, arguments, named)


def _get_attribute(machine: Machine, name: str, arguments: list[Any]) -> Any:
    held, wanted = (*arguments, None, None)[:2]
    if isinstance(held, Module) and held.name == "sys" and wanted == "pypy_version_info":
        return Chosen(Test("platform_python_implementation", "==", "PyPy"), True, False)
    since = BROUGHT_BY.get(f"{held.name}.{wanted}") if isinstance(held, Module) else None
    if since and name == "hasattr":
        return Chosen(Test("python_version", ">=", since), True, False)
    if not isinstance(wanted, str):
        return Unknown(f"{name}()")
    if isinstance(held, Module) and machine.has_module(held.name):
        value = machine.member(held, wanted)
    elif isinstance(held, dict):
        value = held.get(wanted, ABSENT)
    else:
        value = read_name(machine, held, wanted)
    if name == "hasattr":
        return value is not ABSENT if not isinstance(value, Unknown) else value
    return value if value is not ABSENT else arguments[2] if len(arguments) > 2 else Unknown(f"the attribute {wanted}")


def _execute(machine: Machine, name: str, arguments: list[Any], scope: Scope) -> Any:
    from pyfwgraph.harvest.python2 import Unparsable, parse_script

    held = arguments[0] if arguments else Unknown("exec()")
    text = machine.read(as_text(held)) if name == "execfile" and HOLE not in as_text(held) else held
    text = text.text if isinstance(text, Stream) else text
    names = next((one for one in reversed(arguments[1:]) if isinstance(one, dict)), scope.names)
    if not isinstance(text, str) or HOLE in text:
        return Unknown("exec()")
    inner = Scope(names, None if names is scope.names else _BARE, scope.folder)
    try:
        machine.hands.run(machine, parse_script(text, "a script").body, inner)
    except Unparsable:
        return Unknown("exec()")
    names.update(inner.names)
    return None


def _builtin(machine: Machine, name: str, arguments: list[Any], named: dict[str, Any]) -> Any:
    first = arguments[0] if arguments else None
    match name:
        case "open" | "file":
            return lift(lambda *values: look_up("io.open").call(machine, list(values), {}), *arguments[:1])
        case "str" | "unicode" | "bytes" | "format" | "repr":
            return lift(lambda one: one if isinstance(one, Unknown) else _text(one), first) if arguments else ""
        case "exit" | "quit":
            return EXIT
        case "list" | "tuple" | "set" | "frozenset" | "sorted" | "iter":
            return tuple(items_of(first)) if name == "tuple" else _distinct(items_of(first), name)
        case "reversed":
            return items_of(first)[::-1]
        case "dict":
            return look_up("collections.OrderedDict").call(machine, arguments, named)
        case "filter" | "map":
            return _apply_each(machine, name, arguments)
        case "zip":
            return list(zip(*[items_of(one) for one in arguments], strict=False))
        case "enumerate":
            return list(enumerate(items_of(first)))
        case "len":
            sized = isinstance(first, str | tuple | dict) or (isinstance(first, list) and not _uncertain(first))
            return len(first) if sized and first is not None else Unknown("len()")
        case "range" | "xrange":
            ends = [one for one in arguments if isinstance(one, int) and abs(one) <= LONGEST]
            return (
                list(range(*ends)) if ends and len(ends) == len(arguments) and 0 not in ends[2:] else Unknown("range()")
            )
        case "int" | "float":
            return _number(first)
        case "bool":
            return truth_of(first, "a value") is True
        case "next":
            return items_of(first)[0] if items_of(first) else Unknown("next()")
        case "compile" if isinstance(first, str):
            return first
        case "print" | "setattr":
            return None
        case "__import__" if isinstance(first, str):
            return Module(first)
    return Unknown(f"{name}()")


def _uncertain(items: list[Any]) -> bool:
    return any(isinstance(item, Chosen | Unknown) for item in items)


def _distinct(items: list[Any], name: str) -> list[Any]:
    if name not in ("set", "frozenset"):
        return items
    return [item for index, item in enumerate(items) if not isinstance(item, str) or item not in items[:index]]


def _text(value: Any) -> Any:
    if isinstance(value, str | int | float | Line | Place):
        return as_text(value)
    return Fact(value.variable) if isinstance(value, Fact) else Unknown("str()")


def _number(value: Any) -> Any:
    if isinstance(value, str) and value.strip().isdigit() and len(value) < 12:
        return int(value)
    if isinstance(value, Fact) and value.variable == "major_text":
        return Fact("major")
    return value if isinstance(value, int | float) else Unknown("int()")


def _apply_each(machine: Machine, name: str, arguments: list[Any]) -> Any:
    function, items = arguments[0] if arguments else None, items_of(arguments[1] if len(arguments) > 1 else [])
    if name == "map":
        return [lift(lambda one: _apply(machine, function, [one], {}, "map"), item) for item in items]
    kept = []
    for item in items:
        verdict = item if function is None else _apply(machine, function, [item], {}, "filter")
        truth = truth_of(verdict, "an element is kept")
        if truth is not False:
            kept.append(item if truth is True else choose(truth, item, ABSENT))
    return kept


__all__ = ["assign", "call", "read_builtin", "read_import", "read_name"]
