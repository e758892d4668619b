# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from outlook.conftest import WEEK, ZONE, incidents
from stip.outlook import StudyArea, history_of, level
from stip.outlook.level import expected_total, season_of, weekly_totals
from stip.space import week_number

CUTOFF = week_number(WEEK)


def test_a_season_is_found_and_has_mean_one() -> None:
    weeks = np.arange(208)
    truth = 1 + 0.4 * np.sin(2 * np.pi * weeks / 52.1775)
    totals = np.random.default_rng(0).poisson(100 * truth).astype(float)
    found = season_of(totals, first_week=0)
    assert found[:-1] == pytest.approx(truth, abs=0.08)
    assert found.mean() == pytest.approx(1, abs=0.02)


def test_no_season_is_read_into_noise_or_into_less_than_two_years() -> None:
    totals = np.random.default_rng(0).poisson(4, 208).astype(float)
    assert season_of(totals, first_week=0) == pytest.approx(np.ones(209), abs=0.12)
    assert season_of(totals[:103], first_week=0).tolist() == [1.0] * 104


def test_weekly_totals_add_up(history) -> None:  # noqa: ANN001
    totals = weekly_totals(history, "home_burglary")
    known = history.counts("home_burglary", CUTOFF - len(totals), CUTOFF).sum()
    assert totals.sum() == pytest.approx(known, rel=1e-4)


@pytest.mark.parametrize("delay_weeks", [0.01, 1.5])
def test_a_level_is_foretold_also_when_reports_are_still_to_come(area: StudyArea, delay_weeks: float) -> None:
    reports = incidents(area, per_week=50, weeks=150, delay_weeks=delay_weeks, seed=8)
    history = history_of(reports, area, crime_types=("home_burglary",), time_zone=ZONE, cutoff_week=CUTOFF)
    foretold = [expected_total(history.as_known(week), "home_burglary") for week in range(CUTOFF - 12, CUTOFF)]
    assert np.mean(foretold) == pytest.approx(50, rel=0.08)


def test_a_level_that_lags_behind_a_rise_is_corrected_by_its_own_record() -> None:
    rising = 50 * 1.01 ** np.arange(150)
    exposure = np.ones(150)
    levels = np.mean([level._levels(rising, exposure, *each) for each in level.MEMORIES], axis=0)
    lag = rising[1:] / levels[:-1]
    assert lag[-1] > 1.02
    corrected = levels[-1] * level._record(rising, exposure, levels)
    assert abs(rising[-1] * 1.01 / corrected - 1) < 0.6 * (lag[-1] - 1)


def test_the_record_changes_nothing_of_a_level_that_stays_and_does_not_count_what_is_still_to_come() -> None:
    steady = np.full(60, 30.0)
    exposure = np.ones(60)
    levels = np.mean([level._levels(steady, exposure, *each) for each in level.MEMORIES], axis=0)
    assert level._record(steady, exposure, levels) == pytest.approx(1)
    half = np.append(steady[:-1], 15.0)
    late = np.append(exposure[:-1], 0.5)
    levels = np.mean([level._levels(half, late, *each) for each in level.MEMORIES], axis=0)
    assert level._record(half, late, levels) == pytest.approx(1)
    assert level._record(np.zeros(5), np.ones(5), np.zeros(5)) == 1.0


def test_the_level_follows_a_change(area: StudyArea) -> None:
    import pandas as pd

    many = incidents(area, per_week=60, weeks=30, seed=1)
    few = incidents(area, per_week=10, weeks=100, until="2026-W07", seed=2)
    history = history_of(
        pd.concat([few, many], ignore_index=True),
        area,
        crime_types=("home_burglary",),
        time_zone=ZONE,
        cutoff_week=CUTOFF,
    )
    assert expected_total(history, "home_burglary") == pytest.approx(60, rel=0.15)
