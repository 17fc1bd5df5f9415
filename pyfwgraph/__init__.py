"""pyfwgraph: the knowledge graph of Python web frameworks, with the source of every fact.

>>> import pyfwgraph as fw
>>> rows = fw.query("SELECT ?name { fw:klein fwo:buildsOn/rdfs:label ?name } ORDER BY ?name")
>>> [row["name"] for row in rows]
['Twisted', 'Werkzeug']
"""

from __future__ import annotations

from pyfwgraph.errors import (
    DataError,
    EngineDied,
    ExportError,
    HarvestError,
    PyfwgraphError,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    StoreError,
    UnknownName,
)
from pyfwgraph.graph import Graph
from pyfwgraph.results import Row, Rows, Triples, Verdict
from pyfwgraph.term import IRI, LangString
from pyfwgraph.vocabulary import PREFIXES

TYPE_CHECKING = False  # the module typing would cost a new process several milliseconds
if TYPE_CHECKING:
    import os
    from typing import Any

    from pyfwgraph.views.project import Project

__version__ = "0.1.0"

__all__ = [
    "IRI",
    "PREFIXES",
    "DataError",
    "EngineDied",
    "ExportError",
    "Graph",
    "HarvestError",
    "LangString",
    "Project",
    "PyfwgraphError",
    "QueryError",
    "QueryRefused",
    "QuerySyntaxError",
    "QueryTimeout",
    "Row",
    "Rows",
    "StoreError",
    "Triples",
    "UnknownName",
    "Verdict",
    "connect",
    "load",
    "query",
]

_packaged: Graph | None = None


def __getattr__(name: str) -> object:
    if name == "Project":
        from pyfwgraph.views.project import Project

        return Project
    raise AttributeError(f"module 'pyfwgraph' has no attribute {name!r}")


def load(
    path: str | os.PathLike[str] | None = None,
    *,
    timeout: float | None = None,
    max_rows: int | None = None,
    network: bool = False,
    memory: bool = False,
) -> Graph:
    """Open the packaged graph, or a dump or folder of TriG of your own.

    Args:
        path: A file (.nq, .trig, .ttl, .nt, .jsonld, .rdf, also .gz) or a folder; the packaged graph unless given.
        timeout: Seconds that any query may take; no limit unless given.
        max_rows: Rows or triples that any answer may have; no limit unless given.
        network: Whether queries may call out by `SERVICE` and `FROM`.
        memory: Read the packaged graph into memory rather than from the user's cache.

    Raises:
        StoreError: By the first query: there is nothing at the path, or it is not RDF.

    >>> load(timeout=5)
    <Graph of the packaged graph>
    """
    return Graph(path, timeout=timeout, max_rows=max_rows, network=network, memory=memory)


def connect(
    url: str,
    *,
    timeout: float | None = None,
    max_rows: int | None = None,
    user: str = "",
    password: str = "",
    conclusions: str | None = None,
    network: bool = False,
) -> Graph:
    """Ask any SPARQL 1.1 endpoint that holds the graph, as `load()` asks the packaged one.

    Args:
        url: The endpoint's address, such as `http://localhost:8890/sparql`.
        timeout: Seconds that any answer is waited for; no limit unless given.
        max_rows: Rows or triples that any answer may have; no limit unless given.
        user: Who asks, where the server wants to know.
        password: Their password.
        conclusions: IRI of the named graph of the conclusions, or empty text for the server's default graph; found
            out by the first query unless given.
        network: Whether queries may make the server call out by `SERVICE`.

    Raises:
        StoreError: The address is none; by the first query: nothing answers there, or it is no SPARQL endpoint.

    >>> connect("http://localhost:7878/query", timeout=5)
    <Graph of http://localhost:7878/query>
    """
    from pyfwgraph.remote import Endpoint

    endpoint = Endpoint(url, user=user, password=password, conclusions=conclusions)
    return Graph(timeout=timeout, max_rows=max_rows, network=network, endpoint=endpoint)


def query(sparql: str, **bindings: Any) -> Any:
    """Answer a SPARQL query on the packaged graph, in one line.

    Args:
        sparql: A SELECT, ASK, CONSTRUCT or DESCRIBE query; our prefixes are bound.
        bindings: Values for variables of the query; `timeout` and `max_rows` limit it.

    Returns:
        `Rows`, `Verdict` or `Triples`, by the kind of query.

    Raises:
        QueryError: It is no query, is refused, or ran too long.

    >>> bool(query("ASK { fw:klein fwo:buildsOn fw:twisted }"))
    True
    """
    global _packaged
    if _packaged is None:
        _packaged = load()
    return _packaged.query(sparql, **bindings)
