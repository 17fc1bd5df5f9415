"""A dataset as a file or folder in one of many forms."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from pyfwgraph.errors import ExportError
from pyfwgraph.export.aside import whole_file, whole_folder
from pyfwgraph.export.content import Content, read_content
from pyfwgraph.export.csv_package import write_csv, write_zip
from pyfwgraph.export.jsonld import conclusion_lines, dataset_lines
from pyfwgraph.export.network import write_gexf, write_graphml
from pyfwgraph.export.parquet import write_parquet
from pyfwgraph.export.rdf import opened, write_nquads, write_trig, write_turtle
from pyfwgraph.export.sqlite import write_sqlite
from pyfwgraph.store import Target

_RDF = {"nquads": write_nquads, "trig": write_trig, "turtle": write_turtle}
_JSONLD = {"jsonld": conclusion_lines, "jsonld-claims": dataset_lines}
_NETWORKS: dict[str, Callable[[Target, Path], int]] = {"graphml": write_graphml, "gexf": write_gexf}
_FOLDERS: dict[str, Callable[[Content, Path], None]] = {"csv": write_csv, "parquet": write_parquet}

FORMS = (*_RDF, *_JSONLD, *_FOLDERS, "sqlite", *_NETWORKS)
"""Every form that `write_dump` writes."""

_CONCLUSIONS_ALONE = ("turtle", "jsonld")


def write_dump(target: Target, form: str, output: str | os.PathLike[str]) -> int:
    """Write a dataset to a file or folder, which appears when it is whole.

    Args:
        target: The dataset.
        form: `nquads`, `trig`, `jsonld-claims`: all of it, with its named graphs. `turtle`, `jsonld`: the conclusions.
            `csv`, `sqlite`, `parquet`: tables. `graphml`, `gexf`: projects and their relations.
        output: The file; with `.gz` at its end N-Quads, TriG, Turtle and JSON-LD are compressed. For `parquet` a folder
            that is new or empty, for `csv` such a folder or a file that ends in `.zip`.

    Returns:
        The number of quads that were written, or of relations.

    Raises:
        ExportError: There is no such form, the file cannot be written, or a library for it is missing.
        StoreError: The dataset cannot be opened.
    """
    if form not in FORMS:
        raise ExportError(f"no form is called {form!r}; there are {', '.join(FORMS)}")
    path = Path(output)
    if form in _NETWORKS:
        with whole_file(path) as aside:
            return _NETWORKS[form](target, aside)
    content = read_content(target)
    if form in _FOLDERS and path.suffix != ".zip":
        with whole_folder(path) as aside:
            _FOLDERS[form](content, aside)
    else:
        with whole_file(path) as aside:
            write_file(content, form, aside, path.suffix)
    return len(content.conclusions if form in _CONCLUSIONS_ALONE else content.lines)


def write_file(content: Content, form: str, path: Path, suffix: str = "") -> None:
    """Write one file of content, compressed if it is to end in `.gz` or `.zip`."""
    if form in _RDF:
        _RDF[form](content, path, compressed=suffix == ".gz")
    elif form in _JSONLD:
        with opened(path, compressed=suffix == ".gz") as file:
            file.writelines(line.encode() for line in _JSONLD[form](content))
    elif form in _FOLDERS:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".zip-") as folder:
            _FOLDERS[form](content, Path(folder))
            write_zip(Path(folder), path)
    else:
        write_sqlite(content, path)
