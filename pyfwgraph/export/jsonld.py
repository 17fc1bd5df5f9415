"""JSON-LD with our own context inline, written in one pass, a node a line.

Two documents: the conclusions, one object for each project (or specification) with what hangs on it inside; and the
whole dataset with its named graphs. A general framing or compaction of as much takes minutes; over a fixed context it
is a walk over sorted claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pyfwgraph.corpus import Claim
from pyfwgraph.export.compaction import Compaction
from pyfwgraph.export.content import CONCLUSIONS, Content, nodes
from pyfwgraph.export.context import REVERSE, read_context, tidy_context
from pyfwgraph.vocabulary import PREFIXES, RDF_TYPE

_SOFTWARE = (f"<{PREFIXES['fwo']}Project>", f"<{PREFIXES['fwo']}Specification>")
_FIRST = ("id", "type", "label", "description", "revision", "feature", "component", "level")


def dataset_lines(content: Content) -> Iterator[str]:
    """Write the whole dataset as one JSON-LD document: the default graph's nodes, then each named graph with its own.

    >>> "".join(dataset_lines(Content((), {"": ()}))).startswith('{"@context": {')
    True
    """
    context = read_context()
    short = Compaction(context)
    objects = (_dumped(short.node(*node)) for node in nodes(content.conclusions))
    named = (_graph(short, name, claims) for name, claims in content.graphs.items() if name != CONCLUSIONS)
    yield from _document(context, (line for group in (objects, named) for line in group))


def conclusion_lines(content: Content) -> Iterator[str]:
    """Write the conclusions as one JSON-LD document: projects first, each with what hangs on it, then all else.

    >>> "".join(conclusion_lines(Content((), {"": ()}))).startswith('{"@context": {')
    True
    """
    yield from _document(tidy_context(), map(_dumped, conclusion_nodes(content.conclusions)))


def conclusion_nodes(claims: tuple[Claim, ...]) -> Iterator[dict[str, Any]]:
    """Give the objects of the document of conclusions."""
    short = Compaction(tidy_context(), native=True)
    projects: dict[str, dict[str, Any]] = {}
    others: dict[str, dict[str, Any]] = {}
    pointing: list[tuple[str, str, dict[str, Any]]] = []
    for subject, own in nodes(claims):
        node = short.node(subject, own)
        is_project = any(claim.predicate == RDF_TYPE and claim.object in _SOFTWARE for claim in own)
        (projects if is_project else others)[subject] = node
        pointing += [(short.reverse[c.predicate], c.object[1:-1], node) for c in own if c.predicate in short.reverse]
    inside = _put_inside(projects, pointing)
    for subject in projects:
        yield arranged(projects[subject])
    for node in others.values():
        if node["id"] not in inside:
            yield arranged(node)


def _put_inside(projects: dict[str, dict[str, Any]], pointing: list[tuple[str, str, dict[str, Any]]]) -> set[str]:
    """Put nodes into the projects that they point to; give the names of those that were."""
    inside = set()
    for name, target, node in pointing:
        if target in projects and node is not projects.get(target):
            projects[target].setdefault(name, []).append(arranged(node))
            inside.add(node["id"])
    return inside


def arranged(node: dict[str, Any]) -> dict[str, Any]:
    """Give a node in the order in which people read: name first, then properties by name, last what hangs on it.

    >>> arranged({"releases": [{"id": "b", "releaseOrder": 2}, {"id": "a", "releaseOrder": 1}], "id": "x"})["releases"]
    [{'id': 'a', 'releaseOrder': 1}, {'id': 'b', 'releaseOrder': 2}]
    """
    first = [name for name in _FIRST if name in node]
    plain = sorted(name for name in node if name not in _FIRST and name not in REVERSE)
    last = {name: sorted(map(arranged, node[name]), key=_place) for name in REVERSE if name in node}
    return {name: node[name] for name in (*first, *plain)} | last


def _place(node: dict[str, Any]) -> tuple[int, str]:
    order = node.get("releaseOrder")
    return (order if isinstance(order, int) else 0, node["id"])


def _graph(short: Compaction, name: str, claims: tuple[Claim, ...]) -> str:
    inner = ",\n".join(_dumped(short.node(*node)) for node in nodes(claims))
    return f'{{"{short.id}": {_dumped(short.compact(name))}, "@graph": [\n{inner}\n]}}'


def _document(context: dict[str, Any], objects: Iterable[str]) -> Iterator[str]:
    yield '{"@context": ' + _dumped(context) + ',\n"@graph": ['
    separator = "\n"
    for line in objects:
        yield separator + line
        separator = ",\n"
    yield "\n]}\n"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
