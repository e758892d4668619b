# SPDX-License-Identifier: EUPL-1.2
"""Where a list of expectations would have gone, had it been asked for places like those of people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from stip.space import Grid

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_STEPS = ((1, 0), (-1, 0), (0, 1), (0, -1))


def places_like(
    worth: Doubles, sizes: Sequence[int], beside: Ints, *, seed: int | Sequence[int]
) -> npt.NDArray[np.bool_]:
    """Return the cells of as many places, of the same sizes, where most is expected.

    People point at places: cells that lie together. The best loose cells of a list hold more than its best places, so
    a list beside people makes places too: each begins at the best cell that is free, and takes the best free
    neighbour until it is large enough. The largest come first. Where no neighbour is free, the best free cell of the
    town takes its place, so that the number of cells is always the same.

    Parameters
    ----------
    worth : ndarray, shape (n,)
        What is expected in each cell. Equal ones are put in an order by chance.
    sizes : sequence of int
        Cells in each place.
    beside : ndarray, shape (n, 4)
        From `neighbours`.
    seed : int or sequence of int
        Of that chance.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    chance = np.random.default_rng(seed).permutation(len(worth))
    many = min(sum(sizes), len(worth))
    # The best free cell is always among the best so many, however many were taken.
    best = np.flatnonzero(worth >= np.partition(worth, len(worth) - many)[len(worth) - many])
    order = best[np.lexsort((chance[best], -worth[best]))].tolist()
    before: dict[int, tuple[float, int]] = {}
    taken = np.zeros(len(worth), dtype=np.bool_)
    begin = 0
    for size in sorted(sizes, reverse=True):
        edge: set[int] = set()
        for _ in range(min(size, many)):
            while taken[order[begin]]:
                begin += 1
            found = min(edge, key=before.__getitem__) if edge else order[begin]
            taken[found] = True
            many -= 1
            edge.discard(found)
            for near in beside[found].tolist():
                if near >= 0 and not taken[near]:
                    edge.add(near)
                    before[near] = (-float(worth[near]), int(chance[near]))
    return taken


def neighbours(cells: Ints) -> Ints:
    """Return the four cells beside each, as places in the list; −1 where there is none.

    Parameters
    ----------
    cells : ndarray, shape (n,)
        Ascending.

    Returns
    -------
    ndarray, shape (n, 4)
    """
    column, row = Grid.column_row(cells)
    found = np.full((len(cells), len(_STEPS)), -1, dtype=np.int64)
    for number, (east, north) in enumerate(_STEPS):
        asked = Grid.cell_from(column + east, row + north)
        spot = np.minimum(np.searchsorted(cells, asked), len(cells) - 1)
        found[:, number] = np.where(cells[spot] == asked, spot, -1)
    return found
