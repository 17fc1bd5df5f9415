"""Assignments of a script: names, items, parts of a sequence."""

from __future__ import annotations

import ast
from typing import Any

from pyfwgraph.harvest.expression import evaluate, evaluate_operation, items_of
from pyfwgraph.harvest.machine import Machine
from pyfwgraph.harvest.value import ABSENT, HOLE, Chosen, Pattern, Scope, Unknown


def assign(machine: Machine, target: ast.expr, value: Any, scope: Scope) -> None:
    """Bind a value to the target of an assignment."""
    match target:
        case ast.Name(name):
            scope.names[name] = value
        case ast.Tuple(targets) | ast.List(targets):
            _assign_parts(machine, targets, value, scope)
        case ast.Subscript(held, key):
            _assign_item(evaluate(machine, held, scope), evaluate(machine, key, scope), value)
        case ast.Starred(inner):
            assign(machine, inner, value, scope)


def assign_augmented(machine: Machine, node: ast.AugAssign, scope: Scope) -> None:
    """Evaluate `x += y` and its kin; lists are extended in place."""
    read: ast.expr = node.target
    before = evaluate(machine, read, scope)
    added = evaluate(machine, node.value, scope)
    if isinstance(before, list) and isinstance(node.op, ast.Add):
        before.extend(items_of(added))
        return
    assign(machine, node.target, evaluate_operation(node.op, before, added), scope)


def _assign_parts(machine: Machine, targets: list[ast.expr], value: Any, scope: Scope) -> None:
    if isinstance(value, Chosen) and value.no is ABSENT:
        value = value.yes
    parts = list(value) if isinstance(value, list | tuple | str) else []
    if len(parts) != len(targets):
        parts = [Unknown("part of a value that is not read")] * len(targets)
    for target, part in zip(targets, parts, strict=True):
        assign(machine, target, part, scope)


def _assign_item(held: Any, key: Any, value: Any) -> None:
    if isinstance(held, dict) and isinstance(key, str | int | tuple | Pattern):
        held[key] = value
    elif isinstance(held, dict):
        held[HOLE] = Unknown("an item under a computed key")
    elif isinstance(held, list) and isinstance(key, int) and -len(held) <= key < len(held):
        held[key] = value
    elif isinstance(held, list):
        held.append(Unknown("an item at a computed place"))
