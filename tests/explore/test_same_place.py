# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stip.explore import same_place_repeats, same_place_share


def test_same_place_repeats_are_a_share() -> None:
    x, t = [0, 0, 0, 5, 5, 9], [0, 10, 100, 3, 50, 7]
    assert same_place_share(x, [0] * 6, t, days=10) == pytest.approx(1 / 6)
    assert same_place_share(x, [0] * 6, t, days=90) == pytest.approx(3 / 6)
    assert np.isnan(same_place_share([], [], [], days=7))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 150))
def test_repeats_are_those_of_pandas(seed: int, number: int) -> None:
    x, y, t = np.random.default_rng(seed).integers(0, 8, (3, number)).astype(float)
    found = same_place_repeats(x, y, t * 10, days=(0, 10, 30), permutations=1)
    since = pd.DataFrame({"x": x, "y": y, "t": t * 10}).sort_values("t").groupby(["x", "y"])["t"].diff()
    counted = [int((since <= most).sum()) for most in (0, 10, 30)]
    assert found["observed"].cumsum().tolist() == counted
    assert found["share"].sum() == pytest.approx(same_place_share(x, y, t * 10, days=30))


def test_planted_repeats_are_more_than_chance_in_their_band_only() -> None:
    rng = np.random.default_rng(2)
    place = rng.integers(0, 150, 900)
    t = rng.uniform(0, 1000, 900)
    place, t = np.concatenate([place, place[:60]]), np.concatenate([t, t[:60] + rng.uniform(0, 7, 60)])
    found = same_place_repeats(place, place * 0, t, days=(7, 28, 91), permutations=199).set_index("to_days")
    assert found.loc[7, "p_value"] == 1 / 200
    assert found.loc[7, "observed"] >= 60 and found.loc[7, "ratio"] > 1.5
    assert found.loc[91, "p_value"] > 0.01


def test_a_seed_repeats() -> None:
    place, t = np.random.default_rng(1).integers(0, 30, (2, 100))
    one, two = (same_place_repeats(place, place, t, permutations=9, seed=4) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
