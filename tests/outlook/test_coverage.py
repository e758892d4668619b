# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from outlook.conftest import WEEK, ZONE, incidents
from stip.outlook import Coverage, Forecast, History, StudyArea, coverage_of, history_of, make_forecasters
from stip.outlook.coverage import ENOUGH_WEEKS
from stip.settings import OutlookSettings
from stip.space import week_from_number, week_number

CUTOFF = week_number(WEEK)
TYPE = "home_burglary"


@pytest.fixture(scope="module")
def steady(area: StudyArea) -> History:
    reports = incidents(area, per_week=40, weeks=150, delay_weeks=0.01, seed=31)
    return history_of(reports, area, crime_types=(TYPE,), time_zone=ZONE, cutoff_week=CUTOFF)


def checked(history: History, times: float = 1.0) -> Coverage:
    """Return the check of an outlook that expects so many times the mean of the cell."""
    (forecaster,) = make_forecasters(("long_run",), (TYPE,), OutlookSettings())
    expected = times * history.counts(TYPE, CUTOFF - 120, CUTOFF) / 120
    coverage = Coverage(history, final_after_weeks=6)
    for week in range(CUTOFF - 100, CUTOFF):
        coverage.add(Forecast(week, "long_run", TYPE, expected, forecaster))
    return coverage


def test_a_true_outlook_holds_in_about_eight_of_ten_final_weeks(steady: History) -> None:
    rows = checked(steady).rows()
    assert rows["week"].max() == week_from_number(CUTOFF - 7)
    assert rows["week"].min() == week_from_number(CUTOFF - 100 + ENOUGH_WEEKS + 6)
    held = coverage_of(rows).set_index("where")
    assert held["weeks"].tolist() == [80, 80]
    assert held["inside"].between(58, 76).all()


def test_an_interval_knows_nothing_of_its_own_week_nor_of_those_that_are_not_final(steady: History) -> None:
    """A burst in one week is outside; it widens the intervals only once it is final."""
    burst = CUTOFF - 40
    weight = np.where(steady.occurred_week == burst, steady.weight * 6, steady.weight).astype(np.float32)
    before, after = (checked(each).rows().query("where == 'town'").set_index("week") for each in (
        steady, replace(steady, weight=weight)
    ))  # fmt: skip
    width = (after["high"] - after["low"]) / (before["high"] - before["low"])
    assert not after.loc[week_from_number(burst), "inside"]
    assert (width.loc[: week_from_number(burst + 6)] < 1.3).all()
    assert (width.loc[week_from_number(burst + 7) :] > 1.3).all()


def test_weeks_that_were_not_delivered_are_not_checked(steady: History) -> None:
    gone = CUTOFF - 30
    rows = checked(replace(steady, undelivered=((gone,),))).rows()
    assert week_from_number(gone) not in set(rows["week"])
