"""A server's graphs over the SPARQL 1.1 Graph Store Protocol: replaced and filled, one at a time."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from pyfwgraph.errors import StoreError
from pyfwgraph.login import Login

if TYPE_CHECKING:
    from collections.abc import Iterable
    from http.client import HTTPResponse

TRIES = 4
"""How often a request is sent whose connection was dropped; each time after twice the wait."""

_TRIPLES = "application/n-triples"
_SHOWN = 300
_ADVICE = {
    400: "it does not take the data or the address; is this the address of its graph store?",
    401: "it refuses this user or password: give --user and the password of an account that may write",
    403: "this account may not write, or the server is read-only: give --user of one that may, or start it writable",
    404: "there is no graph store at this address: it is …/store (Oxigraph), …/sparql-graph-crud-auth (Virtuoso)",
    405: "it takes no changes here: is it read-only, or is this not the address of its graph store?",
    413: "it takes no body of this size: send smaller parts (--part), or raise its limit",
    414: "the graph's name is too long for it",
    507: "it has no room left",
}
_AGAIN = (502, 503, 504)


class Refused(StoreError):
    """The server answered, and did not do what was asked; `code` is its HTTP status."""

    def __init__(self, message: str, code: int) -> None:
        self.code = code
        super().__init__(message)


class GraphStore:
    """A graph store, with the user who may write to it.

    Args:
        url: Its address, such as `http://localhost:7878/store`.
        user: Who writes, where the server wants to know.
        password: Their password; it is never shown.
        timeout: Seconds that the server may be silent.
        parameter: The name of the parameter that names a graph: `graph` by the standard.
        wait: Seconds before a request is sent a second time.
    """

    def __init__(
        self,
        url: str,
        *,
        user: str = "",
        password: str = "",
        timeout: float = 600,
        parameter: str = "graph",
        wait: float = 1,
    ) -> None:
        if not url.startswith(("http://", "https://")):
            raise StoreError(f"{url!r} is no address of a graph store: give one that begins with http:// or https://")
        self.url = url
        self._timeout, self._parameter, self._wait = timeout, parameter, wait
        self._login = Login(url, user, password)

    def put(self, graph: str, parts: Iterable[bytes], *, timeout: float | None = None) -> None:
        """Replace a graph.

        Args:
            graph: Its IRI; empty for the default graph.
            parts: N-Triples, in parts; the first replaces the graph, the others are added to it.
            timeout: Seconds that the server may be silent, if other than usual.

        Raises:
            Refused: The server does not take them.
            StoreError: It cannot be reached.
        """
        method = "PUT"
        for part in parts:
            self._send(method, graph, part, timeout=timeout)
            method = "POST"

    def delete(self, graph: str) -> None:
        """Remove a graph.

        Raises:
            Refused: The server does not let it.
            StoreError: It cannot be reached.
        """
        self._send("DELETE", graph)

    def _send(self, method: str, graph: str, body: bytes | None = None, *, timeout: float | None = None) -> None:
        """Send one request, again where the connection was dropped: triples that are sent twice are there once."""
        asked = False
        for attempt in range(TRIES):
            try:
                self._open(method, graph, body, timeout or self._timeout).close()
                return
            except HTTPError as error:
                with error:
                    if error.code == 401 and not asked and self._login.take(error.headers):
                        asked = True
                        continue
                    if error.code not in _AGAIN or attempt == TRIES - 1:
                        raise self._refusal(error) from None
            except OSError as error:
                if attempt == TRIES - 1 or not _may_pass(error):
                    reason = getattr(error, "reason", error)
                    raise StoreError(
                        f"{self.url} cannot be reached ({reason}): check the address, and that the server runs"
                    ) from error
            sleep(self._wait * 2**attempt)

    def _open(self, method: str, graph: str, body: bytes | None, timeout: float) -> HTTPResponse:
        which = f"{self._parameter}={quote(graph, safe='')}" if graph else "default"
        separator = "&" if "?" in self.url else "?"
        headers = {"Accept": "*/*", "User-Agent": "pyfwgraph"} | ({} if body is None else {"Content-Type": _TRIPLES})
        url = f"{self.url}{separator}{which}"
        request = Request(url, data=body, headers=headers, method=method)
        if (proof := self._login.proof(method, url)) is not None:
            request.add_unredirected_header("Authorization", proof)
        response: HTTPResponse = urlopen(request, timeout=timeout)
        return response

    def _refusal(self, error: HTTPError) -> Refused:
        said = _text(error.read())
        advice = _ADVICE.get(error.code, "see its log")
        if error.code == 500 and ("rmission" in said or "read-only" in said.lower() or "read only" in said.lower()):
            advice = _ADVICE[403]
        return Refused(f"{self.url} answered HTTP {error.code}{f' ({said})' if said else ''}: {advice}", error.code)


def _may_pass(error: OSError) -> bool:
    """Whether a failure to connect may be over when it is tried again: a dropped connection, not an unknown host."""
    reason = getattr(error, "reason", error)
    return isinstance(reason, ConnectionError) and not isinstance(reason, ConnectionRefusedError)


def _text(body: bytes) -> str:
    """A server's message in one line, without its markup."""
    import re

    text = re.sub(r"<(style|title).*?</\1>|<[^>]*>", " ", body.decode(errors="replace"), flags=re.DOTALL)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
