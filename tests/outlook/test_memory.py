# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outlook.conftest import WEEK
from stip.errors import HistoryError
from stip.outlook import History, Memory
from stip.outlook.memory import is_exact, weeks_remembered
from stip.space import week_number

CUTOFF = week_number(WEEK)
HALF_LIVES = (2.0, 16.0, float("inf"))
WIDTHS = (0.0, 90.0, 400.0)


def layers(memory: Memory) -> np.ndarray:
    return np.array([memory.layer(0, half_life, width) for half_life in HALF_LIVES for width in WIDTHS])


@given(steps=st.lists(st.integers(1, 30), min_size=1, max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[])
def test_moving_on_week_by_week_is_the_same_as_starting_afresh(steps: list[int]) -> None:
    history = HISTORY[0]
    streamed = Memory(HALF_LIVES, WIDTHS)
    week = CUTOFF - 120
    for step in steps:
        week = min(week + step, CUTOFF)
        streamed.at(history.as_known(week))
    afresh = Memory(HALF_LIVES, WIDTHS).at(history.as_known(week))
    assert layers(streamed) == pytest.approx(layers(afresh), rel=1e-3, abs=1e-4)


HISTORY: list[History] = []


@pytest.fixture(autouse=True, scope="module")
def _keep(history: History) -> None:
    HISTORY.append(history)


def test_a_fading_count_is_the_sum_of_faded_reports(history: History) -> None:
    known = history.as_known(CUTOFF - 3)
    memory = Memory(HALF_LIVES, WIDTHS).at(known)
    age = known.cutoff_week - 1 - known.occurred_week
    by_hand = np.bincount(known.cell_index, known.weight * 0.5 ** (age / 16.0), len(known.area))
    assert memory.layer(0, 16.0, 0.0) == pytest.approx(by_hand, rel=1e-3, abs=1e-4)
    everything = known.counts("home_burglary", 0, CUTOFF)
    assert memory.layer(0, float("inf"), 0.0) == pytest.approx(everything, rel=1e-4, abs=1e-4)


def test_every_width_keeps_the_total(history: History) -> None:
    memory = Memory(HALF_LIVES, WIDTHS).at(history)
    for half_life in HALF_LIVES:
        totals = [memory.layer(0, half_life, width).sum() for width in WIDTHS]
        assert totals == pytest.approx([totals[0]] * 3, rel=1e-3)


def test_going_back_starts_again(history: History) -> None:
    memory = Memory(HALF_LIVES, WIDTHS).at(history)
    back = layers(memory.at(history.as_known(CUTOFF - 20)))
    assert back == pytest.approx(layers(Memory(HALF_LIVES, WIDTHS).at(history.as_known(CUTOFF - 20))), abs=1e-4)


def test_a_weekly_update_touches_only_what_arrived(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(HALF_LIVES, WIDTHS).at(history.as_known(CUTOFF - 1))
    touched: list[int] = []
    add = Memory._add
    monkeypatch.setattr(Memory, "_add", lambda self, new, week: (touched.append(len(new)), add(self, new, week)))
    memory.at(history)
    assert touched == [int((history.known_week == CUTOFF - 1).sum())]
    assert touched[0] < len(history) / 50


def test_narrow_widths_are_exact_and_wide_ones_are_not() -> None:
    assert [is_exact(width, 125) for width in (0.0, 60.0, 180.0, 190.0)] == [False, True, True, False]


def test_weeks_remembered() -> None:
    assert weeks_remembered(float("inf"), 30) == pytest.approx(30)
    assert weeks_remembered(1.0, 400) == pytest.approx(2)
    assert weeks_remembered(float("inf"), 30, np.array([0.5, 0.75])) == pytest.approx(29.25 - 0.0)
    with pytest.raises(HistoryError, match="hele week"):
        weeks_remembered(4.0, 0)


def test_what_faded_to_nothing_is_nothing(history: History) -> None:
    memory = Memory((0.3, 52.0), (0.0, 90.0))
    known = history.as_known(CUTOFF - 60)
    memory.at(known)
    whole = float(memory.layer(0, 52.0, 0.0).sum())
    for week in range(CUTOFF - 59, CUTOFF - 19):
        silent = history.arrived(0, CUTOFF - 60)
        memory.at(replace(silent, cutoff_week=week))
    for width in (0.0, 90.0):
        assert not memory.layer(0, 0.3, width).any()
    assert memory.layer(0, 52.0, 0.0).sum() == pytest.approx(whole * 2 ** (-40 / 52), rel=1e-4)
