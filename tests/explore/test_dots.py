# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd

from explore.conftest import incidents
from stip.explore import DOT_COLUMNS, dots
from stip.settings import Settings, Town
from stip.space import Grid

GRID = Grid(cell_m=100)
SETTINGS = Settings(town=Town(name="Proefstad", cell_m=100))


def cells(*dwellings: int | None) -> pd.DataFrame:
    cell = Grid.cell_from(np.arange(len(dwellings)), np.zeros(len(dwellings), dtype=int))
    x_m, y_m = GRID.centre(cell)
    return pd.DataFrame(
        {
            "grid_id": GRID.grid_id,
            "cell": cell,
            "x_m": x_m,
            "y_m": y_m,
            "area_code": "BU01",
            "dwellings": pd.array(dwellings, dtype="Int32"),
            "in_study": True,
        }
    )


def at(*x_m: float) -> pd.DataFrame:
    return incidents(*["2026-W37"] * len(x_m), x_m=np.array(x_m), y_m=20.0)


def test_a_dot_with_enough_round_it_keeps_its_place() -> None:
    shown = dots(at(10, 120), SETTINGS, cells(40, 0))
    assert tuple(shown.table.columns) == DOT_COLUMNS
    assert shown.table["x_m"].tolist() == [10, 120]
    assert shown.table["state"].tolist() == ["shown", "shown"]
    assert shown.table["week"].tolist() == ["2026-W37"] * 2
    assert shown.hidden == shown.outside == 0


def test_all_dots_of_cells_shown_as_one_come_to_one_point() -> None:
    shown = dots(at(10, 90, 120, 250), SETTINGS, cells(40, 3, 20)).table
    # The cell with three joins the fullest beside it, whose own dots move too, or they would tell which is which.
    assert shown["x_m"].tolist() == [50, 50, 50, 250]
    assert shown["y_m"].tolist() == [50, 50, 50, 20]
    assert shown["precision_m"].tolist() == [300, 300, 300, 10]
    assert shown["state"].tolist() == ["merged", "merged", "merged", "shown"]


def test_what_cannot_be_merged_is_left_out_and_counted() -> None:
    shown = dots(at(10, 5000), SETTINGS, cells(3, 0))
    assert shown.table.empty
    assert (shown.hidden, shown.outside) == (1, 1)


def test_unknown_is_said_to_be_unknown() -> None:
    assert dots(at(10), SETTINGS, cells(None)).table["state"].tolist() == ["unknown"]


def test_at_the_desk_every_dot_is_where_it_is() -> None:
    frame = at(10, 120, 5000).set_axis([4, 4, 1])
    shown = dots(frame, SETTINGS, cells(3, 0), desk=True).table
    assert shown["x_m"].tolist() == [10, 120, 5000]
    assert shown["state"].tolist() == ["hidden", "shown", "outside"]
    assert shown.index.tolist() == [4, 4, 1]


def test_no_dots_are_no_dots() -> None:
    assert dots(at(), SETTINGS, cells(10)).table.empty
