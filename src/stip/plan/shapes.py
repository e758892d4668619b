# SPDX-License-Identifier: EUPL-1.2
"""Every shape a place can have: cells that hang together by their sides, and none far from another.

A team walks a place. So its length counts: the *steps* between two cells are those of who walks from side to side,
``|rows| + |columns|``. A place of six cells in a row takes five steps from end to end, two rows of three take three.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import isqrt

from stip.errors import PlanError
from stip.settings import PlanSettings

Shape = tuple[tuple[int, int], ...]
"""Offsets (row, column) of the cells from the south-west corner of the shape's bounding box, in order."""


@lru_cache(maxsize=32)
def polyominoes(size: int, steps: int | None = None) -> tuple[Shape, ...]:
    """Return every shape of ``size`` cells, none more than ``steps`` apart; turned and mirrored ones count apart.

    Each shape of ``size`` cells is a shape of one cell less with a neighbour added, so growing all of those in
    every way and keeping one of each finds them all. That holds under a bound on the steps too: taking a cell away
    brings no two others farther apart.

    Examples
    --------
    >>> [len(polyominoes(size)) for size in range(1, 7)]
    [1, 2, 6, 19, 63, 216]
    >>> [len(polyominoes(size, 3)) for size in range(1, 7)]
    [1, 2, 6, 19, 33, 30]
    """
    if size == 1:
        return (((0, 0),),)
    grown = set()
    for shape in polyominoes(size - 1, steps):
        taken = set(shape)
        for row, column in shape:
            for near in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
                if near not in taken:
                    grown.add(_settled([*shape, near]))
    return tuple(sorted(shape for shape in grown if steps is None or steps_in(shape) <= steps))


def steps_in(cells: Iterable[tuple[int, int]]) -> int:
    """Return the most steps between two cells: the larger of two ranges, along either diagonal.

    Examples
    --------
    >>> steps_in([(0, 0), (0, 1), (0, 2)]), steps_in([(0, 0), (1, 0), (1, 1)])
    (2, 2)
    """
    along, across = zip(*((row + column, row - column) for row, column in cells), strict=True)
    return max(max(along) - min(along), max(across) - min(across))


def block_of(cells: tuple[int, int]) -> tuple[int, int]:
    """Return rows and columns of the squarest block of the grid that is a place of about middle size.

    Parameters
    ----------
    cells : tuple of int
        Fewest and most cells in a place.

    Examples
    --------
    >>> block_of((2, 6)), block_of((4, 12))
    ((2, 2), (3, 3))
    """
    middle = sum(cells) / 2
    blocks = [
        (high, wide) for high in range(1, 13) for wide in range(high, 13) if cells[0] <= high * wide <= cells[1]
    ]
    return min(blocks, key=lambda block: (block[1] - block[0], abs(block[0] * block[1] - middle), block))


def most_steps(settings: PlanSettings) -> int:
    """Return the most steps between two cells of a place.

    Those of the settings; else those in the squarest block that holds as many cells as a place may have.

    Raises
    ------
    PlanError
        When the settings leave no block of the grid to draw from.

    Examples
    --------
    >>> [most_steps(PlanSettings(place_cells=cells)) for cells in ((2, 4), (2, 6), (4, 12))]
    [2, 3, 5]
    """
    least = sum(block_of(settings.place_cells)) - 2
    if settings.place_steps == 0:
        most = settings.place_cells[1]
        high = isqrt(most)
        wide = -(-most // high)
        return max(least, high + wide - 2)
    if settings.place_steps < least:
        fewest, most = settings.place_cells
        raise PlanError(
            f"plan.place_steps is {settings.place_steps}, maar een blok van {fewest} tot {most} vakken meet {least} "
            f"stappen. Zet plan.place_steps op ten minste {least}, of op 0."
        )
    return settings.place_steps


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
