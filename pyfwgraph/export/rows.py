"""The rows of the tables, made from a dataset's content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from pyfwgraph.corpus import Claim
from pyfwgraph.export.content import CONCLUSIONS, Content, nodes, read_object
from pyfwgraph.export.schema import TABLES, Column, Table
from pyfwgraph.trig import Iri, Text
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE, compress_iri, expand_curie

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]
Values = tuple[Iri | Text, ...]
Node = dict[str, Values]
"""What is concluded of a subject: properties, in full, to values."""

_XSD = PREFIXES["xsd"]
_NUMBERS = frozenset(_XSD + name for name in ("integer", "decimal", "double", "float", "int", "long"))
_short = lru_cache(maxsize=None)(compress_iri)


def make_rows(content: Content) -> dict[str, list[Row]]:
    """Give the rows of every table, sorted by key, under the tables' names.

    References hold: a row whose required reference leads to nothing in the other table is left out, any other such
    reference is empty. (In a build's dataset there are none.)
    """
    described = {subject: _node(claims) for subject, claims in nodes(content.conclusions)}
    rows: dict[str, list[Row]] = {}
    for table in TABLES:
        rows[table.name] = list(_statements(content) if table.name == "statements" else _rows(table, described))
    return _referring(rows)


def _node(claims: list[Claim]) -> Node:
    node: dict[str, list[Iri | Text]] = {}
    for claim in claims:
        node.setdefault(claim.predicate, []).append(read_object(claim.object))
    return {predicate: tuple(values) for predicate, values in node.items()}


def _rows(table: Table, described: dict[str, Node]) -> Iterator[Row]:
    classes = {Iri(expand_curie(name)) for name in table.of}
    for subject, node in described.items():
        if classes and classes.isdisjoint(node.get(RDF_TYPE, ())):
            continue
        if table.links:
            yield from _links(table, subject, node)
        else:
            yield tuple(_FILLED[column.kind](column, subject, node) for column in table.columns)


def _links(table: Table, subject: str, node: Node) -> Iterator[Row]:
    """A row for each value of the table's properties; where it has every property, for values that are things."""
    every = table.links == ("*",)
    for predicate, values in node.items():
        name = _short(predicate)
        if name in table.but or not (every or name in table.links):
            continue
        for value in values:
            if isinstance(value, Iri) or not every:
                yield tuple(_linked(column, subject, name, value) for column in table.columns)


def _linked(column: Column, subject: str, predicate: str, value: Iri | Text) -> Cell:
    if column.kind == "property":
        return predicate
    if column.kind == "datatype":
        return _datatype(value)
    if column.kind == "value":
        return _short(value.value) if isinstance(value, Iri) and column.target else value.value
    return _short(subject)


def _statements(content: Content) -> Iterator[Row]:
    for graph, claims in content.graphs.items():
        if graph == CONCLUSIONS:
            continue
        source = _short(graph)
        for claim in claims:
            value = read_object(claim.object)
            text = _short(value.value) if isinstance(value, Iri) else value.value
            yield source, _short(claim.subject), _short(claim.predicate), text, _datatype(value)


def _datatype(value: Iri | Text) -> str:
    if isinstance(value, Iri):
        return "iri"
    return f"@{value.language}" if value.language else _short(value.datatype)


def _found(column: Column, node: Node) -> Values:
    return node.get(expand_curie(column.term), ())


def _name(column: Column, subject: str, node: Node) -> Cell:
    if not column.term:
        return _short(subject)
    return min((_short(value.value) for value in _found(column, node) if isinstance(value, Iri)), default=None)


def _iri(column: Column, subject: str, node: Node) -> Cell:
    return min((value.value for value in _found(column, node)), default=None) if column.term else subject


def _text(column: Column, _subject: str, node: Node) -> Cell:
    """One text: one without a language before one in English before any other."""
    found = sorted(_found(column, node), key=lambda it: (_rank(it), it.value))
    return None if not found else _short(found[0].value) if isinstance(found[0], Iri) else found[0].value


def _rank(value: Iri | Text) -> int:
    return 0 if isinstance(value, Iri) or not value.language else 1 if value.language == "en" else 2


def _names(column: Column, _subject: str, node: Node) -> Cell:
    return " ".join(sorted(_short(value.value) for value in _found(column, node))) or None


def _lines(column: Column, _subject: str, node: Node) -> Cell:
    return "\n".join(sorted(value.value for value in _found(column, node))) or None


def _literals(column: Column, node: Node, *datatypes: str) -> list[str]:
    found = (value for value in _found(column, node) if isinstance(value, Text))
    return sorted(value.value for value in found if value.datatype in datatypes)


def _when(column: Column, _subject: str, node: Node) -> Cell:
    return min(_literals(column, node, _XSD + "date", _XSD + "gYearMonth", _XSD + "gYear"), default=None)


def _day(column: Column, _subject: str, node: Node) -> Cell:
    return min(_literals(column, node, _XSD + "date"), default=None)


def _number(column: Column, _subject: str, node: Node) -> Cell:
    found = _literals(column, node, *_NUMBERS)
    return float(found[0]) if found else None


def _integer(column: Column, _subject: str, node: Node) -> Cell:
    found = _literals(column, node, _XSD + "integer")
    return int(found[0]) if found else None


def _boolean(column: Column, _subject: str, node: Node) -> Cell:
    found = _literals(column, node, _XSD + "boolean")
    return found[0] in ("true", "1") if found else None


def _is(column: Column, _subject: str, node: Node) -> Cell:
    return Iri(expand_curie(column.term)) in node.get(RDF_TYPE, ())


def _types(_column: Column, _subject: str, node: Node) -> Cell:
    return " ".join(sorted(_short(value.value) for value in node.get(RDF_TYPE, ()))) or None


_FILLED: dict[str, Callable[[Column, str, Node], Cell]] = {
    "name": _name,
    "iri": _iri,
    "text": _text,
    "lines": _lines,
    "when": _when,
    "day": _day,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "is": _is,
    "types": _types,
    "names": _names,
}


def _referring(rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Drop what refers to nothing, again and again until every reference holds, and sort by key."""
    while True:
        known = {name: {row[0] for row in rows[name]} for name in {c.target for t in TABLES for c in t.columns} if name}
        checked = {table.name: list(_checked(table, rows[table.name], known)) for table in TABLES}
        if checked == rows:
            return {table.name: sorted(set(rows[table.name]), key=_order(table)) for table in TABLES}
        rows = checked


def _checked(table: Table, rows: list[Row], known: dict[str, set[Cell]]) -> Iterator[Row]:
    references = [(place, c.required, known[c.target]) for place, c in enumerate(table.columns) if c.target]
    for row in rows:
        dangling = {place: required for place, required, ids in references if row[place] not in ids}
        lost = {place for place in dangling if row[place] is not None}
        if any(dangling.values()):
            continue
        yield tuple(None if place in lost else cell for place, cell in enumerate(row)) if lost else row


def _order(table: Table) -> Callable[[Row], tuple[str, ...]]:
    places = [place for place, column in enumerate(table.columns) if column.name in table.key]
    return lambda row: tuple(str(row[place]) for place in places)
