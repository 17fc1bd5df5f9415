"""Heights in a layered picture: every place near the middle of its neighbours, none over another, order kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean

from pyfwgraph.export.picture.layers import Place

_ROUNDS = 16


def stack_layers(
    order: Sequence[Sequence[Place]], heights: dict[Place, float], air: float, beside: Mapping[Place, Sequence[Place]]
) -> dict[Place, float]:
    """Give the y of the middle of every place; `beside` are the places linked to each.

    >>> a, b, c = (("a", "", 0), ("b", "", 0), ("c", "", 0))
    >>> ys = stack_layers([[a], [b, c]], dict.fromkeys((a, b, c), 20), 10, {a: [b, c], b: [a], c: [a]})
    >>> [round(ys[place]) for place in (a, b, c)]
    [25, 10, 40]
    """
    ys: dict[Place, float] = {}
    for layer in order:
        y = 0.0
        for place in layer:
            ys[place] = y + heights[place] / 2
            y += heights[place] + air
    for i in range(_ROUNDS):
        for number in range(len(order)) if i % 2 == 0 else range(len(order) - 1, -1, -1):
            layer = order[number]
            wanted = [
                fmean([ys[other] for other in beside[place]]) if beside.get(place) else ys[place] for place in layer
            ]
            ys |= zip(layer, _apart(wanted, [heights[place] for place in layer], air), strict=True)
    return ys


def _apart(wanted: list[float], heights: list[float], air: float) -> list[float]:
    """Places as near as can be to where they want to be, in their order and apart: blocks that touch move as one.

    This is the pool-adjacent-violators way of isotonic regression, on places less what lies above them.
    """
    above = [0.0]
    for one, other in pairwise(heights):
        above.append(above[-1] + (one + other) / 2 + air)
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, above, strict=True):
        mean, count = want - offset, 1
        while blocks and blocks[-1][0] > mean:
            other_mean, other_count = blocks.pop()
            mean, count = (mean * count + other_mean * other_count) / (count + other_count), count + other_count
        blocks.append((mean, count))
    means = [mean for mean, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, above, strict=True)]
