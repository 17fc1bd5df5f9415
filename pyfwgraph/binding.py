"""How values get into a query: as terms that the engine substitutes for variables.

The engine substitutes only variables that a SELECT projects. For others the variable's name (never its value) is
written into the query: at the head of the projection, its columns to be dropped; or, where an aggregate forbids that,
as `BIND(<urn:…>() AS ?name)` at the head of the pattern, with a function that gives the term. The latter serves also
where the engine's substitution does not reach: `BOUND(?name)`, and a variable renamed as it is, `(?name AS ?other)`.
"""

from __future__ import annotations

from pyfwgraph.errors import QueryError
from pyfwgraph.guard import mask

PARAMETER = "urn:pyfwgraph:parameter:"


def check_variables(query: str, names: tuple[str, ...]) -> None:
    """Refuse to bind a variable that the query has not.

    Raises:
        QueryError: With the variables that it has.

    >>> check_variables("ASK { ?a ?b ?c }", ("d",))
    Traceback (most recent call last):
    pyfwgraph.errors.QueryError: the query has no variable ?d to bind; it has ?a, ?b, ?c
    """
    import re

    found = dict.fromkeys(re.findall(r"[?$](\w+)", mask(query)))
    for name in names:
        if name not in found:
            shown = ", ".join(f"?{variable}" for variable in found) or "none"
            raise QueryError(f"the query has no variable ?{name} to bind; it has {shown}")


def is_out_of_reach(query: str, names: tuple[str, ...]) -> bool:
    """Whether the engine's substitution would leave one of the variables unbound somewhere.

    >>> is_out_of_reach("SELECT ?v { BIND(?x AS ?v) }", ("x",))
    True
    """
    import re

    text = mask(query)
    name = rf"[?$](?:{'|'.join(names)})\b"
    return re.search(rf"\bbound\s*\(\s*{name}|\(\s*{name}\s+as\b", text, re.IGNORECASE) is not None


def project(query: str, names: tuple[str, ...]) -> str:
    """Put variables at the head of a SELECT's projection; any other query comes back as it is.

    >>> project("SELECT DISTINCT ?y { ?x fwo:buildsOn ?y }", ("x",))
    'SELECT DISTINCT ?x ?y { ?x fwo:buildsOn ?y }'
    """
    import re

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
