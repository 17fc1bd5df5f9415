"""Asking any SPARQL 1.1 endpoint instead of the embedded store, with the same limits, errors and answers.

The conclusions stand in the default graph of such a server, or, where it has none of its own (Virtuoso's is the union
of all graphs), in the named graph `CONCLUSIONS`. The first query finds out which.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from pyfwgraph.errors import PyfwgraphError, QueryError, QuerySyntaxError, QueryTimeout, StoreError
from pyfwgraph.guard import check_query
from pyfwgraph.login import Login
from pyfwgraph.virtuoso import check_rows, cut_at, find_cut, needs_count
from pyfwgraph.vocabulary import BASE
from pyfwgraph.wire import Wire, to_wire

if TYPE_CHECKING:
    from collections.abc import Iterable
    from email.message import Message
    from http.client import HTTPResponse

CONCLUSIONS = BASE + "conclusions"
"""The named graph of the conclusions on a server that has no default graph of its own."""

ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
TRIPLES = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_PROBE = f"ASK {{ GRAPH <{CONCLUSIONS}> {{ ?s ?p ?o }} }}"
_TIMED_OUT = re.compile(r"time[d ]*out|estimated execution time|S1T00", re.IGNORECASE)
_SHOWN = 300
"""Characters of a server's message that are passed on."""

_T = TypeVar("_T")


class Endpoint:
    """Answers queries by asking a SPARQL 1.1 endpoint.

    Args:
        url: The endpoint's address, such as `http://localhost:7878/query`.
        user: Who asks, where the server wants to know.
        password: Their password; it is never shown.
        conclusions: The named graph of the conclusions, or empty text for the default graph; found out unless given.
    """

    def __init__(self, url: str, *, user: str = "", password: str = "", conclusions: str | None = None) -> None:
        if not url.startswith(("http://", "https://")):
            raise StoreError(
                f"{url!r} is no address of a SPARQL endpoint: give one that begins with http:// or https://"
            )
        self.url = url
        self._user, self._password = user, password
        self._login = Login(url, user, password)
        self._conclusions = conclusions

    def plain(self) -> Endpoint:
        """Give the same endpoint, asked as it is: patterns hold in its own default graph, whatever that is."""
        return Endpoint(self.url, user=self._user, password=self._password, conclusions="")

    def describe(self) -> str:
        """Say what it is, for messages."""
        return self.url

    def ask(
        self,
        query: str,
        bindings: Iterable[tuple[str, str]] = (),
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
        network: bool = False,
    ) -> tuple[Any, ...]:
        """Answer one query, as the embedded engine does.

        Args:
            query: SPARQL text, with or without the packaged prefixes declared.
            bindings: Variable names and terms in N-Triples form.
            timeout: Seconds after which the answer is no longer waited for; None for no limit.
            max_rows: Rows or triples after which the answer is cut; None for no limit.
            network: Whether `SERVICE` may make the server call out.

        Raises:
            QueryError: One of its kinds; the message says what to do.
            StoreError: Nothing answers there, or no SPARQL endpoint does.
        """
        check_query(query, network=network)
        given = tuple(bindings)
        try:
            to_wire(query, given)
        except QuerySyntaxError as error:
            raise _explain(query, str(error)) from None
        return _within(timeout, lambda deadline: self._answer(query, given, max_rows, deadline))

    def close(self) -> None:
        """Nothing is held open."""

    def _answer(self, query: str, bindings: tuple[tuple[str, str], ...], max_rows: int | None, deadline: float) -> Any:
        if self._conclusions is None:
            self._conclusions = CONCLUSIONS if self._has_conclusions(deadline) else ""
        wire = to_wire(query, bindings, self._conclusions)
        try:
            return self._read(wire, max_rows or 0, deadline)
        except QuerySyntaxError as error:
            raise _explain(query, str(error)) from None

    def _has_conclusions(self, deadline: float) -> bool:
        try:
            return bool(self._read(Wire("ask", _PROBE), 0, deadline)[1])
        except QueryTimeout:
            raise
        except QueryError as error:
            raise self._no_endpoint(str(error)) from None

    def _read(self, wire: Wire, max_rows: int, deadline: float) -> tuple[Any, ...]:
        from http.client import HTTPException

        with self._send(wire, deadline) as response:
            stream = _Stream(response, deadline)
            try:
                if wire.kind in ("select", "ask"):
                    return _read_rows(stream, response, wire, max_rows)
                answer = _read_triples(stream, response, max_rows)
                if not answer[2] and needs_count(response.headers, wire.text, answer[1].count("\n")):
                    self._check_triples(answer[1].count("\n"), deadline)
                return answer
            except PyfwgraphError:
                raise  # some are a ValueError or a TimeoutError too
            except (SyntaxError, ValueError) as error:
                raise self._no_endpoint(f"its answer cannot be read: {error}") from error
            except HTTPException as error:
                raise QueryError(f"{self.url} ended the connection within its answer: ask again") from error
            except OSError as error:
                raise self._unreachable(error) from error

    def _check_triples(self, triples: int, deadline: float) -> None:
        """Ask for as many rows, to see whether the server would have cut as many triples."""
        with self._send(Wire("select", f"SELECT ?s {{ ?s ?p ?o }} LIMIT {triples + 1}"), deadline) as response:
            if 0 < (cut := find_cut(response.headers)) <= triples:
                raise cut_at(cut)

    def _send(self, wire: Wire, deadline: float, *, again: bool = False) -> HTTPResponse:
        from urllib.error import HTTPError, URLError

        from SPARQLWrapper import SPARQLExceptions as Failures

        try:
            return self._post(wire, deadline)
        except Failures.QueryBadFormed as error:
            raise QuerySyntaxError(_said(error)) from None
        except Failures.Unauthorized as error:
            if again or not self._login.take(_headers(error)):
                raise self._stranger() from None
            return self._send(wire, deadline, again=True)
        except Failures.EndPointNotFound:
            raise self._no_endpoint("there is nothing at this path") from None
        except Failures.URITooLong:
            raise self._too_long() from None
        except Failures.EndPointInternalError as error:
            raise self._failed(_said(error)) from None
        except HTTPError as error:
            with error:
                raise self._refused(error.code, _shortened(error.read())) from None
        except (URLError, OSError) as error:
            raise self._unreachable(error) from error

    def _post(self, wire: Wire, deadline: float) -> HTTPResponse:
        """Send a query by POST; the text is sent as it is, and its kind is not guessed from it."""
        import warnings

        from SPARQLWrapper import POST, SPARQLWrapper

        client = SPARQLWrapper(self.url, agent="pyfwgraph")
        client.setMethod(POST)
        client.setOnlyConneg(True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            client.setQuery(wire.text)
        client.queryType = wire.kind.upper()
        client.addCustomHttpHeader("Accept", ROWS if wire.kind in ("select", "ask") else TRIPLES)
        if (proof := self._login.proof("POST", self.url)) is not None:
            client.addCustomHttpHeader("Authorization", proof)
        if deadline < float("inf"):
            client.setTimeout(ceil(max(deadline - monotonic(), 1)))
        response: HTTPResponse = client.query().response
        return response

    def _stranger(self) -> StoreError:
        reason = "refuses this user or password" if self._user else "wants to know who asks"
        return StoreError(f"{self.url} {reason}: connect(url, user=…, password=…) with an account that may ask")

    def _no_endpoint(self, reason: str) -> StoreError:
        return StoreError(
            f"{self.url} is no SPARQL endpoint ({reason}): give the address that takes queries, "
            "such as …/sparql (Virtuoso), …/query (Oxigraph) or …/repositories/NAME"
        )

    def _unreachable(self, error: OSError) -> PyfwgraphError:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return QueryTimeout(f"{self.url} did not answer in time: narrow the query or give a larger timeout")
        return StoreError(f"{self.url} cannot be reached ({reason}): check the address, and that the server runs")

    def _too_long(self) -> QueryError:
        return QueryError(f"the query is too long for {self.url}: split it, or ask in several smaller queries")

    def _failed(self, message: str) -> QueryError:
        if _TIMED_OUT.search(message):
            return QueryTimeout(f"{self.url} ended the query at its own limit ({message}): narrow it, or add LIMIT")
        return QueryError(f"{self.url} could not answer ({message}): write the query in another way, or narrow it")

    def _refused(self, code: int, message: str) -> PyfwgraphError:
        if code == 413:
            return self._too_long()
        if code in (408, 504):
            return self._failed(f"timed out, HTTP {code}")
        if code in (405, 406, 415):
            return self._no_endpoint(f"HTTP {code}")
        if code == 403:
            return StoreError(f"{self.url} does not let this user ask (HTTP 403): give an account that may")
        if code in (429, 502, 503):
            return QueryError(f"{self.url} is not ready or too busy (HTTP {code}): ask again in a while")
        return self._failed(f"HTTP {code}: {message}")


class _Stream:
    """A response that is no longer read after a deadline, however slowly the rest comes."""

    def __init__(self, response: HTTPResponse, deadline: float) -> None:
        self._response, self._deadline = response, deadline

    def read(self, size: int = -1) -> bytes:
        if monotonic() > self._deadline:
            raise TimeoutError
        return self._response.read(size)


def _read_rows(stream: _Stream, response: HTTPResponse, wire: Wire, max_rows: int) -> tuple[Any, ...]:
    from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results

    form = QueryResultsFormat.from_media_type(response.headers.get("Content-Type", ""))
    if form is None:
        raise ValueError(f"it is {response.headers.get('Content-Type', 'of no named kind')}")
    result = parse_query_results(stream, format=form)  # type: ignore[arg-type]  # read() is all it needs
    if isinstance(result, QueryBoolean):
        return ("ask", bool(result))
    names = [variable.value for variable in result.variables]
    columns = tuple(sorted(names, key=wire.order.index)) if set(names) <= set(wire.order) else tuple(names)
    places = [names.index(name) for name in columns]
    limit = max_rows + 1 if max_rows else None
    rows = [
        tuple([None if solution[i] is None else str(solution[i]) for i in places]) for solution in islice(result, limit)
    ]
    more = bool(max_rows) and len(rows) > max_rows
    if not more:
        check_rows(response.headers, wire.text, rows, max_rows)
    return ("select", columns, rows[:max_rows] if more else rows, more)


def _read_triples(stream: _Stream, response: HTTPResponse, max_rows: int) -> tuple[Any, ...]:
    from pyoxigraph import RdfFormat, parse

    form = RdfFormat.from_media_type(response.headers.get("Content-Type", ""))
    if form is None:
        raise ValueError(f"it is {response.headers.get('Content-Type', 'of no named kind')}")
    triples = parse(stream, format=form, lenient=True)  # type: ignore[arg-type]  # read() is all it needs
    found = dict.fromkeys(f"{quad.triple} .\n" for quad in islice(triples, max_rows + 1 if max_rows else None))
    lines = list(found)
    more = bool(max_rows) and len(lines) > max_rows
    return ("graph", "".join(lines[:max_rows] if more else lines), more)


def _within(seconds: float | None, work: Callable[[float], _T]) -> _T:
    """Do something that takes a deadline and give what it gives, or end the wait when the seconds have passed.

    The wait for a server's first byte hears no deadline of its own, so it is done in a thread that can be left behind.
    """
    if seconds is None:
        return work(float("inf"))
    from threading import Thread

    done: list[_T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work(monotonic() + seconds))
        except BaseException as error:  # noqa: BLE001 - it is raised where it was waited for
            failed.append(_without_frames(error))

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if done:
        return done[0]
    if failed and not isinstance(failed[0], TimeoutError):
        raise failed[0]
    raise QueryTimeout(
        f"no whole answer within the limit of {seconds:g} s: narrow the query, add LIMIT, or give a larger timeout"
    )


def _without_frames(error: BaseException) -> BaseException:
    """Let go of what the frames of an error hold: an answer that is being read must end in the thread that began it."""
    link: BaseException | None = error
    while link is not None:
        link.__traceback__ = None
        link = link.__context__
    return error


def _explain(query: str, message: str) -> QueryError:
    """Say where a query is wrong; where it is right, that the server does not take it."""
    from pyoxigraph import Store

    from pyfwgraph.guard import escape_dots
    from pyfwgraph.vocabulary import PREFIXES
    from pyfwgraph.worker import explain_syntax

    try:
        Store().query(escape_dots(query), prefixes=PREFIXES)
    except SyntaxError as error:
        return QuerySyntaxError(explain_syntax(query, str(error)))
    except (RuntimeError, ValueError, OSError):
        pass  # it is SPARQL, but for what only data can tell
    return QueryError(f"the server cannot answer the query ({message}): write it in another way")


def _headers(error: Exception) -> Message:
    """The headers of a refusal, which SPARQLWrapper leaves to the failure that it has caught."""
    from email.message import Message

    headers = getattr(error.__context__, "headers", None)
    return headers if isinstance(headers, Message) else Message()


def _said(error: Exception) -> str:
    """What a server said, out of the failure that SPARQLWrapper makes of it."""
    import ast

    quoted = str(error).partition("Response:")[2].strip()
    return _shortened(ast.literal_eval(quoted) if quoted else b"no reason given")


def _shortened(message: bytes) -> str:
    """The first sentence of a server's message, without the query that some repeat."""
    text = re.sub(r"<[^>]+>", " ", message.decode(errors="replace")).partition("SPARQL query:")[0]
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
