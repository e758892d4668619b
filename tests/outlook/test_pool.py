# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from stip.outlook.pool import Pool


def shares() -> np.ndarray:
    draw = np.random.default_rng(0)
    good = draw.gamma(0.5, 1.0, 300) + 0.01
    bad = draw.permutation(good)
    return np.column_stack([good / good.sum(), bad / bad.sum()])


def test_the_expert_that_foretells_best_weighs_most() -> None:
    both, pool, draw = shares(), Pool(("good", "bad")), np.random.default_rng(1)
    for _ in range(30):
        pool.learn(both, draw.multinomial(40, both[:, 0]).astype(float))
    assert pool.weights_[0] > 0.95
    assert pool.weights_.sum() == pytest.approx(1)


def test_weights_turn_when_the_pattern_changes() -> None:
    both, pool, draw = shares(), Pool(("one", "other")), np.random.default_rng(1)
    for _ in range(30):
        pool.learn(both, draw.multinomial(40, both[:, 0]).astype(float))
    for _ in range(80):
        pool.learn(both, draw.multinomial(40, both[:, 1]).astype(float))
    assert pool.weights_[1] > 0.5


def test_a_week_without_incidents_changes_nothing() -> None:
    pool = Pool(("one", "other"))
    pool.learn(shares(), np.zeros(300))
    assert pool.weights_.tolist() == [0.5, 0.5]


def test_the_mix_lies_between_the_experts_and_adds_up() -> None:
    both = shares()
    mixed = Pool(("one", "other")).mix(both)
    assert mixed.sum() == pytest.approx(1)
    same = np.column_stack([both[:, 0], both[:, 0]])
    assert Pool(("one", "other")).mix(same) == pytest.approx(both[:, 0])
