"""The whole dataset as one file: N-Quads, TriG or JSON-LD."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pyfwgraph.corpus import Claim
from pyfwgraph.errors import ExportError
from pyfwgraph.export.jsonld import jsonld_lines
from pyfwgraph.store import Target, open_target
from pyfwgraph.trig import Iri, Statement, Text, write_trig

if TYPE_CHECKING:
    from pyoxigraph import Store


def write_dump(target: Target, form: str, output: str | os.PathLike[str]) -> int:
    """Write a dataset to a file; the file appears when it is whole.

    Args:
        target: The dataset.
        form: `nquads`, `trig` or `jsonld`.
        output: The file.

    Returns:
        The number of quads.

    Raises:
        ExportError: There is no such form, or the file cannot be written.
    """
    if form not in _WRITERS:
        raise ExportError(f"no form is called {form!r}; there are {', '.join(_WRITERS)}")
    store = open_target(target)
    path = Path(output)
    try:
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(_WRITERS[form](store))
            os.chmod(aside, 0o644)
            os.replace(aside, path)
        except BaseException:
            os.unlink(aside)
            raise
    except OSError as error:
        raise ExportError(f"{path} cannot be written ({error}): name a file in a folder that exists") from error
    return len(store)


def read_claims(store: Store) -> list[Claim]:
    """Give every quad of a store, sorted; the default graph has the empty name."""
    from pyoxigraph import DefaultGraph

    claims = []
    for quad in store:
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        claims.append(Claim(str(quad.subject).strip("<>"), quad.predicate.value, str(quad.object), graph))
    return sorted(claims)


def _nquads(store: Store) -> Iterator[str]:
    yield from sorted(f"{quad} .\n" for quad in store)


def _trig(store: Store) -> Iterator[str]:
    from pyoxigraph import DefaultGraph, Literal

    graphs: dict[str, list[Statement]] = {}
    for quad in store:
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        value: Iri | Text = Iri(str(quad.object).strip("<>"))
        if isinstance(quad.object, Literal):
            value = Text(quad.object.value, quad.object.datatype.value, quad.object.language or "")
        graphs.setdefault(graph, []).append((str(quad.subject).strip("<>"), quad.predicate.value, value))
    yield write_trig(graphs)


def _jsonld(store: Store) -> Iterator[str]:
    return jsonld_lines(read_claims(store))


_WRITERS: dict[str, Callable[[Store], Iterator[str]]] = {"nquads": _nquads, "trig": _trig, "jsonld": _jsonld}
