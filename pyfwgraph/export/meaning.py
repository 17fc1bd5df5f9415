"""What tables and columns mean: the ontology's own definitions, as the dataset carries them."""

from __future__ import annotations

from pyfwgraph.export.content import Content, read_object
from pyfwgraph.export.schema import Column
from pyfwgraph.trig import Text
from pyfwgraph.vocabulary import PREFIXES, compress_iri

_DEFINITION = PREFIXES["skos"] + "definition"
_OF_ITS_OWN = ("is", "day", "number")
"""Kinds of column that say less than the property they come from."""


def read_definitions(content: Content) -> dict[str, str]:
    """Give the definitions of terms under their compact names."""
    found: dict[str, str] = {}
    for claim in content.conclusions:
        if claim.predicate == _DEFINITION:
            value = read_object(claim.object)
            if isinstance(value, Text) and value.language in ("", "en"):
                found[compress_iri(claim.subject)] = value.value
    return found


def describe(column: Column, definitions: dict[str, str]) -> str:
    """Give the meaning of a column in one sentence.

    >>> describe(Column("dependency", "name", "fwo:dependency"), {"fwo:dependency": "The project that is required."})
    'The project that is required.'
    """
    own = column.note if column.kind in _OF_ITS_OWN else ""
    return own or definitions.get(column.term, "") or column.note or f"Value of {column.term}."
