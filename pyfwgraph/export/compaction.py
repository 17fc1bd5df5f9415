"""Compaction over one fixed context: which name a property, a thing and a value get in JSON-LD.

The same choices as the JSON-LD 1.1 compaction algorithm makes for data without lists and blank-node properties, looked
up in tables rather than searched for, so that hundreds of thousands of statements take seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from pyfwgraph.corpus import Claim
from pyfwgraph.errors import ExportError
from pyfwgraph.export.content import read_object
from pyfwgraph.trig import XSD_STRING, Iri, Text
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE

_INTEGER = PREFIXES["xsd"] + "integer"
_BOOLEAN = PREFIXES["xsd"] + "boolean"
_EXACT = 2**53
"""From here on JSON's numbers are not exact everywhere."""


class Term(NamedTuple):
    """A name of a property: whether its values stand bare (their type or language is the term's), and in a list."""

    name: str
    is_bare: bool
    is_list: bool


class Compaction:
    """Names and values under one context.

    Args:
        context: The JSON-LD context: prefixes, aliases of `@id` and `@type`, and terms with an `@id` or `@reverse`.
        native: Whether integers and truth values become those of JSON.

    >>> short = Compaction({"ex": "https://example.org/#", "knows": {"@id": "ex:knows", "@type": "@id"}})
    >>> short.node("https://example.org/#a", [Claim("", "https://example.org/#knows", "<https://example.org/#b>", "")])
    {'@id': 'ex:a', 'knows': 'ex:b'}
    """

    def __init__(self, context: Mapping[str, Any], *, native: bool = False) -> None:
        self._native = native
        self._prefixes = {
            name: iri for name, iri in context.items() if isinstance(iri, str) and not iri.startswith("@")
        }
        aliases = {(it["@id"] if isinstance(it, dict) else it): name for name, it in context.items() if _is_alias(it)}
        self.id, self.type = aliases.get("@id", "@id"), aliases.get("@type", "@type")
        self._type_is_list = _in_list(context.get(self.type))
        self._context = context
        self._short: dict[str, str] = {}
        self._terms: dict[tuple[str, str], Term] = {}
        self.reverse: dict[str, str] = {}
        for name, definition in context.items():
            if isinstance(definition, dict) and not _is_alias(definition):
                self._define(name, definition)

    def _define(self, name: str, definition: dict[str, Any]) -> None:
        if "@reverse" in definition:
            self.reverse[self._expanded(definition["@reverse"])] = name
            return
        kind = self._expanded(definition.get("@type", "")) or "@" * ("@language" in definition)
        kind += definition.get("@language", "")
        self._terms[self._expanded(definition["@id"]), kind] = Term(name, bool(kind), _in_list(definition))

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self._prefixes[prefix] + local if prefix in self._prefixes else name

    def compact(self, iri: str) -> str:
        """Give the shortest name of an IRI.

        Raises:
            ExportError: Nothing in it tells it from a name with one of the context's prefixes.
        """
        name = self._short.get(iri)
        if name is None:
            names = [f"{p}:{iri[len(n) :]}" for p, n in self._prefixes.items() if iri.startswith(n) and iri != n]
            name = self._short[iri] = min(names, key=lambda name: (len(name), name), default=iri)
            if name == iri and iri.partition(":")[0] in self._prefixes:
                raise ExportError(f"<{iri}> would be read as a compact name: give the thing another IRI")
        return name

    def node(self, subject: str, claims: Iterable[Claim]) -> dict[str, Any]:
        """Give a node with all that is said of it, the claims sorted by predicate."""
        node: dict[str, Any] = {self.id: self.compact(subject)}
        lists: set[str] = {self.type} if self._type_is_list else set()
        values: dict[str, list[Any]] = {}
        for predicate, own in groupby(claims, key=lambda claim: claim.predicate):
            for claim in own:
                if predicate == RDF_TYPE:
                    values.setdefault(self.type, []).append(self.compact(claim.object[1:-1]))
                    continue
                term, value = self._value(predicate, read_object(claim.object))
                values.setdefault(term.name, []).append(value)
                if term.is_list:
                    lists.add(term.name)
        for name, several in values.items():
            node[name] = several if len(several) > 1 or name in lists else several[0]
        return node

    def _value(self, predicate: str, value: Iri | Text) -> tuple[Term, Any]:
        if isinstance(value, Iri):
            term, name = self._term(predicate, "@id"), self.compact(value.value)
            return term, name if term.is_bare else {self.id: name}
        native = self._as_native(value)
        if native is not None:
            return self._term(predicate, ""), native
        if value.datatype == XSD_STRING:
            return self._term(predicate, ""), value.value
        term = self._term(predicate, f"@{value.language}" if value.language else value.datatype)
        if term.is_bare:
            return term, value.value
        # never an alias of @type: rdflib knows it only on nodes
        told = {"@language": value.language} if value.language else {"@type": self.compact(value.datatype)}
        return term, {**told, "@value": value.value}

    def _term(self, predicate: str, kind: str) -> Term:
        """The term for a kind of value; else one that takes any; else the property's own name, if no term has it."""
        term = self._terms.get((predicate, kind)) or self._terms.get((predicate, ""))
        if term is None:
            name = self.compact(predicate)
            term = Term(predicate if name in self._context else name, False, False)
            self._terms[predicate, kind] = term
        return term

    def _as_native(self, value: Text) -> int | bool | None:
        if not self._native:
            return None
        if value.datatype == _BOOLEAN and value.value in ("true", "false"):
            return value.value == "true"
        if value.datatype == _INTEGER and value.value.removeprefix("-").isdecimal():
            number = int(value.value)
            return number if str(number) == value.value and abs(number) < _EXACT else None
        return None


def _is_alias(definition: Any) -> bool:
    name = definition.get("@id", "") if isinstance(definition, dict) else definition
    return name in ("@id", "@type")


def _in_list(definition: Any) -> bool:
    return isinstance(definition, dict) and definition.get("@container") == "@set"
