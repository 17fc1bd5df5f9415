"""Expressions of a script, evaluated abstractly to plain values, `Unknown`, or `Chosen` by a condition."""

from __future__ import annotations

import ast
import operator
import re
from typing import Any

from pyfwgraph.harvest.comparison import compare
from pyfwgraph.harvest.condition import Stated, Truth, all_of, any_of, negate
from pyfwgraph.harvest.machine import DEEPEST, Machine
from pyfwgraph.harvest.text import add_text, fill_percent
from pyfwgraph.harvest.value import (
    ABSENT,
    HOLE,
    Chosen,
    Fact,
    Function,
    Known,
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

_ARITHMETIC = {
    ast.Sub: operator.sub, ast.Mult: operator.mul, ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
    ast.BitOr: operator.or_, ast.BitAnd: operator.and_, ast.Add: operator.add, ast.Div: operator.truediv,
}  # fmt: skip
LONGEST = 20_000


def evaluate(machine: Machine, node: ast.expr, scope: Scope) -> Any:
    """Give the value of an expression.

    Raises:
        Unreadable: The budget is used up.
        Raised: The script raises here, inside a `try`.
    """
    machine.step()
    machine.depth += 1
    try:
        if machine.depth > DEEPEST:
            raise Unreadable("calls or expressions are nested too deeply")
        return _evaluate(machine, node, scope)
    finally:
        machine.depth -= 1


def _evaluate(machine: Machine, node: ast.expr, scope: Scope) -> Any:
    match node:
        case ast.Constant(value):
            return value.decode("latin-1") if isinstance(value, bytes) else value
        case ast.Name(name):
            return find_name(machine, name, scope)
        case ast.List() | ast.Set() | ast.Tuple():
            return _display(machine, node, scope)
        case ast.Dict(keys, values):
            return _dictionary(machine, keys, values, scope)
        case ast.BinOp(left, op, right):
            return evaluate_operation(op, evaluate(machine, left, scope), evaluate(machine, right, scope))
        case ast.BoolOp():
            return _either(machine, node, scope)
        case ast.UnaryOp(op, operand):
            return _unary(machine, node, op, operand, scope)
        case ast.Compare():
            return _as_value(_comparison(machine, node, scope))
        case ast.IfExp(test, body, orelse):
            truth = find_truth(machine, test, scope)
            if isinstance(truth, bool):
                return evaluate(machine, body if truth else orelse, scope)
            return choose(truth, evaluate(machine, body, scope), evaluate(machine, orelse, scope))
        case ast.JoinedStr(values):
            return _join_parts([evaluate(machine, value, scope) for value in values])
        case ast.FormattedValue(value):
            return evaluate(machine, value, scope)
        case ast.Subscript(value, key):
            return _subscript(machine, evaluate(machine, value, scope), key, scope)
        case ast.Attribute(value, name):
            return lift(lambda held: machine.hands.attribute(machine, held, name), evaluate(machine, value, scope))
        case ast.Call():
            return machine.hands.call(machine, node, scope)
        case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
            return _comprehend(machine, node.elt, node.generators, scope)
        case ast.DictComp(key, value, generators):
            pairs = _comprehend(machine, ast.Tuple([key, value], ast.Load()), generators, scope)
            return dict(pair for pair in pairs if isinstance(pair, tuple) and isinstance(pair[0], str))
        case ast.Lambda():
            return Function(node, scope)
        case ast.Starred(value):
            return evaluate(machine, value, scope)
        case ast.NamedExpr(ast.Name(name), value):
            scope.names[name] = evaluate(machine, value, scope)
            return scope.names[name]
    return Unknown(f"`{ast.unparse(node)[:60]}`")


def find_name(machine: Machine, name: str, scope: Scope) -> Any:
    """Give the value of a name; an imported name is looked up in its module on first use."""
    value = scope.find(name)
    if isinstance(value, Module) and ":" in value.name:
        return machine.hands.imported(machine, value)
    if value is ABSENT:
        return machine.hands.builtin(name)
    return value


def find_truth(machine: Machine, node: ast.expr, scope: Scope) -> Truth:
    """Give whether an expression holds: certain, or under which condition."""
    match node:
        case ast.BoolOp(ast.And(), values):
            return all_of(_truths(machine, values, scope, stop=False))
        case ast.BoolOp(ast.Or(), values):
            return any_of(_truths(machine, values, scope, stop=True))
        case ast.UnaryOp(ast.Not(), operand):
            return negate(find_truth(machine, operand, scope))
        case ast.Compare():
            return _comparison(machine, node, scope)
    return truth_of(evaluate(machine, node, scope), ast.unparse(node)[:80])


def truth_of(value: Any, text: str) -> Truth:
    """Give whether a value counts as true; `text` states the condition where it cannot be known."""
    match value:
        case Chosen(condition, yes, no):
            first, second = truth_of(yes, text), truth_of(no, text)
            return any_of([all_of([condition, first]), all_of([negate(condition), second])])
        case Unknown() | Fact():
            return Stated(text)
        case list() if value and all(isinstance(item, Chosen) for item in value):
            return Stated(text)
        case Known() | Function() | Module() | Place() | Stream() | Pattern() | re.Match():
            return True
    return False if value is ABSENT else bool(value)


def items_of(value: Any) -> list[Any]:
    """Give the elements that a loop over a value takes; an unreadable value is one unreadable element."""
    match value:
        case list() | tuple() | set() | frozenset():
            return list(value)
        case dict():
            return [Chosen(v.condition, k, ABSENT) if _optional(v) else k for k, v in value.items()]
        case str():
            return list(value[:LONGEST])
        case Stream(text, at):
            return text[at:].splitlines(keepends=True)[:LONGEST]
        case Chosen(condition, yes, no):
            chosen = [Chosen(condition, item, ABSENT) for item in items_of(yes)]
            other = negate(condition)
            assert not isinstance(other, bool)
            return chosen + [Chosen(other, item, ABSENT) for item in items_of(no)]
        case None | bool() | int():
            return []
    return [] if value is ABSENT else [value if isinstance(value, Unknown) else Unknown("elements that are computed")]


def _optional(value: Any) -> bool:
    return isinstance(value, Chosen) and value.no is ABSENT


def evaluate_operation(op: ast.operator, left: Any, right: Any) -> Any:
    """Give the result of a binary operator; sizes are bounded."""
    return lift(lambda a, b: _operate(op, a, b), left, right)


def _operate(op: ast.operator, left: Any, right: Any) -> Any:
    if isinstance(left, list | tuple) and isinstance(right, list | tuple | Unknown) and isinstance(op, ast.Add):
        return [*left, *items_of(right)] if isinstance(left, list) or not isinstance(right, tuple) else left + right
    if isinstance(left, Unknown) and isinstance(right, list):
        return [left, *right]
    if isinstance(left, Place | Unknown) and isinstance(op, ast.Div) and isinstance(left, Place):
        return Place(f"{left.path}/{right}") if isinstance(right, str) else Unknown("a computed path")
    if isinstance(op, ast.Mod) and isinstance(left, str):
        return fill_percent(left, right)
    if isinstance(left, str) or isinstance(right, str):
        return add_text(left, right) if isinstance(op, ast.Add) else _repeat(op, left, right)
    if isinstance(left, dict) and isinstance(right, dict):
        return left | right if isinstance(op, ast.BitOr) else Unknown("a computed mapping")
    if isinstance(left, list | set) and isinstance(right, int | set):
        return _repeat(op, left, right)
    return _calculate(op, left, right)


def _repeat(op: ast.operator, left: Any, right: Any) -> Any:
    if isinstance(op, ast.Mult) and isinstance(right, int) and isinstance(left, str | list):
        return left * right if len(left) * max(right, 0) < LONGEST else Unknown("a very long value")
    if isinstance(left, set) and isinstance(right, set):
        return _ARITHMETIC.get(type(op), operator.or_)(left, right)
    return Unknown("a computed value")


def _calculate(op: ast.operator, left: Any, right: Any) -> Any:
    function = _ARITHMETIC.get(type(op))
    small = all(isinstance(value, int | float) and abs(value) < 2**63 for value in (left, right))
    if function is None or not small or (right == 0 and isinstance(op, ast.Div | ast.FloorDiv | ast.Mod)):
        return Unknown("a computed value")
    try:
        return function(left, right)
    except TypeError:
        return Unknown("a computed value")


def _display(machine: Machine, node: ast.List | ast.Set | ast.Tuple, scope: Scope) -> Any:
    items: list[Any] = []
    for element in node.elts:
        value = evaluate(machine, element, scope)
        items += items_of(value) if isinstance(element, ast.Starred) else [value]
    return tuple(items) if isinstance(node, ast.Tuple) else items


def _dictionary(machine: Machine, keys: list[ast.expr | None], values: list[ast.expr], scope: Scope) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    for key, value in zip(keys, values, strict=True):
        held = evaluate(machine, value, scope)
        if key is None:
            made.update(held if isinstance(held, dict) else {})
            continue
        name = evaluate(machine, key, scope)
        if isinstance(name, Chosen):
            made.update({n: lift(lambda v: v, held) for n in (name.yes, name.no) if isinstance(n, str)})
        elif isinstance(name, str | int | tuple | Pattern | None):
            made[name] = held
        else:
            made[f"{HOLE}{len(made)}"] = held
    return made


def _truths(machine: Machine, nodes: list[ast.expr], scope: Scope, *, stop: bool) -> list[Truth]:
    found: list[Truth] = []
    for node in nodes:
        found.append(find_truth(machine, node, scope))
        if found[-1] is stop:
            break
    return found


def _either(machine: Machine, node: ast.BoolOp, scope: Scope) -> Any:
    wanted = isinstance(node.op, ast.Or)
    value: Any = None
    for index, operand in enumerate(node.values):
        value = evaluate(machine, operand, scope)
        truth = truth_of(value, ast.unparse(operand)[:80])
        if truth is wanted or index == len(node.values) - 1:
            return value
        if not isinstance(truth, bool):
            rest = ast.BoolOp(node.op, node.values[index + 1 :]) if index + 2 < len(node.values) else node.values[-1]
            other = evaluate(machine, rest, scope)
            if isinstance(value, Unknown):
                return Unknown(f"`{ast.unparse(node)[:60]}`") if not isinstance(other, str) else other
            return choose(truth, value, other) if wanted else choose(truth, other, value)
    return value


def _unary(machine: Machine, node: ast.expr, op: ast.unaryop, operand: ast.expr, scope: Scope) -> Any:
    if isinstance(op, ast.Not):
        return _as_value(find_truth(machine, node, scope))
    value = evaluate(machine, operand, scope)
    if isinstance(op, ast.USub) and isinstance(value, int | float):
        return -value
    return value if isinstance(op, ast.UAdd) else Unknown("a computed value")


def _as_value(truth: Truth) -> Any:
    return truth if isinstance(truth, bool) else Chosen(truth, True, False)


def _comparison(machine: Machine, node: ast.Compare, scope: Scope) -> Truth:
    found: list[Truth] = []
    left = evaluate(machine, node.left, scope)
    text = ast.unparse(node)[:80]
    for op, other in zip(node.ops, node.comparators, strict=True):
        right = evaluate(machine, other, scope)
        found.append(truth_of(lift(lambda a, b, o=op: _as_value(compare(o, a, b, text)), left, right), text))
        left = right
    return all_of(found)


def _subscript(machine: Machine, held: Any, key: ast.expr, scope: Scope) -> Any:
    if isinstance(key, ast.Slice):
        ends = [evaluate(machine, end, scope) if end else None for end in (key.lower, key.upper, key.step)]
        return lift(lambda value: _slice(value, ends), held)
    return lift(_item, held, evaluate(machine, key, scope))


def _slice(held: Any, ends: list[Any]) -> Any:
    if isinstance(held, Fact):
        whole = {"version_info": {2: "version_pair", 1: "major_only"}, "version": {3: "version", 1: "major_text"}}
        kind = whole.get(held.variable, {}).get(ends[1]) if not ends[0] else None
        return Fact(kind) if kind else Unknown(f"part of {held.variable}")
    if isinstance(held, str | list | tuple) and all(end is None or isinstance(end, int) for end in ends):
        return held[slice(*ends)] if ends[2] != 0 else Unknown("a computed part")
    return held if isinstance(held, Unknown) else Unknown("a computed part")


def _item(held: Any, key: Any) -> Any:
    match held, key:
        case Fact("version_info" | "version_pair"), 0 | 1:
            return Fact("major" if key == 0 else "minor")
        case Fact("version"), 0:
            return Fact("major_text")
        case dict(), _ if isinstance(key, str | int | tuple | Pattern):
            return held.get(key, Unknown(f"the item {key!r}"))
        case ((list() | tuple() | str()), int()) if -len(held) <= key < len(held):
            return held[key]
    return held if isinstance(held, Unknown) else Unknown("an item at a computed place")


def _join_parts(parts: list[Any]) -> Any:
    result: Any = ""
    for part in parts:
        result = lift(add_text, result, part if not isinstance(part, int | float) else str(part))
    return result


def _comprehend(machine: Machine, element: ast.expr, loops: list[ast.comprehension], scope: Scope) -> list[Any]:
    if not loops:
        return [evaluate(machine, element, scope)]
    made: list[Any] = []
    for item in items_of(evaluate(machine, loops[0].iter, scope)):
        machine.step()
        if len(made) > LONGEST:
            raise Unreadable("a list is very long")
        inner = Scope({}, scope, scope.folder)
        optional = item.condition if isinstance(item, Chosen) and item.no is ABSENT else True
        machine.hands.assign(
            machine, loops[0].target, item.yes if isinstance(item, Chosen) and optional is not True else item, inner
        )
        truth = all_of([optional, *(find_truth(machine, test, inner) for test in loops[0].ifs)])
        if truth is False:
            continue
        found = _comprehend(machine, element, loops[1:], inner)
        made += found if truth is True else [choose(truth, one, ABSENT) for one in found]
    return made
