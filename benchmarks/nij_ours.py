# SPDX-License-Identifier: EUPL-1.2
"""The outlook and plain counts as an entry: every cell size in one pass, the choice among them on the past only."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from nij_scores import FEET, FOOT_M, SQUARE_FEET, places_for
from towns import PORTLAND, make_real_town

from stip.outlook import Forecast, Truth, best_hits_at, hits_at, make_forecasters, read_history, rolling
from stip.space import Grid, shift_week, week_from_number, week_number

CELLS_M = (80, 100, 125, 150, 180)
"""Sides that are tried: 68,889 to 348,752 square feet, all within the rules."""
AREAS = (0.25, 0.5, 0.75)
"""Square miles that are tried."""
MEASURES = ("pai", "pei")
WEEK = "2017-W09"
"""The last week whose Monday (27 February) lies before the challenge."""
WEEKS = 52


@dataclass
class Gathered:
    """What one pass over the weeks brought, over all cell sizes.

    Attributes
    ----------
    rows : DataFrame
        One row a cell size, area, week, crime type and model: ``n``, ``best`` (n*), ``square_miles``.
    expected : dict
        By cell size, crime type and model: what was expected in each cell in the week of the challenge.
    cells : dict
        By cell size: grid and cells of the study area.
    """

    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    expected: dict[tuple[int, str, str], npt.NDArray[np.float64]] = field(default_factory=dict)
    cells: dict[int, tuple[Grid, npt.NDArray[np.int64]]] = field(default_factory=dict)


def gather(
    data: Path,
    work: Path,
    models: tuple[str, ...],
    *,
    cells_m: tuple[int, ...] = CELLS_M,
    last_week: str = PORTLAND.last_week,
) -> Gathered:
    """Look ahead to every week of the choice and of the test, with what was known then, at each cell size."""
    found, rows = Gathered(), []
    last = week_number(last_week)
    for cell_m in cells_m:
        town = replace(
            PORTLAND,
            name=f"portland_{cell_m}m",
            settings=PORTLAND.settings.model_copy(
                update={"town": PORTLAND.settings.town.model_copy(update={"cell_m": cell_m})}
            ),
        )
        workspace = make_real_town(town, data, work / town.name, tell=print)
        settings = workspace.settings.outlook
        history = read_history(workspace, shift_week(last_week, 1))
        found.cells[cell_m] = (workspace.grid, history.area.cells)
        truth = Truth(history)
        for forecast in rolling(
            history,
            make_forecasters(models, settings.targets, settings),
            first_week=last - 2 * WEEKS + 1,
            last_week=last,
            refit_weeks=settings.refit_weeks,
        ):
            came = truth.counts(forecast.crime_type, forecast.week)
            rows += [_row(forecast, came, cell_m, area) for area in AREAS]
            if week_from_number(forecast.week) == WEEK:
                found.expected[cell_m, forecast.crime_type, forecast.model] = forecast.expected
    found.rows = pd.DataFrame(rows)
    return found


def _row(forecast: Forecast, came: npt.NDArray[np.float64], cell_m: int, area: float) -> dict[str, Any]:
    places = places_for(area, cell_m)
    share = places / len(came)
    return {
        "cell_m": cell_m,
        "area": area,
        "places": places,
        "square_miles": places * (cell_m / FOOT_M) ** 2 / SQUARE_FEET,
        "week": forecast.week,
        "crime_type": forecast.crime_type,
        "model": forecast.model,
        "n": hits_at(forecast.expected, came, area_share=share),
        "best": best_hits_at(came, area_share=share),
    }


def choose(rows: pd.DataFrame) -> pd.DataFrame:
    """Choose cell size and area for each model, crime type and measure, on the weeks that are given.

    Over all those weeks together the PAI is n over the marked area, and the PEI n over n*; N and the whole area are
    the same for every choice. Of equals the smallest cell and area are taken.

    Parameters
    ----------
    rows : DataFrame
        As `Gathered.rows`, of the past only.

    Returns
    -------
    DataFrame, one row a crime type, model and ``measure``, with ``cell_m``, ``area`` and ``places``
    """
    keys = ["crime_type", "model", "cell_m", "area"]
    added = rows.groupby(keys, sort=True, as_index=False).agg(
        n=("n", "sum"), best=("best", "sum"), square_miles=("square_miles", "first"), places=("places", "first")
    )
    added["pai"] = added["n"] / added["square_miles"]
    added["pei"] = added["n"] / added["best"].where(added["best"] > 0)
    chosen = []
    for measure in MEASURES:
        best = added.loc[added.groupby(["crime_type", "model"])[measure].idxmax()]
        chosen.append(best[[*keys, "places"]].assign(measure=measure))
    return pd.concat(chosen, ignore_index=True)


def marked(
    grid: Grid, cells: npt.NDArray[np.int64], expected: npt.NDArray[np.float64], places: int, *, seed: int
) -> tuple[gpd.GeoSeries, gpd.GeoSeries]:
    """Return the marked cells of an entry and its whole grid, in feet; ties are broken by lot."""
    west, south = grid.corner(cells)
    side = grid.cell_m
    squares = gpd.GeoSeries(shapely.box(west, south, west + side, south + side), crs=grid.crs).to_crs(FEET)
    lot = np.random.default_rng(seed).permutation(len(expected))
    order = np.lexsort((lot, -expected))
    return squares.iloc[order[:places]].reset_index(drop=True), squares
