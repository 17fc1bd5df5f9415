"""Conditions on the interpreter or machine, and the environment markers that say the same.

A condition is a small tree: `Test` (marker variable, operator, value), `Stated` (a condition that no marker can say,
in the words of the script), `All`, `Any`. What is certain is a plain `True` or `False`.
"""

from __future__ import annotations

from dataclasses import dataclass

_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "==", "in": "not in", "not in": "in"}


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a marker variable, or of `major` or `minor` of the Python version, with a value."""

    __test__ = False
    variable: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A condition that no marker can say."""

    text: str
    holds: bool = True


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple[Condition, ...]


Condition = Test | Stated | All | Either
Truth = Condition | bool


def negate(truth: Truth) -> Truth:
    """Give the opposite.

    >>> negate(Test("python_version", "<", "3"))
    Test(variable='python_version', operator='>=', value='3')
    """
    match truth:
        case bool():
            return not truth
        case Test(variable, operator, value):
            return Test(variable, _OPPOSITE[operator], value)
        case Stated(text, holds):
            return Stated(text, not holds)
        case All(parts):
            return any_of([negate(part) for part in parts])
        case Either(parts):
            return all_of([negate(part) for part in parts])


def all_of(truths: list[Truth]) -> Truth:
    """Give the condition that all of them hold."""
    if False in truths:
        return False
    parts: list[Condition] = []
    for truth in truths:
        for part in truth.parts if isinstance(truth, All) else (truth,):
            if not isinstance(part, bool) and part not in parts:
                parts.append(part)
    if any(negate(part) in parts for part in parts):
        return False
    parts = _with_minor(parts)
    return True if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))


def any_of(truths: list[Truth]) -> Truth:
    """Give the condition that one of them holds."""
    if True in truths:
        return True
    parts: list[Condition] = []
    for truth in truths:
        for part in truth.parts if isinstance(truth, Either) else (truth,):
            if not isinstance(part, bool) and part not in parts:
                parts.append(part)
    if any(negate(part) in parts for part in parts):
        return True
    return False if not parts else parts[0] if len(parts) == 1 else Either(tuple(parts))


def to_marker(truth: Truth) -> tuple[str, str]:
    """Give the marker for a condition, and in words what no marker can say; either may be empty.

    >>> to_marker(All((Test("python_version", "<", "3"), Stated("DEBUG"))))
    ('python_version < "3"', 'DEBUG')
    """
    if isinstance(truth, bool):
        return "", ""
    parts = truth.parts if isinstance(truth, All) else (truth,)
    sayable = [_write(part, inside=len(parts) > 1) for part in parts if not _is_stated(part)]
    stated = [_write(part, inside=len(parts) > 1) for part in parts if _is_stated(part)]
    return " and ".join(sayable), " and ".join(stated)


def _is_stated(condition: Condition) -> bool:
    match condition:
        case Stated():
            return True
        case Test(variable):
            return variable == "minor"
        case All(parts) | Either(parts):
            return any(_is_stated(part) for part in parts)


def _write(condition: Condition, *, inside: bool) -> str:
    match condition:
        case Stated(text, holds):
            return text if holds else f"not ({text})"
        case Test("major", operator, value):
            return _write_major(operator, int(value))
        case Test("minor", operator, value):
            return f"sys.version_info[1] {operator} {value}"
        case Test(variable, operator, value):
            return f'{variable} {operator} "{value}"'
        case All(parts):
            text = " and ".join(_write(part, inside=True) for part in parts)
            return f"({text})" if inside else text
        case Either(parts):
            text = " or ".join(_write(part, inside=True) for part in parts)
            return f"({text})" if inside else text


def _write_major(operator: str, major: int) -> str:
    if operator in (">=", "<"):
        return f'python_version {operator} "{major}"'
    if operator in (">", "<="):
        return f'python_version {">=" if operator == ">" else "<"} "{major + 1}"'
    newer = (major >= 3) == (operator == "==")
    return f'python_version {">=" if newer else "<"} "3"'


def _with_minor(parts: list[Condition]) -> list[Condition]:
    major = next((p for p in parts if isinstance(p, Test) and p.variable == "major" and p.operator == "=="), None)
    minor = next((p for p in parts if isinstance(p, Test) and p.variable == "minor"), None)
    if major is None or minor is None:
        return parts
    exact = Test("python_version", minor.operator, f"{major.value}.{minor.value}")
    rest = [part for part in parts if part not in (major, minor)]
    needs_major = (major.value == "2") == (minor.operator in (">", ">=", "!="))
    return [*rest, exact, major] if needs_major else [*rest, exact]
