# SPDX-License-Identifier: EUPL-1.2
"""What stands in the street: lampposts (some streets have none), trees, containers and bicycle racks."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from stip.samples.chance import chance
from stip.samples.ground import Ground, area_at
from stip.samples.styles import STYLES

_ROAD_LAMP_M = {"ring": 46.0, "main": 27.0, "collector": 29.0}
_TREE_M = 12.5
_TREES_HA = {"park": 55.0, "sport": 14.0, "cemetery": 70.0, "woods": 95.0}
_SPECIES = ("eik", "linde", "iep", "esdoorn", "berk", "plataan", "wilg", "kastanje", "beuk", "populier")
_LAMP = ("led", "natrium", "tl")

Floats = npt.NDArray[np.float64]


def styles_of(pieces: gpd.GeoDataFrame, ground: Ground) -> npt.NDArray[np.object_]:
    """Return the name of the style of the neighbourhood each street piece lies in."""
    middle = shapely.line_interpolate_point(pieces.geometry.to_numpy(), 0.5, normalized=True)
    return ground.areas["style"].to_numpy()[area_at(ground, middle)]


def dark_streets(pieces: gpd.GeoDataFrame, ground: Ground, *, seed: int) -> npt.NDArray[np.bool_]:
    """Return which pieces have no lamps: whole streets, as cables lie along a street."""
    rng = chance(seed, "dark streets")
    style = styles_of(pieces, ground)
    names, street = np.unique(pieces["name"].to_numpy(dtype=str), return_inverse=True)
    luck = rng.random(len(names))[street]
    odds = np.array([STYLES[name].dark for name in style])
    wide = pieces["kind"].isin(["main", "collector"]).to_numpy()
    return luck < np.where(wide & (style != "rural"), 0.0, odds)


def place_lamps(pieces: gpd.GeoDataFrame, ground: Ground, *, seed: int) -> pd.DataFrame:
    """Return the lampposts: ``x_m``, ``y_m``, ``kind`` (of lamp) and ``height_m``, on either side in turn."""
    rng = chance(seed, "lamps")
    lit = pieces[~dark_streets(pieces, ground, seed=seed)]
    apart = np.array([STYLES[name].lamp_m for name in styles_of(lit, ground)])
    apart = np.minimum(apart, lit["kind"].map(_ROAD_LAMP_M).fillna(99).to_numpy())
    at, away, piece, order = _along(lit, apart, edge_m=4.0)
    side = np.where(order % 2 == 0, 1.0, -1.0)
    wide = lit["kind"].isin(["main", "collector", "ring"]).to_numpy()[piece]
    spot = at + away * (side * np.where(wide, 6.5, 4.2))[:, None] + rng.uniform(-1.5, 1.5, at.shape)
    keep = rng.random(len(spot)) > 0.03
    kind = rng.choice(np.array(_LAMP, dtype=object), len(spot), p=[0.62, 0.3, 0.08])
    lamps = pd.DataFrame({"x_m": spot[:, 0], "y_m": spot[:, 1], "kind": kind, "height_m": np.where(wide, 8.0, 4.0)})
    return _on_land(lamps[keep], ground)


def plant_trees(pieces: gpd.GeoDataFrame, ground: Ground, *, seed: int) -> pd.DataFrame:
    """Return the trees: ``x_m``, ``y_m``, ``kind`` (species) and ``height_m``; in lanes, parks and woods."""
    rng = chance(seed, "trees")
    odds = np.array([STYLES[name].trees for name in styles_of(pieces, ground)])
    odds = np.where(pieces["kind"].isin(["main", "collector"]), 0.75, odds)
    lanes = pieces[rng.random(len(pieces)) < odds]
    at, away, _, order = _along(lanes, np.full(len(lanes), _TREE_M), edge_m=8.0)
    side = np.where(order % 2 == 0, 1.0, -1.0)
    spots = [at + away * (side * 6.0)[:, None]]
    for green in ground.greens.itertuples():
        spots.append(_scatter(green.geometry, _TREES_HA[green.kind], rng))
    spot = np.vstack(spots) + rng.uniform(-1, 1, (sum(map(len, spots)), 2))
    kind = rng.choice(np.array(_SPECIES, dtype=object), len(spot))
    height = np.round(rng.gamma(9, 1.1, len(spot)), 1)
    return _on_land(pd.DataFrame({"x_m": spot[:, 0], "y_m": spot[:, 1], "kind": kind, "height_m": height}), ground)


def place_containers(homes: pd.DataFrame, businesses: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Return the underground containers: ``x_m``, ``y_m``, ``kind``; near flats and shops."""
    rng = chance(seed, "containers")
    flats = homes[homes["type"] == "flat"][["x_m", "y_m"]].to_numpy()
    rest = homes[homes["type"] == "row"][["x_m", "y_m"]].to_numpy()
    shops = businesses[["x_m", "y_m"]].to_numpy()
    parts = [
        ("restafval", flats, 1 / 26),
        ("papier", rest, 1 / 150),
        ("glas", rest, 1 / 190),
        ("glas", shops, 1 / 11),
    ]
    rows = []
    for kind, points, share in parts:
        count = int(len(points) * share)
        spot = points[rng.choice(len(points), count, replace=False)] + rng.uniform(-9, 9, (count, 2))
        rows.append(pd.DataFrame({"x_m": spot[:, 0], "y_m": spot[:, 1], "kind": kind}))
    return pd.concat(rows, ignore_index=True).round(1)


def place_racks(
    homes: pd.DataFrame, businesses: pd.DataFrame, stops: pd.DataFrame, schools: gpd.GeoDataFrame, *, seed: int
) -> pd.DataFrame:
    """Return the bicycle racks: ``x_m``, ``y_m``, ``places`` (int)."""
    rng = chance(seed, "racks")
    station = stops[stops["kind"] == "treinstation"][["x_m", "y_m"]].to_numpy()
    buses = stops[stops["kind"] == "bushalte"][["x_m", "y_m"]].to_numpy()
    shops = businesses[["x_m", "y_m"]].to_numpy()
    grounds = shapely.get_coordinates(shapely.centroid(schools.geometry.to_numpy()))
    flats = homes[homes["type"] == "flat"][["x_m", "y_m"]].to_numpy()
    flats = flats[rng.choice(len(flats), len(flats) // 75, replace=False)]
    parts = [
        (np.repeat(station, 14, axis=0), 60, (40, 220)),
        (shops[rng.random(len(shops)) < 0.45], 16, (6, 40)),
        (buses[rng.random(len(buses)) < 0.5], 8, (4, 14)),
        (np.repeat(grounds, 2, axis=0), 22, (20, 80)),
        (flats, 12, (6, 24)),
    ]
    rows = []
    for points, spread, (low, high) in parts:
        spot = points + rng.normal(0, spread / 2, points.shape)
        places = rng.integers(low, high, len(points))
        rows.append(pd.DataFrame({"x_m": spot[:, 0], "y_m": spot[:, 1], "places": places}))
    return pd.concat(rows, ignore_index=True).round(1)


def _along(
    pieces: gpd.GeoDataFrame, apart_m: Floats, *, edge_m: float
) -> tuple[Floats, Floats, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return points evenly along each piece, the way to its right, the piece, and the place in the row."""
    length = pieces.geometry.length.to_numpy()
    count = np.maximum(np.round((length - edge_m) / apart_m), 0).astype(np.int64)
    piece = np.repeat(np.arange(len(pieces)), count)
    order = np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count)
    mark = (order + 0.5) / count[piece] * length[piece]
    lines = pieces.geometry.to_numpy()[piece]
    at = shapely.get_coordinates(shapely.line_interpolate_point(lines, mark))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(lines, mark + 1.0)) - at
    ahead /= np.maximum(np.hypot(*ahead.T), 1e-9)[:, None]
    return at, np.column_stack([ahead[:, 1], -ahead[:, 0]]), piece, order


def _scatter(shape: shapely.Geometry, per_ha: float, rng: np.random.Generator) -> Floats:
    x0, y0, x1, y1 = shape.bounds
    count = int((x1 - x0) * (y1 - y0) / 10_000 * per_ha)
    points = rng.uniform([x0, y0], [x1, y1], (count, 2))
    shapely.prepare(shape)
    return points[shapely.contains_xy(shape, points)]


def _on_land(frame: pd.DataFrame, ground: Ground) -> pd.DataFrame:
    frame = frame.round({"x_m": 1, "y_m": 1})
    wet = shapely.union_all(ground.water.geometry.to_numpy())
    dry = shapely.difference(ground.town, wet)
    shapely.prepare(dry)
    return frame[shapely.contains_xy(dry, frame[["x_m", "y_m"]].to_numpy())].reset_index(drop=True)
