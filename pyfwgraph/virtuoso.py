"""What Virtuoso 7 gets wrong without a word, told from its answers so that nothing wrong is passed on.

It cuts answers at its own `ResultSetMaxRows` (said in a header for rows, not at all for triples), gives parts of
answers at its own limit of time, and repeats what a property path reaches by several ways.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pyfwgraph.errors import QueryError, QueryTimeout
from pyfwgraph.guard import mask

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import Message

SYSTEM_GRAPHS = (
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://localuriqaserver/sparql",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
)
"""Graphs that it has from the start, which are no sources."""

FEW = 1000
"""Triples that no server cuts."""

_CUT = "X-SPARQL-MaxRows"
_NAME = re.compile(r"(?<![\w?$])[\w.-]*:[\w.:%\\-]*$")
_AGGREGATE = re.compile(r"\b(?:count|sum|avg|group_concat)\s*\(", re.IGNORECASE)
_LIMIT = re.compile(r"\blimit\s+(\d+)", re.IGNORECASE)


def is_virtuoso(headers: Message) -> bool:
    """Whether an answer is Virtuoso's."""
    return str(headers.get("Server", "")).startswith("Virtuoso")


def check_rows(headers: Message, query: str, rows: Sequence[Any], max_rows: int) -> None:
    """Refuse rows that are not the whole answer, or that may be repeated.

    Args:
        headers: The headers of the answer.
        query: The query that was sent.
        rows: The rows that came, when none were left out.
        max_rows: The rows that were asked for, 0 for all.

    Raises:
        QueryTimeout: The server gave up on the rest.
        QueryError: The server cut the answer, or repeats rows.
    """
    if "S1TAT" in headers.get("X-SQL-State", ""):
        raise QueryTimeout("the server gave a part of the answer at its own limit of time: narrow the query")
    cut = find_cut(headers)
    if cut and len(rows) >= cut and len(rows) != max_rows:
        raise cut_at(cut)
    if is_virtuoso(headers) and may_repeat(query) and (_AGGREGATE.search(mask(query)) or len(set(rows)) < len(rows)):
        raise QueryError(
            "Virtuoso repeats what a property path reaches by several ways, so the answer would be wrong: "
            "write SELECT DISTINCT, or COUNT(DISTINCT …)"
        )


def find_cut(headers: Message) -> int:
    """Give the number of rows at which the server cut an answer; 0 where it did not come so far."""
    return int(headers.get(_CUT) or 0)


def may_repeat(query: str) -> bool:
    """Whether a query walks a property path and nowhere asks for distinct answers.

    >>> may_repeat("SELECT ?x { ?x fwo:buildsOn+ ?y }"), may_repeat("SELECT (SUM(?a) * 2 AS ?b) { ?a a ?c }")
    (True, False)
    """
    text = mask(query)
    if re.search(r"\bdistinct\b", text, re.IGNORECASE):
        return False
    return any(_ends_a_path(query[: match.start()], text[: match.start()]) for match in re.finditer(r"[+*]", text))


def _ends_a_path(query: str, masked: str) -> bool:
    """Whether a text ends with what a path can repeat: an IRI, a name with a prefix, or a group of such."""
    query = query.rstrip()
    masked = masked[: len(query)]
    if query.endswith(">") and not masked.endswith(">"):  # the mask has blanked an IRI out
        return True
    if not query.endswith(")"):
        return _NAME.search(masked) is not None
    group = re.search(r"\(([^()?$\"']*)\)$", query)
    return group is not None and bool(group[1].strip(" *"))


def needs_count(headers: Message, query: str, triples: int) -> bool:
    """Whether triples may have been cut: only Virtuoso does so, and not where the query has a limit of its own."""
    return is_virtuoso(headers) and triples >= FEW and _LIMIT.search(mask(query)) is None


def cut_at(rows: int) -> QueryError:
    """Give the error for an answer that was cut."""
    return QueryError(
        f"the server cuts answers at {rows:,} rows: add LIMIT and OFFSET, give max_rows={rows}, "
        "or raise ResultSetMaxRows in its configuration"
    )
