"""One dataset that answers SPARQL: the packaged graph, a dump of the user's own, or what a server holds."""

from __future__ import annotations

from pyfwgraph.engine import Engine
from pyfwgraph.errors import ExportError
from pyfwgraph.results import Rows, Triples, Verdict
from pyfwgraph.store import Target
from pyfwgraph.term import to_term

TYPE_CHECKING = False  # the module typing would cost a new process several milliseconds
if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from typing import Any

    from pyfwgraph.remote import Endpoint


class Dataset:
    """A read-only RDF dataset.

    Args:
        path: A dump or a folder of TriG; None for the packaged graph.
        timeout: Seconds that any query may take; None for no limit.
        max_rows: Rows or triples that any answer may have; None for no limit.
        network: Whether queries may call out by `SERVICE` and `FROM`.
        memory: Read the packaged graph into memory rather than from the user's cache.
        endpoint: The server that answers instead; then there is no path.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
        network: bool = False,
        memory: bool = False,
        endpoint: Endpoint | None = None,
    ) -> None:
        import os

        self._limits: dict[str, Any] = {"timeout": timeout, "max_rows": max_rows, "network": network}
        _check_limits(self._limits)
        self._endpoint = endpoint
        self._opened = Target(os.path.abspath(path) if path is not None else "", memory)
        self._engine: Engine | Endpoint = endpoint or Engine(self._opened)

    @property
    def _target(self) -> Target:
        """What the dataset was opened from, for what needs its quads rather than answers."""
        if self._endpoint is not None:
            raise ExportError(
                f"{self!r} is a server's, and this needs the quads on this machine: ask it with SELECT or CONSTRUCT, "
                "let the server write a dump and open that with load(path), or use load() for the packaged graph"
            )
        return self._opened

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
        **more_bindings: object,
    ) -> Any:
        """Answer a SPARQL query, with every prefix of the dataset bound.

        Args:
            sparql: A SELECT, ASK, CONSTRUCT or DESCRIBE query.
            bindings: Values for variables of the query, by name; they enter as terms, never as text of the query.
            timeout: Seconds it may take; the dataset's own limit unless given.
            max_rows: Rows or triples the answer may have; the dataset's own limit unless given.
            more_bindings: The same as `bindings`, as keywords.

        Returns:
            `Rows` for SELECT, `Verdict` for ASK, `Triples` for CONSTRUCT and DESCRIBE.

        Raises:
            QueryError: It is no query, is refused, ran too long, or ended its process.
            TypeError: A bound value is of a kind that no term has.

        >>> import pyfwgraph as fw
        >>> g = fw.load()
        >>> [row["name"] for row in g.query("SELECT ?name { ?x rdfs:label ?name }", x=fw.IRI("fw:flask"))]
        ['Flask']
        """
        given = {"timeout": timeout, "max_rows": max_rows}
        limits = self._limits | {name: value for name, value in given.items() if value is not None}
        _check_limits(limits)
        bound = [(_variable(name), to_term(value)) for name, value in {**(bindings or {}), **more_bindings}.items()]
        kind, *answer = self._engine.ask(sparql, bound, **limits)
        if kind == "select":
            return Rows(answer[0], answer[1], truncated=answer[2])
        if kind == "ask":
            return Verdict(answer[0])
        return Triples(answer[0], truncated=answer[1])

    def close(self) -> None:
        """End the process that answers queries; the next query starts another."""
        self._engine.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {(self._endpoint or self._opened).describe()}>"


def _variable(name: str) -> str:
    name = name.removeprefix("?")
    if not name.isidentifier():
        raise ValueError(f"{name!r} is not the name of a variable: letters, digits and _")
    return name


def _check_limits(limits: dict[str, Any]) -> None:
    if limits["timeout"] is not None and not limits["timeout"] > 0:
        raise ValueError(f"timeout must be more than 0 seconds, not {limits['timeout']!r}")
    if limits["max_rows"] is not None and (not isinstance(limits["max_rows"], int) or limits["max_rows"] < 1):
        raise ValueError(f"max_rows must be a whole number from 1, not {limits['max_rows']!r}")
