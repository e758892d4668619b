# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stip.samples.cells import GRID, study_cells
from stip.samples.geography import Geography
from stip.samples.spots import Spots, nearest_home, possible, put_on_spots, spots_of


@pytest.fixture(scope="module")
def spots(geography: Geography) -> list[Spots]:
    return spots_of(geography, study_cells(geography))


def test_a_spot_stays_in_its_cell_when_it_is_rounded(geography: Geography, spots: list[Spots]) -> None:
    cells = study_cells(geography)
    for each in spots:
        assert (GRID.cell_at(each.at_m[:, 0], each.at_m[:, 1]) == cells[each.cell]).all()
        assert (np.diff(each.cell) >= 0).all()
        assert np.array_equal(each.at_m, np.floor(each.at_m))


def test_burglary_needs_a_home_and_the_rest_a_street(geography: Geography, spots: list[Spots]) -> None:
    where = possible(spots, len(study_cells(geography))).sum(axis=1)
    assert where[0] < where[1] <= where[3]


def test_children_stand_within_200_m_of_their_parent_where_they_can(geography: Geography, spots: list[Spots]) -> None:
    cells = study_cells(geography)
    cell = spots[1].cell[len(spots[1].cell) // 2]
    beside = np.searchsorted(cells, cells[cell] + (1 << 32))
    incidents = pd.DataFrame(
        {"kind": 1, "cell": [cell] + [cell, beside] * 100, "parent": [-1] + [0] * 200}, index=range(201)
    )
    placed = put_on_spots(incidents, spots, seed=3)
    away = np.hypot(placed["x_m"] - placed["x_m"][0], placed["y_m"] - placed["y_m"][0])[1:]
    assert (away <= 200).mean() > 0.9
    assert away.max() < 300


def test_the_nearest_home_is_near_or_none(geography: Geography) -> None:
    homes = geography.homes
    at = homes[["x_m", "y_m"]].iloc[[5, 9_000]] + 3.0
    far = pd.DataFrame({"x_m": [149_000.0], "y_m": [420_000.0]})
    found = nearest_home(pd.concat([at, far], ignore_index=True), homes)
    assert found[2] == -1
    away = np.hypot(*(homes[["x_m", "y_m"]].to_numpy()[found[:2]] - at.to_numpy()).T)
    assert (away < 5).all()
