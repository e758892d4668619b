# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stip.errors import ContractError
from stip.link import counts_by_week, weeks_of_windows
from stip.space import Grid, week_at, week_from_number, week_number
from stip.store import COUNT, conform

ZONE = "Europe/Amsterdam"


def moments(*local: str) -> pd.Series:
    return pd.Series([pd.Timestamp(text, tz=ZONE).tz_convert("UTC") for text in local])


def spread(begin: str, end: str) -> dict[str, float]:
    table = weeks_of_windows(moments(begin), moments(end), ZONE)
    return {week_from_number(week): weight for week, weight in zip(table["week"], table["weight"], strict=True)}


def test_a_window_within_a_week_weighs_one() -> None:
    assert spread("2026-09-08 20:00", "2026-09-09 08:00") == {"2026-W37": 1.0}


def test_a_window_over_sunday_night_is_shared() -> None:
    assert spread("2026-09-13 18:00", "2026-09-14 18:00") == {"2026-W37": 0.25, "2026-W38": 0.75}


def test_a_window_without_length_weighs_one_in_the_week_that_begins() -> None:
    assert spread("2026-09-14 00:00", "2026-09-14 00:00") == {"2026-W38": 1.0}


def test_a_window_that_ends_at_midnight_on_monday_does_not_touch_the_new_week() -> None:
    assert spread("2026-09-13 00:00", "2026-09-14 00:00") == {"2026-W37": 1.0}


def test_the_week_in_which_summer_time_ends_has_an_hour_more() -> None:
    # From Saturday 00:00 to Tuesday 00:00 there are 24 + 25 hours before the Monday and 24 after it.
    shares = spread("2026-10-24 00:00", "2026-10-27 00:00")
    assert shares["2026-W43"] == pytest.approx(49 / 73, abs=1e-12)


def test_the_week_in_which_summer_time_begins_has_an_hour_less() -> None:
    shares = spread("2026-03-28 00:00", "2026-03-31 00:00")
    assert shares["2026-W13"] == pytest.approx(47 / 71, abs=1e-12)


def test_a_long_window_crosses_week_53_and_the_year() -> None:
    shares = spread("2026-12-21 00:00", "2027-01-18 00:00")
    assert shares == {"2026-W52": 0.25, "2026-W53": 0.25, "2027-W01": 0.25, "2027-W02": 0.25}


def test_nothing_in_gives_nothing_out() -> None:
    none = pd.Series([], dtype="datetime64[us, UTC]")
    assert weeks_of_windows(none, none, ZONE).dtypes.astype(str).to_dict() == {
        "row": "int64",
        "week": "int64",
        "weight": "float64",
    }


def test_what_is_no_window_is_refused() -> None:
    with pytest.raises(ContractError, match="Rij 1 eindigt voordat"):
        weeks_of_windows(moments("2026-09-08", "2026-09-09"), moments("2026-09-08", "2026-09-08"), ZONE)
    with pytest.raises(ContractError, match="‘to_at’ is ergens leeg"):
        weeks_of_windows(moments("2026-09-08"), pd.Series([pd.NaT], dtype="datetime64[us, UTC]"), ZONE)
    with pytest.raises(ContractError, match="geen tijdzone"):
        weeks_of_windows(pd.Series([pd.Timestamp("2026-09-08")]), moments("2026-09-08"), ZONE)


EPOCH = datetime(2009, 12, 20, tzinfo=UTC)
WINDOWS = st.lists(
    st.tuples(st.integers(0, 18 * 366 * 86_400 * 10**6), st.integers(0, 60 * 86_400 * 10**6)), min_size=1, max_size=20
)


@settings(deadline=None)
@given(WINDOWS, st.sampled_from([ZONE, "America/Chicago", "Pacific/Auckland", "UTC"]))
def test_weights_add_up_to_exactly_one_and_agree_with_the_calendar(windows: list[tuple[int, int]], zone: str) -> None:
    begin = [EPOCH + timedelta(microseconds=at) for at, _ in windows]
    end = [start + timedelta(microseconds=length) for start, (_, length) in zip(begin, windows, strict=True)]
    table = weeks_of_windows(pd.Series(pd.to_datetime(begin)), pd.Series(pd.to_datetime(end)), zone)
    for row, (start, stop) in enumerate(zip(begin, end, strict=True)):
        mine = table[table["row"] == row]
        assert sum(mine["weight"]) == 1.0
        assert mine["weight"].iloc[::-1].sum() == 1.0
        first = week_number(week_at(start, zone))
        assert mine["week"].iloc[0] == first
        if len(mine) > 1:
            monday = datetime.combine(
                datetime(1969, 12, 29) + timedelta(weeks=first + 1), datetime.min.time(), ZoneInfo(zone)
            )
            share = (monday.astimezone(UTC) - start) / (stop - start)
            assert mine["weight"].iloc[0] == pytest.approx(share, abs=1e-12)


def test_counts_keep_their_contract_and_their_sum() -> None:
    incidents = pd.DataFrame(
        {
            "from_at": moments("2026-09-13 18:00", "2026-09-08 12:00", "2026-09-09 12:00", "2026-09-08 12:00"),
            "to_at": moments("2026-09-14 18:00", "2026-09-08 12:00", "2026-09-09 13:00", "2026-09-08 12:00"),
            "x_m": [136_130.0, 136_130.0, 136_140.0, 136_260.0],
            "y_m": [455_880.0, 455_880.0, 455_890.0, 455_880.0],
            "crime_type": ["bicycle_theft", "bicycle_theft", "bicycle_theft", "vandalism"],
        }
    ).set_axis([7, 7, 3, 1])
    grid = Grid()
    counts = counts_by_week(incidents, grid, ZONE)
    conform(counts, COUNT)
    here = grid.cell_named("E136125N455875")
    assert counts["count"].sum() == 4
    assert counts[counts["cell"] == here][["week", "count"]].to_numpy().tolist() == [
        ["2026-W37", 2.25],
        ["2026-W38", 0.75],
    ]
    assert counts["crime_type"].tolist() == ["bicycle_theft", "bicycle_theft", "vandalism"]


def test_a_big_file_is_spread_without_a_loop() -> None:
    rng = np.random.default_rng(1)
    begin = pd.Series(pd.to_datetime(1_500_000_000 + rng.integers(0, 10**8, 200_000), unit="s", utc=True))
    end = begin + pd.to_timedelta(rng.integers(0, 400_000, 200_000), unit="s")
    table = weeks_of_windows(begin, end, ZONE)
    assert np.array_equal(np.bincount(table["row"], table["weight"]), np.ones(200_000))
