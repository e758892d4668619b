# SPDX-License-Identifier: EUPL-1.2
"""Where in its cell an incident is: at a home, along a street, at a rack; and which address is nearest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from stip.samples.cells import GRID, street_points
from stip.samples.chance import chance
from stip.samples.geography import Geography
from stip.samples.risk import TYPES

_NEAR_M = 65.0
_REPEAT_M = 200.0

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spots:
    """Places where one type can happen, ordered by cell.

    Attributes
    ----------
    cell : ndarray of int64, shape (n,)
        Row of the cell.
    at_m : ndarray, shape (n, 2)
        Whole metres, rounded down: a spot stays in its cell.
    odds : ndarray, shape (n,)
    """

    cell: npt.NDArray[np.int64]
    at_m: Floats
    odds: Floats


def spots_of(town: Geography, cells: npt.NDArray[np.int64]) -> list[Spots]:
    """Return the spots of each of `TYPES`."""
    homes = town.homes
    door = homes["type"].map({"row": 1.0, "flat": 0.45, "detached": 2.4})
    street = street_points(town, step_m=10.0)
    racks, bars = town.racks, town.businesses
    at_homes = homes.assign(odds=door)[["x_m", "y_m", "odds"]]
    along = street.assign(odds=1.0)[["x_m", "y_m", "odds"]]
    stalled = pd.concat(
        [
            racks.assign(odds=0.11 * racks["places"])[["x_m", "y_m", "odds"]],
            bars.assign(odds=0.8)[["x_m", "y_m", "odds"]],
            homes.assign(odds=0.03)[["x_m", "y_m", "odds"]],
            street.assign(odds=0.02)[["x_m", "y_m", "odds"]],
        ]
    )
    seen = pd.concat([along, town.containers.assign(odds=0.8)[["x_m", "y_m", "odds"]]])
    return [_ordered(points, cells) for points in (at_homes, along, stalled, seen)]


def _ordered(points: pd.DataFrame, cells: npt.NDArray[np.int64]) -> Spots:
    at = np.floor(points[["x_m", "y_m"]].to_numpy())
    found = GRID.cell_at(at[:, 0], at[:, 1])
    row = np.minimum(np.searchsorted(cells, found), len(cells) - 1)
    inside = cells[row] == found
    at, row, odds = at[inside], row[inside], points["odds"].to_numpy()[inside]
    order = np.lexsort((odds, at[:, 1], at[:, 0], row))
    return Spots(row[order], at[order], odds[order])


def possible(spots: list[Spots], cells: int) -> npt.NDArray[np.bool_]:
    """Return where each type has a spot at all, shape (types, cells)."""
    return np.stack([np.bincount(each.cell, minlength=cells) > 0 for each in spots])


def put_on_spots(incidents: pd.DataFrame, spots: list[Spots], *, seed: int) -> pd.DataFrame:
    """Return the incidents with ``x_m`` and ``y_m``: a child within 200 m of its parent where it can be."""
    place = np.full((len(incidents), 2), np.nan)
    kinds, cells, parents = (incidents[name].to_numpy() for name in ("kind", "cell", "parent"))
    for kind in range(len(TYPES)):
        mine = np.flatnonzero(kinds == kind)
        luck = chance(seed, f"spots {TYPES[kind]}").random(len(mine))
        first = np.searchsorted(spots[kind].cell, cells[mine], side="left")
        last = np.searchsorted(spots[kind].cell, cells[mine], side="right")
        for number, incident in enumerate(mine):  # a parent always comes before its children
            here = slice(first[number], last[number])
            odds = spots[kind].odds[here]
            if parents[incident] >= 0:
                away = np.hypot(*(spots[kind].at_m[here] - place[parents[incident]]).T)
                close = odds * np.exp(-away / _NEAR_M) * (away <= _REPEAT_M)
                odds = close if close.any() else odds
            ladder = np.cumsum(odds)
            chosen = min(int(np.searchsorted(ladder, luck[number] * ladder[-1], side="right")), len(odds) - 1)
            place[incident] = spots[kind].at_m[here][chosen]
    return incidents.assign(x_m=place[:, 0], y_m=place[:, 1])


def nearest_home(incidents: pd.DataFrame, homes: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the row of the home nearest to each incident, −1 when none lies within 60 m."""
    distance, found = cKDTree(homes[["x_m", "y_m"]].to_numpy()).query(incidents[["x_m", "y_m"]].to_numpy())
    return np.where(distance <= 60, found, -1).astype(np.int64)
