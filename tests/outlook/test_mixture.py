# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from stip.outlook.mixture import fit_mixture


def drawn(n: int = 20_000, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    rates = draw.gamma(0.5, 1.0, (n, 4)).astype(np.float32)
    weights = np.array([0.3, 0.0, 0.05, 0.0])
    return rates, draw.poisson(rates @ weights).astype(float), weights


def likelihood(rates: np.ndarray, came: np.ndarray, weights: np.ndarray) -> float:
    expected = np.maximum(rates @ weights, 1e-12)
    return float((came * np.log(expected) - expected).sum())


def test_it_finds_the_weights_that_made_the_counts() -> None:
    rates, came, weights = drawn()
    ones = np.ones(len(came))
    found = fit_mixture(rates, came, weight=ones, exposure=ones, pull=0.01)
    assert found == pytest.approx(weights, abs=0.02)
    assert likelihood(rates, came, found) >= likelihood(rates, came, weights) - 1


def test_what_is_half_known_counts_double() -> None:
    rates, came, weights = drawn(seed=1)
    half = np.random.default_rng(2).binomial(came.astype(int), 0.5).astype(float)
    found = fit_mixture(rates, half, weight=np.ones(len(came)), exposure=np.full(len(came), 0.5), pull=0.01)
    assert found == pytest.approx(weights, abs=0.03)


def test_a_sample_with_its_weights_gives_what_all_rows_give() -> None:
    rates, came, _ = drawn(seed=3)
    ones = np.ones(len(came))
    every = fit_mixture(rates, came, weight=ones, exposure=ones, pull=0.01)
    keep = (came > 0) | (np.random.default_rng(4).random(len(came)) < 0.25)
    weight = np.where(came > 0, 1.0, 4.0)[keep]
    some = fit_mixture(rates[keep], came[keep], weight=weight, exposure=ones[keep], pull=0.01)
    assert some == pytest.approx(every, abs=0.02)


def test_a_column_of_nothing_gets_no_weight() -> None:
    rates, came, _ = drawn()
    rates[:, 1] = 0
    ones = np.ones(len(came))
    found = fit_mixture(rates, came, weight=ones, exposure=ones)
    assert found[1] == 0
    assert (found >= 0).all()


def test_equal_columns_share_the_weight() -> None:
    rates, came, _ = drawn()
    twice = np.column_stack([rates[:, 0], rates[:, 0]])
    ones = np.ones(len(came))
    found = fit_mixture(twice, came, weight=ones, exposure=ones, pull=0.1)
    assert found[0] == pytest.approx(found[1])
