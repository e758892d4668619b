# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from stip.errors import HistoryError, SettingsError
from stip.explore import chains_of, near_repeat_chains


def by_graph(x: np.ndarray, y: np.ndarray, t: np.ndarray, distance_m: float, days: float) -> np.ndarray:
    """Return the chain of each incident by scipy's graphs."""
    near = np.subtract.outer(x, x) ** 2 + np.subtract.outer(y, y) ** 2 <= distance_m**2
    soon = np.abs(np.subtract.outer(t, t)) <= days
    return connected_components(csr_array(near & soon), directed=False)[1]


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10_000), st.integers(2, 120), st.sampled_from([3, 20, 60]))
def test_chains_are_the_connected_parts_of_the_graph(seed: int, number: int, spread: int) -> None:
    x, y, t = np.random.default_rng(seed).integers(-spread, spread, (3, number)).astype(float)
    ours, theirs = chains_of(x, y, t, distance_m=5, days=3), by_graph(x, y, t, 5, 3)
    alone = np.bincount(theirs)[theirs] == 1
    assert np.array_equal(ours == -1, alone)
    both = pd.DataFrame({"ours": ours[~alone], "theirs": theirs[~alone]}).drop_duplicates()
    assert both["ours"].is_unique and both["theirs"].is_unique


def test_chains_are_numbered_as_they_begin() -> None:
    x = [0, 0, 900, 900, 0, 5000]
    t = [50, 52, 3, 5, 60, 1]
    assert chains_of(x, [0] * 6, t, distance_m=10, days=9).tolist() == [1, 1, 0, 0, 1, -1]


def test_a_series_by_way_of_others_is_one_chain() -> None:
    x = np.arange(0, 1000, 100.0)
    found = near_repeat_chains(x, x * 0, x / 100, distance_m=100, days=1, lengths=(2, 5), permutations=9)
    assert found["chains"].tolist() == [0, 1]
    assert found["incidents"].tolist() == [0, 10]
    assert found["to_length"].astype(object).where(found["to_length"].notna(), None).tolist() == [4, None]


def test_planted_series_stand_out_by_their_length() -> None:
    rng = np.random.default_rng(7)
    x, y, t = rng.uniform(0, 6000, 500), rng.uniform(0, 6000, 500), rng.uniform(0, 700, 500)
    begin = np.repeat(np.arange(12), 4)
    x = np.concatenate([x, x[begin] + rng.uniform(-40, 40, 48)])
    y = np.concatenate([y, y[begin] + rng.uniform(-40, 40, 48)])
    t = np.concatenate([t, t[begin] + rng.uniform(0, 10, 48)])
    found = near_repeat_chains(x, y, t, permutations=99).set_index("from_length")
    assert found.loc[4, "chains"] + found.loc[6, "chains"] >= 12
    assert found.loc[4, "p_value"] == 0.01
    assert found.loc[4, "expected"] < 1


def test_chance_alone_is_called_chance_as_often_as_it_should() -> None:
    low = 0
    for seed in range(40):
        x, y, t = np.random.default_rng(seed).uniform(0, (3000, 3000, 300), (300, 3)).T
        p_value = near_repeat_chains(x, y, t, permutations=19, seed=seed)["p_value"].iloc[0]
        assert 0.05 <= p_value <= 1
        low += p_value <= 0.1
    assert low <= 11  # 4 are expected


def test_a_seed_repeats() -> None:
    x, y, t = np.random.default_rng(1).uniform(0, 800, (3, 200))
    one, two = (near_repeat_chains(x, y, t, permutations=9, seed=4) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(SettingsError, match="lengths"):
        near_repeat_chains([0, 1], [0, 1], [0, 1], lengths=(1, 2))
    with pytest.raises(SettingsError, match="schakel"):
        chains_of([0, 1], [0, 1], [0, 1], days=-1)
    with pytest.raises(HistoryError, match="twee meldingen"):
        chains_of([0], [0], [0])
    with pytest.raises(SettingsError, match="herhalingen"):
        near_repeat_chains([0, 1], [0, 1], [0, 1], permutations=0)
