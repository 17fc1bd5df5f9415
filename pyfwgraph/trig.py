"""The one way in which data files are laid out: canonical TriG, small in a diff.

The same quads give the same text. Prefixes stand in a fixed order, graphs, subjects, predicates and objects are
sorted, a subject takes a block with one predicate a line. Blank nodes are refused: data have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE, compress_iri

XSD_STRING = PREFIXES["xsd"] + "string"
_PLAIN_NUMBER = PREFIXES["xsd"] + "integer"
_FIRST_PREDICATES = [
    RDF_TYPE,
    PREFIXES["rdfs"] + "label",
    PREFIXES["skos"] + "altLabel",
    PREFIXES["dcterms"] + "description",
    PREFIXES["dcterms"] + "title",
    PREFIXES["fwo"] + "project",
    PREFIXES["fwo"] + "releaseOf",
    PREFIXES["fwo"] + "subject",
    PREFIXES["fwo"] + "predicate",
    PREFIXES["fwo"] + "object",
    PREFIXES["fwo"] + "category",
    PREFIXES["fwo"] + "kind",
]
_RANK = {iri: rank for rank, iri in enumerate(_FIRST_PREDICATES)}
_SUBJECTS = ("fw", "agent", "pub", "ev", "feat", "cat", "rel", "claim")
_SUBJECT_RANK = {PREFIXES[prefix]: rank for rank, prefix in enumerate(_SUBJECTS)}


class Iri(NamedTuple):
    """A named node."""

    value: str


class Text(NamedTuple):
    """A literal: its lexical form, datatype IRI, and language tag (empty where there is none)."""

    value: str
    datatype: str = XSD_STRING
    language: str = ""


Statement = tuple[str, str, Iri | Text]
"""Subject IRI, predicate IRI, object."""


def write_trig(graphs: Mapping[str, Iterable[Statement]], *, header: str = "") -> str:
    """Lay out statements as canonical TriG.

    Args:
        graphs: Graph IRI to the statements in it; the empty IRI stands for the default graph.
        header: Comment lines for the top of the file, each with its `#`.

    Returns:
        The text, ending with a newline.

    >>> print(write_trig({"": [("https://w3id.org/pyfwgraph/project/a", RDF_TYPE,
    ...     Iri("https://w3id.org/pyfwgraph/ontology#Framework"))]}).strip())
    @prefix fw: <https://w3id.org/pyfwgraph/project/> .
    @prefix fwo: <https://w3id.org/pyfwgraph/ontology#> .
    <BLANKLINE>
    fw:a a fwo:Framework .
    """
    used: set[str] = set()
    blocks = []
    for graph in sorted(graphs):
        subjects = _subject_blocks(graphs[graph], used)
        if not graph:
            blocks.append("\n\n".join(subjects))
        elif subjects:
            body = "\n\n".join("  " + block.replace("\n", "\n  ") for block in subjects)
            blocks.append(f"GRAPH {_iri(graph, used)} {{\n{body}\n}}")
    declared = "\n".join(f"@prefix {p}: <{iri}> ." for p, iri in PREFIXES.items() if p in used)
    parts = [part for part in (header.rstrip("\n"), declared, *blocks) if part]
    return "\n\n".join(parts) + "\n"


def _subject_blocks(statements: Iterable[Statement], used: set[str]) -> list[str]:
    by_subject: dict[str, dict[str, set[Iri | Text]]] = {}
    for subject, predicate, value in statements:
        by_subject.setdefault(subject, {}).setdefault(predicate, set()).add(value)
    return [_block(s, by_subject[s], used) for s in sorted(by_subject, key=_subject_key)]


def _subject_key(iri: str) -> tuple[int, str]:
    namespace = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
    return _SUBJECT_RANK.get(namespace, len(_SUBJECT_RANK)), iri


def _block(subject: str, properties: dict[str, set[Iri | Text]], used: set[str]) -> str:
    ordered = sorted(properties, key=lambda p: (_RANK.get(p, len(_RANK)), compress_iri(p)))
    lines = []
    for predicate in ordered:
        name = "a" if predicate == RDF_TYPE else _iri(predicate, used)
        objects = sorted(_object(value, used) for value in properties[predicate])
        separator = " ,\n    " if sum(map(len, objects)) > 100 else " , "
        lines.append(f"{name} {separator.join(objects)}")
    return f"{_iri(subject, used)} " + " ;\n  ".join(lines) + " ."


def _object(value: Iri | Text, used: set[str]) -> str:
    if isinstance(value, Iri):
        return _iri(value.value, used)
    if value.datatype == _PLAIN_NUMBER and value.value.isdecimal():
        return value.value
    quoted = '"' + _escape(value.value) + '"'
    if value.language:
        return f"{quoted}@{value.language}"
    if value.datatype == XSD_STRING:
        return quoted
    return f"{quoted}^^{_iri(value.datatype, used)}"


def _iri(iri: str, used: set[str]) -> str:
    if iri.startswith("_:"):
        raise ValueError(f"blank node {iri}: give it an IRI")
    name = compress_iri(iri)
    if name != iri:
        used.add(name.partition(":")[0])
        return name
    return f"<{iri}>"


def _escape(text: str) -> str:
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    text = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04X}" for c in text)
