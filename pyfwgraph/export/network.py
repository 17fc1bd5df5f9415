"""Projects and their relations as files of graph programs: GraphML and GEXF."""

from __future__ import annotations

import io
import re
from pathlib import Path

from pyfwgraph.dataset import Dataset
from pyfwgraph.export.networkx_graph import to_networkx
from pyfwgraph.store import Target


def write_graphml(target: Target, path: Path) -> int:
    """Write GraphML; give the number of relations.

    By the writer of the standard library, so that the bytes do not depend on what else is installed.
    """
    import networkx

    graph = to_networkx(_dataset(target), "all")
    with path.open("wb") as file:
        networkx.write_graphml_xml(graph, file)
    return graph.number_of_edges()


def write_gexf(target: Target, path: Path) -> int:
    """Write GEXF; give the number of relations."""
    import networkx

    graph = to_networkx(_dataset(target), "all")
    out = io.BytesIO()
    networkx.write_gexf(graph, out)
    path.write_bytes(re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue()))
    return graph.number_of_edges()


def _dataset(target: Target) -> Dataset:
    return Dataset(target.path or None, memory=target.memory)
