# SPDX-License-Identifier: EUPL-1.2
"""Homes along the streets: rows, flats and detached houses, each at its point, and the blocks they stand in."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from stip.samples.chance import chance
from stip.samples.drawing import CRS
from stip.samples.ground import Ground, area_at
from stip.samples.styles import STYLES, Style

# Front in metres, and homes at most side by side in one block.
_FRONT = {"row": 5.6, "flat": 6.6, "detached": 19.0}
_BLOCK = {"row": 9, "flat": 8, "detached": 1}
_DEPTH_M = {"row": 9.0, "flat": 12.0, "detached": 9.0}
_CORNER_M = 11.0

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Homes:
    """Homes and the blocks they are part of.

    Attributes
    ----------
    homes : DataFrame
        ``x_m``, ``y_m``, ``piece`` (row of the street piece), ``side`` (−1 left, 1 right), ``at_m`` (along the
        piece), ``type`` (row, flat, detached), ``floors``, ``block``, ``owner`` (corporation, private).
    blocks : GeoDataFrame
        ``block``, ``owner``, ``geometry``.
    """

    homes: pd.DataFrame
    blocks: gpd.GeoDataFrame


def build_homes(pieces: gpd.GeoDataFrame, fields: npt.NDArray[np.object_], ground: Ground, *, seed: int) -> Homes:
    """Build the homes of the town on both sides of its street pieces."""
    rng = chance(seed, "homes")
    sides = _sides(pieces, ground, rng)
    lots = _lots(sides, pieces, rng)
    lots = _where_room(lots, pieces, fields, ground)
    lots = _blocks_of(lots)
    drawn = chance(seed, "owners").random(int(lots["block"].max()) + 1)
    lots["owner"] = np.where(drawn[lots["block"]] < lots["housing"], "corporation", "private")
    blocks = _draw_blocks(lots)
    homes = lots.loc[lots.index.repeat(lots["floors"])].reset_index(drop=True)
    columns = ["x_m", "y_m", "piece", "side", "at_m", "type", "floors", "block", "owner"]
    return Homes(homes[columns], blocks)


def _sides(pieces: gpd.GeoDataFrame, ground: Ground, rng: np.random.Generator) -> pd.DataFrame:
    """Decide for each side of each piece what stands along it."""
    middle = shapely.line_interpolate_point(pieces.geometry.to_numpy(), 0.5, normalized=True)
    area = np.where(pieces["area"] >= 0, pieces["area"], area_at(ground, middle))
    cores = ground.areas["core"].to_numpy()
    rows = []
    luck = rng.random((len(pieces), 2, 2))
    kinds = pieces["kind"].to_numpy()
    for piece in range(len(pieces)):
        place = area[piece]
        style = STYLES[ground.areas["style"].iat[place]]
        if cores[place] is not None and not shapely.covers(cores[place].buffer(15), middle[piece]):
            style = STYLES["rural"]
        if kinds[piece] == "ring":
            continue
        for side in (0, 1):
            built = _type_of(style, kinds[piece], luck[piece, side, 0])
            if built:
                low, high = style.floors
                floors = low + int(luck[piece, side, 1] * (high - low + 1)) if built == "flat" else 1
                wide = style.setback_m + {"main": 6.0, "collector": 4.0}.get(str(kinds[piece]), 0.0)
                front = 120.0 if style is STYLES["rural"] else _FRONT[built]
                housing = float(ground.areas["housing"].iat[place])
                rows.append((piece, 2 * side - 1, built, floors, wide, front, housing))
    return pd.DataFrame(rows, columns=["piece", "side", "type", "floors", "setback_m", "front_m", "housing"])


def _type_of(style: Style, kind: str, luck: float) -> str:
    row, flat, detached = style.row, style.flat, style.detached
    if kind == "across":  # gables and garden walls stand along cross streets more often than doors
        row, detached = row * 0.55, detached * 0.6
    if kind == "main":
        row, flat = row * 0.6, flat * 1.3
    for built, share in (("row", row), ("flat", flat), ("detached", detached)):
        if luck < share:
            return built
        luck -= share
    return ""


def _lots(sides: pd.DataFrame, pieces: gpd.GeoDataFrame, rng: np.random.Generator) -> pd.DataFrame:
    length = pieces.geometry.length.to_numpy()[sides["piece"]]
    count = np.maximum(np.floor((length - 2 * _CORNER_M) / sides["front_m"].to_numpy()), 0).astype(np.int64)
    lots = sides.loc[sides.index.repeat(count)].reset_index(drop=True)
    order = np.arange(len(lots)) - np.repeat(np.cumsum(count) - count, count)
    spare = np.repeat(length - count * sides["front_m"].to_numpy(), count)
    wobble = np.where(lots["type"] == "detached", rng.uniform(-0.18, 0.18, len(lots)), 0.0)
    lots["at_m"] = spare / 2 + (order + 0.5 + wobble) * lots["front_m"]
    lines = pieces.geometry.to_numpy()[lots["piece"]]
    at = shapely.get_coordinates(shapely.line_interpolate_point(lines, lots["at_m"]))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(lines, lots["at_m"] + 2)) - at
    ahead /= np.hypot(*ahead.T)[:, None]
    extra = np.where(lots["type"] == "detached", rng.uniform(-2, 5, len(lots)), 0.0)
    away = (lots["setback_m"] + extra) * lots["side"]
    lots["x_m"] = np.round(at[:, 0] + ahead[:, 1] * away, 1)
    lots["y_m"] = np.round(at[:, 1] - ahead[:, 0] * away, 1)
    lots["turn_x"], lots["turn_y"] = ahead.T
    return lots


def _where_room(
    lots: pd.DataFrame, pieces: gpd.GeoDataFrame, fields: npt.NDArray[np.object_], ground: Ground
) -> pd.DataFrame:
    """Drop homes that would stand in the water, in a park, on a street or in another home."""
    points = shapely.points(lots["x_m"], lots["y_m"])
    free = ground.free
    shapely.prepare(free)
    good = shapely.covers(free, points)
    if len(fields):
        good[shapely.STRtree(fields).query(points, predicate="intersects")[0]] = False
    nearest = shapely.STRtree(pieces.geometry.to_numpy()).query_nearest(
        points, return_distance=True, all_matches=False
    )
    distance = np.empty(len(points))
    distance[nearest[0][0]] = nearest[1]
    good &= distance > lots["setback_m"].to_numpy() - 2.2
    lots = lots[good].reset_index(drop=True)
    pairs = cKDTree(lots[["x_m", "y_m"]].to_numpy()).query_pairs(9.5, output_type="ndarray")
    side = lots["piece"].to_numpy() * 2 + (lots["side"].to_numpy() > 0)
    clash = pairs[side[pairs[:, 0]] != side[pairs[:, 1]]]
    good = np.ones(len(lots), dtype=bool)
    good[clash.max(axis=1)] = False
    return lots[good].reset_index(drop=True)


def _blocks_of(lots: pd.DataFrame) -> pd.DataFrame:
    """Give each block a number: neighbours on one side of a piece, until a gap or until the block is full."""
    side = lots["piece"].to_numpy() * 2 + (lots["side"].to_numpy() > 0)
    gap = np.diff(lots["at_m"].to_numpy(), prepend=0) > lots["front_m"].to_numpy() * 1.5
    starts = (np.diff(side, prepend=-1) != 0) | gap
    run = np.cumsum(starts) - 1
    place = np.arange(len(lots)) - np.flatnonzero(starts)[run]
    full = place % lots["type"].map(_BLOCK).to_numpy() == 0
    return lots.assign(block=np.cumsum(starts | full) - 1)


def _draw_blocks(lots: pd.DataFrame) -> gpd.GeoDataFrame:
    """Draw each block as the strip its homes stand on, bent as the street is."""
    block = lots["block"].to_numpy()
    first = np.flatnonzero(np.diff(block, prepend=-1))
    last = np.append(first[1:], len(lots)) - 1
    at, turn = lots[["x_m", "y_m"]].to_numpy(), lots[["turn_x", "turn_y"]].to_numpy()
    half = (np.minimum(lots["front_m"].to_numpy(), 12) / 2)[:, None]
    points = np.concatenate([(at - turn * half)[first], at, (at + turn * half)[last]])
    belongs = np.concatenate([block[first], block, block[last]])
    place = np.concatenate([first - 0.4, np.arange(len(lots)), last + 0.4])
    order = np.argsort(place, kind="stable")
    spine = shapely.linestrings(points[order], indices=belongs[order])
    depth = lots["type"].map(_DEPTH_M).to_numpy()[first]
    shape = shapely.buffer(spine, depth / 2, cap_style="flat", join_style="mitre")
    return gpd.GeoDataFrame(
        {"block": block[first], "owner": lots["owner"].to_numpy()[first]}, geometry=shape, crs=CRS
    )
