# SPDX-License-Identifier: EUPL-1.2
"""The interval of a place holds what it says."""

import numpy as np
import pytest

from stip.plan.interval import interval_of_total


@pytest.mark.parametrize("mean", [0.3, 1.7, 6.0, 40.0])
def test_at_least_eight_in_ten_counts_lie_inside(mean, rng):
    low, high = interval_of_total(mean)
    counts = rng.poisson(mean, 20_000)
    assert np.mean((counts >= low) & (counts <= high)) >= 0.79


def test_nothing_expected_is_nothing():
    assert interval_of_total(0.0) == (0.0, 0.0)
