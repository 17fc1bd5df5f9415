"""The source files as claims: what `data/` and `ontology/` say, each statement with the file it stands in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pyfwgraph.errors import DataError
from pyfwgraph.vocabulary import BASE, PREFIXES

ONTOLOGY_GRAPH = PREFIXES["src"] + "pyfwgraph-ontology"
"""The graph, and source, of the ontology's own statements."""

RULINGS_GRAPH = PREFIXES["src"] + "rulings"
"""The graph of the curators' decisions."""


class Claim(NamedTuple):
    """One statement of one graph. Subject, predicate and graph are IRIs; the object is a term in N-Triples form."""

    subject: str
    predicate: str
    object: str
    graph: str

    @property
    def triple(self) -> tuple[str, str, str]:
        return self[:3]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that was read.

    `claims` stand in the graphs of sources, `descriptions` describe sources and the dataset (default graph),
    `ontology` is what `ontology/` says but for the shapes. `files` gives the statements of each file.
    """

    claims: list[Claim]
    descriptions: list[Claim]
    ontology: list[Claim]
    shapes: Path
    root: Path
    files: dict[str, list[Claim]] = field(default_factory=dict)

    def line_of(self, file: str, name: str) -> int | None:
        """Give the first line of a file where a name stands, counted from 1."""
        with (self.root / file).open(encoding="utf-8") as lines:
            return next((number for number, line in enumerate(lines, 1) if name in line), None)


def read_corpus(data: Path, ontology: Path) -> Corpus:
    """Read every file of the two folders.

    The order of files does not matter. Files named `shapes.ttl` are left to validation.

    Raises:
        DataError: A folder is missing or a file is not TriG or Turtle, with file and line.
    """
    for folder in (data, ontology):
        if not folder.is_dir():
            raise DataError(f"no folder {folder}: give the checkout's folders with --data and --ontology")
    root = Path(os.path.commonpath([data.resolve(), ontology.resolve()]))
    corpus = Corpus([], [], [], ontology.resolve() / "shapes.ttl", root)
    for path in _rdf_files(data):
        statements = list(_read(path, root))
        corpus.files[_relative(path, root)] = statements
        for claim in statements:
            (corpus.claims if claim.graph else corpus.descriptions).append(claim)
    for path in _rdf_files(ontology):
        if path.name == "shapes.ttl":
            continue
        statements = [claim._replace(graph=ONTOLOGY_GRAPH) for claim in _read(path, root)]
        corpus.files[_relative(path, root)] = statements
        corpus.ontology.extend(statements)
    return corpus


def _rdf_files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.resolve().rglob("*") if path.suffix in (".trig", ".ttl"))


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _read(path: Path, root: Path) -> Iterator[Claim]:
    from pyoxigraph import BlankNode, DefaultGraph, RdfFormat, Triple, parse

    form = RdfFormat.TRIG if path.suffix == ".trig" else RdfFormat.TURTLE
    name = _relative(path, root)
    try:
        for quad in parse(path.read_bytes(), format=form):
            if any(isinstance(term, BlankNode | Triple) for term in (quad.subject, quad.object, quad.graph_name)):
                raise DataError(
                    f"{quad}: data have no blank nodes and no quoted triples; give the node an IRI", file=name
                )
            graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
            yield Claim(quad.subject.value, quad.predicate.value, str(quad.object), graph)
    except SyntaxError as error:
        raise DataError(f"{error.msg}; mend the syntax there", file=name, line=error.lineno) from error
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8", file=name) from error


def iri(term: str) -> str:
    """Give the IRI in a term of N-Triples form, or an empty text where the term is a literal."""
    return term[1:-1] if term.startswith("<") else ""


def is_ours(name: str) -> bool:
    """Whether an IRI is one of this dataset's."""
    return name.startswith(BASE)
