# SPDX-License-Identifier: EUPL-1.2
"""The town as seen from its cells: what stands in each, and how far each is from what matters."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from stip.samples.geography import Geography
from stip.space import Grid

GRID = Grid()
"""Squares of 125 m on the RD origin, as a workspace has them unless told otherwise."""

_SAMPLE_M = 25.0

Floats = npt.NDArray[np.float64]


def study_cells(town: Geography) -> npt.NDArray[np.int64]:
    """Return the cells whose middle lies in the town, ascending."""
    x0, y0, x1, y1 = town.ground.town.bounds
    step = GRID.cell_m
    xs, ys = np.meshgrid(np.arange(x0 - step, x1 + step, step), np.arange(y0 - step, y1 + step, step))
    cells = np.unique(GRID.cell_at(xs.ravel(), ys.ravel()))
    x_m, y_m = GRID.centre(cells)
    return cells[shapely.contains_xy(town.ground.town, x_m, y_m)]


def describe_cells(town: Geography, cells: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Return what the intensity is made of, a cell a row.

    Returns
    -------
    DataFrame, index ``cell``
        ``row``, ``flat``, ``detached`` (homes by type), ``corporation`` (share of homes), ``street_m``,
        ``main_m`` (of which wide roads), ``lamps``, ``trees``, ``containers``, ``racks`` (places), ``horeca``,
        ``shops``, ``schools`` (each as a sum that fades with distance), ``station_m``, ``centre_m``, ``green``
        (share of area), ``industry`` (0 or 1), ``dark`` (0 lit … 1 no lamp), ``stops``.
    """
    x_m, y_m = GRID.centre(cells)
    middle = np.column_stack([x_m, y_m])
    homes, found = town.homes, pd.DataFrame(index=pd.Index(cells, name="cell"))
    for kind in ("row", "flat", "detached"):
        found[kind] = _count(homes[homes["type"] == kind], cells)
    total = np.maximum(_count(homes, cells), 1)
    found["corporation"] = _count(homes[homes["owner"] == "corporation"], cells) / total
    wide = town.pieces["kind"].isin(["ring", "main", "collector"]).to_numpy()
    found["street_m"] = _length(town, ~wide, cells) + _length(town, wide, cells)
    found["main_m"] = _length(town, wide, cells)
    for name in ("lamps", "trees", "containers"):
        found[name] = _count(getattr(town, name), cells)
    found["racks"] = _count(town.racks, cells, town.racks["places"].to_numpy(dtype=np.float64))
    for group, name in (("horeca", "horeca"), ("shop", "shops")):
        chosen = town.businesses[town.businesses["group"] == group]
        found[name] = _fading(middle, chosen[["x_m", "y_m"]].to_numpy(), scale_m=140)
    schools = shapely.get_coordinates(shapely.centroid(town.schools.geometry.to_numpy()))
    found["schools"] = _fading(middle, schools, scale_m=170)
    stops = town.stops
    found["stops"] = _count(stops[stops["kind"] == "bushalte"], cells)
    station = stops.loc[stops["kind"] == "treinstation", ["x_m", "y_m"]].to_numpy()[0]
    found["station_m"] = np.hypot(*(middle - station).T)
    market = town.businesses[["x_m", "y_m"]].median().to_numpy()
    found["centre_m"] = np.hypot(*(middle - market).T)
    square = shapely.box(x_m - 62.5, y_m - 62.5, x_m + 62.5, y_m + 62.5)
    green = shapely.union_all([*town.ground.greens.geometry, *town.fields])
    found["green"] = shapely.area(shapely.intersection(square, green)) / GRID.cell_m**2
    estate = town.ground.areas[town.ground.areas["style"] == "industry"]
    industry = shapely.union_all(estate.geometry.to_numpy())
    found["industry"] = shapely.contains_xy(industry, x_m, y_m).astype(np.float64)
    lit = np.minimum(found["lamps"] * 30.0 / np.maximum(found["street_m"], 30.0), 1.0)
    found["dark"] = np.where(found["street_m"] > 25, 1.0 - lit, 0.0)
    return found


def _count(points: pd.DataFrame, cells: npt.NDArray[np.int64], weight: Floats | None = None) -> Floats:
    at = np.searchsorted(cells, GRID.cell_at(points["x_m"].to_numpy(), points["y_m"].to_numpy()))
    at = np.minimum(at, len(cells) - 1)
    inside = cells[at] == GRID.cell_at(points["x_m"].to_numpy(), points["y_m"].to_numpy())
    kept = None if weight is None else weight[inside]
    return np.bincount(at[inside], weights=kept, minlength=len(cells)).astype(np.float64)


def _length(town: Geography, chosen: npt.NDArray[np.bool_], cells: npt.NDArray[np.int64]) -> Floats:
    """Return metres of street in each cell, by counting short steps."""
    return _count(street_points(town, step_m=_SAMPLE_M, chosen=chosen), cells) * _SAMPLE_M


def street_points(town: Geography, *, step_m: float, chosen: npt.NDArray[np.bool_] | None = None) -> pd.DataFrame:
    """Return a point every ``step_m`` along the street pieces: ``x_m``, ``y_m``, ``piece``."""
    lines = town.pieces.geometry.to_numpy()
    pick = np.arange(len(lines)) if chosen is None else np.flatnonzero(chosen)
    length = shapely.length(lines[pick])
    start = np.cumsum(length) - length
    marks = np.arange(step_m / 2, length.sum(), step_m)
    piece = np.searchsorted(start, marks, side="right") - 1
    at = shapely.get_coordinates(shapely.line_interpolate_point(lines[pick[piece]], marks - start[piece]))
    return pd.DataFrame({"x_m": at[:, 0].round(1), "y_m": at[:, 1].round(1), "piece": pick[piece]})


def _fading(middle: Floats, points: Floats, *, scale_m: float) -> Floats:
    """Return the sum over points of exp(−(distance / scale)²), zero past three scales."""
    if len(points) == 0:
        return np.zeros(len(middle))
    near = cKDTree(middle).sparse_distance_matrix(cKDTree(points), 3 * scale_m, output_type="coo_matrix")
    order = np.lexsort((near.col, near.row))  # sums must not depend on how the tree was walked
    weight = np.exp(-((near.data[order] / scale_m) ** 2))
    return np.asarray(np.bincount(near.row[order], weights=weight, minlength=len(middle)), dtype=np.float64)
