# SPDX-License-Identifier: EUPL-1.2
"""The cells of the study area: which there are, in which neighbourhood, and how many dwellings they hold."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from stip.errors import ContractError
from stip.space import Areas, Grid, area_of_points, check_crs

_AT_ONCE = 200_000  # cells looked at in one go, so that a whole country fits in memory


def build_cells(grid: Grid, areas: Areas, dwellings: gpd.GeoDataFrame | None = None) -> pd.DataFrame:
    """Make the cells that cover the areas.

    A cell whose middle lies in an area is in the study (``in_study``) and belongs to that area. A cell that only
    overlaps an area is kept too, but not in the study and without an area: an incident at the edge of town then has
    a cell, and no cell is counted of which more than half may lie outside the town.

    Parameters
    ----------
    grid : Grid
    areas : Areas
    dwellings : GeoDataFrame of points, optional
        One for each dwelling. Without it the number of dwellings is missing: unknown, not zero.

    Returns
    -------
    DataFrame that keeps the CELL contract, ordered by ``cell``
        ``x_m`` and ``y_m`` are the middle of the cell.

    Raises
    ------
    CrsError
        When areas or dwellings are in another reference system than the grid.
    ContractError
        When there is no area, or the dwellings are no points.
    """
    check_crs(areas.frame, grid.crs, "De buurten")
    if areas.frame.empty:
        raise ContractError("Er zijn geen buurten om vakken van te maken. Lees eerst buurten in.")
    candidates = _candidates(grid, areas)
    parts = [_cells(candidates[at : at + _AT_ONCE], grid, areas) for at in range(0, len(candidates), _AT_ONCE)]
    cells = pd.concat(parts, ignore_index=True)
    cells["dwellings"] = count_dwellings(cells["cell"].to_numpy(), grid, dwellings)
    return cells[["grid_id", "cell", "x_m", "y_m", "area_code", "dwellings", "in_study"]]


def cell_squares(cells: npt.NDArray[np.int64], grid: Grid) -> npt.NDArray[np.object_]:
    """Return the square of each cell as a polygon."""
    x_m, y_m = grid.corner(cells)
    squares: npt.NDArray[np.object_] = shapely.box(x_m, y_m, x_m + grid.cell_m, y_m + grid.cell_m)
    return squares


def count_dwellings(
    cells: npt.NDArray[np.int64], grid: Grid, dwellings: gpd.GeoDataFrame | None
) -> pd.arrays.IntegerArray:
    """Count the dwellings in each cell; all missing when there is no layer of them."""
    if dwellings is None:
        return pd.array([pd.NA] * len(cells), dtype="Int32")
    check_crs(dwellings, grid.crs, "De laag met woningen")
    placed = dwellings.geometry[~(dwellings.geometry.isna() | dwellings.geometry.is_empty)]
    if not (placed.geom_type == "Point").all():
        raise ContractError("De laag met woningen bestaat niet uit punten. Lees een punt per woning in.")
    at, counts = np.unique(grid.cell_at(placed.x.to_numpy(), placed.y.to_numpy()), return_counts=True)
    found = pd.Series(counts, index=at).reindex(cells, fill_value=0)
    return pd.array(found.to_numpy(), dtype="Int32")


def _candidates(grid: Grid, areas: Areas) -> npt.NDArray[np.int64]:
    """Return the cells within the bounds of any area, in ascending order."""
    found = []
    for west, south, east, north in areas.frame.geometry.bounds.to_numpy():
        corners = grid.cell_at(np.array([west, east]), np.array([south, north]))
        (left, right), (bottom, top) = grid.column_row(corners)
        column, row = np.meshgrid(np.arange(left, right + 1), np.arange(bottom, top + 1), indexing="ij")
        found.append(grid.cell_from(column.ravel(), row.ravel()))
    return np.unique(np.concatenate(found))


def _cells(candidates: npt.NDArray[np.int64], grid: Grid, areas: Areas) -> pd.DataFrame:
    x_m, y_m = grid.centre(candidates)
    code = area_of_points(x_m, y_m, areas)
    inside = code.notna().to_numpy()
    shapes = areas.frame.geometry.to_numpy()
    edge = np.flatnonzero(~inside)
    squares = cell_squares(candidates[edge], grid)
    square, area = shapely.STRtree(shapes).query(squares, predicate="intersects")
    shared = ~shapely.touches(squares[square], shapes[area])  # a common border is no overlap
    kept = np.zeros(len(candidates), dtype=bool)
    kept[edge[square[shared]]] = True
    kept |= inside
    return pd.DataFrame(
        {
            "grid_id": grid.grid_id,
            "cell": candidates[kept],
            "x_m": x_m[kept],
            "y_m": y_m[kept],
            "area_code": code.to_numpy()[kept],
            "in_study": inside[kept],
        }
    ).astype({"area_code": "string"})
