# SPDX-License-Identifier: EUPL-1.2
"""The interval of a place."""

import numpy as np
import pytest

from stip.outlook import Dispersion
from stip.plan.interval import interval_of_place

ZONE = np.zeros(2, dtype=np.int32)


@pytest.mark.parametrize("mean", [0.3, 1.7, 6.0, 40.0])
def test_at_least_eight_in_ten_counts_lie_inside(mean, rng):
    low, high = interval_of_place({"a": np.array([mean / 4, mean / 4]), "b": np.array([mean / 2, 0.0])}, {}, ZONE)
    counts = rng.poisson(mean, 20_000)
    assert np.mean((counts >= low) & (counts <= high)) >= 0.79


def test_what_was_off_before_makes_it_wider():
    expected = {"a": np.array([10.0, 10.0])}
    plain = interval_of_place(expected, {}, ZONE)
    wide = interval_of_place(expected, {"a": Dispersion(town=0.2)}, ZONE)
    assert wide[0] < plain[0] < plain[1] < wide[1]


def test_nothing_expected_is_nothing():
    assert interval_of_place({"a": np.zeros(2)}, {}, ZONE) == (0.0, 0.0)
