# SPDX-License-Identifier: EUPL-1.2
"""The dwellings rule: a cell with a few dwellings is merged with its neighbours, or hidden.

A dot in a cell with three dwellings points at a home. Outside the analyst's desk such a cell is shown together with
others that make it large enough, or not at all. A cell without dwellings (a station, a car park) may be shown.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import SettingsError
from stip.space import Grid

SHOWN, MERGED, HIDDEN, UNKNOWN = "shown", "merged", "hidden", "unknown"

_BESIDE = ((-1, 0), (1, 0), (0, -1), (0, 1))
_BLOCKS = (2, 4)  # sides, in cells, of the squares within which left-over cells are put together


def visible_cells(cells: pd.DataFrame, *, minimum: int) -> pd.DataFrame:
    """Say how each cell may be shown outside the analyst's desk.

    A cell with 1 … ``minimum`` - 1 dwellings is merged, in this order: with the cell beside it that has enough of
    them (in its own area rather than in another, the fullest first); with other such cells in the same square of 2 by
    2 or else 4 by 4 cells, when together they have enough; otherwise it is hidden. What is merged is to be shown as
    one: the cell it is merged with then stands for the whole.

    Parameters
    ----------
    cells : DataFrame that keeps the CELL contract
    minimum : int
        Fewest dwellings that may be shown together.

    Returns
    -------
    DataFrame, aligned with ``cells``
        ``cell``; ``state``: ``shown``, ``merged``, ``hidden`` or ``unknown`` (the number of dwellings is not known);
        ``shown_as`` (Int64): the cell that stands for it, itself when shown or unknown, missing when hidden.
    """
    if minimum < 1:
        raise SettingsError(f"Het kleinste aantal woningen kan niet {minimum} zijn. Kies 1 of meer; gewoon is 10.")
    cell = cells["cell"].to_numpy(np.int64)
    dwellings = cells["dwellings"].astype("Int64")
    number: npt.NDArray[np.int64] = dwellings.fillna(0).to_numpy().astype(np.int64)
    known = dwellings.notna().to_numpy(bool)
    few = known & (number > 0) & (number < minimum)
    state = np.where(known, SHOWN, UNKNOWN).astype(object)
    shown_as = cell.copy()

    target = _fullest_beside(cells, number, enough=known & (number >= minimum))
    beside = few & (target >= 0)
    shown_as[beside] = cell[target[beside]]
    left = few & ~beside
    for side in _BLOCKS:
        left = _together(cell, number, shown_as, left, side=side, minimum=minimum)
    state[few] = MERGED
    state[left] = HIDDEN
    return pd.DataFrame(
        {"cell": cell, "state": state, "shown_as": pd.Series(shown_as, dtype="Int64").mask(left).array},
        index=cells.index,
    )


def _fullest_beside(
    cells: pd.DataFrame, number: npt.NDArray[np.int64], *, enough: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    """Return the place of the cell beside each that has enough dwellings, -1 when there is none."""
    cell = cells["cell"].to_numpy(np.int64)
    area = pd.factorize(cells["area_code"])[0]
    place: pd.Series[Any] = pd.Series(np.arange(len(cell)), index=cell)
    column, row = Grid.column_row(cell)
    best, best_rank = np.full(len(cell), -1), np.full(len(cell), -1.0)
    for east, north in _BESIDE:
        there = place.reindex(Grid.cell_from(column + east, row + north), fill_value=-1).to_numpy(np.int64)
        fits = (there >= 0) & enough[there]
        same_area = (area[there] == area) & (area >= 0)
        rank = np.where(fits, number[there] + same_area * (number.max(initial=0) + 1.0), -1.0)
        better = rank > best_rank
        best[better], best_rank[better] = there[better], rank[better]
    return best


def _together(
    cell: npt.NDArray[np.int64],
    number: npt.NDArray[np.int64],
    shown_as: npt.NDArray[np.int64],
    left: npt.NDArray[np.bool_],
    *,
    side: int,
    minimum: int,
) -> npt.NDArray[np.bool_]:
    """Put left-over cells of one square together in ``shown_as``; return which are still left over."""
    places = np.flatnonzero(left)
    if len(places) == 0:
        return left
    column, row = Grid.column_row(cell[places])
    _, square = np.unique(Grid.cell_from(column // side, row // side), return_inverse=True)
    enough = np.bincount(square, number[places])[square] >= minimum
    lowest = np.full(square.max() + 1, np.iinfo(np.int64).max)
    np.minimum.at(lowest, square, cell[places])
    shown_as[places[enough]] = lowest[square[enough]]
    still = left.copy()
    still[places[enough]] = False
    return still
