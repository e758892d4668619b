# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import nbinom, poisson
from sklearn.linear_model import PoissonRegressor

from stip.outlook.terrain_choice import _digamma_difference, _fit, choose

N = 8000
GROUPS = ["shops", "shops", "station", "noise", "noise"]


def drawn(dispersion: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    answers = draw.random((N, 5)) < 0.15
    answers[:, 1] = answers[:, 0] ^ (draw.random(N) < 0.1)  # the same question, asked worse
    mean = np.exp(-1.5 + 0.9 * answers[:, 0] + 0.6 * answers[:, 2])
    if dispersion:
        mean = mean * draw.gamma(1 / dispersion, dispersion, N)
    return answers, draw.poisson(mean).astype(float)


@pytest.mark.parametrize("dispersion", [0.0, 1.0])
def test_it_finds_the_factors_that_made_the_counts(dispersion: float) -> None:
    answers, came = drawn(dispersion)
    found = choose(answers, came, GROUPS)
    risk = dict(zip(found.places, found.coefficients, strict=True))
    assert set(risk) == {0, 2}
    assert risk[0] == pytest.approx(0.9, abs=0.12)
    assert risk[2] == pytest.approx(0.6, abs=0.12)
    assert found.dispersion == pytest.approx(dispersion, abs=0.2)


def test_nothing_is_found_where_nothing_is() -> None:
    draw = np.random.default_rng(4)
    found = choose(draw.random((N, 5)) < 0.2, draw.poisson(0.3, N).astype(float), GROUPS)
    assert found.places == ()


def test_what_lowers_the_rate_is_no_risk() -> None:
    draw = np.random.default_rng(5)
    answers = draw.random((N, 2)) < 0.3
    came = draw.poisson(np.exp(-1 - 0.8 * answers[:, 0])).astype(float)
    assert choose(answers, came, ["a", "b"]).places == ()


def test_without_incidents_or_questions_nothing_is_chosen() -> None:
    assert choose(np.ones((20, 1), dtype=bool), np.zeros(20), ["a"]).places == ()
    assert choose(np.empty((20, 0), dtype=bool), np.ones(20), []).places == ()


def test_the_poisson_fit_is_that_of_scikit_learn() -> None:
    answers, came = drawn(0.0)
    ours = _fit(answers, came, (0, 2, 3), False)
    theirs = PoissonRegressor(alpha=0, tol=1e-9, max_iter=1000).fit(answers[:, [0, 2, 3]], came)
    assert ours.coefficients == pytest.approx(theirs.coef_, abs=1e-3)
    expected = theirs.predict(answers[:, [0, 2, 3]])
    assert ours.bic == pytest.approx(-2 * poisson.logpmf(came, expected).sum() + 4 * np.log(N), rel=1e-6)


def test_the_negative_binomial_is_at_its_top() -> None:
    answers, came = drawn(1.0)
    best = _fit(answers, came, (0, 2), True)

    def bic(coefficients: np.ndarray, dispersion: float) -> float:
        told = answers[:, [0, 2]] @ coefficients
        mean = np.exp(told) * came.sum() / np.exp(told).sum()
        size = 1 / dispersion
        return float(-2 * nbinom.logpmf(came, size, size / (size + mean)).sum() + 4 * np.log(N))

    assert bic(best.coefficients, best.dispersion) == pytest.approx(best.bic, abs=2)
    for step in (-0.1, 0.1):
        assert bic(best.coefficients + step, best.dispersion) > best.bic
        assert bic(best.coefficients, best.dispersion * (1 + 2 * step)) > best.bic


def test_the_difference_of_digammas_is_a_sum() -> None:
    from scipy.special import digamma

    count = np.array([0.0, 1.0, 7.0])
    assert _digamma_difference(count, 0.7) == pytest.approx(digamma(count + 0.7) - digamma(0.7))
