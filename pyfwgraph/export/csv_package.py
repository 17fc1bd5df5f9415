"""The tables as CSV files with a description that programs read: a Data Package (Frictionless, version 1)."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

from pyfwgraph.export.content import Content
from pyfwgraph.export.meaning import describe, read_definitions
from pyfwgraph.export.rows import Row, make_rows
from pyfwgraph.export.schema import TABLES, Column, Table

_TYPES = {"text": "string", "date": "date", "integer": "integer", "number": "number", "boolean": "boolean"}
_WHEN = r"\d{4}(-\d{2}(-\d{2})?)?"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every member of an archive: zip has none that is earlier."""


def write_csv(content: Content, folder: Path, rows: dict[str, list[Row]] | None = None) -> None:
    """Write a CSV file for each table, and `datapackage.json`, into a folder that is there."""
    rows = rows or make_rows(content)
    definitions = read_definitions(content)
    resources = []
    for table in TABLES:
        path = folder / f"{table.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(column.name for column in table.columns)
            writer.writerows(map(_plain, rows[table.name]))
        resources.append(_resource(table, path, definitions))
    package = {
        "profile": "tabular-data-package",
        "name": "pyfwgraph",
        "title": "pyfwgraph, the knowledge graph of Python web frameworks",
        "version": content.digest,
        "licenses": [{"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def write_zip(folder: Path, path: Path) -> None:
    """Write the files of a folder as one archive; the same files give the same bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.iterdir()):
            member = zipfile.ZipInfo(file.name, _LONG_AGO)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system, member.external_attr = 3, 0o644 << 16
            archive.writestr(member, file.read_bytes())


def _plain(row: Row) -> list[Any]:
    return ["" if cell is None else str(cell).lower() if isinstance(cell, bool) else cell for cell in row]


def _resource(table: Table, path: Path, definitions: dict[str, str]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "description": table.note,
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(),
        "dialect": {"lineTerminator": "\n"},
        "schema": {
            "fields": [_field(column, definitions) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [_reference(table, column) for column in table.columns if column.target],
        },
    }


def _field(column: Column, definitions: dict[str, str]) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.kind == "when":
        constraints["pattern"] = _WHEN
    field = {"name": column.name, "type": _TYPES[column.type], "description": describe(column, definitions)}
    if column.kind == "iri":
        field["format"] = "uri"
    return field | ({"constraints": constraints} if constraints else {})


def _reference(table: Table, column: Column) -> dict[str, Any]:
    target = "" if column.target == table.name else column.target.replace("_", "-")
    return {"fields": [column.name], "reference": {"resource": target, "fields": ["id"]}}
