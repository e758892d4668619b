# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from link.conftest import incidents_at
from stip.link import cells_of_incidents, counts_by_week
from stip.space import Grid

GRID = Grid(cell_m=125)
STUDY = np.sort(GRID.cell_from(*(each.ravel() for each in np.meshgrid(np.arange(40), np.arange(40)))))


def placed(x_m: float, y_m: float, precision_m: float, within: np.ndarray = STUDY) -> pd.DataFrame:
    frame = pd.DataFrame({"x_m": [x_m], "y_m": [y_m], "precision_m": np.float32(precision_m)})
    return cells_of_incidents(frame, GRID, within)


def test_a_fine_one_lies_in_its_own_cell() -> None:
    for precision in (1, 25, 125):
        found = placed(1010.0, 1010.0, precision)
        assert found["cell"].tolist() == GRID.cell_at([1010.0], [1010.0]).tolist()
        assert found["share"].tolist() == [1.0]


def test_one_of_500_metres_is_spread_over_the_sixteen_cells_of_its_square() -> None:
    found = placed(1250.0, 1750.0, 500)
    x_m, y_m = GRID.corner(found["cell"].to_numpy())
    assert sorted(set(x_m)) == [1000, 1125, 1250, 1375]
    assert sorted(set(y_m)) == [1500, 1625, 1750, 1875]
    assert found["share"].tolist() == [1 / 16] * 16


def test_only_cells_of_the_study_area_share() -> None:
    x_m, _ = GRID.corner(STUDY)
    found = placed(1250.0, 1750.0, 500, within=STUDY[x_m >= 1250])
    assert len(found) == 8 and found["share"].sum() == pytest.approx(1)
    outside = placed(-5000.0, -5000.0, 500)
    assert outside["cell"].tolist() == GRID.cell_at([-5000.0], [-5000.0]).tolist()


@settings(deadline=None, max_examples=60)
@given(st.floats(1500, 3500), st.floats(1500, 3500), st.floats(126, 1400))
def test_shares_add_up_and_middles_lie_in_the_square(x_m: float, y_m: float, precision_m: float) -> None:
    size = float(np.float32(precision_m))
    found = placed(x_m, y_m, precision_m)
    assert found["share"].sum() == pytest.approx(1)
    assert found["cell"].is_unique
    middle_x, middle_y = GRID.centre(STUDY)
    inside = (np.abs(middle_x - x_m) <= size / 2) & (np.abs(middle_y - y_m) <= size / 2)
    clear = (np.abs(middle_x - x_m) < size / 2 - 0.01) & (np.abs(middle_y - y_m) < size / 2 - 0.01)
    assert set(STUDY[clear]) <= set(found["cell"]) <= set(STUDY[inside])


def test_counts_by_week_spread_them_when_told_the_study_area() -> None:
    incidents = incidents_at((1250.0, 1750.0), (1010.0, 1010.0))
    incidents["precision_m"] = np.array([500, 1], dtype=np.float32)
    plain = counts_by_week(incidents, GRID, "Europe/Amsterdam")
    spread = counts_by_week(incidents, GRID, "Europe/Amsterdam", within=STUDY)
    assert (len(plain), len(spread)) == (2, 17)
    assert plain["count"].sum() == pytest.approx(spread["count"].sum()) == pytest.approx(2)
    assert spread["count"].max() == pytest.approx(1)
