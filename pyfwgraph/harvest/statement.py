"""Statements of a script, evaluated abstractly: both branches of a condition, a bounded number of steps.

`run_block` gives what ends the block: nothing, or an `End`. Where a condition is not certain both branches are evaluated
on copies of the names, which are merged afterwards.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import Any

from pyfwgraph.harvest.condition import Condition, Stated, Test, negate
from pyfwgraph.harvest.expression import evaluate, find_truth, items_of
from pyfwgraph.harvest.machine import Machine
from pyfwgraph.harvest.target import assign, assign_augmented
from pyfwgraph.harvest.value import (
    ABSENT,
    EXIT,
    Chosen,
    Function,
    Module,
    Raised,
    Scope,
    Stream,
    Unknown,
    choose,
    merge_names,
)

BROUGHT_BY = {
    "json": "2.6", "ssl": "2.6", "multiprocessing": "2.6", "hashlib": "2.5", "sqlite3": "2.5", "uuid": "2.5",
    "functools": "2.5", "wsgiref": "2.5", "xml.etree": "2.5", "xml.etree.ElementTree": "2.5", "ctypes": "2.5",
    "argparse": "2.7", "importlib": "2.7", "collections.OrderedDict": "2.7", "unittest.mock": "3.3",
    "asyncio": "3.4", "enum": "3.4", "pathlib": "3.4", "selectors": "3.4", "typing": "3.5", "ipaddress": "3.3",
    "concurrent.futures": "3.2", "concurrent": "3.2", "contextvars": "3.7", "dataclasses": "3.7",
    "importlib.resources": "3.7", "importlib.metadata": "3.8", "tomllib": "3.11", "urllib.parse": "3",
    "configparser": "3", "builtins": "3", "functools.lru_cache": "3.2", "zoneinfo": "3.9", "inspect.signature": "3.3",
    "typing.Literal": "3.8", "graphlib": "3.9", "lzma": "3.3", "statistics": "3.4", "secrets": "3.6",
    "functools.singledispatch": "3.4", "functools.cached_property": "3.8", "collections.Counter": "2.7",
    "logging.config.dictConfig": "2.7",
}  # fmt: skip
"""Python version that brought a module or name of the standard library; scripts ask for them before they require another."""
_MOST_TURNS = 300
_BUILD_TOOLS = frozenset(
    ["setuptools", "distutils", "pkg_resources", "pip", "ez_setup", "distribute_setup", "wheel", "imp", "__builtin__"]
)


@dataclass(frozen=True, slots=True)
class End:
    """What ends a block: `return`, `break`, `continue`, `exit`; the value returned."""

    kind: str
    value: Any = None


def run_module(machine: Machine, body: list[ast.stmt], scope: Scope) -> None:
    """Evaluate the statements of a module; one that raises ends it."""
    try:
        run_block(machine, body, scope)
    except Raised as error:
        machine.problems.append(str(error))


def run_block(machine: Machine, body: list[ast.stmt], scope: Scope) -> End | None:
    """Evaluate statements one after the other; give what ended them."""
    for index, statement in enumerate(body):
        machine.step()
        if isinstance(statement, ast.If):
            ended, whole = _run_if(machine, statement, body[index + 1 :], scope)
            if ended or whole:
                return ended
        else:
            end = _run_statement(machine, statement, scope)
            if end and not (end.kind == "exit" and machine.going_on):
                return end
    return None


def _run_statement(machine: Machine, statement: ast.stmt, scope: Scope) -> End | None:
    match statement:
        case ast.Expr(value):
            called = evaluate(machine, value, scope)
            return End("exit") if called is EXIT else None
        case ast.Assign(targets, value):
            result = evaluate(machine, value, scope)
            for target in targets:
                assign(machine, target, result, scope)
        case ast.AnnAssign(target, _, ast.expr() as value):
            assign(machine, target, evaluate(machine, value, scope), scope)
        case ast.AugAssign():
            assign_augmented(machine, statement, scope)
        case ast.FunctionDef(name):
            scope.names[name] = Function(statement, scope)
        case ast.ClassDef(name):
            scope.names[name] = Unknown(f"class {name}")
        case ast.Return(value):
            return End("return", evaluate(machine, value, scope) if value else None)
        case ast.Break():
            return End("break")
        case ast.Continue():
            return End("continue")
        case ast.Raise():
            return _raise(machine, statement)
        case ast.Import() | ast.ImportFrom():
            _run_import(machine, statement, scope)
        case ast.For():
            return _run_for(machine, statement, scope)
        case ast.While():
            return _run_while(machine, statement, scope)
        case ast.With(items, body):
            for item in items:
                opened = evaluate(machine, item.context_expr, scope)
                if item.optional_vars:
                    assign(machine, item.optional_vars, opened, scope)
            return run_block(machine, body, scope)
        case ast.Try():
            return _run_try(machine, statement, scope)
        case ast.Delete(targets):
            _delete(machine, targets, scope)
    return None


def _raise(machine: Machine, statement: ast.Raise) -> End:
    if machine.trying:
        raise Raised(ast.unparse(statement)[:80])
    return End("exit")


def _run_if(machine: Machine, node: ast.If, rest: list[ast.stmt], scope: Scope) -> tuple[End | None, bool]:
    """Give what ended the statement, and whether the rest of the block was evaluated with it."""
    truth = find_truth(machine, node.test, scope)
    if isinstance(truth, bool):
        return run_block(machine, node.body if truth else node.orelse, scope), False
    yes, no = run_both(machine, truth, node.body, node.orelse, scope)
    if yes is None and no is None:
        return None, False
    return _join(machine, truth, node, rest, scope, (yes, no))


def _join(
    machine: Machine,
    truth: Condition,
    node: ast.If,
    rest: list[ast.stmt],
    scope: Scope,
    ends: tuple[End | None, End | None],
) -> tuple[End | None, bool]:
    yes, no = ends
    if yes and no:
        if yes.kind == no.kind:
            return End(yes.kind, choose(truth, yes.value, no.value)), True
        if "exit" in (yes.kind, no.kind):
            return (no if yes.kind == "exit" else yes), True
        return End("return", Unknown(f"what follows `if {ast.unparse(node.test)[:60]}`")), True
    ended, goes_on = (yes, False) if yes else (no, True)
    assert ended
    if ended.kind == "exit":
        return None, False
    later = run_block(machine, rest, scope)
    if ended.kind == "return":
        other = later.value if later and later.kind == "return" else None
        pair = (other, ended.value) if goes_on else (ended.value, other)
        return End("return", choose(truth, *pair)), True
    return (later if later and later.kind == "return" else None), True


def run_both(
    machine: Machine, truth: Condition, body: list[ast.stmt], orelse: list[ast.stmt], scope: Scope
) -> tuple[End | None, End | None]:
    """Evaluate two blocks on copies of the names and merge these; a block that ends the script counts for nothing."""
    chain: list[Scope] = []
    at: Scope | None = scope
    while at is not None:
        chain.append(at)
        at = at.parent
    before = [one.names for one in chain]
    machine.left -= sum(map(len, before))
    ends, after = [], []
    for block in (body, orelse):
        for one, names in zip(chain, _copies(before), strict=True):
            one.names = names
        ends.append(_run_branch(machine, block, scope))
        after.append([one.names for one in chain])
    seen: dict[Any, Any] = {}
    for one, base, yes, no in zip(chain, before, after[0], after[1], strict=True):
        merged = _after_exit(ends, yes, no)
        base_names = merge_names(truth, yes, no, seen) if merged is None else merged
        base.clear()
        base.update(base_names)
        one.names = base
    return ends[0], ends[1]


def _run_branch(machine: Machine, block: list[ast.stmt], scope: Scope) -> End | None:
    try:
        return run_block(machine, block, scope)
    except Raised:
        return End("exit")


def _copies(before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    memo: dict[int, Any] = {}
    return [{name: _copy(value, memo) for name, value in names.items()} for names in before]


def _copy(value: Any, memo: dict[int, Any]) -> Any:
    """Copy lists and mappings, the values that change in place, and keep what is one object one object."""
    if not isinstance(value, list | dict | tuple | Stream) or (isinstance(value, tuple) and not value):
        return value
    if id(value) in memo:
        return memo[id(value)]
    if isinstance(value, list):
        memo[id(value)] = copied = []
        copied.extend([_copy(item, memo) for item in value])
        return copied
    if isinstance(value, dict):
        memo[id(value)] = made = {}
        made.update({key: _copy(item, memo) for key, item in value.items()})
        return made
    memo[id(value)] = copy.copy(value) if isinstance(value, Stream) else tuple([_copy(item, memo) for item in value])
    return memo[id(value)]


def _after_exit(ends: list[End | None], yes: dict[str, Any], no: dict[str, Any]) -> dict[str, Any] | None:
    if ends[0] and ends[0].kind in ("exit", "return", "continue") and not ends[1]:
        return no
    if ends[1] and ends[1].kind in ("exit", "return", "continue") and not ends[0]:
        return yes
    return None


def _run_for(machine: Machine, node: ast.For, scope: Scope) -> End | None:
    for item in items_of(evaluate(machine, node.iter, scope)):
        machine.step()
        if isinstance(item, Chosen) and item.no is ABSENT:
            target = ast.Assign([node.target], ast.Constant(None))
            assign(machine, target.targets[0], item.yes, scope)
            end, _ = run_both(machine, item.condition, node.body, [], scope)
        else:
            assign(machine, node.target, item, scope)
            end = run_block(machine, node.body, scope)
        if end and end.kind == "break":
            return None
        if end and end.kind in ("return", "exit"):
            return end
    return run_block(machine, node.orelse, scope)


def _run_while(machine: Machine, node: ast.While, scope: Scope) -> End | None:
    for _ in range(_MOST_TURNS):
        machine.step()
        truth = find_truth(machine, node.test, scope)
        if truth is not True:
            return None
        end = run_block(machine, node.body, scope)
        if end and end.kind == "break":
            return None
        if end and end.kind in ("return", "exit"):
            return end
    _forget(node, scope)
    return None


def _forget(node: ast.While, scope: Scope) -> None:
    """Make unreadable what a loop changes whose end was not reached."""
    endless = Unknown("a loop whose end was not reached")
    for part in ast.walk(node):
        match part:
            case ast.Name(name, ast.Store()):
                scope.names[name] = endless
            case ast.Call(ast.Attribute(ast.Name(name))) | ast.AugAssign(ast.Name(name)):
                held = scope.find(name)
                if isinstance(held, list):
                    held.append(endless)


def _run_try(machine: Machine, node: ast.Try, scope: Scope) -> End | None:
    asked = _import_condition(machine, node, scope)
    if asked is not None:
        yes, no = run_both(machine, asked, [*node.body, *node.orelse], node.handlers[0].body, scope)
        end = yes or (no if no and no.kind == "return" else None)
    else:
        end = _run_guarded(machine, node, scope)
    return run_block(machine, node.finalbody, scope) or end


def _run_guarded(machine: Machine, node: ast.Try, scope: Scope) -> End | None:
    machine.trying += 1
    try:
        end = run_block(machine, [*node.body, *node.orelse], scope)
    except Raised:
        machine.trying -= 1
        for handler in node.handlers:
            return run_block(machine, handler.body, scope)
        return None
    machine.trying -= 1
    return end


def _import_condition(machine: Machine, node: ast.Try, scope: Scope) -> Condition | None:
    """Give the condition under which an import in the body succeeds; None where it does, or nothing hangs on it."""
    if not node.handlers or not any(isinstance(s, ast.Import | ast.ImportFrom) for s in node.body):
        return None
    for statement in node.body:
        for name in _imported(statement):
            since = BROUGHT_BY.get(name)
            if since:
                return Test("python_version", ">=", since)
            root = name.partition(".")[0]
            if root not in _BUILD_TOOLS and not machine.has_module(root) and not _is_standard(root):
                return Stated(f"{root} is installed")
    return None


def _is_standard(name: str) -> bool:
    import sys

    return name in sys.stdlib_module_names or name in ("commands", "ConfigParser", "StringIO", "urllib2", "__future__")


def _imported(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.Import(names):
            return [alias.name for alias in names]
        case ast.ImportFrom(str(module), names, 0):
            longer = [f"{module}.{alias.name}" for alias in names]
            return [name if name in BROUGHT_BY else module for name in longer]
    return []


def _run_import(machine: Machine, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
    if isinstance(node, ast.Import):
        for alias in node.names:
            scope.names[alias.asname or alias.name.partition(".")[0]] = Module(
                alias.name if alias.asname else alias.name.partition(".")[0]
            )
        return
    base = node.module or ""
    if node.level:
        package = scope.folder.split(".")[: -node.level + 1 or None] if scope.folder else []
        base = ".".join([*package, *([base] if base else [])])
    for alias in node.names:
        if alias.name == "*":
            found = machine.find_module(base)
            scope.names.update(found.names if found else {})
        else:
            scope.names[alias.asname or alias.name] = Module(f"{base}:{alias.name}")


def _delete(machine: Machine, targets: list[ast.expr], scope: Scope) -> None:
    for target in targets:
        match target:
            case ast.Name(name):
                scope.names.pop(name, None)
            case ast.Subscript(value, key):
                held, at = evaluate(machine, value, scope), evaluate(machine, key, scope)
                if isinstance(held, dict) and isinstance(at, str):
                    held.pop(at, None)


def opposite(truth: Condition) -> Condition:
    """Give the opposite of a condition that is not certain."""
    other = negate(truth)
    assert not isinstance(other, bool)
    return other
