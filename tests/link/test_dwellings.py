# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from stip.errors import SettingsError
from stip.link import visible_cells
from stip.space import Grid


def town(rows: list[list[int | None]], areas: list[list[str]] | None = None) -> pd.DataFrame:
    """Cells in a rectangle; the first row lies north."""
    column, row, number, area = [], [], [], []
    for north, line in enumerate(reversed(rows)):
        for east, dwellings in enumerate(line):
            column.append(east)
            row.append(north)
            number.append(dwellings)
            area.append("BU" if areas is None else list(reversed(areas))[north][east])
    cell = Grid.cell_from(np.array(column), np.array(row))
    return pd.DataFrame(
        {"cell": cell, "area_code": area, "dwellings": pd.array(number, dtype="Int32"), "in_study": True}
    )


def shown(cells: pd.DataFrame) -> list[tuple[str, int | None]]:
    """State of each cell, and the place in ``cells`` of the one that stands for it."""
    place = {cell: at for at, cell in enumerate(cells["cell"])}
    seen = visible_cells(cells, minimum=10)
    return [
        (state, None if pd.isna(as_) else place[as_])
        for state, as_ in zip(seen["state"], seen["shown_as"], strict=True)
    ]


def test_enough_none_and_unknown_stand_alone() -> None:
    assert shown(town([[10, 0, None]])) == [("shown", 0), ("shown", 1), ("unknown", 2)]


def test_a_few_join_the_fullest_cell_beside_them() -> None:
    assert shown(town([[12, 3, 40]]))[1] == ("merged", 2)


def test_a_few_stay_in_their_own_area_when_they_can() -> None:
    assert shown(town([[12, 3, 40]], [["A", "A", "B"]]))[1] == ("merged", 0)


def test_a_few_do_not_join_a_cell_without_dwellings_or_one_that_is_unknown() -> None:
    assert shown(town([[0, 3, None]]))[1] == ("hidden", None)


def test_several_with_a_few_stand_together() -> None:
    assert shown(town([[4, 6]])) == [("merged", 0), ("merged", 0)]


def test_farms_far_apart_are_put_together_in_a_larger_square() -> None:
    assert shown(town([[4, 0, 0, 6]])) == [("merged", 0), ("shown", 1), ("shown", 2), ("merged", 0)]


def test_a_lone_farm_is_hidden() -> None:
    assert shown(town([[0, 0], [0, 2]]))[1] == ("hidden", None)


def test_the_answer_is_aligned_and_nothing_is_changed() -> None:
    cells = town([[10, 3]]).set_index(pd.Index([8, 5]))
    before = cells.copy()
    assert visible_cells(cells, minimum=10).index.tolist() == [8, 5]
    pd.testing.assert_frame_equal(cells, before)
    assert visible_cells(cells.iloc[:0], minimum=10).empty
    with pytest.raises(SettingsError, match="kleinste aantal woningen"):
        visible_cells(cells, minimum=0)


@given(hnp.arrays(np.int32, (9, 9), elements=st.integers(0, 14)))
def test_whatever_is_shown_together_has_no_dwellings_or_enough(dwellings: np.ndarray) -> None:
    cells = town(dwellings.tolist())
    seen = visible_cells(cells, minimum=10)
    groups = cells.assign(as_=seen["shown_as"]).dropna(subset="as_").groupby("as_")["dwellings"].sum()
    assert ((groups == 0) | (groups >= 10)).all()
    hidden = cells["dwellings"][seen["state"] == "hidden"]
    assert hidden.between(1, 9).all()
    # What stands for others stands for itself as well: a chain would show a place under two names.
    standing = set(seen["shown_as"].dropna())
    own = dict(zip(seen["cell"], seen["shown_as"], strict=True))
    assert all(own[cell] == cell for cell in standing)
