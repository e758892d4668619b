# SPDX-License-Identifier: EUPL-1.2
"""How long the plan takes, and how good it is proven to be, from a village to a city.

Run ``python benchmarks/plan_large.py`` (a few minutes; writes benchmarks/results/plan_large.json) or
``python benchmarks/plan_large.py --largest 10000`` (prints only).

The towns are made: incidents expected at random, rough (no smoothing), smoothed over 1 cell, or over 4. Smooth towns
are the hard ones: many places are then nearly as good. One row is one plan under the default settings, but for what
the row says. ``gap`` is the distance to the bound over every connected and compact place (``all``) or over the
candidates that were looked at (``seen``); ``no shape`` the distance to the bound when cells need not touch;
``greedy`` what taking the best place, then the next, would reach, as a share of the plan.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from children import write_result
from scipy.ndimage import gaussian_filter

from stip.plan import Proposal, Question, propose
from stip.plan.patches import patches_of
from stip.plan.region import Region
from stip.plan.rotation import rotation_weight
from stip.plan.shapes import most_steps
from stip.plan.visits import Visits
from stip.settings import PlanSettings
from stip.space import Areas, Grid

WEEK = "2026-W37"
GRID = Grid()
CELLS_IN_DISTRICT = 1_000
_LARGEST = 40_000


@dataclass(frozen=True)
class Case:
    """One plan to make."""

    cells: int
    smooth: float
    settings: PlanSettings
    what: str


def made_town(cells: int, smooth: float, seed: int = 1) -> tuple[pd.DataFrame, pd.DataFrame, Areas]:
    """Make an outlook, cells and areas: a square town in districts of about a thousand cells."""
    rng = np.random.default_rng(seed)
    side = round(cells**0.5)
    expected = rng.gamma(0.15, 1.0, size=(side, side))
    if smooth:
        expected = gaussian_filter(expected, smooth)
    expected *= side * side * 0.002 / expected.sum()
    row, column = np.divmod(np.arange(side * side), side)
    cell = GRID.cell_from(1000 + column, 3600 + row)
    cuts = max(1, round((side * side / CELLS_IN_DISTRICT) ** 0.5))
    block = (row * cuts // side) * cuts + column * cuts // side
    codes = np.array([f"BU{number:04d}" for number in block])
    x_m, y_m = GRID.centre(cell)
    homes = np.where(
        rng.random(side * side) < 0.3, rng.integers(0, 10, side * side), rng.integers(10, 80, side * side)
    )
    frame = pd.DataFrame(
        {"grid_id": GRID.grid_id, "cell": cell, "x_m": x_m, "y_m": y_m, "area_code": codes, "dwellings": homes}
    ).assign(in_study=True)
    outlook = pd.DataFrame(
        {"run_id": "r", "cell": cell, "week": WEEK, "crime_type": "bicycle_theft", "expected": expected.ravel()}
    ).assign(low=0.0, high=1.0, baseline=expected.ravel(), tier=100)
    outlook["reasons"] = [[] for _ in range(len(outlook))]
    return outlook, frame, _areas(side, cuts)


def _areas(side: int, cuts: int) -> Areas:
    edge = [-(-number * side // cuts) for number in range(cuts + 1)]
    spots = [(south, west) for south in range(cuts) for west in range(cuts)]
    x0, y0 = 1000 * GRID.cell_m, 3600 * GRID.cell_m
    shapes = [
        shapely.box(
            x0 + edge[west] * GRID.cell_m,
            y0 + edge[south] * GRID.cell_m,
            x0 + edge[west + 1] * GRID.cell_m,
            y0 + edge[south + 1] * GRID.cell_m,
        )
        for south, west in spots
    ]
    numbers = range(len(spots))
    return Areas(
        gpd.GeoDataFrame(
            {
                "area_code": [f"BU{number:04d}" for number in numbers],
                "name": [f"Buurt {number}" for number in numbers],
                "district_code": [f"WK{number:04d}" for number in numbers],
                "district_name": [f"Wijk {number}" for number in numbers],
                "area_year": 2026,
            },
            geometry=shapes,
            crs=GRID.crs,
        )
    )


def cases(largest: int) -> list[Case]:
    """Return what is run: towns of growing size, then harder questions about the larger ones."""
    plain, whole = PlanSettings(), PlanSettings(districts_per_week=0)
    found = [
        Case(cells, smooth, settings, what)
        for cells in (2_500, 10_000, 40_000)
        for what, settings in (("one district", plain), ("whole town", whole))
        for smooth in (0, 1, 4)
    ]
    found += [
        Case(10_000, 1, PlanSettings(districts_per_week=2), "two districts"),
        Case(40_000, 1, PlanSettings(districts_per_week=3), "three districts"),
        Case(10_000, 0, PlanSettings(districts_per_week=0, max_places=60, hours=400), "60 places"),
        Case(10_000, 1, PlanSettings(districts_per_week=0, max_places=60, hours=400), "60 places"),
        Case(10_000, 1, PlanSettings(districts_per_week=0, place_cells=(4, 12)), "places of 4-12 cells"),
    ]
    return [case for case in found if case.cells <= largest]


def greedy_reach(outlook: pd.DataFrame, frame: pd.DataFrame, proposal: Proposal, settings: PlanSettings) -> float:
    """Return what taking the best place, then the best beside it, reaches with the same hours and cells."""
    codes = {place.area_code for place in proposal.places} if settings.districts_per_week == 1 else None
    inside = frame["area_code"].isin(codes) if codes else pd.Series(True, index=frame.index)
    drawn = [place for place in proposal.places if place.origin == "random"]
    taken = {cell for place in drawn for cell in place.cells}
    order = np.argsort(frame["cell"].to_numpy())
    region = Region(
        frame["cell"].to_numpy()[order],
        outlook["expected"].to_numpy()[order],
        frame["dwellings"].to_numpy(np.float64)[order],
    ).only(inside.to_numpy()[order])
    region = region.without(np.array(sorted(taken), dtype=np.int64))
    visits = Visits.of(settings)
    worth: list[float] = []
    while len(worth) < settings.max_places - len(drawn):
        source = patches_of(region, cells=settings.place_cells, dwellings_minimum=10, steps=most_steps(settings))
        best, value = source.best(region.value, above=0.0, limit=1)
        if not len(best):
            break
        worth.append(float(value[0]))
        region = region.without(region.cells[best[0][best[0] >= 0]])
    spread = visits.spread(np.array(worth), hours=settings.hours - sum(place.hours for place in drawn))
    return float(visits.reach[spread] @ np.array(worth))


def rotate(reach: np.ndarray, growth: float, weeks: int = 52) -> np.ndarray:
    """Return which district each week goes to, when what can be reached in each stays the same."""
    settings = PlanSettings(rotation_growth=growth)
    last = np.full(len(reach), -1)
    went: list[int] = []
    for week in range(weeks):
        waited = np.where(last < 0, week + 1, week - last)
        score = reach * [rotation_weight(float(weeks_ago), settings) for weeks_ago in waited]
        recent = went[-settings.rotation_weeks :]
        score[[recent.count(number) >= settings.rotation_visits for number in range(len(reach))]] = -1
        went.append(int(np.argmax(score)))
        last[went[-1]] = week
    return np.array(went)


def show_rotation() -> None:
    """Print how far the plan goes round in its first year, and what that costs."""
    print(f"{'reach':<14} {'growth':>6} {'visited':>8} {'given up %':>10}  weeks in each district")
    for name, reach in (("1 to 0.2", np.linspace(1, 0.2, 10)), ("1 / rank", 1 / np.arange(1, 11))):
        most = reach[rotate(reach, 0.0)].mean()
        for growth in (0.0, 0.05, 0.1, 0.2):
            went = rotate(reach, growth)
            counts = np.bincount(went, minlength=len(reach))
            lost = 100 * (1 - reach[went].mean() / most)
            print(f"{name:<14} {growth:>6} {(counts > 0).sum():>8} {lost:10.0f}  {' '.join(map(str, counts))}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=_LARGEST, help="largest town, in cells")
    parser.add_argument("--rotation", action="store_true", help="simulate the rotation instead")
    asked = parser.parse_args()
    if asked.rotation:
        show_rotation()
        return
    largest = asked.largest
    print(
        f"{'cells':>7} {'what':<22} {'smooth':>6} {'seconds':>8} {'gap %':>6} {'over':>5} {'no shape %':>10} "
        f"{'greedy':>7} {'places':>6}"
    )
    made = []
    for case in cases(largest):
        outlook, frame, areas = made_town(case.cells, case.smooth)
        started = time.perf_counter()
        plan = propose(outlook, frame, areas, Question(WEEK, case.settings, seed=1))
        seconds = time.perf_counter() - started
        loose = 100 * (1 - plan.objective / plan.relaxed_bound)
        share, greedy = "", None
        if case.settings.districts_per_week < 2:
            greedy = greedy_reach(outlook, frame, plan, case.settings) / plan.objective
            share = f"{greedy:7.3f}"
        facts = {"cells": case.cells, "what": case.what, "smooth": case.smooth, "seconds": round(seconds, 1)}
        facts |= {"gap": plan.gap, "proven": plan.proven, "no_shape": loose / 100, "greedy": greedy}
        made.append(facts | {"places": len(plan.places)})
        print(
            f"{case.cells:>7} {case.what:<22} {case.smooth:>6} {seconds:8.1f} {100 * plan.gap:6.2f} "
            f"{'all' if plan.proven else 'seen':>5} {loose:10.1f} {share:>7} {len(plan.places):>6}",
            flush=True,
        )
    if largest == _LARGEST:
        print(write_result("plan_large", {"measured": made}))


if __name__ == "__main__":
    main()
