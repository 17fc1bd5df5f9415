"""How values get into a query: as terms that the engine substitutes for variables.

The engine substitutes only variables that a SELECT projects. For others the variable's name (never its value) is
written into the query: at the head of the projection, its columns to be dropped; or, where an aggregate forbids that,
as `BIND(<urn:…>() AS ?name)` at the head of the pattern, with a function that gives the term. The latter serves also
where the engine's substitution does not reach: `BOUND(?name)`, and a variable renamed as it is, `(?name AS ?other)`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pyfwgraph.errors import QueryError
from pyfwgraph.guard import mask

PARAMETER = "urn:pyfwgraph:parameter:"


@lru_cache(maxsize=256)
def is_within_reach(query: str, names: tuple[str, ...]) -> bool:
    """Whether the engine's substitution reaches the variables wherever the query has them.

    Raises:
        QueryError: The query has no such variable; with the variables that it has.

    >>> is_within_reach("SELECT ?x ?y { ?x fwo:buildsOn ?y }", ("x",))
    True
    >>> is_within_reach("SELECT ?v { BIND(?x AS ?v) }", ("x",))
    False
    >>> is_within_reach("ASK { ?a ?b ?c }", ("d",))
    Traceback (most recent call last):
    pyfwgraph.errors.QueryError: the query has no variable ?d to bind; it has ?a, ?b, ?c
    """
    text = mask(query)
    found = dict.fromkeys(re.findall(r"[?$](\w+)", text))
    for name in names:
        if name not in found:
            shown = ", ".join(f"?{variable}" for variable in found) or "none"
            raise QueryError(f"the query has no variable ?{name} to bind; it has {shown}")
    name = rf"[?$](?:{'|'.join(names)})\b"
    return re.search(rf"\bbound\s*\(\s*{name}|\(\s*{name}\s+as\b", text, re.IGNORECASE) is None


def project(query: str, names: tuple[str, ...]) -> str:
    """Put variables at the head of a SELECT's projection; any other query comes back as it is.

    >>> project("SELECT DISTINCT ?y { ?x fwo:buildsOn ?y }", ("x",))
    'SELECT DISTINCT ?x ?y { ?x fwo:buildsOn ?y }'
    """
    match = re.search(r"\bselect\b(\s+(distinct|reduced)\b)?", mask(query, names=True), re.IGNORECASE)
    if match is None:
        return query
    added = "".join(f" ?{name}" for name in names)
    return query[: match.end()] + added + query[match.end() :]


def bind(query: str, names: tuple[str, ...]) -> str:
    """Bind variables at the head of the query's pattern, each to what a function of its name gives.

    >>> bind("SELECT (COUNT(*) AS ?n) { ?x ?p ?o }", ("x",))
    'SELECT (COUNT(*) AS ?n) { BIND(<urn:pyfwgraph:parameter:x>() AS ?x) ?x ?p ?o }'
    """
    depth = 0
    for position, character in enumerate(mask(query)):
        depth += (character == "(") - (character == ")")
        if character == "{" and depth == 0:
            added = "".join(f" BIND(<{PARAMETER}{name}>() AS ?{name})" for name in names)
            return query[: position + 1] + added + query[position + 1 :]
    return query
