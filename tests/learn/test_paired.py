# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import ContractError
from stip.learn import paired_difference

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


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    chance = np.random.default_rng(7)
    held = 0
    for seed in range(150):
        total = chance.poisson(20, 40).astype(float)
        mine, theirs = chance.binomial(total.astype(int), 0.30), chance.binomial(total.astype(int), 0.25)
        found = paired_difference(mine.astype(float), theirs.astype(float), total, draws=400, seed=seed)
        held += found.low <= 0.05 <= found.high
    assert 0.88 <= held / 150 <= 0.99


def test_sides_with_other_weeks_are_refused() -> None:
    with pytest.raises(ContractError, match="dezelfde weken"):
        paired_difference(np.ones(3), np.ones(2), np.ones(3), draws=200, seed=1)
    with pytest.raises(ContractError, match="dezelfde weken"):
        paired_difference(np.empty(0), np.empty(0), np.empty(0), draws=200, seed=1)
