# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from stip.outlook.boosted import Boosted


def drawn(n: int = 8_000) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(0)
    signs = draw.normal(size=(n, 3)).astype(np.float32)
    base = draw.gamma(1.0, 0.2, n) + 1e-3
    factor = np.where((signs[:, 0] > 0.5) & (signs[:, 1] < 0), 3.0, 0.7)
    return signs, base, draw.poisson(base * factor).astype(float)


def test_it_learns_a_step_that_no_straight_line_follows() -> None:
    signs, base, came = drawn()
    factor = Boosted().fit(signs, came, base=base, weight=np.ones(len(came))).factor(signs)
    inside = (signs[:, 0] > 0.7) & (signs[:, 1] < -0.2)
    assert factor[inside].mean() == pytest.approx(3.0, rel=0.15)
    assert factor[signs[:, 0] < 0].mean() == pytest.approx(0.7, rel=0.15)


def test_the_same_rows_give_the_same_numbers() -> None:
    signs, base, came = drawn(2_000)
    one, two = (
        Boosted(seed=4).fit(signs, came, base=base, weight=np.ones(len(came))).factor(signs) for _ in range(2)
    )
    assert np.array_equal(one, two)


def test_values_beyond_what_was_seen_stay_within_bounds() -> None:
    signs, base, came = drawn(2_000)
    made = Boosted().fit(signs, came, base=base, weight=np.ones(len(came)))
    factor = made.factor(np.array([[1e9, -1e9, 0.0], [-1e9, 1e9, 0.0]], dtype=np.float32))
    assert ((factor >= 0.1) & (factor <= 10)).all()
