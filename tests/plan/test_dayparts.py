# SPDX-License-Identifier: EUPL-1.2
"""When to go."""

import numpy as np
import pytest

from stip.errors import PlanError
from stip.plan.dayparts import day_parts


def week_with(*spots):
    week = np.zeros((7, 24))
    for day, hour in spots:
        week[day, hour] += 1
    return week.ravel()


def test_the_busiest_parts_come_first():
    week = 3 * week_with((2, 17), (3, 18), (4, 19)) + week_with((5, 1), (6, 2))
    assert day_parts({"a": 1.0}, {"a": week}) == ("wo–vr 16–20 uur", "vr–zo 0–4 uur")


def test_types_count_by_what_is_expected_here():
    rhythm = {"a": week_with((0, 9), (1, 9), (2, 9)), "b": 100 * week_with((4, 21), (5, 21), (6, 21))}
    assert day_parts({"a": 0.9, "b": 0.1}, rhythm, parts=1) == ("ma–wo 8–12 uur",)
    assert day_parts({"a": 0.1, "b": 0.9}, rhythm, parts=1) == ("vr–zo 20–24 uur",)


def test_without_rhythm_nothing_is_said():
    assert day_parts({"a": 1.0}, None) == ()
    assert day_parts({"a": 1.0}, {"b": np.ones(168)}) == ()
    assert day_parts({"a": 1.0}, {"a": np.zeros(168)}) == ()


@pytest.mark.parametrize("wrong", [np.ones(24), -np.ones(168), np.full(168, np.nan)])
def test_a_rhythm_of_another_shape_is_refused(wrong):
    with pytest.raises(PlanError, match="168 getallen"):
        day_parts({"a": 1.0}, {"a": wrong})
