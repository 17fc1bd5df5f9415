"""The tables as one SQLite file, with full-text search and views for common questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pyfwgraph.errors import ExportError
from pyfwgraph.export.content import Content
from pyfwgraph.export.meaning import describe, read_definitions
from pyfwgraph.export.rows import Row, make_rows
from pyfwgraph.export.schema import TABLES, Column, Table

_TYPES = {"text": "TEXT", "date": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}

SEARCH = """\
CREATE VIRTUAL TABLE search USING fts5(
  id UNINDEXED, types UNINDEXED, label UNINDEXED, name, other_names, description, comment,
  tokenize = 'porter unicode61')"""

RANK_SEARCH = "INSERT INTO search(search, rank) VALUES ('rank', 'bm25(0, 0, 0, 20, 10, 2, 1)')"

FILL_SEARCH = """\
INSERT INTO search
SELECT n.id, n.types, n.name, CASE WHEN instr(n.types, 'fwo:Claim') = 0 THEN n.name END,
  (SELECT group_concat(name, char(10)) FROM (SELECT name FROM alternative_names WHERE node = n.id ORDER BY name)),
  coalesce(n.description, (SELECT definition FROM concepts WHERE id = n.id)),
  (SELECT group_concat(remark, char(10)) FROM (SELECT remark FROM remarks WHERE node = n.id ORDER BY remark)) AS comment
FROM nodes n WHERE instr(n.types, 'fwo:Release') = 0 AND (instr(n.types, 'fwo:Claim') = 0 OR comment IS NOT NULL)
ORDER BY n.id"""
"""Releases are not searched, and claims by what they say: their names are those of projects."""

VIEWS = {
    "frameworks": """\
SELECT p.id, p.name, p.description, s.name AS status, p.license, p.repository, p.first_released, p.last_released
FROM projects p LEFT JOIN concepts s ON s.id = p.status WHERE p.is_framework ORDER BY p.name, p.id""",
    "features": """\
SELECT p.name AS project, f.name AS feature, l.name AS level, c.comment, c.id AS cell
FROM feature_cells c JOIN nodes p ON p.id = c.project JOIN concepts f ON f.id = c.feature
LEFT JOIN concepts l ON l.id = c.level ORDER BY p.name, f.name, c.id""",
    "builds_on": """\
SELECT p.name AS project, o.name AS component, r.project AS project_id, r.other AS component_id
FROM relations r JOIN projects p ON p.id = r.project JOIN nodes o ON o.id = r.other
WHERE r.relation = 'fwo:buildsOn' ORDER BY p.name, o.name, r.project, r.other""",
    "family": """\
SELECT p.name AS project, l.relation, o.name AS other, l.project AS project_id, l.other AS other_id
FROM lineage l JOIN projects p ON p.id = l.project JOIN nodes o ON o.id = l.other
ORDER BY p.name, l.relation, o.name, l.project, l.other""",
    "newest_releases": """\
SELECT p.name AS project, r.version, r.issued, p.id AS project_id
FROM projects p JOIN releases r ON r.id = p.latest_release ORDER BY r.issued DESC, p.name, p.id""",
    "current_requirements": """\
SELECT p.name AS project, d.distribution, d.specifier, d.marker, d.extra, d.scope, d.project AS project_id, d.dependency
FROM dependencies d JOIN projects p ON p.id = d.project WHERE d.until_release IS NULL
ORDER BY p.name, d.distribution, d.id""",
    "who_says": """\
SELECT n.name AS subject, s.relation, coalesce(o.name, s.value) AS value, d.name AS source, s.subject AS subject_id
FROM statements s JOIN sources d ON d.id = s.source LEFT JOIN nodes n ON n.id = s.subject
LEFT JOIN nodes o ON s.datatype = 'iri' AND o.id = s.value""",
    "statements_by_source": """\
SELECT d.name AS source, d.precedence, count(*) AS statements, d.id AS source_id
FROM statements s JOIN sources d ON d.id = s.source GROUP BY d.id ORDER BY statements DESC, d.id""",
}
"""Views, with names instead of identifiers where people look."""


def write_sqlite(content: Content, path: Path, rows: dict[str, list[Row]] | None = None) -> None:
    """Write the tables into one SQLite file; the same version of SQLite gives the same bytes.

    Raises:
        ExportError: This Python's SQLite lacks full-text search.
    """
    rows = rows or make_rows(content)
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "encoding = 'UTF-8'"):
            base.execute(f"PRAGMA {pragma}")
        base.execute("BEGIN")
        _fill_tables(base, rows, read_definitions(content))
        _fill_search(base)
        for name, query in VIEWS.items():
            base.execute(f"CREATE VIEW {name} AS\n{query}")
        base.execute("CREATE TABLE about (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID")
        about = [("licence", "CC0-1.0"), ("title", "pyfwgraph"), ("version", content.digest)]
        base.executemany("INSERT INTO about VALUES (?, ?)", about)
        base.execute("COMMIT")
        base.execute("ANALYZE")
        base.execute("VACUUM")


def _fill_tables(base: sqlite3.Connection, rows: dict[str, list[Row]], definitions: dict[str, str]) -> None:
    for table in TABLES:
        base.execute(_created(table, definitions))
        places = ", ".join("?" * len(table.columns))
        base.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows[table.name])  # noqa: S608 - our own names
        for column in table.columns:
            if column.target and column.name != table.key[0]:
                base.execute(f"CREATE INDEX {table.name}_{column.name} ON {table.name} ({column.name})")
    base.execute("CREATE INDEX statements_subject ON statements (subject, relation)")


def _fill_search(base: sqlite3.Connection) -> None:
    try:
        base.execute(SEARCH)
    except sqlite3.OperationalError as error:
        raise ExportError(
            f"this Python's SQLite has no full-text search ({error}): use a Python whose SQLite has FTS5"
        ) from error
    base.execute(RANK_SEARCH)
    base.execute(FILL_SEARCH)
    base.execute("INSERT INTO search(search) VALUES ('optimize')")


def _created(table: Table, definitions: dict[str, str]) -> str:
    """The statement that makes a table; SQLite keeps it, comments included."""
    parts = [*(f'"{c.name}" {_column(c)}' for c in table.columns), f"PRIMARY KEY ({', '.join(table.key)})"]
    parts += _references(table)
    notes = [*(describe(column, definitions) for column in table.columns), *[""] * len(table.columns)]
    lines = []
    for place, part in enumerate(parts):
        comma = "," * (place < len(parts) - 1)
        note = notes[place] if place < len(table.columns) else ""
        lines.append(f"  {part}{comma}" + (f" -- {note}" if note else ""))
    return f"CREATE TABLE {table.name} ( -- {table.note}\n" + "\n".join(lines) + "\n) WITHOUT ROWID"


def _column(column: Column) -> str:
    required = " NOT NULL" if column.required else ""
    truth = f' CHECK ("{column.name}" IN (0, 1))' if column.type == "boolean" else ""
    return _TYPES[column.type] + required + truth


def _references(table: Table) -> Iterator[str]:
    for column in table.columns:
        if column.target:
            yield f'FOREIGN KEY ("{column.name}") REFERENCES {column.target} (id) DEFERRABLE INITIALLY DEFERRED'
