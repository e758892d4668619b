# SPDX-License-Identifier: EUPL-1.2
"""Cells that, with the cells round them, hold more than chance: Getis-Ord Gi*, with control of false discoveries."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from stip.errors import HistoryError, SettingsError
from stip.space import Grid

_AT_ONCE = 4_000_000  # numbers drawn in one go
_ROUNDING = 1e-9  # sums of shares of incidents are equal when they differ less than this


def hot_spots(
    counts: pd.Series[float],
    *,
    reach_cells: int = 1,
    draws: int = 99_999,
    false_share: float = 0.05,
    seed: int = 20260907,
) -> pd.DataFrame:
    """Find the cells whose surroundings hold more incidents than chance would put there.

    The statistic is Gi* of `esda.G_Local`, on the cell itself and the cells within ``reach_cells``. Its chance comes
    from drawing as many cells at random: how often do those hold as many? All cells share the draws, so that there
    can be many. There must be: with 999 draws no chance is below 0.001, and among 10,000 cells such a chance tells
    something apart from luck only when 200 cells have it. (The permutations of esda keep the cell's own number where
    it is: much in one cell then marks the cells beside it but not that cell. Here the cell itself takes part.)

    Parameters
    ----------
    counts : Series of float, indexed by ``cell``
        Incidents in each cell of the study area; cells with none must be in it, as 0.
    reach_cells : int
        How many cells to look each way; 1 is a square of three by three cells.
    draws : int
        How often to draw, once for each number of neighbours.
    false_share : float
        Share of what is found that may be chance (Benjamini and Hochberg).
    seed : int

    Returns
    -------
    DataFrame, aligned with ``counts``
        ``count``, ``around`` (with the cell itself), ``neighbours`` (cells in that sum), ``gi_star`` (z), ``p_value``
        (one-sided), ``q_value``, ``more_than_chance``.

    Raises
    ------
    HistoryError
        When all cells hold equally many: then nothing stands out.

    References
    ----------
    Ord & Getis (1995), Geographical Analysis 27. Caldas de Castro & Singer (2006), Geographical Analysis 38.
    """
    if not 1 <= reach_cells <= 10 or draws < 99 or not 0 < false_share < 1:
        raise SettingsError("Kies reach_cells van 1 tot 10, draws 99 of meer en false_share tussen 0 en 1.")
    if counts.index.has_duplicates:
        raise SettingsError("Een vak staat twee keer in de aantallen. Tel ze eerst per vak op.")
    values: npt.NDArray[np.float64] = counts.to_numpy().astype(np.float64)
    if len(values) < 2 or np.ptp(values) == 0:
        raise HistoryError("In alle vakken zijn er evenveel, dus geen plek springt eruit. Kies een langere periode.")
    focal, neighbour = _neighbours(counts.index.to_numpy(np.int64), reach_cells)
    size = np.bincount(focal, minlength=len(values)).astype(np.int64)
    around = np.bincount(focal, values[neighbour], minlength=len(values)).astype(np.float64)
    p_value = _chances(values, around, size, draws, np.random.default_rng(seed))
    q_value = stats.false_discovery_control(p_value)
    return pd.DataFrame(
        {
            "count": values,
            "around": around,
            "neighbours": size,
            "gi_star": _gi_star(values, focal, neighbour),
            "p_value": p_value,
            "q_value": q_value,
            "more_than_chance": q_value < false_share,
        },
        index=counts.index,
    )


def _neighbours(cells: npt.NDArray[np.int64], reach: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return which cell (by place) lies round which, itself included, ordered by the first."""
    column, row = Grid.column_row(cells)
    index = pd.Index(cells)
    focal, neighbour = [], []
    for east in range(-reach, reach + 1):
        for north in range(-reach, reach + 1):
            there = index.get_indexer(pd.Index(Grid.cell_from(column + east, row + north)))
            found = np.flatnonzero(there >= 0)
            focal.append(found)
            neighbour.append(there[found].astype(np.int64))
    one, other = np.concatenate(focal), np.concatenate(neighbour)
    order = np.lexsort((other, one))
    return one[order], other[order]


def _gi_star(
    values: npt.NDArray[np.float64], focal: npt.NDArray[np.int64], neighbour: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    from esda.getisord import G_Local  # takes seconds to import
    from libpysal.graph import Graph

    weights = Graph.from_arrays(focal, neighbour, np.ones(len(focal)))
    # Without permutations esda compiles nothing: a first call costs no more than the next.
    found: Any = G_Local(values, weights, transform="B", permutations=0, star=True)
    scores: npt.NDArray[np.float64] = np.asarray(found.Zs, dtype=float)
    return scores


def _chances(
    values: npt.NDArray[np.float64],
    around: npt.NDArray[np.float64],
    size: npt.NDArray[np.int64],
    draws: int,
    rng: np.random.Generator,
) -> npt.NDArray[np.float64]:
    """Return how often as many cells drawn at random, none of them twice, hold as much as each cell has around it."""
    sizes = np.unique(size)
    times = max(1, _AT_ONCE // int(sizes[-1]))
    held = np.concatenate(
        [
            np.cumsum(values[_draw(len(values), int(sizes[-1]), min(times, draws - at), rng)], axis=1)[:, sizes - 1]
            for at in range(0, draws, times)
        ]
    )
    held.sort(axis=0)
    p_value = np.empty(len(values))
    for column, number in enumerate(sizes):
        mine = size == number
        as_much = draws - np.searchsorted(held[:, column], around[mine] - _ROUNDING, side="left")
        p_value[mine] = (as_much + 1) / (draws + 1)
    return p_value


def _draw(cells: int, number: int, times: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Draw ``number`` different cells, ``times`` times; a draw with a cell twice is drawn again."""
    if number * number > cells:  # then doubles are common, and a shuffle is cheaper
        return np.array([rng.permutation(cells)[:number] for _ in range(times)])
    drawn = rng.integers(0, cells, (times, number))
    again = np.arange(times)
    while len(again):
        ordered = np.sort(drawn[again], axis=1)
        again = again[(ordered[:, 1:] == ordered[:, :-1]).any(axis=1)]
        drawn[again] = rng.integers(0, cells, (len(again), number))
    return drawn
