"""The tables as Parquet files: typed columns for data frames and DuckDB."""

from __future__ import annotations

import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from pyfwgraph.errors import ExportError
from pyfwgraph.export.content import Content
from pyfwgraph.export.meaning import describe, read_definitions
from pyfwgraph.export.rows import Cell, Row, make_rows
from pyfwgraph.export.schema import TABLES, Table


def has_parquet() -> bool:
    """Whether what writes Parquet is installed."""
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


def write_parquet(content: Content, folder: Path, rows: dict[str, list[Row]] | None = None) -> None:
    """Write a Parquet file for each table into a folder that is there; one version of pyarrow gives the same bytes.

    Raises:
        ExportError: pyarrow is not installed.
    """
    from importlib import import_module

    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        raise ExportError("Parquet is written by pyarrow: pip install 'pyfwgraph[parquet]'") from error
    rows = rows or make_rows(content)
    definitions = read_definitions(content)
    for table in TABLES:
        made = _table(arrow, table, rows[table.name], definitions)
        parquet.write_table(made, folder / f"{table.name}.parquet", compression="zstd")


def _table(arrow: ModuleType, table: Table, rows: list[Row], definitions: dict[str, str]) -> Any:
    types = {
        "text": arrow.string(),
        "date": arrow.date32(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
    }
    fields = [
        arrow.field(c.name, types[c.type], nullable=not c.required, metadata={"description": describe(c, definitions)})
        for c in table.columns
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    arrays = [
        arrow.array([_day(cell) for cell in cells] if field.type == types["date"] else cells, field.type)
        for field, cells in zip(fields, columns, strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=arrow.schema(fields, metadata={"description": table.note}))


def _day(cell: Cell) -> datetime.date | None:
    return datetime.date.fromisoformat(str(cell)) if cell is not None else None
