# SPDX-License-Identifier: EUPL-1.2
"""The challenge's own windows, and 52 windows of a week beside them, because one window is a lottery."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from nij_ours import WEEKS, Gathered, choose, marked
from nij_scores import WINDOWS, allowed, in_window, pai, score

from stip.space import monday, week_from_number

DRAWS = 2000


def split(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of the weeks to choose on, and those of the last 52 weeks, to test on."""
    first = int(rows["week"].max()) - WEEKS + 1
    return rows[rows["week"] < first], rows[rows["week"] >= first]


def challenge(
    gathered: Gathered, chosen: pd.DataFrame, reports: gpd.GeoDataFrame, whole: float, *, seed: int
) -> list[dict[str, Any]]:
    """Score every chosen entry in each window of the challenge, as the winner's shapefile is scored.

    Returns
    -------
    list of dict
        One a crime type, window, model and measure it was chosen for.
    """
    lines = []
    for choice in chosen.to_dict("records"):
        cell_m, crime_type, model = choice["cell_m"], choice["crime_type"], choice["model"]
        grid, cells = gathered.cells[cell_m]
        expected = gathered.expected[cell_m, crime_type, model]
        ours, squares = marked(grid, cells, expected, choice["places"], seed=seed)
        if not allowed(ours):
            raise SystemExit(f"An entry of {choice['places']} cells of {cell_m} m breaks the rules of the challenge.")
        for window, until in WINDOWS.items():
            found = score(ours, in_window(reports, crime_type, until), whole_square_miles=whole, cells=squares)
            lines.append(
                {
                    "crime_type": crime_type,
                    "window": window,
                    "model": model,
                    "chosen_for": choice["measure"],
                    "cell_m": int(cell_m),
                    "n": found.n,
                    "N": found.total,
                    "best": found.best,
                    "square_miles": round(found.square_miles, 4),
                    "pai": round(found.pai, 2),
                    "pei": round(float(found.pei or 0), 3),
                }
            )
    return lines


def rolling_weeks(
    rows: pd.DataFrame,
    chosen: pd.DataFrame,
    reports: gpd.GeoDataFrame,
    whole: float,
    *,
    model: str,
    seed: int,
    draws: int = DRAWS,
) -> list[dict[str, Any]]:
    """Score every chosen entry over the test weeks, the model beside each other by paired bootstrap over weeks.

    Returns
    -------
    list of dict
        One a crime type, measure and model: ``n``, ``N``, ``best``, ``pai`` and ``pei`` over all weeks together,
        the least and most PAI of a single week, in how many weeks nothing was caught, and ``ratio`` (the model's
        measure ÷ this one's) with its 95 % interval.
    """
    kept = rows.merge(chosen, on=["crime_type", "model", "cell_m", "area", "places"])
    totals = weekly_totals(reports, sorted(int(week) for week in kept["week"].unique()))
    lines = []
    for (crime_type, measure), group in kept.groupby(["crime_type", "measure"], sort=True):
        came = totals[crime_type]
        by_model = {name: table.sort_values("week") for name, table in group.groupby("model")}
        for name, table in by_model.items():
            n, miles = table["n"].to_numpy(), table["square_miles"].to_numpy()
            single = [pai(a, b, c, whole) for a, b, c in zip(n, came, miles, strict=True)]
            below = "square_miles" if measure == "pai" else "best"
            mine, theirs = (by_model[which][["n", below]].to_numpy() for which in (model, name))
            lines.append(
                {
                    "crime_type": crime_type,
                    "measure": measure,
                    "model": name,
                    "cell_m": int(table["cell_m"].iloc[0]),
                    "square_miles": round(float(miles[0]), 4),
                    "weeks": len(table),
                    "n": round(float(n.sum()), 2),
                    "N": int(came.sum()),
                    "best": round(float(table["best"].sum()), 2),
                    "pai": round(pai(float(n.sum()), float(came.sum()), float(miles[0]), whole), 2),
                    "pei": round(float(n.sum() / table["best"].sum()), 3),
                    "least_pai": round(min(single), 1),
                    "most_pai": round(max(single), 1),
                    "weeks_with_nothing": int((n < 1e-9).sum()),
                }
                | ({} if name == model else ratio_interval(mine, theirs, seed=seed, draws=draws))
            )
    return lines


def ratio_interval(mine: np.ndarray, theirs: np.ndarray, *, seed: int, draws: int = DRAWS) -> dict[str, float]:
    """Return how many times one rate over weeks is the other, with its 95 % interval by paired bootstrap over weeks.

    Parameters
    ----------
    mine, theirs : ndarray, shape (weeks, 2)
        In each week what was caught, and what it is measured by (the marked area, or n*).
    """
    weeks = len(mine)
    times = np.random.default_rng(seed).multinomial(weeks, np.full(weeks, 1 / weeks), size=draws)

    def ratio(counts: np.ndarray) -> np.ndarray:
        (our_n, our_below), (their_n, their_below) = (counts @ mine).T, (counts @ theirs).T
        return (our_n / our_below) / np.maximum(their_n / their_below, 1e-9)

    low, high = np.quantile(ratio(times), [0.025, 0.975])
    whole = float(ratio(np.ones((1, weeks)))[0])
    return {"ratio": round(whole, 3), "ratio_low": round(float(low), 3), "ratio_high": round(float(high), 3)}


def weekly_totals(reports: gpd.GeoDataFrame, weeks: list[int]) -> dict[str, np.ndarray]:
    """Return the reports of each type in each ISO week (ordinals), in the whole area."""
    begins = np.array([np.datetime64(monday(week_from_number(week))) for week in [*weeks, weeks[-1] + 1]])
    week_of = np.searchsorted(begins, reports["occurred_at"].to_numpy(), side="right") - 1
    inside = (week_of >= 0) & (week_of < len(weeks))
    return {
        str(name): np.bincount(week_of[inside & (reports["type"] == name).to_numpy()], minlength=len(weeks))
        for name in reports["type"].unique()
    }


def chosen_on_the_past(rows: pd.DataFrame) -> pd.DataFrame:
    """Choose on the rows before the test weeks."""
    return choose(split(rows)[0])
