# SPDX-License-Identifier: EUPL-1.2
"""Every shape a place can have: the fixed polyominoes, cells that hang together by their sides."""

from __future__ import annotations

from functools import lru_cache

Shape = tuple[tuple[int, int], ...]
"""Offsets (row, column) of the cells from the south-west corner of the shape's bounding box, in order."""


@lru_cache(maxsize=16)
def polyominoes(size: int) -> tuple[Shape, ...]:
    """Return every shape of ``size`` cells; turned and mirrored ones count apart.

    Each shape of ``size`` cells is a shape of one cell less with a neighbour added, so growing all of those in
    every way and keeping one of each finds them all.

    Examples
    --------
    >>> [len(polyominoes(size)) for size in range(1, 7)]
    [1, 2, 6, 19, 63, 216]
    """
    if size == 1:
        return (((0, 0),),)
    grown = set()
    for shape in polyominoes(size - 1):
        taken = set(shape)
        for row, column in shape:
            for near in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
                if near not in taken:
                    grown.add(_settled([*shape, near]))
    return tuple(sorted(grown))


def _settled(cells: list[tuple[int, int]]) -> Shape:
    low_row = min(row for row, _ in cells)
    low_column = min(column for _, column in cells)
    return tuple(sorted((row - low_row, column - low_column) for row, column in cells))


def connected(cells: list[tuple[int, int]]) -> bool:
    """Tell whether cells, as (column, row), hang together by their sides."""
    if not cells:
        return False
    left = set(cells)
    reach = [left.pop()]
    while reach:
        column, row = reach.pop()
        for near in ((column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)):
            if near in left:
                left.remove(near)
                reach.append(near)
    return not left
