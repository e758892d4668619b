# SPDX-License-Identifier: EUPL-1.2
"""A quarter goes out only when all of it is here: no week that never came, no years before a source began."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from stip.publish import Quarter
from stip.publish.whole import missing_weeks, regular_since

ZONE, QUARTER = "Europe/Amsterdam", Quarter(2026, 2)


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
        assert missing_weeks(reports(per_week, seed=seed), QUARTER, ZONE) == [], seed


@pytest.mark.parametrize("column", ["from_at", "known_at"])
@pytest.mark.parametrize(("per_week", "until", "weeks"), [(40.0, "2026-05-11", 1), (2.0, "2026-07-06", 9)])
def test_weeks_that_never_came_are_seen(column: str, per_week: float, until: str, weeks: int) -> None:
    whole = reports(per_week)
    lost = whole[~between(whole[column], "2026-05-04", until)]
    found = missing_weeks(lost, QUARTER, ZONE)
    if column == "known_at" and per_week < 7:
        return  # so few that a week without is no sign; what happened in them came in later files
    assert len(found) >= weeks - 1 and found[0] == "2026-W19"
    assert missing_weeks(lost, Quarter(2026, 1), ZONE) == []


def test_a_stray_old_report_is_no_beginning() -> None:
    came = reports(20.0, first="2025-04-01")
    began = regular_since(came, ZONE)
    assert began == date(2025, 4, 1)
    stray = came.iloc[[0]].assign(**{name: pd.Timestamp("2019-02-03T12:00Z") for name in ("from_at", "to_at")})
    assert regular_since(pd.concat([stray, came]), ZONE) == began
    assert missing_weeks(pd.concat([stray, came]), Quarter(2024, 3), ZONE)[0] == "2024-W27"


def test_one_report_is_a_source_too() -> None:
    one = reports(20.0).iloc[[5]]
    assert regular_since(one, ZONE) == one["from_at"].iloc[0].tz_convert(ZONE).date()
    assert missing_weeks(one, QUARTER, ZONE) == []
