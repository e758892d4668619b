# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from learn.conftest import WEEK, SmallTown, after, top
from stip.errors import WorkspaceError
from stip.learn import record_feedback, record_visit, score_week, weeks_table
from stip.learn.weeks import COLUMNS
from stip.space import shift_week
from stip.store import freeze_run

NEXT = shift_week(WEEK, 1)


def test_no_weeks_give_an_empty_table(small_town: SmallTown) -> None:
    found = weeks_table(small_town.workspace)
    assert found.empty
    assert found.columns.tolist() == list(COLUMNS)


def test_a_row_tells_expected_reported_visited_and_told(small_town: SmallTown) -> None:
    town = small_town.workspace
    small_town.outlook(top(0, 1, 2, 3, 4, 5), top(0, 1, 50, 51, 52, 53))
    small_town.outlook(top(0), top(1), week=NEXT)
    small_town.incidents([0, 3, 4, 100])
    plan = small_town.plan({"a": ("outlook", [0, 1]), "b": ("person", [100, 101])})
    small_town.override("add", [100, 101])
    record_visit(town, plan, "a", hours=2.5, at=after(WEEK))
    record_visit(town, plan, "a", hours=1, at=after(WEEK, days=1))
    record_feedback(town, plan, "a", visited=True, code="druk", at=after(WEEK))
    record_feedback(town, plan, "a", visited=True, code="rustig", at=after(WEEK, days=1))
    record_feedback(town, plan, "b", visited=False, at=after(WEEK))
    score_week(town, WEEK, at=after(WEEK))
    found = weeks_table(town).set_index("week")
    assert found.index.tolist() == [WEEK, NEXT]
    row = found.loc[WEEK]
    assert row["state"] == "provisional"
    assert row["expected"] == pytest.approx(12 + 1.94)
    assert row["low"] < row["expected"] < row["high"]
    assert row[["reported", "hits", "baseline_hits", "best_hits", "person_hits"]].tolist() == [4, 3, 1, 4, 1]
    assert row[["planned_hours", "visited_hours"]].tolist() == [8.0, 3.5]
    assert row[["places_visited", "places_not_visited", "druk", "rustig", "anders", "overrides"]].tolist() == [
        1, 1, 1, 1, 0, 1,
    ]  # fmt: skip
    later = found.loc[NEXT]
    assert later["state"] == "not_scored"
    assert later[["reported", "hits", "baseline_hits"]].isna().all()
    assert later[["visited_hours", "places_visited", "overrides"]].tolist() == [0, 0, 0]


def test_the_last_weeks_oldest_first(small_town: SmallTown) -> None:
    for n in range(5):
        small_town.outlook(top(0), top(1), week=shift_week(WEEK, n))
    assert weeks_table(small_town.workspace, 2)["week"].tolist() == [shift_week(WEEK, 3), shift_week(WEEK, 4)]
    assert weeks_table(small_town.workspace, 0).empty


def test_one_type(small_town: SmallTown) -> None:
    run = small_town.outlook(top(0), top(1))
    small_town.incidents([0])
    score_week(small_town.workspace, WEEK, at=after(WEEK))
    every, one = weeks_table(small_town.workspace), weeks_table(small_town.workspace, crime_type="home_burglary")
    pd.testing.assert_frame_equal(every, one)
    with pytest.raises(WorkspaceError, match=f"{run.week} kent de soort ‘drugs’ niet"):
        weeks_table(small_town.workspace, crime_type="drugs")


def test_weeks_without_own_places_have_no_hits_of_them(small_town: SmallTown) -> None:
    small_town.outlook(top(0), top(1))
    score_week(small_town.workspace, WEEK, at=after(WEEK))
    assert np.isnan(weeks_table(small_town.workspace)["person_hits"].iloc[0])


def test_an_outlook_that_does_not_say_how_unsure_it_is_is_named(small_town: SmallTown) -> None:
    table = small_town.outlook(top(0), top(1)).folder / "outlook.parquet"
    import pyarrow.parquet as pq

    run = freeze_run(
        small_town.workspace,
        kind="outlook",
        week=NEXT,
        settings={},
        inputs={},
        tables={"outlook": pq.read_table(table)},
    )
    with pytest.raises(WorkspaceError, match=f"{run.run_id} van {NEXT} zegt niet hoe onzeker"):
        weeks_table(small_town.workspace)
