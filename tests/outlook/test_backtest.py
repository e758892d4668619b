# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from outlook.conftest import WEEK
from stip.errors import HistoryError
from stip.outlook import AREA_SHARES, History, Truth, backtest, hits_at, make_forecasters, poisson_deviance, rolling
from stip.settings import OutlookSettings
from stip.space import week_from_number, week_number
from stip.store import SCORE, conform

CUTOFF = week_number(WEEK)
NAMES = ("long_run", "last_52_weeks")


def test_rows_keep_the_contract_one_a_model_week_and_share(history: History, settings: OutlookSettings) -> None:
    done: list[tuple[int, int]] = []
    rows = backtest(
        history,
        make_forecasters(NAMES, ("home_burglary",), settings),
        weeks=8,
        refit_weeks=4,
        progress=lambda week, weeks: done.append((week, weeks)),
    )
    conform(rows, SCORE)
    assert len(rows) == 8 * 2 * len(AREA_SHARES)
    assert done[-1] == (8, 8)
    assert sorted(set(rows["week"]))[-1] == week_from_number(CUTOFF - 1)
    assert (rows["hits"] <= rows["best_hits"] + 1e-9).all()
    assert (rows["best_hits"] <= rows["total"] + 1e-9).all()


def test_recent_weeks_are_provisional(history: History, settings: OutlookSettings) -> None:
    rows = backtest(
        history,
        make_forecasters(("long_run",), ("home_burglary",), settings),
        weeks=10,
        refit_weeks=4,
        final_after_weeks=6,
    )
    state = rows.drop_duplicates("week").sort_values("week")["state"].tolist()
    assert state == ["final"] * 4 + ["provisional"] * 6


def test_hits_are_those_of_what_was_known_against_what_came(history: History, settings: OutlookSettings) -> None:
    week = CUTOFF - 9
    rows = backtest(history, make_forecasters(("long_run",), ("home_burglary",), settings), weeks=9, refit_weeks=4)
    known = history.as_known(week).counts("home_burglary", 0, week)
    came = history.counts("home_burglary", week, week + 1)
    row = rows[(rows["week"] == week_from_number(week)) & (rows["area_share"] == 0.05)].iloc[0]
    assert row["hits"] == pytest.approx(hits_at(np.round(known, 4), came, area_share=0.05), abs=0.35)
    assert row["total"] == pytest.approx(came.sum(), abs=1e-4)


def test_a_forecaster_is_given_only_what_was_known(history: History, settings: OutlookSettings) -> None:
    seen: list[tuple[int, int]] = []
    forecaster = make_forecasters(("long_run",), ("home_burglary",), settings)[0]
    observe = forecaster.observe
    forecaster.observe = lambda known: (seen.append((known.cutoff_week, int(known.known_week.max()))), observe(known))
    list(rolling(history, [forecaster], first_week=CUTOFF - 5, last_week=CUTOFF, refit_weeks=3))
    assert [week for week, _ in seen] == list(range(CUTOFF - 5, CUTOFF + 1))
    assert all(latest < week for week, latest in seen)


def test_too_early_a_week_is_refused_in_a_sentence(history: History, settings: OutlookSettings) -> None:
    with pytest.raises(HistoryError, match="Kies minder weken"):
        backtest(history, make_forecasters(("long_run",), ("home_burglary",), settings), weeks=500, refit_weeks=13)


def test_deviance_is_nothing_when_expected_is_what_came() -> None:
    came = np.array([0.0, 1.0, 3.0])
    assert poisson_deviance(came, came) == pytest.approx(0, abs=1e-9)
    assert poisson_deviance(came, came + 0.5) > 0


def test_truth_adds_up_over_weeks(history: History) -> None:
    truth = Truth(history)
    total = sum(truth.counts("home_burglary", week).sum() for week in range(CUTOFF - 50, CUTOFF))
    assert total == pytest.approx(history.counts("home_burglary", CUTOFF - 50, CUTOFF).sum(), rel=1e-4)
