"""A query as the text that any SPARQL 1.1 server takes: prefixes declared, bound values and the conclusions' graph in.

A value cannot break out of its place: it is checked to be one term, and what is written where is found token by token,
outside of strings and comments.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pyfwgraph.binding import is_within_reach
from pyfwgraph.errors import QueryError, QuerySyntaxError
from pyfwgraph.guard import explain_update
from pyfwgraph.scope import END, Token, closing, opening, tokens, write_scopes
from pyfwgraph.vocabulary import PREFIXES, expand_curie

_IRI = r'<[^\x00-\x20<>"{}|^`\\]+>'
_TERM = re.compile(
    rf'{_IRI}|"(?:[^"\\\n\r]|\\[tbnrf"\'\\])*"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^{_IRI})?',
)
_SURROGATES = frozenset(map(chr, range(0xD800, 0xE000)))
_KINDS = ("select", "ask", "construct", "describe")
_MODIFIERS = ("group", "having", "order", "limit", "offset", "values")
_THING = re.compile(r"#[^\n\r]*|<[^>]*>|[?$]\w+|[\w.-]*:(?:[\w.:%-]|\\.)*|[*]")


class Wire(NamedTuple):
    """What is sent: the kind of query, its text, and for `SELECT *` the variables as the query names them."""

    kind: str
    text: str
    order: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def to_wire(query: str, bindings: tuple[tuple[str, str], ...] = (), conclusions: str = "") -> Wire:
    """Give the text to send for a query.

    Args:
        query: A SPARQL query, with or without the packaged prefixes declared.
        bindings: Variable names and their values in N-Triples form.
        conclusions: The named graph to ask where the query names none; empty for the server's default graph.

    Raises:
        QuerySyntaxError: It is no query.
        QueryRefused: It is an update.
        QueryError: A value is no term, or the query has no variable for it.

    >>> print(to_wire("ASK { ?x fwo:buildsOn fw:one-1.2 }", (("x", "<x:y>"),)).text)
    PREFIX fwo: <https://w3id.org/pyfwgraph/ontology#>
    ASK { VALUES ?x { <x:y> }  <x:y>  fwo:buildsOn <https://w3id.org/pyfwgraph/project/one-1.2> }
    """
    explain_update(query)
    is_within_reach(query, tuple([name for name, _ in bindings]))
    terms = {name: write_term(term) for name, term in bindings}
    query = _spelled(query)
    kind, start = _kind(query)
    order = _order(query) if kind == "select" else ()
    if any(token.text.lower() == "from" for token in tokens(query)):
        conclusions = ""
    if kind == "describe":
        query = _patterned(query, start)
        query = _described(query, start, tuple(terms)) if conclusions else query
    query, start = _templated(query)
    return Wire(kind, write_scopes(query, start, terms, conclusions), order)


def write_term(term: str) -> str:
    r"""Give a term in N-Triples form as any server reads it.

    Some decode `\\u0022`, which is a backslash and a text, as if it were the character of that number; so a `u` behind
    a backslash is itself written by its number, and so are control characters.

    Raises:
        QueryError: It is not one IRI or literal.

    >>> print(write_term(r'"a \\u0022"'))
    "a \\\u00750022"
    """
    if _TERM.fullmatch(term) is None or not _SURROGATES.isdisjoint(term):
        raise QueryError(f"{term!r} is no term that a query can hold: bind a text, a number, a date or an IRI")
    text = re.sub(r"\\\\([uU])", lambda match: rf"\\\u{ord(match[1]):04x}", term)
    return "".join(c if " " <= c != "\x7f" else f"\\u{ord(c):04x}" for c in text)


def _spelled(query: str) -> str:
    """Declare the packaged prefixes that are used; names that not every server can read are written out."""
    found = tokens(query)
    declared = {name.text.partition(":")[0] for word, name in pairwise(found) if word.text.lower() == "prefix"}
    used, pieces, done = set(), [], 0
    for token in found:
        prefix, _, local = token.text.partition(":")
        if token.kind != "curie" or prefix in declared or prefix not in PREFIXES:
            continue
        if "." not in local and "\\" not in local:
            used.add(prefix)
            continue
        pieces += [query[done : token.start], f"<{expand_curie(token.text.replace(chr(92), ''))}>"]
        done = token.end
    text = "".join([*pieces, query[done:]])
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if name in used) + text


def _kind(query: str) -> tuple[str, int]:
    """The kind of query, and where its first word stands."""
    found = [*tokens(query), END]
    place = 0
    while (word := found[place].text.lower()) in ("prefix", "base"):
        place += 2 if word == "prefix" else 1
    if word not in _KINDS:
        raise QuerySyntaxError(
            f"not a SPARQL query: it begins with {found[place].text!r}; ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    return word, found[place].start


def _after(query: str, start: int) -> tuple[list[Token], int]:
    """The tokens of a query, and the place behind the one at a position."""
    found = tokens(query)
    return found, next(i for i, token in enumerate(found) if token.start == start) + 1


def _order(query: str) -> tuple[str, ...]:
    """The variables as a `SELECT *` names them first; none for another projection."""
    found = tokens(query)
    _, place = _after(query, _kind(query)[1])
    words = [token.text.lower() for token in found[place : place + 2]]
    if words[:1] != ["*"] and (words[1:] != ["*"] or words[0] not in ("distinct", "reduced")):
        return ()
    return tuple(dict.fromkeys(token.text[1:] for token in found if token.kind == "variable"))


def _templated(query: str) -> tuple[str, int]:
    """Write out the template that `CONSTRUCT WHERE` leaves out, and say where the template ends."""
    kind, start = _kind(query)
    if kind != "construct":
        return query, start
    found, place = _after(query, start)
    brace = opening(found, place)
    template = query[found[brace].start : found[closing(found, brace)].end] if brace < len(found) else ""
    if brace == place:
        return query, found[closing(found, brace)].end
    end = found[place - 1].end
    return f"{query[:end]} {template}{query[end:]}", end + 1 + len(template)


def _patterned(query: str, start: int) -> str:
    """Give a DESCRIBE an empty pattern where it has none, for what is bound has to stand somewhere."""
    found, place = _after(query, start)
    if opening(found, place) < len(found):
        return query
    end = next((token.start for token in found[place:] if token.text.lower() in _MODIFIERS), len(query))
    return f"{query[:end]}\n{{ }} {query[end:]}"


def _described(query: str, start: int, bound: tuple[str, ...]) -> str:
    """Write DESCRIBE as the CONSTRUCT of what the conclusions say: servers differ in what they take for it."""
    found, place = _after(query, start)
    end = next(token.start for token in found[place:] if token.text == "{" or token.text.lower() == "where")
    things = [thing for thing in _THING.findall(query[found[place - 1].end : end]) if not thing.startswith("#")]
    if "*" in things:
        things = list(dict.fromkeys(token.text for token in found if token.kind == "variable"))
    others = " ".join(f"?{name}" for name in bound)
    facts = [f"{thing} ?describedProperty{place} ?describedValue{place}" for place, thing in enumerate(things)]
    ways = [f"{{ {_selected(thing, others, query[end:])}{fact} }}" for thing, fact in zip(things, facts, strict=True)]
    return f"{query[:start]}CONSTRUCT {{ {' . '.join(facts)} }} WHERE {{ {' UNION '.join(ways)} }}"


def _selected(thing: str, bound: str, pattern: str) -> str:
    """The sub-select that a thing rests on: a thing that is named is described where the pattern holds at all."""
    if thing.startswith(("?", "$")):
        return f"{{ SELECT DISTINCT {thing} {bound} {pattern}\n}} "
    if not bound and pattern.strip() == "{ }":
        return ""
    return f"{{ SELECT DISTINCT (1 AS ?described) {bound} {pattern}\n}} "
