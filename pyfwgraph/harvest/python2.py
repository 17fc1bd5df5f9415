"""Syntax trees of scripts, those of Python 2 included.

Python 2 statements and literals are rewritten line by line into their Python 3 form; nothing is run.
"""

from __future__ import annotations

import ast
import re
import warnings

_DEEPEST = 120
_LONGEST_LINE = 20_000
_RULES = [
    (re.compile(r"^(\s*|.*?[:;]\s*)print\s*>>\s*[\w.]+\s*,?\s*(.*)$"), r"\1pass"),
    (re.compile(r"\bexcept\s+(\(?[\w., ]+?\)?)\s*,\s*(\w+)\s*:"), r"except \1 as \2:"),
    (re.compile(r"\braise\s+([\w.]+)\s*,\s*(.+)$"), r"raise \1(\2)"),
    (re.compile(r"\bexec\s+(.+?)\s+in\s+(\w+)(?:\s*,\s*\w+)?\s*$"), r"exec(\1, \2)"),
    (re.compile(r"\bexec\s+([^(\s].*)$"), r"exec(\1)"),
    (re.compile(r"`([^`]+)`"), r"repr(\1)"),
    (re.compile(r"<>"), "!="),
    (re.compile(r"(?<![\w.])0([0-7]+)\b(?!\.)"), r"0o\1"),
    (re.compile(r"(?<![\w.])(\d+|0[xX][0-9a-fA-F]+)[lL]\b"), r"\1"),
    (re.compile(r"(?<!\w)[uU][rR](['\"])"), r"r\1"),
    (re.compile(r"\blambda\s*\(([\w, ]+)\)\s*:"), r"lambda \1:"),
]
_PRINT = re.compile(r"^(\s*|.*?[:;]\s*)print(?:\s+(?!=).*|\s*)$")

_RAISE = re.compile(r"^(\s*)raise\s+[\w.]+\s*,.*$")


class Unparsable(Exception):
    """The text is neither Python 3 nor Python 2 that can be rewritten."""


def parse_script(text: str, name: str) -> ast.Module:
    r"""Give the syntax tree of a script.

    Args:
        text: The script.
        name: Its path, for messages.

    Raises:
        Unparsable: With the reason, for a reader.

    >>> ast.unparse(parse_script("x = 0777", "setup.py"))
    'x = 511'
    """
    if _nesting(text) > _DEEPEST:
        raise Unparsable(f"{name} is nested too deeply")
    first = _try_parse(text)
    if isinstance(first, ast.Module):
        return first
    second = _try_parse(_rewrite(text))
    if isinstance(second, ast.Module):
        return second
    raise Unparsable(f"{name} cannot be parsed: {second}")


def _try_parse(text: str) -> ast.Module | str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        return f"line {error.lineno}: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return str(error) or type(error).__name__


def _nesting(text: str) -> int:
    depth = deepest = run = 0
    for character in text:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth = max(depth - 1, 0)
        run = run + 1 if character in "-+~" else 0
        deepest = max(deepest, run - 300)
    if any(len(line) > _LONGEST_LINE for line in text.split("\n")):
        return _DEEPEST + 1
    return deepest


def _rewrite(text: str) -> str:
    lines: list[str] = []
    printed = ""
    for line in text.expandtabs(8).split("\n"):
        if printed:
            lines.append("")
            printed += "\n" + line
        else:
            start = _PRINT.match(line) or _RAISE.match(line)
            statement = "pass" if start and start.re is _PRINT else "raise Exception"
            lines.append(_apply_rules(start.group(1)) + statement if start else _apply_rules(line))
            printed = line[start.end(1) :] if start else ""
        printed = printed if _goes_on(printed) else ""
    return "\n".join(lines)


def _apply_rules(line: str) -> str:
    for pattern, replacement in _RULES:
        line = pattern.sub(replacement, line)
    return line


def _goes_on(statement: str) -> bool:
    printed = re.sub(r"^\s*(print\b)?\s*(>>\s*[\w.]+\s*,)?", "", statement).rstrip().rstrip(",;")
    if isinstance(_try_parse(f"({printed})"), ast.Module):
        return False
    if statement.count('"""') % 2 or statement.count("'''") % 2:
        return True
    opened = sum(map(statement.count, "([{")) - sum(map(statement.count, ")]}"))
    return statement.rstrip().endswith(("\\", "%")) or opened > 0
