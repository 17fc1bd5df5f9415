"""Every form of a dataset in one folder, with checksums, a description for programs and one for people."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from pyfwgraph.errors import ExportError
from pyfwgraph.export.aside import whole_folder
from pyfwgraph.export.content import Content, read_content
from pyfwgraph.export.csv_package import write_csv
from pyfwgraph.export.dump import write_file
from pyfwgraph.export.guide import write_guide
from pyfwgraph.export.network import write_gexf, write_graphml
from pyfwgraph.export.parquet import has_parquet, write_parquet
from pyfwgraph.export.rows import make_rows
from pyfwgraph.export.sqlite import write_sqlite
from pyfwgraph.export.void import File, write_void
from pyfwgraph.store import Target

SUMS = "SHA256SUMS"
DESCRIPTION = "void.ttl"
GUIDE = "README.md"
_FILES = {
    "pyfwgraph.nq.gz": "nquads",
    "pyfwgraph.trig.gz": "trig",
    "pyfwgraph.ttl": "turtle",
    "pyfwgraph.jsonld": "jsonld",
    "pyfwgraph-claims.jsonld": "jsonld-claims",
}
NO_PARQUET = "Parquet is left out, because pyarrow is not installed here: pip install 'pyfwgraph[parquet]'"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What `export_all` wrote: the folder, the number of quads in it, its files, and what was left out and why."""

    folder: Path
    quads: int
    files: tuple[File, ...]
    notes: tuple[str, ...]


def export_all(target: Target, folder: str | os.PathLike[str]) -> Bundle:
    """Write a dataset in every form into a folder, which appears when it is whole.

    The same data give the same bytes on one machine. Versions of SQLite, zlib, pyarrow and networkx write themselves or
    their ways into `.sqlite`, `.gz`, `.parquet`, `.gexf` and `.graphml` files; all others are the same everywhere.

    Args:
        target: The dataset.
        folder: A folder that is new, is empty or holds a former export, which is replaced.

    Raises:
        ExportError: The folder holds something else, or cannot be written.
        StoreError: The dataset cannot be opened.
    """
    path = Path(folder).absolute()
    with whole_folder(path, replace=is_former_export(path)) as aside:
        content = read_content(target)
        _write_forms(target, content, aside)
        notes = () if has_parquet() else (NO_PARQUET,)
        data = _files(aside)
        (aside / DESCRIPTION).write_text(write_void(content, data), encoding="utf-8")
        (aside / GUIDE).write_text(write_guide(content, data, notes), encoding="utf-8")
        files = _files(aside)
        sums = "".join(f"{file.digest}  {file.name}\n" for file in files)
        (aside / SUMS).write_text(sums, encoding="utf-8")
    return Bundle(path, len(content.lines), files, notes)


def is_former_export(folder: Path) -> bool:
    """Whether a folder holds an export and nothing else.

    Raises:
        ExportError: It holds an export, and files that no export wrote.
    """
    sums = folder / SUMS
    if not sums.is_file():
        return False
    listed = {line.partition("  ")[2] for line in sums.read_text(encoding="utf-8").splitlines()} | {SUMS}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if found - listed:
        shown = ", ".join(sorted(found - listed)[:3])
        raise ExportError(f"{folder} holds what no export wrote ({shown}): move that away, or name another folder")
    return {DESCRIPTION, GUIDE} <= listed


def _write_forms(target: Target, content: Content, folder: Path) -> None:
    for name, form in _FILES.items():
        write_file(content, form, folder / name, Path(name).suffix)
    rows = make_rows(content)
    write_sqlite(content, folder / "pyfwgraph.sqlite", rows)
    (folder / "csv").mkdir()
    write_csv(content, folder / "csv", rows)
    if has_parquet():
        (folder / "parquet").mkdir()
        write_parquet(content, folder / "parquet", rows)
    write_graphml(target, folder / "pyfwgraph.graphml")
    write_gexf(target, folder / "pyfwgraph.gexf")


def _files(folder: Path) -> tuple[File, ...]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(File(path.relative_to(folder).as_posix(), path.stat().st_size, _digest(path)) for path in found)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
