"""Comparisons in a script: of plain values, and of facts of the interpreter, which become conditions."""

from __future__ import annotations

import ast
import operator
from typing import Any

from pyfwgraph.harvest.condition import Stated, Test, Truth, any_of, negate
from pyfwgraph.harvest.value import HOLE, Chosen, Fact, Unknown

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "==", ast.IsNot: "!=",
}  # fmt: skip
_MIRROR = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_PLAIN = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


def compare(op: ast.cmpop, left: Any, right: Any, text: str) -> Truth:
    """Give whether a comparison holds.

    Args:
        op: The operator.
        left: Value on the left.
        right: Value on the right.
        text: The comparison as written, for a condition that no marker can say.

    >>> compare(ast.Lt(), Fact("version_info"), (2, 7), "")
    Test(variable='python_version', operator='<', value='2.7')
    """
    sign = _SIGNS[type(op)]
    if isinstance(left, Fact):
        return _compare_fact(left.variable, sign, right, text)
    if isinstance(right, Fact):
        return _compare_fact(right.variable, _MIRROR.get(sign, sign), left, text)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        if type(op) in (ast.Is, ast.IsNot) and right is None:
            return isinstance(op, ast.IsNot)
        return Stated(text)
    return _compare_plain(sign, left, right, text)


def _compare_plain(sign: str, left: Any, right: Any, text: str) -> Truth:
    if sign in ("in", "not in"):
        return _contains(sign == "in", left, right, text)
    if any(isinstance(side, str) and HOLE in side for side in (left, right)):
        return Stated(text)
    try:
        return bool(_PLAIN[sign](left, right))
    except TypeError:
        return Stated(text)


def _contains(wanted: bool, item: Any, held: Any, text: str) -> Truth:
    if not isinstance(held, str | list | tuple | dict | set | frozenset):
        return Stated(text)
    if isinstance(held, str) and not isinstance(item, str):
        return Stated(text)
    if isinstance(held, list | tuple) and item not in held:
        chosen = [one.condition for one in held if isinstance(one, Chosen) and one.yes == item]
        if chosen:
            found = any_of(list(chosen))
            return found if wanted else negate(found)
    try:
        return (item in held) == wanted
    except TypeError:
        return Stated(text)


def _compare_fact(variable: str, sign: str, value: Any, text: str) -> Truth:
    if variable in ("version_info", "version_pair", "major_only") and isinstance(value, tuple | list):
        return _compare_version(tuple(value), sign, whole=variable == "version_info", text=text)
    if variable in ("major", "minor") and isinstance(value, int) and not isinstance(value, bool):
        return Test(variable, sign, str(value)) if sign not in ("in", "not in") else Stated(text)
    if variable in ("major", "major_text") and isinstance(value, str) and sign in _PLAIN and value.isdigit():
        return Test("major", sign, value)
    if variable == "hexversion" and isinstance(value, int):
        return _compare_version((value >> 24, value >> 16 & 255), sign, whole=False, text=text)
    if variable in ("version", "python_version") and isinstance(value, str) and sign in _PLAIN:
        short = ".".join(value.split()[0].split(".")[:2]) if value.split() else value
        return Test("python_version", sign, short)
    if (
        variable in ("major", "major_only", "version_pair")
        and sign in ("in", "not in")
        and isinstance(value, tuple | list)
    ):
        found = any_of([_compare_fact(variable, "==", one, text) for one in value])
        return found if sign == "in" else negate(found)
    if variable in _MARKERS and isinstance(value, str):
        return Test(variable, sign, value)
    if variable in _MARKERS and sign in ("in", "not in") and isinstance(value, tuple | list):
        found = any_of([Test(variable, "==", one) for one in value if isinstance(one, str)])
        return found if sign == "in" else negate(found)
    return Stated(text)


_MARKERS = frozenset(
    [
        "sys_platform",
        "os_name",
        "platform_system",
        "platform_machine",
        "implementation_name",
        "platform_python_implementation",
    ]
)


def _compare_version(value: tuple[Any, ...], sign: str, *, whole: bool, text: str) -> Truth:
    if not value or not all(isinstance(part, int) for part in value[:3]) or sign not in _PLAIN:
        return Stated(text)
    numbers = value[:3]
    if whole and sign in (">", "<=", "==", "!=") and len(numbers) < 3:
        sign = {">": ">=", "<=": "<"}.get(sign, sign)
    while len(numbers) > 2 and numbers[-1] == 0:
        numbers = numbers[:-1]
    if len(numbers) == 1:
        return Test("major", sign, str(numbers[0]))
    if len(numbers) == 2 and numbers[1] == 0 and sign in (">=", "<"):
        numbers = numbers[:1]
    variable = "python_version" if len(numbers) < 3 else "python_full_version"
    return Test(variable, sign, ".".join(map(str, numbers)))
