# SPDX-License-Identifier: EUPL-1.2
"""What surrounds a cell: counts, density, distance, share of area and area-weighted means, one Series each.

Every function takes the cells, a layer and the grid, changes neither, and answers on the index of the cells.
"Around" is the square of the cell itself when ``radius_m`` is 0, and a circle round its middle otherwise.
What a layer cannot tell is missing (NaN), never 0: an empty layer says nothing about any cell.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from stip.errors import ContractError, SettingsError
from stip.link.cells import cell_squares
from stip.space import Grid, check_crs

Shapes = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]

_POINT, _POLYGONS = 0, (3, 6)  # type numbers of shapely
_QUARTER_SEGMENTS = 8  # a circle of 32 sides holds 99.4 % of its area


def count_within(
    cells: pd.DataFrame, layer: gpd.GeoDataFrame, *, grid: Grid, radius_m: float = 0
) -> pd.Series[float]:
    """Count the features of a layer in or around each cell; lines and surfaces count where they touch.

    Parameters
    ----------
    cells : DataFrame
        Columns ``cell``, ``x_m``, ``y_m`` of the CELL contract.
    layer : GeoDataFrame
        In the reference system of the grid; features without geometry are left out.
    grid : Grid
    radius_m : float
        How far round the middle to look, its border included; 0 is the square of the cell.

    Returns
    -------
    Series of float, on the index of ``cells``
    """
    shapes = _shapes(layer, grid, radius_m)
    if len(shapes) == 0:
        return _missing(cells)
    if not (shapely.get_type_id(shapes) == _POINT).all():
        hit, _ = shapely.STRtree(shapes).query(_around(cells, grid, radius_m), predicate="intersects")
        return _aligned(cells, np.bincount(hit, minlength=len(cells)))
    x_m, y_m = shapely.get_x(shapes), shapely.get_y(shapes)
    if radius_m:
        middles = cells[["x_m", "y_m"]].to_numpy(float)
        tree = cKDTree(np.column_stack([x_m, y_m]))
        return _aligned(cells, tree.query_ball_point(middles, radius_m, return_length=True))
    at, counts = np.unique(grid.cell_at(x_m, y_m), return_counts=True)
    return _aligned(cells, pd.Series(counts, index=at).reindex(cells["cell"], fill_value=0).to_numpy())


def density_per_km2(
    cells: pd.DataFrame, layer: gpd.GeoDataFrame, *, grid: Grid, radius_m: float = 0
) -> pd.Series[float]:
    """Return `count_within` divided by the area looked at, in square kilometres."""
    area_m2 = np.pi * radius_m**2 if radius_m else float(grid.cell_m**2)
    return count_within(cells, layer, grid=grid, radius_m=radius_m) / (area_m2 / 1e6)


def distance_to_nearest_m(cells: pd.DataFrame, layer: gpd.GeoDataFrame, *, grid: Grid) -> pd.Series[float]:
    """Return the distance from the middle of each cell to the nearest feature, in metres; 0 inside a surface."""
    shapes = _shapes(layer, grid, 0)
    if len(shapes) == 0:
        return _missing(cells)
    if (shapely.get_type_id(shapes) == _POINT).all():
        tree = cKDTree(shapely.get_coordinates(shapes))
        return _aligned(cells, tree.query(cells[["x_m", "y_m"]].to_numpy(float))[0])
    middles = shapely.points(cells["x_m"].to_numpy(float), cells["y_m"].to_numpy(float))
    (place, _), distance = shapely.STRtree(shapes).query_nearest(middles, return_distance=True, all_matches=False)
    found = np.full(len(cells), np.nan)
    found[place] = distance
    return _aligned(cells, found)


def area_share(cells: pd.DataFrame, layer: gpd.GeoDataFrame, *, grid: Grid, radius_m: float = 0) -> pd.Series[float]:
    """Return the share (0 … 1) of the area around each cell that the surfaces of a layer cover.

    Surfaces that overlap each other count once.
    """
    shapes = _once(_surfaces(layer, grid, radius_m))
    if len(shapes) == 0:
        return _missing(cells)
    around = _around(cells, grid, radius_m)
    place, feature, whole = _overlaps(around, shapes)
    covered = np.zeros(len(cells))
    covered[place[whole]] = 1
    cut = ~whole & (covered[place] == 0)
    place, feature = place[cut], feature[cut]
    pieces = shapely.intersection(around[place], shapes[feature])
    covered += np.bincount(place, shapely.area(pieces), minlength=len(cells)) / shapely.area(around)
    return _aligned(cells, np.minimum(covered, 1))


def weighted_mean(
    cells: pd.DataFrame, layer: gpd.GeoDataFrame, *, grid: Grid, radius_m: float = 0, known_share: float = 0.5
) -> pd.Series[float]:
    """Return the mean of a layer's ``value`` around each cell, each surface weighing by the area it shares.

    For a layer of points every point weighs the same, and ``known_share`` is a share of the points.

    Parameters
    ----------
    known_share : float
        The mean is missing when less than this share of what the layer covers there has a value.

    Returns
    -------
    Series of float, on the index of ``cells``; missing as well where the layer has nothing
    """
    if not 0 <= known_share <= 1:
        raise SettingsError(f"known_share is {known_share}, maar hoort tussen 0 en 1 te liggen.")
    check_crs(layer, grid.crs, "De laag")
    there = ~(layer.geometry.isna() | layer.geometry.is_empty)
    shapes = _shapes(layer, grid, radius_m)
    value = layer.loc[there, "value"].to_numpy(float)
    if len(shapes) == 0:
        return _missing(cells)
    around = _around(cells, grid, radius_m)
    if (shapely.get_type_id(shapes) == _POINT).all():
        place, feature = _points_around(cells, shapes, grid, radius_m)
        weight = np.ones(len(place))
    else:
        _surfaces(layer, grid, radius_m)
        place, feature, whole = _overlaps(around, shapes)
        weight = np.empty(len(place))
        weight[whole] = shapely.area(around[place[whole]])
        weight[~whole] = shapely.area(shapely.intersection(around[place[~whole]], shapes[feature[~whole]]))
    known = ~np.isnan(value[feature])
    all_weight = np.bincount(place, weight, minlength=len(cells))
    known_weight = np.bincount(place[known], weight[known], minlength=len(cells))
    total = np.bincount(place[known], weight[known] * value[feature[known]], minlength=len(cells))
    enough = (known_weight > 0) & (known_weight >= known_share * all_weight)
    return _aligned(cells, np.divide(total, known_weight, out=np.full(len(cells), np.nan), where=enough))


def _shapes(layer: gpd.GeoDataFrame, grid: Grid, radius_m: float) -> Shapes:
    """Return the geometries of a layer that are somewhere; surfaces that cross themselves are put right."""
    if not radius_m >= 0:
        raise SettingsError(f"Een straal van {radius_m} meter kan niet. Kies 0 of meer.")
    check_crs(layer, grid.crs, "De laag")
    shapes = layer.geometry[~(layer.geometry.isna() | layer.geometry.is_empty)].to_numpy().copy()
    crossed = ~shapely.is_valid(shapes)
    shapes[crossed] = shapely.make_valid(shapes[crossed])
    return np.asarray(shapes, dtype=object)


def _surfaces(layer: gpd.GeoDataFrame, grid: Grid, radius_m: float) -> Shapes:
    shapes = _shapes(layer, grid, radius_m)
    if not np.isin(shapely.get_type_id(shapes), _POLYGONS).all():
        raise ContractError("Deze laag bestaat niet uit vlakken, dus zij bedekt niets. Vraag ‘count’ of ‘distance’.")
    return shapes


def _around(cells: pd.DataFrame, grid: Grid, radius_m: float) -> Shapes:
    if not radius_m:
        return cell_squares(cells["cell"].to_numpy(np.int64), grid)
    middles = shapely.points(cells["x_m"].to_numpy(float), cells["y_m"].to_numpy(float))
    circles: Shapes = shapely.buffer(middles, radius_m, quad_segs=_QUARTER_SEGMENTS)
    return circles


def _overlaps(
    around: Shapes, shapes: Shapes
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return which place meets which shape, and whether it lies in it whole, so that nothing need be cut."""
    tree = shapely.STRtree(around)  # queried by the shapes, because what queries is prepared, and shapes are large
    feature, place = tree.query(shapes, predicate="intersects")
    inside_feature, inside_place = tree.query(shapes, predicate="covers")
    key = feature * len(around) + place
    whole = np.isin(key, inside_feature * len(around) + inside_place)
    return place, feature, whole


def _once(shapes: Shapes) -> Shapes:
    """Cut from each surface what an earlier one covers, so that their areas may be added up."""
    earlier, later = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pair = earlier < later
    earlier, later = earlier[pair], later[pair]
    overlap = ~shapely.touches(shapes[earlier], shapes[later])
    order = np.flatnonzero(overlap)[np.argsort(later[overlap], kind="stable")]
    cut, number = np.unique(later[order], return_inverse=True)
    joined = shapely.union_all(shapely.geometrycollections(shapes[earlier[order]], indices=number)[:, None], axis=1)
    once = shapes.copy()
    once[cut] = shapely.difference(shapes[cut], joined)
    return once


def _points_around(
    cells: pd.DataFrame, points: Shapes, grid: Grid, radius_m: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return which cell (by its place) has which point around it."""
    x_m, y_m = shapely.get_x(points), shapely.get_y(points)
    if not radius_m:
        place = pd.Index(cells["cell"]).get_indexer(pd.Index(grid.cell_at(x_m, y_m)))
        return place[place >= 0], np.flatnonzero(place >= 0)
    middles = cKDTree(cells[["x_m", "y_m"]].to_numpy(float))
    pairs = middles.sparse_distance_matrix(cKDTree(np.column_stack([x_m, y_m])), radius_m, output_type="ndarray")
    return pairs["i"], pairs["j"]


def _aligned(cells: pd.DataFrame, values: npt.ArrayLike) -> pd.Series[float]:
    return pd.Series(np.asarray(values, dtype=np.float64), index=cells.index)


def _missing(cells: pd.DataFrame) -> pd.Series[float]:
    return pd.Series(np.nan, index=cells.index, dtype=np.float64)
