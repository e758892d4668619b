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
    assert pool.weights_[1] < 0.05


def test_weights_turn_when_the_pattern_changes() -> None:
    both, pool, draw = shares(), Pool(("one", "other")), np.random.default_rng(1)
    for _ in range(30):
        pool.learn(both, draw.multinomial(40, both[:, 0]).astype(float))
    for _ in range(80):
        pool.learn(both, draw.multinomial(40, both[:, 1]).astype(float))
    assert pool.weights_[1] > 0.5


def test_an_expert_that_knows_something_else_keeps_its_part_though_it_is_worse_alone() -> None:
    draw = np.random.default_rng(2)
    one, other = draw.normal(0, 1.0, 400), draw.normal(0, 0.5, 400)
    truth = np.exp(one + other)
    alone = np.column_stack([np.exp(one), np.exp(other)])
    alone /= alone.sum(axis=0)
    pool = Pool(("one", "other"))
    for _ in range(80):
        pool.learn(alone, draw.multinomial(60, truth / truth.sum()).astype(float))
    assert pool.weights_ == pytest.approx([1.0, 1.0], abs=0.12)


def test_powers_sink_back_to_equal_ones_when_nothing_comes_any_more() -> None:
    both, pool, draw = shares(), Pool(("good", "bad")), np.random.default_rng(1)
    for _ in range(10):
        pool.learn(both, draw.multinomial(40, both[:, 0]).astype(float))
    before = pool.weights_.copy()
    for _ in range(1000):
        pool.learn(both, np.zeros(300))
    assert before[0] > 0.8
    assert pool.weights_ == pytest.approx([0.5, 0.5], abs=0.02)


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
