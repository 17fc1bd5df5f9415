"""The process that answers queries: opens the dataset, reads a question, writes an answer, until its input ends.

A running query cannot be stopped from within (it hears neither signals nor Ctrl-C), so it runs where it can be ended
from outside. A frame is eight bytes of length and a marshalled tuple. The question is `(query, bindings, max_rows,
network)`; the answer `("select", columns, rows, more)`, `("ask", bool)`, `("graph", N-Triples, more)` or
`("error", kind, message)`.
"""

from __future__ import annotations

import marshal
import os
import sys
from itertools import islice

from pyfwgraph.errors import PyfwgraphError, QueryError, QueryRefused, StoreError
from pyfwgraph.guard import escape_dots, explain_update, from_clauses
from pyfwgraph.store import Target, open_target
from pyfwgraph.vocabulary import PREFIXES, expand_curie

TYPE_CHECKING = False  # the module typing would cost a new process several milliseconds
if TYPE_CHECKING:
    from typing import Any

    from pyoxigraph import Store

    Request = tuple[str, tuple[tuple[str, str], ...], int, bool]
    Answer = tuple[Any, ...]

MEMORY = 4 * 2**30
"""Bytes that answering may need beyond the opened dataset."""


def read_frame(descriptor: int) -> bytes | None:
    """Read one frame; None where the other side is gone."""
    head = _read_exactly(descriptor, 8)
    return None if head is None else _read_exactly(descriptor, int.from_bytes(head, "big"))


def write_frame(descriptor: int, payload: bytes) -> None:
    """Write one frame.

    Raises:
        OSError: The other side is gone.
    """
    view = memoryview(len(payload).to_bytes(8, "big") + payload)
    while view:
        view = view[os.write(descriptor, view) :]


def _read_exactly(descriptor: int, size: int) -> bytes | None:
    chunk = os.read(descriptor, min(size, 1 << 20))
    if len(chunk) == size:
        return chunk
    parts = [chunk]
    missing = size - len(chunk)
    while missing and chunk:
        chunk = os.read(descriptor, min(missing, 1 << 20))
        parts.append(chunk)
        missing -= len(chunk)
    return None if missing else b"".join(parts)


def serve(requests: int, answers: int, target: Target) -> None:
    """Answer questions from one descriptor on another until the first one ends, then end this process."""
    incoming = _watch(requests)
    try:
        store = open_target(target)
    except (PyfwgraphError, OSError) as error:
        failure = ("error", "StoreError", str(error))
        while True:
            incoming.get()
            write_frame(answers, marshal.dumps(failure))
    _limit_memory()
    while True:
        request = marshal.loads(incoming.get())
        write_frame(answers, marshal.dumps(_answer(store, request)))


def _watch(requests: int) -> Any:
    """Read frames in a thread, so that the end of the input ends this process even while a query runs."""
    from _queue import SimpleQueue
    from _thread import start_new_thread

    queue: Any = SimpleQueue()

    def read() -> None:
        while (frame := read_frame(requests)) is not None:
            queue.put(frame)
        os._exit(0)

    start_new_thread(read, ())
    return queue


def _limit_memory() -> None:
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = used + MEMORY
    if hard == resource.RLIM_INFINITY or wanted < hard:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _answer(store: Store, request: Request) -> Answer:
    query, bindings, max_rows, network = request
    try:
        graphs = _from_graphs(store, query, network)
        return _run(graphs or store, escape_dots(query), bindings, max_rows)
    except SyntaxError as error:
        try:
            explain_update(query)
        except QueryRefused as refusal:
            return ("error", "QueryRefused", str(refusal))
        return ("error", "QuerySyntaxError", _explain_syntax(query, str(error)))
    except QueryRefused as error:
        return ("error", "QueryRefused", str(error))
    except StoreError as error:
        return ("error", "StoreError", str(error))
    except QueryError as error:
        return ("error", "QueryError", str(error))
    except (OSError, RuntimeError, ValueError) as error:
        return ("error", "QueryError", f"the query failed while it ran: {error}")


def _explain_syntax(query: str, message: str) -> str:
    """Say where the parser stopped, without its list of everything that it would have taken."""
    place, _, expected = message.removeprefix("error at ").partition(": expected ")
    if expected and place.replace(":", "").isdigit():
        line, column = map(int, place.split(":"))
        lines = query.splitlines() or [""]
        rest = lines[line - 1][column - 1 :] if line <= len(lines) else ""
        near = repr(rest[:40]) if rest else "the end"
        return f"not a SPARQL query: line {line}, column {column}, at {near}; mend the syntax there"
    return f"not a SPARQL query: {message}; mend the syntax there"


def _run(store: Store, query: str, bindings: tuple[tuple[str, str], ...], max_rows: int) -> Answer:
    from pyoxigraph import QueryBoolean, QuerySolutions

    result, skipped = _evaluate(store, query, bindings) if bindings else (store.query(query, prefixes=PREFIXES), 0)
    if isinstance(result, QueryBoolean):
        return ("ask", bool(result))
    limit = max_rows + 1 if max_rows else None
    if isinstance(result, QuerySolutions):
        columns = tuple([variable.value for variable in result.variables])[skipped:]
        rows = [tuple([None if t is None else str(t) for t in s])[skipped:] for s in islice(result, limit)]
        if "*" in query:
            columns, rows = _in_order(query, columns, rows)
        more = bool(max_rows) and len(rows) > max_rows
        return ("select", columns, rows[:max_rows] if more else rows, more)
    lines = [f"{triple} .\n" for triple in islice(result, limit)]
    more = bool(max_rows) and len(lines) > max_rows
    return ("graph", "".join(lines[:max_rows] if more else lines), more)


def _in_order(query: str, columns: tuple[str, ...], rows: list[Any]) -> tuple[tuple[str, ...], list[Any]]:
    """Order the columns of `SELECT *`, which the engine leaves in any order, as the query names them first."""
    import re

    if re.search(r"\bselect\s+(?:(?:distinct|reduced)\s+)?\*", query, re.IGNORECASE) is None:
        return columns, rows
    named = re.findall(r"[?$](\w+)", query)
    order = sorted(range(len(columns)), key=lambda i: named.index(columns[i]) if columns[i] in named else len(named))
    return tuple([columns[i] for i in order]), [tuple([row[i] for i in order]) for row in rows]


def _evaluate(store: Store, query: str, bindings: tuple[tuple[str, str], ...]) -> tuple[Any, int]:
    """Evaluate with bound variables: as it is, else with them projected, else with them bound by functions."""
    from pyoxigraph import NamedNode, Variable

    from pyfwgraph import binding

    names = tuple([name for name, _ in bindings])
    terms = {name: _term(text) for name, text in bindings}
    binding.check_variables(query, names)
    if not binding.is_out_of_reach(query, names):
        substitutions = {Variable(name): term for name, term in terms.items()}
        for text, skipped in ((query, 0), (binding.project(query, names), len(names))):
            try:
                return store.query(text, prefixes=PREFIXES, substitutions=substitutions), skipped
            except RuntimeError:  # a variable that is not projected
                continue
            except SyntaxError:
                if not skipped:  # the user's own mistake, and not an aggregate that forbids the projection
                    raise
    functions = {NamedNode(binding.PARAMETER + name): lambda term=term: term for name, term in terms.items()}
    return store.query(binding.bind(query, names), prefixes=PREFIXES, custom_functions=functions), 0


def _term(text: str) -> Any:
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    if text.startswith("<"):
        return NamedNode(text[1:-1])
    if text.endswith('"') and "\\" not in text:
        return Literal(text[1:-1])
    (quad,) = parse(f"<x:s> <x:p> {text} .", format=RdfFormat.N_TRIPLES)
    return quad.object


def _from_graphs(store: Store, query: str, network: bool) -> Store | None:
    """Where `FROM` names a graph that the dataset has not, give a store of the graphs that it names, fetched now."""
    clauses = from_clauses(query)
    if not clauses:
        return None
    from pyoxigraph import NamedNode

    iris = [clause[1:-1] if clause.startswith("<") else expand_curie(clause) for clause in clauses]
    unknown = [iri for iri in iris if ":" in iri and not store.contains_named_graph(NamedNode(iri))]
    if not unknown:
        return None
    if not network:
        raise QueryRefused(
            f"FROM <{unknown[0]}>: the dataset has no such graph, and the network is off: "
            "load(network=True) allows to fetch it"
        )
    return _gathered(store, iris, unknown)


def _gathered(store: Store, iris: list[str], unknown: list[str]) -> Store:
    from pyoxigraph import NamedNode, Quad
    from pyoxigraph import Store as MemoryStore

    from pyfwgraph.fetch import fetch_graph

    gathered = MemoryStore()
    for iri in iris:
        name = NamedNode(iri)
        if iri in unknown:
            fetch_graph(gathered, iri)
        else:
            gathered.extend(
                Quad(q.subject, q.predicate, q.object, name) for q in store.quads_for_pattern(None, None, None, name)
            )
    return gathered


def main() -> None:
    """Serve on standard input and output: what a spawned process does."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(0, 1, Target(sys.argv[1], sys.argv[2] == "memory"))
