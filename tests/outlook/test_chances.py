# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import ContractError
from stip.outlook.chances import chances, drawn

BUSY = st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=60).map(np.array)


@given(BUSY, st.integers(1, 80))
def test_chances_are_chances_and_add_up_to_what_is_asked(busy: np.ndarray, number: int) -> None:
    found = chances(busy, number)
    assert ((found > 0) & (found <= 1)).all()
    assert found.sum() == pytest.approx(min(number, len(busy)))


@given(BUSY, st.integers(1, 80))
def test_they_follow_how_busy_a_cell_is_where_none_is_sure(busy: np.ndarray, number: int) -> None:
    found = chances(busy, number)
    open_ = found < 1
    assert np.allclose(found[open_] * busy[open_].sum(), busy[open_] * found[open_].sum())
    if open_.any() and not open_.all():
        assert busy[~open_].min() >= busy[open_].max()


def test_drawn_by_their_busyness_a_sum_is_told_with_less_error_than_drawn_alike() -> None:
    draw = np.random.default_rng(4)
    expected = draw.gamma(0.3, 1.0, 2000)
    errors = []
    for busy in (expected + 0.06, np.ones(2000)):
        chance = chances(busy, 100)
        sums = [((draw.random(2000) < chance) / chance * expected).sum() for _ in range(300)]
        errors.append(np.std(sums) / expected.sum())
    assert errors[0] < errors[1] / 2


@given(BUSY, st.integers(1, 80), st.integers(0, 5))
def test_as_many_are_drawn_as_asked_and_those_that_are_sure_always(busy: np.ndarray, number: int, seed: int) -> None:
    chance = chances(busy, number)
    picked = drawn(chance, np.random.default_rng(seed))
    assert abs(len(picked) - min(number, len(busy))) <= 1
    assert np.isin(np.flatnonzero(chance == 1), picked).all()


def test_each_is_drawn_as_often_as_its_chance() -> None:
    chance = chances(np.array([1.0, 3.0, 0.5, 9.0, 2.0, 1.0]), 3)
    often = np.zeros(6)
    for seed in range(4000):
        often[drawn(chance, np.random.default_rng(seed))] += 1
    assert often / 4000 == pytest.approx(chance, abs=0.03)


@pytest.mark.parametrize("busy", [[1.0, 0.0], [np.nan, 1.0], [np.inf, 1.0], [-1.0, 1.0]])
def test_a_cell_that_could_never_be_drawn_is_refused(busy: list[float]) -> None:
    with pytest.raises(ContractError, match="nooit worden getrokken"):
        chances(np.array(busy), 1)
