# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import ContractError, SettingsError
from stip.space import (
    monday,
    shift_week,
    week_at,
    week_from_number,
    week_number,
    week_numbers,
    week_of_date,
    week_start,
    week_starts,
    week_texts,
)

AMSTERDAM = "Europe/Amsterdam"
DAYS = st.dates(date(1960, 1, 1), date(2090, 12, 31))
MOMENTS = st.datetimes(datetime(1960, 1, 1), datetime(2090, 12, 31), timezones=st.just(UTC))
ZONES = st.sampled_from([AMSTERDAM, "UTC", "America/Chicago", "Pacific/Auckland", "Asia/Kathmandu"])


def utc(*moments: datetime) -> pd.Series[pd.Timestamp]:
    return pd.Series(pd.to_datetime(list(moments), utc=True).as_unit("us"))


def test_week_53_comes_between_52_and_1() -> None:
    assert [shift_week("2026-W52", n) for n in range(3)] == ["2026-W52", "2026-W53", "2027-W01"]
    assert monday("2026-W53") == date(2026, 12, 28)
    assert week_of_date(date(2027, 1, 3)) == "2026-W53"
    assert week_of_date(date(2027, 1, 4)) == "2027-W01"


@pytest.mark.parametrize(
    "text", ["2025-W53", "2026-W00", "2026-W54", "2026-37", "2026-W7", "", "0000-W01", "٢٠٢٦-W٣٧"]
)
def test_what_is_no_week_is_named(text: str) -> None:
    with pytest.raises(SettingsError, match="is geen week") as caught:
        monday(text)
    assert f"‘{text}’" in str(caught.value)


@given(DAYS)
def test_text_number_and_monday_agree(day: date) -> None:
    week = week_of_date(day)
    assert monday(week) <= day < monday(week) + timedelta(days=7)
    assert week_from_number(week_number(week)) == week
    assert week_number(shift_week(week, 1)) == week_number(week) + 1
    assert shift_week(shift_week(week, -60), 60) == week


@given(st.lists(MOMENTS, min_size=1, max_size=40), ZONES)
def test_week_numbers_are_what_the_clock_of_the_zone_says(moments: list[datetime], zone: str) -> None:
    numbers = week_numbers(utc(*moments), zone)
    assert week_texts(numbers) == [week_at(moment, zone) for moment in moments]


@pytest.mark.parametrize("zone", [AMSTERDAM, "America/Chicago"])
def test_a_week_begins_on_its_first_second_and_not_before(zone: str) -> None:
    number = week_number("1995-W01")
    starts = [week_start(week_from_number(n), zone) for n in range(number, week_number("2045-W01"))]
    at = week_numbers(utc(*starts), zone)
    before = week_numbers(utc(*[start.astimezone(UTC) - timedelta(microseconds=1) for start in starts]), zone)
    assert np.array_equal(at, np.arange(number, number + len(starts)))
    assert np.array_equal(before, at - 1)


def test_summer_time_makes_a_week_an_hour_shorter_and_winter_time_an_hour_longer() -> None:
    first, last = week_number("2026-W01"), week_number("2027-W01")
    hours = dict(zip(range(first, last), np.diff(week_starts(first, last, AMSTERDAM)) // 3600, strict=True))
    assert {week_from_number(n): h for n, h in hours.items() if h != 168} == {"2026-W13": 167, "2026-W43": 169}


def test_sunday_night_is_still_the_week_before_in_summer_too() -> None:
    late = datetime(2026, 7, 5, 23, 59, 59, tzinfo=ZoneInfo(AMSTERDAM))  # 21:59 UTC
    assert week_at(late, AMSTERDAM) == "2026-W27"
    assert week_at(late + timedelta(seconds=1), AMSTERDAM) == "2026-W28"
    assert week_at(late + timedelta(seconds=1), "UTC") == "2026-W27"


def test_no_moments_give_no_weeks() -> None:
    assert len(week_numbers(utc(), AMSTERDAM)) == 0
    assert week_texts(np.empty(0, dtype=np.int64)) == []


def test_the_answer_can_be_changed_without_changing_the_next() -> None:
    first = week_starts(2900, 2910, AMSTERDAM)
    expected = first.copy()
    first[:] = 0
    assert np.array_equal(week_starts(2900, 2910, AMSTERDAM), expected)


@pytest.mark.parametrize(
    "moments",
    [
        pd.Series(pd.to_datetime(["2026-01-01"])),
        pd.Series(pd.to_datetime(["2026-01-01", None], utc=True)),
        pd.Series([1, 2]),
    ],
)
def test_a_moment_without_zone_or_without_value_is_refused(moments: pd.Series[pd.Timestamp]) -> None:
    with pytest.raises(ContractError, match="tijdzone"):
        week_numbers(moments, AMSTERDAM)
