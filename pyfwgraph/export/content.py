"""Everything a dataset says, read once and sorted: what each form of a dump is written from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pyfwgraph.corpus import Claim
from pyfwgraph.errors import ExportError
from pyfwgraph.store import Target, open_target
from pyfwgraph.term import from_term
from pyfwgraph.trig import XSD_STRING, Iri, Text
from pyfwgraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Store

CONCLUSIONS = ""
"""The name under which the default graph stands among the graphs."""

_LANG_STRING = PREFIXES["rdf"] + "langString"
_known: dict[str, Iri | Text] = {}
_MOST_KNOWN = 200_000


@dataclass(frozen=True, slots=True)
class Content:
    """A dataset in memory: its sorted N-Quads lines, and the claims of each graph in the same order.

    The default graph stands under the empty name, and first.
    """

    lines: tuple[str, ...]
    graphs: dict[str, tuple[Claim, ...]]

    @property
    def conclusions(self) -> tuple[Claim, ...]:
        """The claims of the default graph."""
        return self.graphs[CONCLUSIONS]

    @property
    def digest(self) -> str:
        """The dataset's version: the SHA-256 of its lines, which without blank nodes are canonical (RDFC-1.0)."""
        hashed = hashlib.sha256()
        for line in self.lines:
            hashed.update(line.encode())
        return hashed.hexdigest()


def read_content(target: Target) -> Content:
    """Read a dataset whole.

    Raises:
        StoreError: It cannot be opened.
        ExportError: It holds what N-Quads of RDF 1.1 cannot: triples as terms.

    >>> from pyfwgraph.store import Target
    >>> len(read_content(Target()).lines) > 100_000
    True
    """
    lines = _sorted_lines(open_target(target))
    graphs: dict[str, list[Claim]] = {CONCLUSIONS: []}
    for line in lines:
        claim = _claim(line)
        graphs.setdefault(claim.graph, []).append(claim)
    return Content(tuple(lines), {name: tuple(graphs[name]) for name in sorted(graphs)})


def nodes(claims: tuple[Claim, ...]) -> Iterator[tuple[str, list[Claim]]]:
    """Give each subject of a graph with what is said of it, in order."""
    for subject, own in groupby(claims, key=lambda claim: claim.subject):
        yield subject, list(own)


def read_object(term: str) -> Iri | Text:
    """Give a term in N-Triples form in its parts; a blank node keeps its label.

    >>> read_object('"Rahmenwerk"@de')
    Text(value='Rahmenwerk', datatype='http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', language='de')
    """
    value = _known.get(term)
    if value is None:
        if len(_known) > _MOST_KNOWN:
            _known.clear()
        value = _known[term] = _read_object(term)
    return value


def _read_object(term: str) -> Iri | Text:
    if not term.startswith('"'):
        return Iri(term.removeprefix("<").removesuffix(">"))
    end = term.rindex('"')
    value, suffix = str(from_term(term[: end + 1])), term[end + 1 :]
    if suffix.startswith("@"):
        return Text(value, _LANG_STRING, suffix[1:])
    return Text(value, suffix[3:-1] or XSD_STRING)


def _sorted_lines(store: Store) -> list[str]:
    from pyoxigraph import RdfFormat

    written = store.dump(format=RdfFormat.N_QUADS) or b""
    lines = written.decode().split("\n")
    lines.sort()
    return [f"{line}\n" for line in lines if line]


_parts: dict[str, str] = {}


def _claim(line: str) -> Claim:
    """Take a line apart; equal parts of different lines become one text in memory."""
    subject, predicate, rest = line.split(" ", 2)
    rest, graph = rest[:-3], CONCLUSIONS
    if rest.startswith('"'):
        blank = rest.find(" ", rest.rindex('"'))
        if blank > 0:
            rest, graph = rest[:blank], rest[blank + 1 :]
    elif rest.startswith("<<"):
        raise ExportError(f"{line.strip()}: triples as terms have no place in these forms; write the dump as N-Triples")
    else:
        rest, _, graph = rest.partition(" ")
    return Claim(_name(subject), _name(predicate), _parts.setdefault(rest, rest), _name(graph))


def _name(term: str) -> str:
    name = term[1:-1] if term.startswith("<") else term
    return _parts.setdefault(name, name)
