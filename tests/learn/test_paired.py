# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import ContractError
from stip.learn import paired_difference
from stip.learn.paired import errors_each_way

WEEKS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(9, 30)), min_size=1, max_size=30)


@given(WEEKS)
def test_sides_swapped_swap_the_sign(weeks: list[tuple[int, int, int]]) -> None:
    mine, theirs, total = np.array(weeks, dtype=float).T
    one = paired_difference(mine, theirs, total, draws=200, seed=1)
    other = paired_difference(theirs, mine, total, draws=200, seed=1)
    assert one.share == pytest.approx(-other.share)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))
    assert one.low <= one.share + 1e-12 or len(weeks) > 1
    assert one.share == pytest.approx((mine.sum() - theirs.sum()) / total.sum())
    assert -1 <= one.low <= one.high <= 1


def test_the_same_figures_give_the_same_interval_and_no_difference_none() -> None:
    mine, total = np.arange(20.0), np.full(20, 40.0)
    assert paired_difference(mine, mine, total, draws=500, seed=3).low == 0
    assert paired_difference(mine, mine, total, draws=500, seed=3).high == 0
    again = [paired_difference(mine, mine[::-1], total, draws=500, seed=3) for _ in range(2)]
    assert again[0] == again[1]


def test_weeks_in_which_nothing_came_make_no_difference() -> None:
    nothing = np.zeros(15)
    assert paired_difference(nothing, nothing, nothing, draws=200, seed=1).share == 0


@pytest.mark.parametrize("share", [0.0, 0.05])
def test_the_interval_holds_the_truth_at_every_week_at_which_one_looks(share: float) -> None:
    chance = np.random.default_rng(7)
    runs, left_out, once = 120, 0, 0
    for seed in range(runs):
        total = chance.poisson(18, 60).astype(float)
        both = chance.binomial(total.astype(int), 0.20)
        mine, theirs = (both + chance.binomial(total.astype(int), 0.08 + more) for more in (share, 0.0))
        looks = [
            paired_difference(mine[:n] * 1.0, theirs[:n] * 1.0, total[:n], draws=200, seed=seed)
            for n in range(12, 61, 4)
        ]
        left_out += any(not look.low <= share <= look.high for look in looks)
        once += any(abs(look.share - share) > 1.96 / 3.05 * (look.high - look.low) / 2 for look in looks)
    assert left_out / runs <= 0.08
    assert once / runs > 0.12  # what an interval for one look would have left out


def test_an_interval_reaches_least_far_at_half_a_year() -> None:
    reach = [errors_each_way(weeks) for weeks in range(2, 300)]
    assert 20 <= 2 + int(np.argmin(reach)) <= 45
    assert min(reach) > 3.0 and errors_each_way(104) == pytest.approx(3.13, abs=0.01)


def test_one_week_says_nothing_about_how_weeks_differ() -> None:
    found = paired_difference(np.array([9.0]), np.array([1.0]), np.array([10.0]), draws=200, seed=1)
    assert (found.low, found.high) == (-1, 1)


def test_sides_with_other_weeks_are_refused() -> None:
    with pytest.raises(ContractError, match="dezelfde weken"):
        paired_difference(np.ones(3), np.ones(2), np.ones(3), draws=200, seed=1)
    with pytest.raises(ContractError, match="dezelfde weken"):
        paired_difference(np.empty(0), np.empty(0), np.empty(0), draws=200, seed=1)
