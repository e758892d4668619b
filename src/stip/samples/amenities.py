# SPDX-License-Identifier: EUPL-1.2
"""What draws people: the station, bus stops, shops, bars and schools, and the halls on the industrial estates."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from stip.samples.chance import chance
from stip.samples.drawing import CRS
from stip.samples.ground import Ground

_HORECA = ("café", "restaurant", "cafetaria", "hotel", "lunchroom", "coffeeshop")
_SHOP = ("supermarkt", "kleding", "drogist", "bakker", "kapper", "elektronica", "fietsen", "boeken", "bloemen")
_SCHOOL = ("basisschool", "basisschool", "basisschool", "basisschool", "middelbare school")

Floats = npt.NDArray[np.float64]


def place_stops(ground: Ground, pieces: gpd.GeoDataFrame, *, seed: int) -> pd.DataFrame:
    """Return the railway station and the bus stops: ``x_m``, ``y_m``, ``kind``, ``name``."""
    rng = chance(seed, "stops")
    rail = shapely.line_merge(ground.lines.loc[ground.lines["kind"] == "rail", "geometry"].iloc[0])
    road = ground.lines.loc[ground.lines["name"] == "Noorderweg", "geometry"].iloc[0]
    crossing = shapely.line_locate_point(rail, rail.intersection(road))
    station = shapely.get_coordinates(shapely.line_interpolate_point(rail, crossing - 170))[0]
    rows = [(station[0], station[1] - 34, "treinstation", "Stipdam")]
    wide = pieces[pieces["kind"].isin(["main", "collector"])]
    at, ahead, name = _walk(wide, step_m=rng.uniform(360, 440))
    for side in (-1, 1):
        spot = at + np.column_stack([ahead[:, 1], -ahead[:, 0]]) * 6.0 * side + ahead * 20.0 * side
        rows += [(x, y, "bushalte", street) for (x, y), street in zip(spot, name, strict=True)]
    stops = pd.DataFrame(rows, columns=["x_m", "y_m", "kind", "name"])
    built = shapely.covers(ground.town, shapely.points(stops["x_m"], stops["y_m"]))
    return stops[built].round(1).reset_index(drop=True)


def place_businesses(homes: pd.DataFrame, ground: Ground, pieces: gpd.GeoDataFrame, *, seed: int) -> pd.DataFrame:
    """Return shops and horeca: ``x_m``, ``y_m``, ``group`` (shop, horeca), ``kind``, ``home`` (row of the address).

    Most stand along the main streets of the old town; the rest around a small centre in each larger neighbourhood.
    """
    rng = chance(seed, "businesses")
    doors = homes.drop_duplicates(["x_m", "y_m"])
    point = doors[["x_m", "y_m"]].to_numpy()
    style = ground.areas.set_index("area_code")["style"]
    kind = pieces["kind"].to_numpy()[doors["piece"]]
    old = doors["area_code"].map(style).to_numpy() == "old"
    market = _crossing(ground, "Damstraat", "Hoogstraat")
    close = np.exp(-np.hypot(*(point - market).T) / 330)
    draw = np.where(old, np.where(kind == "main", 6.0, 1.0) * close, 0.0)
    draw += np.where(doors["area_code"].map(style).to_numpy() == "station", 0.25 * close, 0.0)
    for centre in _small_centres(homes, ground, pieces):
        draw += 0.55 * np.exp(-((np.hypot(*(point - centre).T) / 75) ** 2))
    draw += 0.004
    count = max(int(len(homes) * 0.021), 20)
    chosen = np.sort(rng.choice(len(doors), size=count, replace=False, p=draw / draw.sum()))
    horeca = rng.random(count) < np.where(old[chosen], 0.42, 0.22)
    kinds = np.where(
        horeca,
        rng.choice(np.array(_HORECA, dtype=object), count, p=[0.3, 0.32, 0.2, 0.04, 0.11, 0.03]),
        rng.choice(np.array(_SHOP, dtype=object), count),
    )
    table = doors.iloc[chosen][["x_m", "y_m"]].reset_index(drop=True)
    return table.assign(group=np.where(horeca, "horeca", "shop"), kind=kinds, home=doors.index.to_numpy()[chosen])


def place_schools(fields: npt.NDArray[np.object_], ground: Ground, *, seed: int) -> gpd.GeoDataFrame:
    """Return the school grounds: ``kind`` and ``geometry`` (Polygon), three in five of the fields."""
    rng = chance(seed, "schools")
    chosen = fields[rng.random(len(fields)) < 0.6]
    kind = rng.choice(np.array(_SCHOOL, dtype=object), len(chosen))
    return gpd.GeoDataFrame({"kind": kind}, geometry=list(chosen), crs=CRS)


def build_halls(pieces: gpd.GeoDataFrame, ground: Ground, *, seed: int) -> gpd.GeoDataFrame:
    """Return the halls along the streets of the industrial estates: ``geometry``."""
    rng = chance(seed, "halls")
    estate = ground.areas["style"].to_numpy() == "industry"
    streets = pieces[[area >= 0 and estate[area] for area in pieces["area"]]]
    estates = shapely.union_all(ground.areas.loc[estate, "geometry"].to_numpy())
    roads = shapely.union_all(shapely.buffer(pieces.geometry.to_numpy(), 9))
    free = shapely.difference(shapely.intersection(ground.free, estates), roads)
    shapely.prepare(free)
    halls: list[shapely.Geometry] = []
    for side in (-1, 1):
        at, ahead, _ = _walk(streets, step_m=62.0)
        deep = rng.uniform(14, 30, len(at))
        away = np.column_stack([ahead[:, 1], -ahead[:, 0]]) * ((16 + deep) * side)[:, None]
        half = rng.uniform(14, 27, len(at))[:, None]
        spine = shapely.linestrings(np.stack([at + away - ahead * half, at + away + ahead * half], axis=1))
        hall = shapely.buffer(spine, deep, cap_style="flat")
        halls += list(hall[shapely.covers(free, hall) & (rng.random(len(at)) < 0.8)])
    built = np.array(halls, dtype=object)
    first, second = shapely.STRtree(built).query(built, predicate="intersects")
    clear = np.ones(len(built), dtype=bool)
    clear[second[first < second]] = False
    return gpd.GeoDataFrame(geometry=built[clear], crs=CRS)


def _walk(pieces: gpd.GeoDataFrame, *, step_m: float) -> tuple[Floats, Floats, npt.NDArray[np.object_]]:
    """Return points every ``step_m`` along the pieces one after the other, the way ahead there, and the names."""
    length = pieces.geometry.length.to_numpy()
    start = np.cumsum(length) - length
    marks = np.arange(step_m / 2, length.sum(), step_m)
    piece = np.searchsorted(start, marks, side="right") - 1
    lines = pieces.geometry.to_numpy()[piece]
    inside = np.minimum(marks - start[piece], length[piece] - 2.0)
    at = shapely.get_coordinates(shapely.line_interpolate_point(lines, inside))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(lines, inside + 1.5)) - at
    return at, ahead / np.hypot(*ahead.T)[:, None], pieces["name"].to_numpy()[piece]


def _small_centres(homes: pd.DataFrame, ground: Ground, pieces: gpd.GeoDataFrame) -> list[Floats]:
    """Return a spot on a wide road near the middle of each neighbourhood with more than 700 homes."""
    wide = pieces[pieces["kind"].isin(["main", "collector"])].geometry.to_numpy()
    ends = shapely.get_coordinates(shapely.get_point(wide, 0))
    tree = cKDTree(ends)
    middle = homes.groupby("area_code")[["x_m", "y_m"]].mean()
    size = homes.groupby("area_code").size()
    outside = ground.areas.set_index("area_code")["style"].loc[middle.index] != "old"
    chosen = middle[(size > 700) & outside].to_numpy()
    if len(chosen) == 0:
        return []
    return list(ends[np.asarray(tree.query(chosen)[1], dtype=np.int64)])


def _crossing(ground: Ground, one: str, other: str) -> Floats:
    lines = ground.lines.set_index("name").geometry
    return shapely.get_coordinates(shapely.centroid(lines[one].intersection(lines[other])))[0]
