# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from outlook.conftest import WEEK
from stip.outlook import History, Memory, StudyArea, find_leaks, make_forecasters
from stip.outlook.etas import Etas, events_of
from stip.outlook.make import BESIDE
from stip.settings import OutlookSettings
from stip.space import week_number

CUTOFF = week_number(WEEK)
TYPE = "home_burglary"


def fitted(known: History, settings: OutlookSettings) -> Etas:
    made = Etas(TYPE, settings, Memory((float("inf"),), (0.0,)))
    return made.fit(known)


def test_the_future_does_not_leak_into_it(history: History, settings: OutlookSettings) -> None:
    assert (
        find_leaks(history, lambda _: make_forecasters(("etas",), (TYPE,), settings), week=CUTOFF - 9, weeks=4) == []
    )


def test_a_new_incident_raises_the_week_after_it_and_then_fades(history: History, settings: OutlookSettings) -> None:
    made = fitted(history.as_known(CUTOFF - 12), settings)
    made.excitation_ = replace(made.excitation_, children=0.5, fade=0.5, width_m=60.0)
    made.excited_ = Memory((1.0,), (60.0,), exactly=(TYPE,))
    quiet = int(history.counts(TYPE, CUTOFF - 12, CUTOFF).argmin())
    at = int(np.searchsorted(history.known_week, CUTOFF - 12))
    more = replace(
        history,
        **{
            name: np.insert(getattr(history, name), at, value).astype(getattr(history, name).dtype)
            for name, value in {
                "cell_index": quiet,
                "type_index": 0,
                "occurred_week": CUTOFF - 12,
                "known_week": CUTOFF - 12,
                "weight": 20.0,
                "east_m": 62.5,
                "north_m": 62.5,
            }.items()
        },
    )
    seen = []
    for week in range(CUTOFF - 12, CUTOFF - 8):
        made.observe(more.as_known(week))
        seen.append(made._raised()[quiet])
    assert seen[1] > seen[0] + 2
    assert seen[3] < seen[1] / 2


def test_events_are_each_incident_once_and_what_was_taken_back_is_gone(history: History) -> None:
    rows = np.arange(len(history))
    last = int(rows[-1])
    taken = replace(
        history,
        **{
            name: np.append(getattr(history, name), getattr(history, name)[last])
            for name in ("cell_index", "type_index", "occurred_week", "known_week", "east_m", "north_m")
        },
        weight=np.append(history.weight, -history.weight[last]),
    )
    before, after = events_of(history, TYPE), events_of(taken, TYPE)
    assert before.weight.sum() - after.weight.sum() == pytest.approx(float(history.weight[last]))
    assert (after.weight > 0).all()
    assert after.starts[-1] == len(after.weight) == len(after.cell_index)
    assert len(after.starts) == len(after.share_known) + 1 == history.weeks_of(TYPE) + 1


def test_it_tells_what_it_learned_and_what_lifts_a_cell(history: History, settings: OutlookSettings) -> None:
    made = fitted(history, settings)
    assert set(made.learned()) >= {"children", "half_life_weeks", "width_m"}
    pulls = {pull.kind: pull.strength for pull in made.pulls()}
    assert set(pulls) == {"recent_near", "year_around"}
    assert all(strength.mean() == pytest.approx(0, abs=1e-9) for strength in pulls.values())


def test_a_type_without_reports_is_expected_evenly(
    area: StudyArea, history: History, settings: OutlookSettings
) -> None:
    without = replace(history, crime_types=(TYPE, "vandalism"))
    made = Etas("vandalism", settings, Memory((float("inf"),), (0.0,))).fit(without)
    expected = made.predict()
    assert expected == pytest.approx(np.full(len(area), expected[0]))


def test_it_is_slow_and_so_not_beside_every_outlook() -> None:
    assert Etas.slow
    assert "etas" not in BESIDE
