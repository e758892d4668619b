# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from explore.conftest import ZONE, incidents
from stip.explore import Period, change, incomplete_weeks, same_age
from stip.space import shift_week, week_start

PERIOD = Period("2026-W29", "2026-W36")
YEAR_BEFORE = PERIOD.shifted(-52)
UNTIL = week_start("2026-W37", ZONE)


def steady(delay_weeks: float, seed: int) -> pd.DataFrame:
    """Forty a week for two years, reported after an exponential delay; nothing changes."""
    rng = np.random.default_rng(seed)
    weeks = np.repeat([shift_week("2026-W37", -n) for n in range(1, 105)], 40)
    made = incidents(*weeks)
    delay = pd.to_timedelta(rng.exponential(delay_weeks * 7 * 86_400, len(made)).astype(int), unit="s")
    return made.assign(known_at=made["from_at"] + delay.as_unit("us"))


def test_reports_still_to_come_are_no_decrease() -> None:
    ratios, naive = [], []
    for seed in range(5):
        made = steady(2.0, seed)
        now = made[made["known_at"] < UNTIL]
        then = made[made["known_at"] < same_age(PERIOD, YEAR_BEFORE, UNTIL)]
        told = change(now, PERIOD, YEAR_BEFORE, time_zone=ZONE, other_incidents=then)
        naive.append(change(now, PERIOD, YEAR_BEFORE, time_zone=ZONE))
        assert told["verdict"].tolist() == ["chance"]
        ratios.append(told["ratio"].iloc[0])
    assert np.mean(ratios) == pytest.approx(1, abs=0.03)
    assert all(table["verdict"].tolist() == ["less"] for table in naive)


def test_a_type_that_came_only_in_one_of_the_two_is_counted_as_none_in_the_other() -> None:
    now, then = incidents(*["2026-W30"] * 12), incidents(*["2025-W31"] * 11, crime_type="vandalism")
    told = change(now, PERIOD, YEAR_BEFORE, time_zone=ZONE, other_incidents=then).set_index("key")
    assert told.loc["bicycle_theft", ["count", "other_count"]].tolist() == [12, 0]
    assert told.loc["vandalism", ["count", "other_count"]].tolist() == [0, 11]


def test_the_same_age_is_as_many_weeks_earlier_across_week_53() -> None:
    period, before = Period("2027-W01", "2027-W02"), Period("2026-W52", "2026-W53")
    assert same_age(period, before, week_start("2027-W04", ZONE)) == week_start("2027-W02", ZONE)


@pytest.mark.parametrize(
    ("weeks", "found"),
    [(0, None), (1, Period("2026-W36", "2026-W36")), (3, Period("2026-W34", "2026-W36")), (50, PERIOD)],
)
def test_weeks_that_are_not_complete_yet_are_named(weeks: int, found: Period | None) -> None:
    assert incomplete_weeks(PERIOD, UNTIL, weeks=weeks, time_zone=ZONE) == found
