"""The process that answers queries: opens the dataset, reads a question, writes an answer, until its input ends.

A running query cannot be stopped from within (it hears neither signals nor Ctrl-C), so it runs where it can be ended
from outside. Only this process imports the engine.
"""

from __future__ import annotations

import marshal
import os
import sys
from _thread import start_new_thread
from itertools import islice

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    RdfFormat,
    Store,
    Variable,
    parse,
)

from pyfwgraph.errors import PyfwgraphError, QueryError, QueryRefused, StoreError
from pyfwgraph.frame import MEMORY, read_frame, write_frame
from pyfwgraph.guard import escape_dots, explain_update, from_clauses
from pyfwgraph.store import Target, open_target
from pyfwgraph.vocabulary import PREFIXES, expand_curie

TYPE_CHECKING = False  # the module typing would cost a new process several milliseconds
if TYPE_CHECKING:
    from typing import Any

    Request = tuple[str, tuple[tuple[str, str], ...], int, bool]
    Answer = tuple[Any, ...]


_WITHOUT_REFERENCES = 2
"""The version of the marshal format that does not look for values that occur twice: faster, and cells seldom do."""


def serve(requests: int, answers: int, lifeline: int, target: Target) -> None:
    """Answer questions from one descriptor on another until the first one ends.

    The end of the lifeline, whose other side only the owner holds, ends this process even while a query runs.
    """
    _watch(lifeline)
    try:
        store = open_target(target)
    except (PyfwgraphError, OSError) as error:
        write_frame(answers, marshal.dumps(("error", "StoreError", str(error))))
        return
    _limit_memory()
    write_frame(answers, marshal.dumps(("open",)))
    while (frame := read_frame(requests)) is not None:
        write_frame(answers, marshal.dumps(_answer(store, marshal.loads(frame)), _WITHOUT_REFERENCES))


def _watch(lifeline: int) -> None:
    def wait() -> None:
        os.read(lifeline, 1)
        os._exit(0)

    start_new_thread(wait, ())


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
        escaped, clauses, prefixes = _prepared(query)
        graphs = _from_graphs(store, clauses, network) if clauses else None
        return _run(graphs or store, escaped, prefixes, bindings, max_rows)
    except SyntaxError as error:
        try:
            explain_update(query)
        except QueryRefused as refusal:
            return ("error", "QueryRefused", str(refusal))
        return ("error", "QuerySyntaxError", explain_syntax(query, str(error)))
    except QueryRefused as error:
        return ("error", "QueryRefused", str(error))
    except StoreError as error:
        return ("error", "StoreError", str(error))
    except QueryError as error:
        return ("error", "QueryError", str(error))
    except (OSError, RuntimeError, ValueError) as error:
        return ("error", "QueryError", f"the query failed while it ran: {error}")


_texts: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {}


def _prepared(query: str) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """The query as the engine can read it, its FROM clauses and its prefixes; kept, because questions are asked again.

    The engine reads each prefix that it is given anew, so it is given those that may be in the query.
    """
    known = _texts.get(query)
    if known is None:
        if len(_texts) > 256:
            _texts.clear()
        prefixes = {prefix: iri for prefix, iri in PREFIXES.items() if f"{prefix}:" in query}
        known = _texts[query] = escape_dots(query), from_clauses(query), prefixes
    return known


def explain_syntax(query: str, message: str) -> str:
    """Say where the parser stopped, without its list of everything that it would have taken."""
    place, _, expected = message.removeprefix("error at ").partition(": expected ")
    if expected and place.replace(":", "").isdigit():
        line, column = map(int, place.split(":"))
        lines = query.splitlines() or [""]
        rest = lines[line - 1][column - 1 :] if line <= len(lines) else ""
        near = repr(rest[:40]) if rest else "the end"
        return f"not a SPARQL query: line {line}, column {column}, at {near}; mend the syntax there"
    return f"not a SPARQL query: {message}; mend the syntax there"


def _run(
    store: Store, query: str, prefixes: dict[str, str], bindings: tuple[tuple[str, str], ...], max_rows: int
) -> Answer:
    if bindings:
        result, skipped = _evaluate(store, query, prefixes, bindings)
    else:
        result, skipped = store.query(query, prefixes=prefixes), 0
    if isinstance(result, QueryBoolean):
        return ("ask", bool(result))
    limit = max_rows + 1 if max_rows else None
    if isinstance(result, QuerySolutions):
        columns = tuple([variable.value for variable in result.variables])[skipped:]
        rows = [tuple([None if t is None else str(t) for t in solution]) for solution in islice(result, limit)]
        if skipped:
            rows = [row[skipped:] for row in rows]
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


def _evaluate(
    store: Store, query: str, prefixes: dict[str, str], bindings: tuple[tuple[str, str], ...]
) -> tuple[Any, int]:
    """Evaluate with bound variables: as it is, else with them projected, else with them bound by functions."""
    from pyfwgraph import binding  # with regular expressions, which a first answer may do without

    names = tuple([name for name, _ in bindings])
    terms = {name: _term(text) for name, text in bindings}
    if binding.is_within_reach(query, names):
        substitutions = {Variable(name): term for name, term in terms.items()}
        try:
            return store.query(query, prefixes=prefixes, substitutions=substitutions), 0
        except RuntimeError:  # a variable that is not projected
            pass
        try:
            projected = binding.project(query, names)
            return store.query(projected, prefixes=prefixes, substitutions=substitutions), len(names)
        except (RuntimeError, SyntaxError):  # no SELECT, or an aggregate that forbids the projection
            pass
    functions = {NamedNode(binding.PARAMETER + name): lambda term=term: term for name, term in terms.items()}
    return store.query(binding.bind(query, names), prefixes=prefixes, custom_functions=functions), 0


def _term(text: str) -> Any:
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    if text.endswith('"') and "\\" not in text:
        return Literal(text[1:-1])
    (quad,) = parse(f"<x:s> <x:p> {text} .", format=RdfFormat.N_TRIPLES)
    return quad.object


def _from_graphs(store: Store, clauses: tuple[str, ...], network: bool) -> Store | None:
    """Where `FROM` names a graph that the dataset has not, give a store of the graphs that it names, fetched now."""
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
    from pyfwgraph.fetch import fetch_graph

    gathered = Store()
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
    serve(0, 1, int(sys.argv[3]), Target(sys.argv[1], sys.argv[2] == "memory"))
