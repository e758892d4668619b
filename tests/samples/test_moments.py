# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stip.samples.moments import tell_time
from stip.samples.risk import TYPES

FIRST_DAY = pd.Timestamp(2024, 1, 1)


@pytest.fixture(scope="module")
def told() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    size = 24_000
    drawn = pd.DataFrame({"kind": np.sort(rng.integers(0, 4, size)), "day": rng.integers(0, 700, size)})
    return tell_time(drawn, FIRST_DAY, seed=4)


def test_the_window_holds_the_moment_and_the_moment_its_day(told: pd.DataFrame) -> None:
    assert (told["from"] <= told["occurred"]).all()
    assert (told["occurred"] <= told["to"]).all()
    assert (told["known"] >= told["occurred"]).all()
    assert ((told["occurred"].dt.normalize() - FIRST_DAY).dt.days == told["day"]).all()


def test_windows_last_hours_and_now_and_then_days(told: pd.DataFrame) -> None:
    hours = (told["to"] - told["from"]).dt.total_seconds() / 3600
    by_type = hours.groupby(told["kind"])
    assert by_type.median().between(3, 14).all()
    assert (by_type.quantile(0.95) > 20).all()
    assert hours.max() < 21 * 24
    exact = (hours == 0).groupby(told["kind"]).mean()
    assert exact[TYPES.index("vandalism")] > 0.25


def test_reports_of_bicycles_are_late_and_some_very_late(told: pd.DataFrame) -> None:
    days = (told["known"] - told["to"]).dt.total_seconds() / 86_400
    median = days.groupby(told["kind"]).median()
    assert median[TYPES.index("bicycle_theft")] > 1
    assert median[TYPES.index("home_burglary")] < 0.3
    bicycles = days[told["kind"] == TYPES.index("bicycle_theft")]
    assert (bicycles > 7).mean() > 0.12
    assert 0.02 < (bicycles > 60).mean() < 0.045
    assert (days[told["kind"] == TYPES.index("home_burglary")] > 60).sum() == 0


def test_now_and_then_the_police_know_before_the_window_ends(told: pd.DataFrame) -> None:
    assert 0.001 < (told["known"] < told["to"]).mean() < 0.01


def test_reports_that_can_wait_come_by_day(told: pd.DataFrame) -> None:
    waited = told[(told["known"] - told["to"]) > pd.Timedelta(hours=24)]
    assert waited["known"].dt.hour.between(8, 21).all()


def test_people_tell_the_time_to_the_quarter(told: pd.DataFrame) -> None:
    window = told[told["from"] != told["to"]]
    assert (window["from"].dt.minute % 15 == 0).all()
    assert (window["to"].dt.minute % 15 == 0).all()
