# SPDX-License-Identifier: EUPL-1.2
"""The order of a walk along places: short, and the same each time."""

from __future__ import annotations

from collections.abc import Sequence
from math import dist

Point = tuple[float, float]


def walk(points: Sequence[Point]) -> list[int]:
    """Give the order in which to walk, from the first point: to the nearest each time, then without crossings.

    Parameters
    ----------
    points : sequence of (x, y)
        In metres.

    Returns
    -------
    list of int
        Each point once.

    Examples
    --------
    >>> walk([(0, 0), (300, 0), (100, 0), (200, 0)])
    [0, 2, 3, 1]
    """
    if not points:
        return []
    order, left = [0], set(range(1, len(points)))
    while left:
        here = points[order[-1]]
        order.append(min(left, key=lambda at: (dist(here, points[at]), at)))
        left.remove(order[-1])
    while _uncross(order, points):
        pass
    return order


def _uncross(order: list[int], points: Sequence[Point]) -> bool:
    """Turn round the first stretch that is shorter the other way; say whether there was one (2-opt)."""
    for start in range(1, len(order) - 1):
        for end in range(start + 1, len(order)):
            before = order[start - 1]
            after = order[end + 1] if end + 1 < len(order) else None
            now = _length(points, before, order[start]) + _length(points, order[end], after)
            turned = _length(points, before, order[end]) + _length(points, order[start], after)
            if turned < now - 1e-6:
                order[start : end + 1] = reversed(order[start : end + 1])
                return True
    return False


def _length(points: Sequence[Point], one: int, other: int | None) -> float:
    return 0.0 if other is None else dist(points[one], points[other])
