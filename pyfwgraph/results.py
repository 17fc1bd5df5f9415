"""What a query gives: `Rows` for SELECT, `Verdict` for ASK, `Triples` for CONSTRUCT and DESCRIBE.

Cells stay text until someone looks at them, so a large answer costs what is used of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyfwgraph.term import IRI, LangString, from_term
from pyfwgraph.vocabulary import PREFIXES

TYPE_CHECKING = False  # the module typing would cost a new process several milliseconds
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias, overload

    import networkx
    import pandas

    from pyfwgraph.term import Value

    Cells: TypeAlias = tuple[str | None, ...]
    Triple: TypeAlias = tuple[Value, Value, Value]

_WORD = 14
"""Characters of a word that a narrow column does not break."""


class Row(tuple["Value | None", ...]):
    """One solution: unpacks like a tuple, is indexed by position or by column name.

    An unbound cell is None.
    """

    __slots__ = ()
    columns: tuple[str, ...] = ()

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            try:
                key = self.columns.index(key)
            except ValueError:
                raise KeyError(f"no column {key!r}; the columns are {', '.join(self.columns)}") from None
        return tuple.__getitem__(self, key)

    def to_dict(self) -> dict[str, Value | None]:
        """Give the row as a dictionary from column name to value."""
        return dict(zip(self.columns, self, strict=True))

    def __repr__(self) -> str:
        return "Row(" + ", ".join(f"{name}={value!r}" for name, value in zip(self.columns, self, strict=True)) + ")"


class Rows(Sequence["Row"]):
    """The solutions of a SELECT query, in its order.

    `columns` names the variables; `cells` holds the terms as they came, in N-Triples form; `truncated` says that
    `max_rows` cut the answer; `hidden` names columns left out where the rows are shown.

    >>> import pyfwgraph as fw
    >>> rows = fw.query("SELECT ?x ?n WHERE { VALUES (?x ?n) { (fw:flask 1) (fw:bottle 2) } }")
    >>> [(x, n) for x, n in rows]
    [(IRI('fw:flask'), 1), (IRI('fw:bottle'), 2)]
    >>> rows[1]["x"].full
    'https://w3id.org/pyfwgraph/project/bottle'
    """

    hidden: tuple[str, ...] = ()
    most_shown = 50

    def __init__(self, columns: Sequence[str], cells: Sequence[Cells], *, truncated: bool = False) -> None:
        self.columns = tuple(columns)
        self.truncated = truncated
        self.cells = cells
        self._row = _row_type(self.columns)

    def _item(self, cells: Cells) -> Row:
        row: Row = self._row([None if cell is None else from_term(cell) for cell in cells])
        return row

    def __len__(self) -> int:
        return len(self.cells)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, index: int) -> Row: ...
        @overload
        def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self._item(cells) for cells in self.cells[index]]
        return self._item(self.cells[index])

    def __iter__(self) -> Iterator[Row]:
        make = self._row
        for cells in self.cells:
            yield make([None if cell is None else from_term(cell) for cell in cells])

    def to_dicts(self) -> list[dict[str, Value | None]]:
        """Give a list with one dictionary for each row."""
        return [row.to_dict() for row in self]

    def to_pandas(self) -> pandas.DataFrame:
        """Give a pandas DataFrame with the same columns (needs `pip install 'pyfwgraph[pandas]'`)."""
        import pandas

        return pandas.DataFrame(list(map(tuple, self)), columns=list(self.columns))

    def to_networkx(self, source: str | None = None, target: str | None = None) -> networkx.MultiDiGraph[str]:
        """Give a directed multigraph with an edge for each row; the columns that are not its ends are its attributes.

        Args:
            source: The column that an edge starts from, the first unless given.
            target: The column that it points to, the second unless given.

        Raises:
            ExportError: There is no such column.
        """
        import networkx

        from pyfwgraph.errors import ExportError

        source, target = source or self.columns[0], target or self.columns[-1 if len(self.columns) < 2 else 1]
        for column in (source, target):
            if column not in self.columns:
                raise ExportError(f"the answer has no column {column!r}; its columns are {', '.join(self.columns)}")
        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        for row in self:
            given = {name: _plain(value) for name, value in row.to_dict().items() if value is not None}
            if source in given and target in given:
                graph.add_edge(given.pop(source), given.pop(target), **given)
        return graph

    def to_csv(self) -> str:
        """Give CSV (RFC 4180) with a header; IRIs as compact names, unbound cells empty."""
        import csv
        import io

        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows(["" if value is None else _plain(value) for value in row] for row in self)
        return out.getvalue()

    def to_sparql_json(self) -> str:
        """Give the answer in the W3C's SPARQL 1.1 Query Results JSON Format."""
        import json

        bindings = [
            {name: _json_term(cell) for name, cell in zip(self.columns, cells, strict=True) if cell is not None}
            for cells in self.cells
        ]
        return json.dumps(
            {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1
        )

    def __repr__(self) -> str:
        return _draw(self)

    def _repr_html_(self) -> str:
        from html import escape

        names, rows = _shown(self)
        head = "".join(f"<th>{escape(name)}</th>" for name in names)
        body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{escape(_count(self))}</p>"


_row_types: dict[tuple[str, ...], type[Row]] = {}


def _row_type(columns: tuple[str, ...]) -> type[Row]:
    """The kind of row with these columns, made once."""
    if columns not in _row_types:
        if len(_row_types) > 256:
            _row_types.clear()
        _row_types[columns] = type("Row", (Row,), {"columns": columns, "__slots__": ()})
    return _row_types[columns]


class Verdict:
    """The answer to an ASK query: something that is true or false."""

    __slots__ = ("_value",)

    def __init__(self, value: bool) -> None:
        self._value = value

    def __bool__(self) -> bool:
        return self._value

    def __eq__(self, other: object) -> bool:
        return bool(self) == bool(other) if isinstance(other, Verdict | bool) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._value)

    def to_sparql_json(self) -> str:
        """Give the answer in the W3C's SPARQL 1.1 Query Results JSON Format."""
        return '{"head": {}, "boolean": ' + str(self) + "}"

    def __str__(self) -> str:
        return "true" if self._value else "false"

    def __repr__(self) -> str:
        return str(self)


class Triples(Sequence["Triple"]):
    """The graph of a CONSTRUCT or DESCRIBE query: a sequence of triples that can be written out.

    >>> import pyfwgraph as fw
    >>> graph = fw.query("CONSTRUCT { fw:a fwo:buildsOn fw:b } WHERE {}")
    >>> print(graph.to_turtle().splitlines()[-1])
    fw:a fwo:buildsOn fw:b .
    """

    def __init__(self, ntriples: str, *, truncated: bool = False) -> None:
        self._lines = sorted(set(ntriples.split("\n")) - {""})
        self.truncated = truncated

    def __len__(self) -> int:
        return len(self._lines)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, index: int) -> Triple: ...
        @overload
        def __getitem__(self, index: slice) -> list[Triple]: ...

    def __getitem__(self, index: int | slice) -> Triple | list[Triple]:
        if isinstance(index, slice):
            return [_triple(line) for line in self._lines[index]]
        return _triple(self._lines[index])

    def __iter__(self) -> Iterator[Triple]:
        return map(_triple, self._lines)

    def to_ntriples(self) -> str:
        """Give the triples as N-Triples, sorted."""
        return "".join(f"{line}\n" for line in self._lines)

    def to_turtle(self) -> str:
        """Give the triples as Turtle with the packaged prefixes that occur."""
        from pyoxigraph import RdfFormat

        return self._serialised(RdfFormat.TURTLE)

    def to_jsonld(self) -> str:
        """Give the triples as JSON-LD with the packaged prefixes that occur."""
        from pyoxigraph import RdfFormat

        return self._serialised(RdfFormat.JSON_LD)

    def _serialised(self, form: Any) -> str:
        from pyoxigraph import RdfFormat, parse, serialize

        text = self.to_ntriples()
        used = {prefix: iri for prefix, iri in PREFIXES.items() if iri in text}
        quads = list(parse(text, format=RdfFormat.N_TRIPLES))
        written = serialize([quad.triple for quad in quads], format=form, prefixes=used)
        return (written or b"").decode()

    def __repr__(self) -> str:
        return self.to_turtle() + ("# cut by max_rows\n" if self.truncated else "")


def _triple(line: str) -> Triple:
    subject, predicate, value = line.removesuffix(" .").split(" ", 2)
    return from_term(subject), from_term(predicate), from_term(value)


def _plain(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _json_term(text: str) -> dict[str, str]:
    if text.startswith("_:"):
        return {"type": "bnode", "value": text[2:]}
    value = from_term(text)
    if isinstance(value, IRI):
        return {"type": "uri", "value": value.full}
    term = {"type": "literal", "value": str(from_term(text[: text.rindex('"') + 1]))}
    if isinstance(value, LangString):
        term["xml:lang"] = value.language
    elif "^^<" in text[text.rindex('"') :]:
        term["datatype"] = text[text.rindex('"') + 4 : -1]
    return term


def _count(rows: Rows) -> str:
    shown = f"first {rows.most_shown} of " if len(rows) > rows.most_shown else ""
    kind = "row" if len(rows) == 1 else "rows"
    return f"{shown}{len(rows):,} {kind}" + (", cut by max_rows" if rows.truncated else "")


def _shown(rows: Rows) -> tuple[list[str], list[list[str]]]:
    """The names of the columns that are shown, and the first rows as text."""
    places = [place for place, name in enumerate(rows.columns) if name not in rows.hidden]
    texts = [["" if row[place] is None else _plain(row[place]) for place in places] for row in rows[: rows.most_shown]]
    return [rows.columns[place] for place in places], texts


def _draw(rows: Rows) -> str:
    """A table of plain characters, as wide as its cells need but for very long ones."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    names, texts = _shown(rows)
    for place, name in enumerate(names):
        words = [word for row in texts for word in row[place].split()]
        table.add_column(name, overflow="fold", min_width=min(_WORD, max(map(len, words), default=0)))
    for row in texts:
        table.add_row(*map(Text, row))
    console = Console(color_system=None, force_terminal=False, force_jupyter=False)
    with console.capture() as capture:
        console.print(table)
    lines = [line.rstrip() for line in capture.get().rstrip().splitlines()]
    return "\n".join([*lines, "", _count(rows)])
