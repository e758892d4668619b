# SPDX-License-Identifier: EUPL-1.2
"""The measures of the challenge, on shapes whose score can be told by hand, and on the winner's own shapefiles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from benchmarks.conftest import benchmark
from stip.space import Grid, week_number

nij_scores = benchmark("nij_scores")
nij_entries = benchmark("nij_entries")
nij_ours = benchmark("nij_ours")
nij_windows = benchmark("nij_windows")

FEET = nij_scores.FEET
SIDE = 500.0  # feet: 250,000 square feet a cell


def grid_cells(columns: int = 40, rows: int = 2) -> gpd.GeoSeries:
    west, south = (part.ravel() * SIDE for part in np.meshgrid(np.arange(columns), np.arange(rows), indexing="ij"))
    return gpd.GeoSeries(shapely.box(west, south, west + SIDE, south + SIDE), crs=FEET)


def reports(places: list[tuple[float, float]]) -> gpd.GeoSeries:
    return gpd.GeoSeries(shapely.points(places), crs=FEET)


def test_a_score_is_what_it_is_by_hand() -> None:
    cells = grid_cells()
    came = reports([(10, 10), (20, 20), (600, 10), (9_990, 900)])
    found = nij_scores.score(cells.iloc[[0, 1]], came, whole_square_miles=20.0, cells=cells)
    assert (found.n, found.total, found.best) == (2, 4, 3)  # the best two cells hold 2 and 1
    assert found.square_miles == pytest.approx(500_000 / 27_878_400)
    assert found.pai == pytest.approx((2 / 4) / (found.square_miles / 20))
    assert found.pei == pytest.approx(2 / 3)


def test_a_report_on_the_border_of_two_marked_cells_counts_once() -> None:
    cells = grid_cells()
    found = nij_scores.score(cells, reports([(500, 250)]), whole_square_miles=20.0, cells=cells)
    assert (found.n, found.best) == (1, 1)


def test_nothing_that_came_is_a_score_of_nothing() -> None:
    cells = grid_cells()
    found = nij_scores.score(cells.iloc[:2], reports([(10, 10)]).iloc[:0], whole_square_miles=20.0, cells=cells)
    assert (found.n, found.total, found.pai, found.pei) == (0, 0, 0.0, 0.0)
    assert nij_scores.score(cells, reports([(1, 1)]), whole_square_miles=20.0).pei is None


def test_metres_are_refused_where_feet_are_needed() -> None:
    metres = grid_cells().to_crs("EPSG:2838")
    with pytest.raises(ValueError, match="EPSG:2913"):
        nij_scores.score(metres, reports([(1, 1)]), whole_square_miles=20.0)


@pytest.mark.parametrize("cell_m", nij_ours.CELLS_M)
@pytest.mark.parametrize("area", nij_ours.AREAS)
def test_every_size_that_is_tried_keeps_the_rules(cell_m: int, area: float) -> None:
    places = nij_scores.places_for(area, cell_m)
    side = cell_m / nij_scores.FOOT_M
    west = np.arange(places) * side
    assert nij_scores.allowed(gpd.GeoSeries(shapely.box(west, 0, west + side, side), crs=FEET))


def test_the_rules_refuse_cells_too_small_and_areas_too_large() -> None:
    assert not nij_scores.allowed(grid_cells(columns=2))  # a thirtieth of a square mile
    assert nij_scores.allowed(grid_cells(columns=40))
    assert not nij_scores.allowed(grid_cells(columns=50))
    assert not nij_scores.allowed(grid_cells(columns=40).scale(0.49, 0.49))


def test_a_window_begins_on_its_day_and_ends_before_the_other() -> None:
    table = gpd.GeoDataFrame(
        {
            "type": ["burglary", "burglary", "burglary", "vehicle_theft"],
            "occurred_at": pd.to_datetime(["2017-02-28", "2017-03-01", "2017-03-08", "2017-03-02"]),
        },
        geometry=shapely.points(np.zeros((4, 2))),
        crs=FEET,
    )
    assert list(nij_scores.in_window(table, "burglary", nij_scores.WINDOWS["1 week"]).index) == [1]
    assert len(nij_scores.in_window(table, "burglary", date(2017, 3, 9), begin=date(2017, 2, 1))) == 3
    totals = nij_windows.weekly_totals(table, [week_number("2017-W09"), week_number("2017-W10")])
    assert totals["burglary"].tolist() == [2, 1]


def rolling_rows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "cell_m": cell_m, "area": 0.25, "places": 10, "square_miles": 0.25, "week": week,
                "crime_type": "burglary", "model": model, "n": n, "best": 4.0,
            }
            for week in range(2 * nij_ours.WEEKS)
            for model in ("blend", "long_run")
            for cell_m, n in ((80, 1.0 if week < nij_ours.WEEKS else 0.0), (180, 0.5 if week < 52 else 3.0))
        ]
    )  # fmt: skip


def test_the_choice_looks_at_the_past_only() -> None:
    """The size that is best in the test weeks is not chosen when another was best before."""
    chosen = nij_windows.chosen_on_the_past(rolling_rows())
    assert set(chosen["cell_m"]) == {80}
    assert len(chosen) == 2 * len(nij_ours.MEASURES)
    choice, test = nij_windows.split(rolling_rows())
    assert choice["week"].max() < test["week"].min()
    assert test["week"].nunique() == nij_ours.WEEKS


def test_the_interval_of_a_ratio_pairs_its_weeks() -> None:
    rng = np.random.default_rng(1)
    theirs = np.column_stack([rng.poisson(5, 52) + 1.0, np.full(52, 0.25)])
    twice = theirs * [2, 1]
    found = nij_windows.ratio_interval(twice, theirs, seed=1)
    assert found["ratio"] == found["ratio_low"] == found["ratio_high"] == 2
    loose = nij_windows.ratio_interval(twice[::-1].copy(), theirs, seed=1)
    assert loose["ratio_low"] < loose["ratio"] == 2 < loose["ratio_high"]


def test_marked_cells_are_those_expected_highest() -> None:
    grid = Grid(100, "EPSG:2838")
    cells = np.sort(grid.cell_at(2_320_000.0 + np.arange(50) * 100, np.full(50, 205_000.0)))
    expected = np.arange(50.0)
    ours, squares = nij_ours.marked(grid, cells, expected, 3, seed=1)
    assert len(squares) == 50
    assert ours.geom_equals(squares.iloc[[49, 48, 47]].reset_index(drop=True)).all()
    np.testing.assert_allclose(ours.area, (100 / 0.3048) ** 2, rtol=1e-6)


@pytest.mark.real
def test_the_winner_scores_what_it_scored_when_the_data_were_gathered(real_data: Path) -> None:
    found, whole = nij_entries.read_reports(real_data)
    assert whole == pytest.approx(147.704, abs=0.001)
    scores = nij_entries.rescored(real_data, found, whole)
    assert set(scores) == set(nij_entries.KNOWN)
    for (crime_type, window), quoted in nij_entries.QUOTED.items():
        came = nij_scores.in_window(found, crime_type, nij_scores.WINDOWS[window])
        assert len(came) == quoted.total  # the same N as when the missing shapefiles were scored
