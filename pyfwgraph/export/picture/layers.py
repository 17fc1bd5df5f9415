"""Layers for a graph without coordinates: who needs is left of what is needed, and lines cross seldom.

The way of Sugiyama, Tagawa and Toda (1981): turn round the edges that close circles, give each node the layer of its
longest way from a start, put a place in every layer that an edge passes, and sort each layer by its neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import networkx

Edge: TypeAlias = tuple[str, str]
Link: TypeAlias = tuple[str, str, str]
"""An edge to the right, and its style."""

Place: TypeAlias = tuple[str, str, int]
"""A node `(node, "", 0)`, or where all links of a style to a node pass a layer together: `(node, style, layer)`."""

_SWEEPS = 12


def find_circles(graph: networkx.DiGraph[str]) -> set[Edge]:
    """Give the edges that go back, found by depth first from the nodes that most others can be reached from.

    >>> import networkx
    >>> find_circles(networkx.DiGraph([("a", "b"), ("b", "a")]))
    {('b', 'a')}
    """
    done: set[str] = set()
    back: set[Edge] = set()
    for start in sorted(graph, key=lambda node: (graph.in_degree(node) > 0, -graph.out_degree(node), node)):
        if start not in done:
            _descend(graph, start, done, back)
    return back


def _descend(graph: networkx.DiGraph[str], start: str, done: set[str], back: set[Edge]) -> None:
    open_nodes, waiting = {start}, [(start, iter(sorted(graph.successors(start))))]
    while waiting:
        node, successors = waiting[-1]
        for value in successors:
            if value in open_nodes:
                back.add((node, value))
            elif value not in done:
                open_nodes.add(value)
                waiting.append((value, iter(sorted(graph.successors(value)))))
                break
        else:
            waiting.pop()
            open_nodes.remove(node)
            done.add(node)


def assign_layers(graph: networkx.DiGraph[str]) -> dict[str, int]:
    """Give the nodes of a graph without circles layers from 0: one more than the last of those that need it.

    >>> import networkx
    >>> assign_layers(networkx.DiGraph([("a", "b"), ("b", "c"), ("a", "c")]))
    {'a': 0, 'b': 1, 'c': 2}
    """
    import networkx

    layers: dict[str, int] = {}
    for node in networkx.lexicographical_topological_sort(graph):
        layers[node] = max((layers[before] + 1 for before in graph.predecessors(node)), default=0)
    return layers


def order_layers(links: Iterable[Link], layers: dict[str, int]) -> list[list[Place]]:
    """Give the places of each layer from the top down, nodes and passing links."""
    rows: list[dict[Place, None]] = [{} for _ in range(max(layers.values()) + 1)]
    for node in sorted(layers):
        rows[layers[node]][node, "", 0] = None
    for link in sorted(links):
        for layer, place in enumerate(link_places(link, layers)[1:-1], layers[link[0]] + 1):
            rows[layer][place] = None
    return _least_crossed([list(row) for row in rows], place_neighbours(links, layers))


def link_places(link: Link, layers: dict[str, int]) -> list[Place]:
    """Give the places that a link passes, with its ends.

    >>> link_places(("a", "c", "requires"), {"a": 0, "b": 1, "c": 2})
    [('a', '', 0), ('c', 'requires', 1), ('c', '', 0)]
    """
    start, end, style = link
    between = [(end, style, layer) for layer in range(layers[start] + 1, layers[end])]
    return [(start, "", 0), *between, (end, "", 0)]


def place_neighbours(links: Iterable[Link], layers: dict[str, int]) -> dict[Place, list[Place]]:
    """Give the places before and after each place, sorted."""
    found: dict[Place, set[Place]] = defaultdict(set)
    for link in links:
        way = link_places(link, layers)
        for one, other in pairwise(way):
            found[one].add(other)
            found[other].add(one)
    return defaultdict(list, {place: sorted(others) for place, others in found.items()})


def _least_crossed(rows: list[list[Place]], neighbours: dict[Place, list[Place]]) -> list[list[Place]]:
    best, least = rows, _crossings(rows, neighbours)
    for sweep in range(_SWEEPS):
        forth = sweep % 2 == 0
        order = range(1, len(rows)) if forth else range(len(rows) - 2, -1, -1)
        rows = [list(row) for row in rows]
        for layer in order:
            beside = {place: i for i, place in enumerate(rows[layer - 1 if forth else layer + 1])}
            rows[layer] = _sorted_by(rows[layer], beside, neighbours)
        count = _crossings(rows, neighbours)
        if count < least:
            best, least = rows, count
    return best


def _sorted_by(row: list[Place], beside: dict[Place, int], neighbours: dict[Place, list[Place]]) -> list[Place]:
    """Places by the mean of their neighbours; one without neighbours stays where it is."""

    def rank(item: tuple[int, Place]) -> tuple[float, int]:
        found = [beside[other] for other in neighbours[item[1]] if other in beside]
        return (fmean(found) if found else item[0], item[0])

    return [place for _, place in sorted(enumerate(row), key=rank)]


def _crossings(rows: list[list[Place]], neighbours: dict[Place, list[Place]]) -> int:
    """How often lines between neighbouring layers cross."""
    total = 0
    for row, after in pairwise(rows):
        beside = {place: i for i, place in enumerate(after)}
        ends = [sorted(beside[other] for other in neighbours[place] if other in beside) for place in row]
        seen: list[int] = []
        for end in ends:
            total += sum(1 for one in end for other in seen if other > one)
            seen += end
    return total
