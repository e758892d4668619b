# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import PoissonRegressor

from stip.outlook.loglinear import LogLinear


def drawn(seed: int = 0, n: int = 20_000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    signs = draw.normal(size=(n, 3)).astype(np.float32)
    base = draw.gamma(1.0, 0.1, n) + 1e-3
    came = draw.poisson(base * np.exp(0.2 + 0.5 * signs[:, 0] - 0.3 * signs[:, 2])).astype(float)
    return signs, base, came


def test_it_finds_the_correction_that_made_the_counts() -> None:
    signs, base, came = drawn()
    found = LogLinear(ridge=0.1).fit(signs, came, base=base, weight=np.ones(len(came)))
    assert found.coefficients_ == pytest.approx([0.5, 0.0, -0.3], abs=0.1)
    assert (base * found.factor(signs)).sum() == pytest.approx(came.sum(), rel=0.01)


def test_it_agrees_with_scikit_learn() -> None:
    signs, base, came = drawn(seed=1)
    signs = signs.clip(-3, 3)
    ours = LogLinear(ridge=5.0).fit(signs, came, base=base, weight=np.ones(len(came)))
    scaled = (signs - ours.middle_) / ours.spread_
    theirs = PoissonRegressor(alpha=5.0 / base.sum(), tol=1e-9, max_iter=2000).fit(
        scaled, came / base, sample_weight=base
    )
    assert ours.coefficients_ == pytest.approx(theirs.coef_, abs=2e-3)
    assert ours.intercept_ == pytest.approx(theirs.intercept_, abs=2e-3)


def test_a_sign_that_never_differs_changes_nothing() -> None:
    signs, base, came = drawn()
    signs[:, 1] = 7.0
    found = LogLinear().fit(signs, came, base=base, weight=np.ones(len(came)))
    assert found.told_by(signs, 1) == pytest.approx(np.zeros(len(came)))
    assert np.isfinite(found.factor(signs)).all()


def test_no_factor_runs_away() -> None:
    signs, base, came = drawn()
    found = LogLinear().fit(signs, came, base=base, weight=np.ones(len(came)))
    wild = np.full((2, 3), 1e6, dtype=np.float32)
    wild[1] *= -1
    assert (found.factor(wild) <= np.exp(2.0)).all()
    assert (found.factor(wild) >= np.exp(-2.0)).all()
