# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stip.explore import rhythm

ZONE = "Europe/Amsterdam"


def windows(*local: tuple[str, str], zone: str = ZONE) -> pd.DataFrame:
    frame = pd.DataFrame(local, columns=["from_at", "to_at"], dtype="datetime64[us]")
    return pd.DataFrame({name: frame[name].dt.tz_localize(zone).dt.tz_convert("UTC") for name in frame})


def test_the_local_clock_counts_summer_and_winter() -> None:
    seen = rhythm(windows(("2026-07-06 20:10", "2026-07-06 20:10"), ("2026-01-05 20:10", "2026-01-05 20:10")), ZONE)
    assert seen.loc[1, 20] == 2  # both are Mondays
    assert seen.to_numpy().sum() == 2
    assert seen.shape == (7, 24)


def test_a_window_is_spread_over_its_hours() -> None:
    seen = rhythm(windows(("2026-09-08 22:30", "2026-09-09 00:30")), ZONE)
    assert seen.loc[2, 22] == pytest.approx(0.25)
    assert seen.loc[2, 23] == pytest.approx(0.5)
    assert seen.loc[3, 0] == pytest.approx(0.25)
    assert (seen.to_numpy() > 0).sum() == 3


def test_the_hour_that_comes_twice_counts_twice_and_the_one_that_is_skipped_not() -> None:
    autumn = rhythm(windows(("2026-10-25 01:00", "2026-10-25 04:00")), ZONE)  # four hours long
    assert autumn.loc[7, [1, 2, 3]].tolist() == pytest.approx([0.25, 0.5, 0.25])
    spring = rhythm(windows(("2026-03-29 01:00", "2026-03-29 04:00")), ZONE)  # two hours long
    assert spring.loc[7, [1, 2, 3]].tolist() == pytest.approx([0.5, 0, 0.5])


def test_a_zone_of_half_hours_keeps_its_clock() -> None:
    seen = rhythm(windows(("2026-09-08 22:00", "2026-09-08 23:00"), zone="Asia/Kolkata"), "Asia/Kolkata")
    assert seen.loc[2, 22] == pytest.approx(1)


def test_nothing_in_gives_an_empty_week() -> None:
    assert rhythm(windows(), ZONE).to_numpy().sum() == 0


START = datetime(2025, 3, 28, tzinfo=UTC)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 3 * 86_400), st.integers(0, 40 * 3600)), min_size=1, max_size=6),
    st.sampled_from([ZONE, "America/Chicago", "Australia/Adelaide"]),
)
def test_it_agrees_with_looking_at_every_second_of_the_edges(seconds: list[tuple[int, int]], zone: str) -> None:
    frame = pd.DataFrame(
        {
            "from_at": pd.to_datetime([START + timedelta(seconds=a) for a, _ in seconds]),
            "to_at": pd.to_datetime([START + timedelta(seconds=a + b) for a, b in seconds]),
        }
    )
    seen = rhythm(frame, zone).to_numpy()
    by_hand = np.zeros((7, 24))
    for begin, length in seconds:
        moment, end = START + timedelta(seconds=begin), START + timedelta(seconds=begin + length)
        if moment == end:
            local = moment.astimezone(ZoneInfo(zone))
            by_hand[local.weekday(), local.hour] += 1
        while moment < end:
            local = moment.astimezone(ZoneInfo(zone))
            quarter = 900 - moment.timestamp() % 900
            step = min(timedelta(seconds=quarter), end - moment)
            by_hand[local.weekday(), local.hour] += step.total_seconds() / length
            moment += step
    assert seen == pytest.approx(by_hand, abs=1e-9)
    assert (seen >= 0).all()
