# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from outlook.conftest import WEEK, ZONE, incidents
from stip.outlook import StudyArea, completeness, history_of
from stip.outlook.completeness import LONGEST_DELAY_WEEKS, exposure_weeks
from stip.space import week_number

CUTOFF = week_number(WEEK)


def history_with(area: StudyArea, delay_weeks: float, seed: int = 5):  # noqa: ANN201
    reports = incidents(area, per_week=60, weeks=160, until="2026-W45", delay_weeks=delay_weeks, seed=seed)
    return history_of(
        reports, area, crime_types=("home_burglary",), time_zone=ZONE, cutoff_week=week_number("2026-W45")
    )


def test_it_says_how_much_of_each_recent_week_is_known(area: StudyArea) -> None:
    history = history_with(area, delay_weeks=1.5)
    share = completeness(history.as_known(CUTOFF), "home_burglary")
    ages = range(1, 7)
    known = history.as_known(CUTOFF)
    truly = [
        known.counts("home_burglary", CUTOFF - age, CUTOFF - age + 1).sum()
        / history.counts("home_burglary", CUTOFF - age, CUTOFF - age + 1).sum()
        for age in ages
    ]
    assert share[:6] == pytest.approx(truly, abs=0.12)
    assert (np.diff(share) >= -1e-12).all()


def test_corrected_recent_weeks_are_within_five_per_cent(area: StudyArea) -> None:
    corrected = came = 0.0
    history = history_with(area, delay_weeks=1.0, seed=9)
    for cutoff in range(CUTOFF - 20, CUTOFF, 4):
        known = history.as_known(cutoff)
        share = completeness(known, "home_burglary")
        for age in range(1, 5):
            week = cutoff - age
            corrected += known.counts("home_burglary", week, week + 1).sum() / share[age - 1]
            came += history.counts("home_burglary", week, week + 1).sum()
    assert corrected == pytest.approx(came, rel=0.05)


def test_reports_at_once_need_no_correction(area: StudyArea) -> None:
    reports = incidents(area)
    reports["to_at"] = reports["from_at"]
    reports["known_at"] = reports["from_at"]
    history = history_of(reports, area, crime_types=("home_burglary",), time_zone=ZONE, cutoff_week=CUTOFF)
    assert completeness(history, "home_burglary") == pytest.approx(np.ones(LONGEST_DELAY_WEEKS))


def test_exposure_counts_incomplete_weeks_for_less() -> None:
    share = np.ones(LONGEST_DELAY_WEEKS)
    share[:2] = [0.5, 0.9]
    assert exposure_weeks(share, 1) == pytest.approx(0.5)
    assert exposure_weeks(share, 52) == pytest.approx(51.4)
