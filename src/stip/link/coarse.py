# SPDX-License-Identifier: EUPL-1.2
"""Incidents known less finely than a cell: spread over the cells where they may have been, not piled up in one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.space import Grid

_EDGE = 1e-6  # of a cell: rounding of a coordinate is no other cell


def cells_of_incidents(incidents: pd.DataFrame, grid: Grid, within: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Say in which cells each incident may lie, and for which part.

    An incident whose ``precision_m`` is larger than a cell lies somewhere in the square of that size round its place.
    It counts for an equal part in every cell of the study area of which the middle lies in that square. Any other
    lies in the one cell of its place. So does a coarse one with no cell of the study area in its square.

    Parameters
    ----------
    incidents : DataFrame
        ``x_m``, ``y_m`` and ``precision_m`` of the INCIDENT contract.
    grid : Grid
    within : ndarray of int64
        The cells of the study area, ascending.

    Returns
    -------
    DataFrame
        ``row`` (place in ``incidents``), ``cell``, ``share`` (above 0; adds up to 1 for each row). Ordered by row
        and cell.
    """
    x_m, y_m = (incidents[name].to_numpy(np.float64) for name in ("x_m", "y_m"))
    precision = incidents["precision_m"].to_numpy(np.float64)
    rows = [np.arange(len(incidents))]
    cells = [grid.cell_at(x_m, y_m)]
    shares = [np.ones(len(incidents))]
    coarse = precision > grid.cell_m
    if not coarse.any():
        return pd.DataFrame({"row": rows[0], "cell": cells[0], "share": shares[0]})
    for size in np.unique(precision[coarse]):
        mine = np.flatnonzero(precision == size)
        # Many share one place, because coarse places are the middles of squares: each place is worked out once.
        place, which = np.unique(np.column_stack((x_m[mine], y_m[mine])), axis=0, return_inverse=True)
        found = _around(place, float(size), grid)
        found = np.where(np.isin(found, within), found, -1)
        number = (found >= 0).sum(axis=1)
        spread = number[which] > 0
        of_row = found[which[spread]]
        at, column = np.nonzero(of_row >= 0)
        shares[0][mine[spread]] = 0.0
        rows.append(mine[spread][at])
        cells.append(of_row[at, column])
        shares.append(1.0 / number[which[spread]][at])
    row, cell, share = np.concatenate(rows), np.concatenate(cells), np.concatenate(shares)
    order = np.lexsort((cell, row))
    order = order[share[order] > 0]
    return pd.DataFrame({"row": row[order], "cell": cell[order], "share": share[order]})


def _around(place: npt.NDArray[np.float64], size_m: float, grid: Grid) -> npt.NDArray[np.int64]:
    """Return the cells whose middle lies in the square round each place, -1 where a line of cells falls out."""
    steps = np.arange(int(np.ceil(size_m / grid.cell_m)) + 1)
    lines, inside = [], []
    for at, origin in zip(place.T, (grid.origin_x_m, grid.origin_y_m), strict=True):
        low = (at - size_m / 2 - origin) / grid.cell_m - 0.5  # in cells, counted from the middle of the first
        line = np.ceil(low - _EDGE).astype(np.int64)[:, None] + steps
        lines.append(line)
        inside.append(line < (low + size_m / grid.cell_m - _EDGE)[:, None])
    found = grid.cell_from(lines[0][:, :, None], lines[1][:, None, :])
    both = inside[0][:, :, None] & inside[1][:, None, :]
    return np.where(both, found, -1).reshape(len(place), -1)
