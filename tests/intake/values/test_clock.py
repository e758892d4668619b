# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.intake.values import clock
from stip.intake.values.clock import Utc, _localised, to_utc

ZONE = "Europe/Amsterdam"


def utc(*local: str, already: bool = False) -> Utc:
    times = np.array(local, dtype="datetime64[us]")
    return to_utc(times, np.full(len(times), already), ZONE)


def test_winter_and_summer() -> None:
    found = utc("2026-01-15T12:00", "2026-07-15T12:00", "NaT")
    assert found.at.astype(str).tolist() == ["2026-01-15T11:00:00.000000", "2026-07-15T10:00:00.000000", "NaT"]
    assert not (found.skipped | found.twice).any()


def test_the_hour_that_does_not_exist_moves_to_the_first_moment_after() -> None:
    found = utc("2026-03-29T01:59", "2026-03-29T02:30", "2026-03-29T03:00")
    assert found.skipped.tolist() == [False, True, False]
    assert found.at[1] == np.datetime64("2026-03-29T01:00")


def test_of_the_hour_that_comes_twice_the_first_is_taken() -> None:
    found = utc("2026-10-25T01:59", "2026-10-25T02:30", "2026-10-25T03:00")
    assert found.twice.tolist() == [False, True, False]
    assert found.at[1] == np.datetime64("2026-10-25T00:30")
    assert found.later[1] == np.datetime64("2026-10-25T01:30")


def test_what_is_utc_stays() -> None:
    found = utc("2026-10-25T02:30", "2026-03-29T02:30", already=True)
    assert found.at.astype(str).tolist() == ["2026-10-25T02:30:00.000000", "2026-03-29T02:30:00.000000"]
    assert not (found.skipped | found.twice).any()


@given(st.lists(st.datetimes(datetime(1980, 1, 1), datetime(2037, 1, 1)), min_size=1))
def test_the_same_as_the_standard_library(moments: list[datetime]) -> None:
    found = to_utc(np.array(moments, dtype="datetime64[us]"), np.zeros(len(moments), dtype=bool), ZONE)
    for place, moment in enumerate(moments):
        there = moment.replace(tzinfo=ZoneInfo(ZONE))
        back = there.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
        assert bool(found.skipped[place]) == (back != moment)
        assert bool(found.twice[place]) == (back == moment and there.utcoffset() != there.replace(fold=1).utcoffset())
        if back == moment:
            assert found.at[place].item() == there.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


@given(
    st.lists(st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1)), min_size=1, max_size=20),
    st.sampled_from([ZONE, "Africa/Casablanca", "Australia/Lord_Howe", "UTC"]),
)
@pytest.mark.parametrize("most_days", [0, 200_000])
def test_the_table_of_days_says_what_the_time_zone_says(most_days: int, local: list[datetime], zone: str) -> None:
    times = np.array(local, dtype="datetime64[us]")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "_MOST_DAYS", most_days)
        found = to_utc(times, np.zeros(len(times), dtype=bool), zone)
    np.testing.assert_array_equal(found.at, _localised(times, zone, first=True)[0])
    np.testing.assert_array_equal(found.later, _localised(times, zone, first=False)[0])
