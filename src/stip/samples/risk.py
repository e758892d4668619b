# SPDX-License-Identifier: EUPL-1.2
r"""The background of the intensity: context, unseen differences between places, and season.

.. math:: \mu(c, w, k) = \mathrm{base}_k(c) \cdot \mathrm{frailty}_k(c, w) \cdot \mathrm{season}_k(w)

``base`` is log-linear in what stands in a cell, times what there is to take there. ``frailty`` is what no layer
tells: a lasting part, a part that drifts over months, and a few places that cool down or heat up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.ndimage import gaussian_filter

from stip.samples.chance import chance
from stip.space import Grid, monday, week_from_number

TYPES = ("home_burglary", "theft_from_vehicle", "bicycle_theft", "vandalism")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Background:
    """The background in its parts; multiply them to have it.

    Attributes
    ----------
    base : ndarray, shape (types, cells)
        Incidents a week, in an ordinary week.
    season : ndarray, shape (types, weeks)
    frailty : ndarray, shape (types, weeks, cells)
    """

    base: Floats
    season: Floats
    frailty: Floats

    def rate(self, kind: int) -> Floats:
        """Return incidents a week of one type, shape (weeks, cells)."""
        return self.base[kind] * self.season[kind][:, None] * self.frailty[kind]


def context_rates(cells: pd.DataFrame) -> Floats:
    """Return how much each cell draws each type by its context alone; shape (types, cells), not yet scaled.

    Parameters
    ----------
    cells : DataFrame from `describe_cells`
    """
    c = {name: cells[name].to_numpy() for name in cells.columns}
    homes = c["row"] + c["flat"] + c["detached"]
    station = np.exp(-((c["station_m"] / 320) ** 2))
    centre = np.exp(-c["centre_m"] / 900)
    bars, shops = np.log1p(c["horeca"]), np.log1p(c["shops"])
    burglary = (c["row"] + 0.45 * c["flat"] + 2.4 * c["detached"]) * np.exp(
        0.95 * c["dark"] + 0.45 * (c["green"] > 0.05) - 0.30 * c["corporation"] - 0.25 * bars + 0.002 * c["main_m"]
    )
    parked = 0.035 * c["street_m"] + 0.12 * homes + 9.0 * station + 3.0 * bars + 2.0 * c["industry"]
    vehicle = parked * np.exp(1.15 * c["dark"] + 0.75 * station + 0.55 * centre + 0.25 * bars - 0.003 * c["trees"])
    stalled = 0.11 * c["racks"] + 0.05 * c["flat"] + 0.022 * c["row"] + 1.4 * bars + 0.7 * shops
    bicycle = stalled * np.exp(0.55 * station + 0.60 * centre + 0.25 * bars + 0.25 * c["schools"])
    seen = 0.012 * c["street_m"] + 0.035 * homes + 0.5 * c["containers"] + 0.8 * c["stops"] + 1.6 * c["schools"]
    vandalism = seen * np.exp(
        0.62 * c["corporation"] + 0.42 * bars + 0.50 * station + 0.60 * c["schools"] + 0.5 * c["green"] + 0.4 * centre
    )
    return np.stack([burglary, vehicle, bicycle, vandalism])


def draw_background(
    cells: pd.DataFrame,
    possible: npt.NDArray[np.bool_],
    grid: Grid,
    weeks: npt.NDArray[np.int64],
    per_week: tuple[float, ...],
    *,
    seed: int,
) -> Background:
    """Draw the background of the whole period.

    Parameters
    ----------
    cells : DataFrame from `describe_cells`
    possible : ndarray of bool, shape (types, cells)
        Where a type has a spot at all; elsewhere its rate is 0.
    grid : Grid
    weeks : ndarray of int64
        Ordinals of consecutive weeks.
    per_week : tuple of float
        Background incidents a week in the whole town, for each of `TYPES`, on average over the last whole years.
    """
    base = context_rates(cells) * possible
    years = slice(-52 * (len(weeks) // 52), None)
    frailty = np.stack([_frailty(kind, base[n], cells, grid, len(weeks), seed) for n, kind in enumerate(TYPES)])
    season = np.stack([_season(kind, weeks, seed) for kind in TYPES])
    for n, wanted in enumerate(per_week):
        base[n] *= wanted / float((base[n] * frailty[n] * season[n][:, None])[years].sum(axis=1).mean())
    return Background(base, season, frailty)


def _frailty(kind: str, base: Floats, cells: pd.DataFrame, grid: Grid, weeks: int, seed: int) -> Floats:
    """Return what layers do not tell, shape (weeks, cells), around 1."""
    column, row = Grid.column_row(cells.index.to_numpy())
    place = (row - row.min(), column - column.min())
    shape = (int(place[0].max()) + 1, int(place[1].max()) + 1)
    lasting = chance(seed, f"lasting {kind}")
    static = 0.40 * _field(shape, 320 / grid.cell_m, lasting)[place]
    static += 0.45 * lasting.standard_normal(len(cells))
    drift_rng = chance(seed, f"drift {kind}")
    keep = np.exp(-1 / 34)  # weeks after which a drift is two-thirds forgotten
    drift = np.empty((weeks, len(cells)))
    now = _field(shape, 230 / grid.cell_m, drift_rng)
    for week in range(weeks):
        drift[week] = now[place]
        now = keep * now + np.sqrt(1 - keep**2) * _field(shape, 230 / grid.cell_m, drift_rng)
    log = static + 0.46 * drift + _shifts(kind, base, cells, grid, weeks, seed)
    return np.exp(log - (0.40**2 + 0.45**2 + 0.46**2) / 2)


def _shifts(kind: str, base: Floats, cells: pd.DataFrame, grid: Grid, weeks: int, seed: int) -> Floats:
    """Return the places that cool down or heat up within some months, on the log scale."""
    rng = chance(seed, f"shifts {kind}")
    x_m, y_m = grid.centre(cells.index.to_numpy())
    count = max(round(len(cells) / 200), 3)
    found = np.zeros((weeks, len(cells)))
    week = np.arange(weeks)
    # Where much happens, and where less does: cooling needs heat to begin with.
    for number in range(count):
        cools = number % 2 == 0
        odds = base if cools else np.sqrt(base)
        middle = int(np.searchsorted(np.cumsum(odds) / odds.sum(), rng.random()))
        reach = np.exp(-0.5 * ((x_m - x_m[middle]) ** 2 + (y_m - y_m[middle]) ** 2) / rng.uniform(140, 260) ** 2)
        start, lasts = rng.uniform(0.1, 0.95) * weeks, rng.uniform(5, 16)
        size = -rng.uniform(0.8, 1.5) if cools else rng.uniform(0.7, 1.2)
        done = np.clip((week - start) / lasts, 0, 1)
        found += size * (done**2 * (3 - 2 * done))[:, None] * reach
    return found


def _field(shape: tuple[int, int], width_cells: float, rng: np.random.Generator) -> Floats:
    """Return a smooth random field with mean 0 and variance 1."""
    impulse = np.zeros((61, 61))
    impulse[30, 30] = 1.0
    spread = np.sqrt((gaussian_filter(impulse, width_cells) ** 2).sum())
    return np.asarray(gaussian_filter(rng.standard_normal(shape), width_cells, mode="reflect") / spread)


def _season(kind: str, weeks: npt.NDArray[np.int64], seed: int) -> Floats:
    """Return the season: a wave over the year, a slow trend of the town, and the turn of the year."""
    days = np.array([monday(week_from_number(week)).timetuple().tm_yday for week in weeks], dtype=np.float64)
    waves: dict[str, Callable[[Floats], Floats]] = {
        "home_burglary": lambda d: 0.36 * np.cos(2 * np.pi * (d - 345) / 365.25),
        "theft_from_vehicle": lambda d: 0.16 * np.cos(2 * np.pi * (d - 330) / 365.25),
        "bicycle_theft": lambda d: 0.38 * np.cos(2 * np.pi * (d - 190) / 365.25),
        "vandalism": lambda d: 0.10 * np.cos(2 * np.pi * (d - 120) / 365.25) + 0.65 * ((d > 354) | (d < 2)),
    }
    rng = chance(seed, f"season {kind}")
    keep, trend = np.exp(-1 / 26), np.empty(len(weeks))
    level = rng.standard_normal()
    for week in range(len(weeks)):
        trend[week] = level
        level = keep * level + np.sqrt(1 - keep**2) * rng.standard_normal()
    return np.exp(waves[kind](days) + 0.07 * trend)
