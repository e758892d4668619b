# SPDX-License-Identifier: EUPL-1.2
"""A quarter goes out only when all of it is here: no week that never came, no years before a source began."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from stip.publish import Quarter
from stip.publish.whole import missing_types, missing_weeks, regular_since

ZONE, QUARTER, UNTIL = "Europe/Amsterdam", Quarter(2026, 2), date(2026, 9, 7)


def reports(per_week: float, *, first: str = "2025-01-01", last: str = "2026-09-01", seed: int = 1) -> pd.DataFrame:
    """Draw reports at random moments; each becomes known within three weeks."""
    rng = np.random.default_rng(seed)
    begin, end = pd.Timestamp(first, tz=ZONE), pd.Timestamp(last, tz=ZONE)
    n = rng.poisson(per_week * (end - begin).days / 7)
    from_at = (begin + pd.to_timedelta(np.sort(rng.uniform(0, (end - begin).days * 24, n)), unit="h")).tz_convert(
        "UTC"
    )
    known = from_at + pd.to_timedelta(rng.uniform(1, 21 * 24, n), unit="h")
    return pd.DataFrame({"source": "bvh", "crime_type": "vandalism", "from_at": from_at, "to_at": from_at,
                         "known_at": known})  # fmt: skip


def between(moments: pd.Series, first: str, last: str) -> pd.Series:
    return (moments >= pd.Timestamp(first, tz=ZONE)) & (moments < pd.Timestamp(last, tz=ZONE))


@pytest.mark.parametrize("per_week", [0.3, 2.0, 8.0, 40.0])
def test_a_source_that_always_comes_is_whole(per_week: float) -> None:
    for seed in range(20):
        assert missing_weeks(reports(per_week, seed=seed), QUARTER, ZONE, until=UNTIL) == [], seed


@pytest.mark.parametrize("column", ["from_at", "known_at"])
@pytest.mark.parametrize(("per_week", "until", "weeks"), [(40.0, "2026-05-11", 1), (2.0, "2026-07-06", 9)])
def test_weeks_that_never_came_are_seen(column: str, per_week: float, until: str, weeks: int) -> None:
    whole = reports(per_week)
    lost = whole[~between(whole[column], "2026-05-04", until)]
    found = missing_weeks(lost, QUARTER, ZONE, until=UNTIL)
    if column == "known_at" and per_week < 7:
        return  # so few that a week without is no sign; what happened in them came in later files
    assert len(found) >= weeks - 1 and found[0] == "2026-W19"
    assert missing_weeks(lost, Quarter(2026, 1), ZONE, until=UNTIL) == []


def test_a_stray_old_report_is_no_beginning() -> None:
    came = reports(20.0, first="2025-04-01")
    began = regular_since(came, ZONE)
    assert began == date(2025, 4, 1)
    stray = came.iloc[[0]].assign(**{name: pd.Timestamp("2019-02-03T12:00Z") for name in ("from_at", "to_at")})
    assert regular_since(pd.concat([stray, came]), ZONE) == began
    assert missing_weeks(pd.concat([stray, came]), Quarter(2024, 3), ZONE, until=UNTIL)[0] == "2024-W27"


def test_one_report_is_a_source_too() -> None:
    one = reports(20.0).iloc[[200]]
    assert regular_since(one, ZONE) == one["from_at"].iloc[0].tz_convert(ZONE).date()
    assert missing_weeks(one, QUARTER, ZONE, until=UNTIL) == []


@pytest.mark.parametrize(("per_week", "last"), [(1.0, "2026-06-10"), (5.0, "2026-04-10"), (20.0, "2026-06-20")])
def test_a_silence_up_to_now_is_seen(per_week: float, last: str) -> None:
    for seed in range(20):
        stopped = reports(per_week, last=last, seed=seed)
        assert missing_weeks(stopped, QUARTER, ZONE, until=UNTIL), seed
        assert missing_weeks(stopped, Quarter(2026, 1), ZONE, until=UNTIL) == [], seed


def of_types(rates: dict[str, float], seed: int) -> pd.DataFrame:
    drawn = (
        reports(rate, first="2024-01-01", seed=100 * seed + number).assign(crime_type=name)
        for number, (name, rate) in enumerate(rates.items())
    )
    return pd.concat(list(drawn), ignore_index=True)


def missing(incidents: pd.DataFrame, quarter: Quarter) -> dict[str, list[str]]:
    types = (*incidents["crime_type"].unique(), "robbery")
    return missing_types(incidents, quarter, ZONE, crime_types=types, until=date(2026, 8, 3))


def test_a_type_that_is_no_longer_delivered_is_seen_and_a_quiet_one_is_not() -> None:
    rates = {"vandalism": 2.0, "bicycle_theft": 9.0, "home_burglary": 0.4, "theft_from_vehicle": 20.0}
    for seed in range(20):
        whole = of_types(rates, seed)
        assert missing(whole, QUARTER) == {}, seed
        gone = whole[(whole["crime_type"] != "vandalism") | ~between(whole["from_at"], "2026-04-01", "2027-01-01")]
        assert missing_weeks(gone, QUARTER, ZONE, until=UNTIL) == [], "the others hide it"
        found = missing(gone, QUARTER)
        assert list(found) == ["vandalism"] and len(found["vandalism"]) >= 8, seed
        assert missing(gone, Quarter(2025, 4)) == {}, seed


def test_what_comes_in_one_season_only_is_not_missing_in_the_others() -> None:
    whole = of_types({"vandalism": 8.0, "bicycle_theft": 20.0}, 1)
    winter = whole["from_at"].dt.month.isin([12, 1])
    assert missing(whole[winter | (whole["crime_type"] != "vandalism")], QUARTER) == {}


def test_a_quiet_fortnight_in_a_quiet_season_is_not_missing_and_a_gap_of_a_code_list_is() -> None:
    whole = of_types({"home_burglary": 8.0, "bicycle_theft": 20.0}, 3)
    burglary = whole["crime_type"] == "home_burglary"
    summer = burglary & whole["from_at"].dt.month.isin([4, 5, 6, 7, 8, 9]) & (np.arange(len(whole)) % 5 < 2)
    quiet = whole[~summer & ~(burglary & between(whole["from_at"], "2024-07-29", "2024-08-12"))]
    until = date(2026, 8, 3)
    asked = {"crime_types": ("home_burglary",), "until": until}
    assert missing_types(quiet, Quarter(2024, 3), ZONE, **asked) == {}
    gap = whole[~(burglary & between(whole["from_at"], "2024-07-08", "2024-08-19"))]
    assert len(missing_types(gap, Quarter(2024, 3), ZONE, **asked)["home_burglary"]) >= 5


@pytest.mark.parametrize("per_week", [7.0, 20.0])
def test_a_source_that_began_on_the_first_day_does_not_lose_its_first_quarter(per_week: float) -> None:
    began = [regular_since(reports(per_week, seed=seed), ZONE) for seed in range(50)]
    assert sum(day == date(2025, 1, 1) for day in began) >= 45
    assert all(regular_since(reports(per_week, first="2025-01-12", seed=seed), ZONE).day >= 12 for seed in range(50))
