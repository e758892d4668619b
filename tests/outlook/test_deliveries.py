# SPDX-License-Identifier: EUPL-1.2
"""A file that did not come is no quiet week: on known data, with one week and with two missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from outlook.conftest import WEEK, ZONE, incidents
from stip.outlook import (
    DistrictScores,
    History,
    Memory,
    StudyArea,
    backtest,
    completeness,
    history_of,
    make_forecasters,
)
from stip.outlook.baselines import rate
from stip.outlook.completeness import untold_weeks
from stip.outlook.deliveries import undelivered_weeks
from stip.outlook.level import expected_total
from stip.settings import OutlookSettings
from stip.space import week_number, week_numbers

CUTOFF = week_number(WEEK)
TYPE = ("home_burglary",)
GAPS = [(1,), (3,), (1, 2), (2, 6)]
"""Weeks ago in which nothing came in."""


@pytest.fixture(scope="module")
def steady(area: StudyArea) -> pd.DataFrame:
    return incidents(area, per_week=40, weeks=150, delay_weeks=0.7, seed=21)


def without(reports: pd.DataFrame, gaps: tuple[int, ...]) -> pd.DataFrame:
    known = week_numbers(reports["known_at"], ZONE)
    return reports[~np.isin(known, [CUTOFF - gap for gap in gaps])].reset_index(drop=True)


def made(area: StudyArea, reports: pd.DataFrame, cutoff: int = CUTOFF, types: tuple[str, ...] = TYPE) -> History:
    return history_of(reports, area, crime_types=types, time_zone=ZONE, cutoff_week=cutoff)


def naive(history: History) -> History:
    from dataclasses import replace

    return replace(history, undelivered=())


@pytest.mark.parametrize("gaps", GAPS)
def test_the_weeks_are_found_and_nothing_else(area: StudyArea, steady: pd.DataFrame, gaps: tuple[int, ...]) -> None:
    assert made(area, steady).undelivered == ((),)
    assert made(area, without(steady, gaps)).undelivered == (tuple(sorted(CUTOFF - gap for gap in gaps)),)


@pytest.mark.parametrize("gaps", GAPS)
def test_the_level_stays_what_it_was(area: StudyArea, steady: pd.DataFrame, gaps: tuple[int, ...]) -> None:
    full, gapped = made(area, steady), made(area, without(steady, gaps))
    assert expected_total(gapped, TYPE[0]) == pytest.approx(
        expected_total(full, TYPE[0]), rel=0.08
    )  # the noise of one week less
    assert expected_total(naive(gapped), TYPE[0]) < 0.97 * expected_total(gapped, TYPE[0])
    for weeks in (8, 52):
        assert rate(gapped, TYPE[0], weeks).sum() == pytest.approx(rate(full, TYPE[0], weeks).sum(), rel=0.07)


@pytest.mark.parametrize("model", ["blend", "prospective_hot_spot", "recent_mean"])
def test_every_kind_of_outlook_expects_as_much(area: StudyArea, steady: pd.DataFrame, model: str) -> None:
    totals = []
    for history in (made(area, steady), made(area, without(steady, (1, 2)))):
        (forecaster,) = make_forecasters((model,), TYPE, OutlookSettings(training_weeks=26))
        for week in range(CUTOFF - 40, CUTOFF + 1):
            forecaster.observe(history.as_known(week))
        totals.append(forecaster.fit(history).predict().sum())
    assert totals[1] == pytest.approx(totals[0], rel=0.08)


def test_shares_are_those_of_what_came_in(area: StudyArea) -> None:
    reports = incidents(area, per_week=1000, weeks=100, delay_weeks=1.0, seed=3)
    full, gapped = made(area, reports), made(area, without(reports, (2, 4)))
    of_all = completeness(full, TYPE[0])
    share = completeness(gapped, TYPE[0])
    per_week = full.counts, gapped.counts
    for age in range(8):
        week = CUTOFF - 1 - age
        all_known, known = (counts(TYPE[0], week, week + 1).sum() for counts in per_week)
        assert share[age] == pytest.approx(of_all[age] * known / all_known, abs=0.04)


def test_a_week_that_was_missed_is_known_at_its_own_cutoff_only(area: StudyArea, steady: pd.DataFrame) -> None:
    gapped = without(steady, (1, 30))
    history = made(area, gapped)
    for cutoff in (CUTOFF - 30, CUTOFF - 29, CUTOFF - 10):
        before = gapped[week_numbers(gapped["known_at"], ZONE) < cutoff]
        assert history.as_known(cutoff).undelivered == made(area, before, cutoff).undelivered
    assert history.as_known(CUTOFF - 30).undelivered == ((),)


def test_few_reports_a_week_leave_weeks_that_are_really_quiet(area: StudyArea) -> None:
    rare = incidents(area, per_week=2, weeks=150, seed=4)
    assert made(area, rare).undelivered == ((),)
    assert len(np.unique(week_numbers(rare["known_at"], ZONE))) < 150


def test_a_rare_type_misses_what_its_source_misses(area: StudyArea, steady: pd.DataFrame) -> None:
    rare = incidents(area, per_week=1, weeks=100, crime_type="vandalism", seed=5)
    both = without(pd.concat([steady, rare], ignore_index=True), (2,))
    assert made(area, both, types=(*TYPE, "vandalism")).undelivered == ((CUTOFF - 2,), (CUTOFF - 2,))


def test_a_type_that_another_source_brought_as_well_misses_nothing(area: StudyArea, steady: pd.DataFrame) -> None:
    other = incidents(area, per_week=40, weeks=100, seed=6).assign(source="other")
    rest = pd.concat([without(steady, (2,)), other], ignore_index=True)
    assert undelivered_weeks(rest, TYPE, time_zone=ZONE, cutoff_week=CUTOFF) == ((),)


def test_what_other_memories_hold_is_divided_by_the_weeks_that_came(area: StudyArea, steady: pd.DataFrame) -> None:
    from stip.outlook.columns import Columns

    rates = []
    for history in (made(area, steady), made(area, without(steady, (1, 2)))):
        memory = Memory((6.0, float("inf")), (0.0,))
        rates.append(Columns(TYPE[0], history, memory).rates(history)[:, 0].sum())
    assert rates[1] == pytest.approx(rates[0], rel=0.08)


def test_weeks_are_untold_when_a_missing_delivery_brings_much_of_them(area: StudyArea, steady: pd.DataFrame) -> None:
    prompt = incidents(area, per_week=40, weeks=150, delay_weeks=0.01, seed=22)
    assert untold_weeks(made(area, prompt), TYPE[0]) == frozenset()
    assert untold_weeks(made(area, without(prompt, (5,))), TYPE[0]) == {CUTOFF - 5}
    on_monday = prompt.assign(known_at=prompt["known_at"].dt.normalize() + pd.Timedelta(days=7))
    assert untold_weeks(made(area, without(on_monday, (5,))), TYPE[0]) == {CUTOFF - 6}
    assert untold_weeks(made(area, without(steady, (5,))), TYPE[0]) == {CUTOFF - 5, CUTOFF - 6}


def test_a_backtest_scores_no_week_that_was_not_delivered(area: StudyArea) -> None:
    prompt = incidents(area, per_week=40, weeks=150, delay_weeks=0.01, seed=22)
    history = made(area, without(prompt, (5,)))
    models = make_forecasters(("long_run",), TYPE, OutlookSettings())
    districts = DistrictScores(history, np.full(len(area), "WK0", dtype=object))
    rows = backtest(history, models, weeks=8, refit_weeks=8, watch=districts.add)
    assert rows["week"].nunique() == districts.rows()["week"].nunique() == 7
    assert (rows["total"] > 20).all()
