# SPDX-License-Identifier: EUPL-1.2
"""The dots of the week are those of `stip.explore.dots`, counted by cell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from outlook.conftest import GRID, WEEK, ZONE, incidents, make_town, town_area
from stip.explore import dots
from stip.space import shift_week, week_start
from stip.store import Workspace, read_cells, read_incidents, write_cells
from stip.week.gather import gather_dots


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Give a town in which some cells hold a few dwellings, and a fifth of the reports is known to 500 metres."""
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    area = town_area()
    reports = incidents(area, per_week=60, weeks=10)
    reports.loc[::5, "precision_m"] = 500.0
    made = make_town(tmp_path / "town", area, reports)
    cells = read_cells(made)
    dwellings = np.where(np.arange(len(cells)) % 7 == 0, 3, 40)
    write_cells(made, cells.assign(dwellings=pd.array(dwellings, dtype="Int32")))
    return made


def test_each_dot_is_where_the_dot_map_has_it_and_coarse_reports_point_at_no_cell(town: Workspace) -> None:
    cells = read_cells(town)
    since, cutoff = week_start(shift_week(WEEK, -4), ZONE), week_start(WEEK, ZONE)
    asked = read_incidents(town, known_before=cutoff, from_at=since, to_at=cutoff)
    fine = asked["precision_m"] <= GRID.cell_m
    expected = dots(asked[fine], town.settings, cells)
    assert (expected.table["state"] == "merged").any()
    found, hidden, coarse = gather_dots(town, cells, WEEK)
    assert coarse == (~fine).sum() > 10
    assert hidden == expected.hidden
    assert found["count_of"].sum() == len(expected.table)
    by_cell = pd.Series(GRID.cell_at(expected.table["x_m"].to_numpy(), expected.table["y_m"].to_numpy()))
    counted = found.set_index(GRID.cell_at(found["x_m"].to_numpy(), found["y_m"].to_numpy()))["count_of"]
    assert counted.to_dict() == by_cell.value_counts().to_dict()
