"""The scopes of a query's text: which group uses which variable, so that values and graphs are written where they hold.

Standard SPARQL has no parameters on the wire. Each group that uses a bound variable therefore begins with
`VALUES ?name { term }`, so it has its value in every filter, also below `OPTIONAL`, `UNION`, `MINUS` and `EXISTS`; an
IRI is written in place of the variable too, because servers walk a property path only from an end that they know. A
sub-select that does not project a variable has another one of that name, which is left alone.

Where the conclusions stand in a named graph, patterns are asked in that graph (`GRAPH <conclusions> { … }`), and
`GRAPH ?source { … }` leaves out that graph and those of the server itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyfwgraph.errors import QueryError, QuerySyntaxError
from pyfwgraph.guard import mask
from pyfwgraph.virtuoso import SYSTEM_GRAPHS

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN = re.compile(
    r"(?P<variable>[?$]\w+)"
    r"|(?P<curie>(?<![\w?$])(?:[A-Za-z_][\w.-]*)?:(?:(?:[\w.:%-]|\\.)*(?:[\w:%-]|\\.))?)"
    r"|(?P<language>@\w+(?:-\w+)*)"
    r"|(?P<word>\w+)"
    r"|(?P<mark>[{}()*])"
)


class Token(NamedTuple):
    """A word, mark, variable or CURIE of a query, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


END = Token("end", "", -1, -1)


def tokens(query: str) -> list[Token]:
    """Give the tokens of a query that stand outside of its strings, IRIs and comments.

    >>> [token.text for token in tokens("ASK { ?x a fw:b.c . } # {")]
    ['ASK', '{', '?x', 'a', 'fw:b.c', '}']
    """
    return [Token(str(m.lastgroup), m[0], m.start(), m.end()) for m in _TOKEN.finditer(mask(query))]


def closing(found: list[Token], place: int) -> int:
    """Give the place of the brace that closes the one at a place.

    Raises:
        QuerySyntaxError: There is none.
    """
    depth = 0
    for there in range(place, len(found)):
        depth += {"{": 1, "}": -1}.get(found[there].text, 0)
        if depth == 0:
            return there
    raise QuerySyntaxError("not a SPARQL query: a brace is not closed; mend the syntax there")


def opening(found: list[Token], place: int) -> int:
    """Give the place of the next brace that opens the pattern of a query or sub-select, not one of an expression."""
    depth = 0
    for there in range(place, len(found)):
        depth += {"(": 1, ")": -1}.get(found[there].text, 0)
        if depth == 0 and found[there].text == "{":
            return there
    return len(found)


def write_scopes(query: str, start: int, terms: Mapping[str, str], conclusions: str) -> str:
    """Write values and the conclusions' graph into a query.

    Args:
        query: The query; its CONSTRUCT template, if it has one, ends before `start`.
        start: Where to begin, as a position in the text.
        terms: Variables and their values, as terms that can be written as they are.
        conclusions: The named graph to ask where the query names none; empty for the server's default graph.

    Raises:
        QuerySyntaxError: A brace is not closed.
        QueryError: The query computes what is to be bound.

    >>> write_scopes("ASK { ?x a ?y FILTER(?y = 1) }", 0, {"y": "1"}, "")
    'ASK { VALUES ?y { 1 } ?x a ?y FILTER(?y = 1) }'
    >>> write_scopes("ASK { GRAPH ?g {} }", 0, {}, "x:c")[:39]
    'ASK { GRAPH <x:c> { GRAPH ?g {} FILTER('
    """
    writer = _Writer(query, terms, conclusions)
    writer.go(next((i for i, token in enumerate(writer.found) if token.start >= start), len(writer.found)))
    return writer.text()


class _Writer:
    """Goes through the tokens of one query and collects what to write where."""

    def __init__(self, query: str, terms: Mapping[str, str], conclusions: str) -> None:
        self.found = tokens(query)
        self._query, self._terms, self._conclusions = query, terms, conclusions
        self._edits: list[tuple[int, int, str]] = []

    def text(self) -> str:
        """Give the query with everything written in; at one position in the order in which it was asked for."""
        pieces, done = [], 0
        for start, end, text in sorted(self._edits, key=lambda edit: edit[:2]):
            pieces += [self._query[done:start], text]
            done = end
        return "".join([*pieces, self._query[done:]])

    def go(self, place: int) -> None:
        """Go through the query itself: its pattern binds every variable, and groups in expressions see them all."""
        names = frozenset(self._terms)
        pattern = opening(self.found, place)
        self._check_computed(place, pattern)
        while place < len(self.found):
            if self.found[place].text.lower() == "values":
                place = closing(self.found, self._next_brace(place)) + 1
            elif self.found[place].text == "{":
                place = self._outer_group(place, names, names if place == pattern else frozenset())
            else:
                place += 1

    def _check_computed(self, place: int, pattern: int) -> None:
        for before, token in zip(self.found[place:pattern], self.found[place + 1 : pattern], strict=False):
            if before.text.lower() == "as" and token.text[1:] in self._terms:
                raise QueryError(f"the query computes {token.text}, so it cannot be bound: bind another variable")

    def _outer_group(self, place: int, visible: frozenset[str], needed: frozenset[str]) -> int:
        """Write a group of the query itself, within the graph of the conclusions if that has a name."""
        if self._conclusions:
            self._insert(self.found[place].end, f" GRAPH <{self._conclusions}> {{")
        end = self._group(place, visible, needed)
        if self._conclusions:
            self._insert(self.found[end - 1].start, "} ")
        return end

    def _group(
        self,
        place: int,
        visible: frozenset[str],
        needed: frozenset[str] = frozenset(),
        sources: frozenset[str] = frozenset(),
    ) -> int:
        """Write one group, whose brace is at a place, and give the place behind it.

        `sources` are the variables of `GRAPH` that a group around it has kept to sources already.
        """
        if self._word(place + 1) == "select":
            return self._select(place + 1, visible) + 1
        head = len(self._edits)
        used, computed, here = set(needed), set[str](), place + 1
        if self._word(place - 1) == "minus":  # which removes nothing that it shares no variable with
            used |= visible & {token.text[1:] for token in self.found[place : closing(self.found, place)]}
        while (token := self._token(here)).text != "}":
            name, word = token.text[1:], token.text.lower()
            if token.text == "{":
                here = self._group(here, visible, sources=sources)
                continue
            if word == "values":
                used |= visible & {t.text[1:] for t in self.found[here : self._next_brace(here)]}
                here = closing(self.found, self._next_brace(here)) + 1
                continue
            if word == "graph" and self._conclusions:
                sources |= self._leave_out(here + 1, sources)
            if token.kind == "variable" and name in visible:
                computed |= {name} if self._word(here - 1) == "as" else set()
                if not self._replace(here):
                    used.add(name)
            here += 1
        self._bind(head, place, used - computed)
        self._insert(self.found[here].start, "".join(self._values(name) for name in sorted(computed)))
        return here + 1

    def _select(self, place: int, visible: frozenset[str]) -> int:
        """Write a sub-select and give the place of the brace that ends it."""
        pattern = opening(self.found, place)
        projected = self._projected(place, pattern)
        inner = visible if "*" in projected else visible & projected
        for there in range(place, pattern):
            if self._token(there).text == "{":
                self._group(there, inner)
        here = self._group(pattern, inner, inner)
        while self._token(here).text != "}":
            if self._word(here) == "values":
                here = closing(self.found, self._next_brace(here)) + 1
            else:
                here = self._group(here, inner) if self._token(here).text == "{" else here + 1
        return here

    def _projected(self, place: int, pattern: int) -> set[str]:
        depth, names = 0, set()
        for token in self.found[place:pattern]:
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if depth == 0 and (token.kind == "variable" or token.text == "*"):
                names.add(token.text.lstrip("?$"))
        return names

    def _replace(self, place: int) -> bool:
        """Write an IRI in place of its variable, unless the grammar asks for a variable there."""
        token, before = self.found[place], self._word(place - 1)
        term = self._terms[token.text[1:]]
        asked = before == "as" or (before == "(" and self._word(place - 2) == "bound")
        if asked or not term.startswith("<"):
            return False
        self._edits.append((token.start, token.end, f" {term} "))
        return True

    def _leave_out(self, place: int, sources: frozenset[str]) -> frozenset[str]:
        """Keep `GRAPH ?name { … }` from the graphs that are no sources, and give the variable."""
        token = self._token(place)
        if token.kind != "variable" or token.text[1:] in sources:
            return frozenset()
        end = self.found[closing(self.found, place + 1)].end
        graphs = ", ".join(f"<{iri}>" for iri in (self._conclusions, *SYSTEM_GRAPHS))
        self._insert(end, f" FILTER({token.text} NOT IN ({graphs}))")
        return frozenset([token.text[1:]])

    def _bind(self, head: int, place: int, names: set[str]) -> None:
        """Bind at the head of a group, before whatever was written into the group itself."""
        text = "".join(self._values(name) for name in sorted(names))
        self._edits.insert(head, (self.found[place].end, self.found[place].end, text))

    def _values(self, name: str) -> str:
        return f" VALUES ?{name} {{ {self._terms[name]} }}"

    def _insert(self, position: int, text: str) -> None:
        self._edits.append((position, position, text))

    def _token(self, place: int) -> Token:
        if place >= len(self.found):
            raise QuerySyntaxError("not a SPARQL query: a brace is not closed; mend the syntax there")
        return self.found[place]

    def _word(self, place: int) -> str:
        return self.found[place].text.lower() if 0 <= place < len(self.found) else ""

    def _next_brace(self, place: int) -> int:
        while self._token(place).text != "{":
            place += 1
        return place
