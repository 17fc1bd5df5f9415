"""The dataset in the languages of RDF: N-Quads and TriG of all of it, Turtle of the conclusions; sorted."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pyfwgraph.corpus import Claim
from pyfwgraph.export.content import CONCLUSIONS, Content
from pyfwgraph.vocabulary import PREFIXES


def write_nquads(content: Content, path: Path, *, compressed: bool = False) -> None:
    """Write sorted N-Quads; without blank nodes they are canonical."""
    with opened(path, compressed=compressed) as file:
        file.writelines(line.encode() for line in content.lines)


def write_trig(content: Content, path: Path, *, compressed: bool = False) -> None:
    """Write TriG: the conclusions first, then the graph of each source."""
    claims = (claim for own in content.graphs.values() for claim in own)
    with opened(path, compressed=compressed) as file:
        file.write(_serialized(claims, "trig"))


def write_turtle(content: Content, path: Path, *, compressed: bool = False) -> None:
    """Write the conclusions as Turtle."""
    with opened(path, compressed=compressed) as file:
        file.write(_serialized(content.conclusions, "ttl"))


@contextmanager
def opened(path: Path, *, compressed: bool) -> Iterator[IO[bytes]]:
    """Open a file for writing; compressed, the same content gives the same bytes."""
    with path.open("wb") as plain:
        if not compressed:
            yield plain
            return
        with gzip.GzipFile(filename="", mode="wb", fileobj=plain, mtime=0, compresslevel=6) as file:
            yield file  # type: ignore[misc]  # it is a binary file but for its type


def _serialized(claims: Iterable[Claim], extension: str) -> bytes:
    from pyoxigraph import RdfFormat, parse, serialize

    lines = "".join(_line(claim) for claim in claims).encode()
    form = RdfFormat.from_extension(extension)
    assert form is not None
    quads = parse(lines, format=RdfFormat.N_QUADS)
    return (
        serialize(quads if extension == "trig" else (quad.triple for quad in quads), format=form, prefixes=PREFIXES)
        or b""
    )


def _line(claim: Claim) -> str:
    graph = "" if claim.graph == CONCLUSIONS else f" {_name(claim.graph)}"
    return f"{_name(claim.subject)} <{claim.predicate}> {claim.object}{graph} .\n"


def _name(name: str) -> str:
    return name if name.startswith("_:") else f"<{name}>"
