# SPDX-License-Identifier: EUPL-1.2
"""Visits: what they reach, how hours are spread, and the limits that stand for the hours."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import PlanError
from stip.plan.visits import Visits, relaxed_bound
from stip.settings import PlanSettings


def visits_of(**settings):
    return Visits.of(PlanSettings(**settings))


def test_each_next_visit_reaches_the_same_share_of_what_is_left():
    visits = visits_of(catch_per_visit=0.3, max_visits=3)
    assert visits.reach == pytest.approx([0, 0.3, 0.51, 0.657])
    assert visits.hours == pytest.approx([0, 4.5, 8.5, 12.5])


def test_too_few_hours_for_one_visit_says_what_one_costs():
    with pytest.raises(PlanError, match="één bezoek kost 4,5 uur"):
        visits_of(hours=4)


numbers = st.floats(0, 5)
plans = st.tuples(
    st.lists(numbers, min_size=1, max_size=4),
    st.floats(0, 60),
    st.integers(1, 4),
    st.floats(0.5, 6),
    st.floats(0, 3),
    st.floats(0.05, 1),
)


@given(plans)
def test_spreading_hours_equals_trying_everything(plan):
    worth, hours, most, each, travel, catch = plan
    worth = np.sort(np.array(worth))[::-1]
    visits = visits_of(hours=1000, hours_per_visit=each, travel_hours=travel, max_visits=most, catch_per_visit=catch)
    spread = visits.spread(worth, hours=hours)
    best = max(
        float(visits.reach[list(counts)] @ worth)
        for counts in product(range(most + 1), repeat=len(worth))
        if visits.hours[list(counts)].sum() <= hours + 1e-9
    )
    assert visits.hours[spread].sum() <= hours + 1e-6
    assert visits.reach[spread] @ worth == pytest.approx(best)


@given(plans)
def test_the_limits_allow_exactly_what_the_hours_allow(plan):
    worth, hours, most, each, travel, catch = plan
    visits = visits_of(hours=1000, hours_per_visit=each, travel_hours=travel, max_visits=most, catch_per_visit=catch)
    use, limit = visits.limits(hours=hours, places=len(worth))
    for counts in product(range(most + 1), repeat=len(worth)):
        within = bool((use[:, list(counts)].sum(axis=1) <= limit + 1e-9).all())
        taken = visits.hours[list(counts)].sum()
        if abs(taken - hours) > 1e-6:
            assert within == (taken <= hours)


def test_forced_places_come_first_whatever_they_are_worth():
    visits = visits_of()
    spread = visits.spread(np.array([0.0, 9.0, 5.0]), hours=4.5 * 2, forced=1)
    assert spread.tolist() == [1, 1, 0]


def test_the_relaxed_bound_puts_the_best_cells_in_the_best_visited_bags():
    visits = visits_of(hours=8.5, max_visits=2)
    bound = relaxed_bound(np.array([1.0, 4.0, 2.0, 3.0, -5.0]), visits, hours=8.5, places=2, most_cells=2)
    assert bound == pytest.approx(0.51 * 7)
    assert relaxed_bound(np.array([]), visits, hours=8.5, places=2, most_cells=2) == 0
