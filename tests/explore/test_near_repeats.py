# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stip.errors import ContractError, HistoryError, SettingsError
from stip.explore import near_repeats

POINTPATS = [[351, 664, 1238], [1281, 2521, 4915], [7515, 14910, 29389]]


def by_hand(
    x: np.ndarray, y: np.ndarray, t: np.ndarray, distances: tuple[float, ...], days: tuple[float, ...]
) -> list[int]:
    """Count every pair one by one."""
    one, other = np.triu_indices(len(x), k=1)
    apart = (x[one] - x[other]) ** 2 + (y[one] - y[other]) ** 2
    later = np.abs(t[one] - t[other])
    at_place = np.searchsorted(np.square(distances), apart, side="left")
    at_time = np.searchsorted(days, later, side="left")
    table = np.zeros((len(distances) + 1, len(days) + 1), dtype=int)
    np.add.at(table, (at_place, at_time), 1)
    return table[:-1, :-1].ravel().tolist()


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10_000), st.integers(2, 120), st.sampled_from([5, 40, 1000]))
def test_observed_pairs_are_those_of_counting_one_by_one(seed: int, number: int, spread: int) -> None:
    rng = np.random.default_rng(seed)
    x, y, t = rng.integers(-spread, spread, (3, number)).astype(float)  # whole numbers: many lie right on an edge
    bands, days = (0.0, 5.0, 10.0, 400.0), (0.0, 3.0, 7.0)
    found = near_repeats(x, y, t, distances_m=bands, days=days, permutations=1)
    assert found["observed"].tolist() == by_hand(x, y, t, bands, days)


def test_one_band_counts_as_knox_does() -> None:
    rng = np.random.default_rng(11)
    x, y, t = rng.uniform(0, 2000, 800), rng.uniform(0, 2000, 800), rng.uniform(0, 200, 800)
    found = near_repeats(x, y, t, distances_m=(200,), days=(14,), permutations=199)
    near = np.hypot(*(np.subtract.outer(v, v) for v in (x, y))) <= 200
    soon = np.abs(np.subtract.outer(t, t)) <= 14
    above = np.triu(np.ones((800, 800), dtype=bool), 1)
    row = found.iloc[0]
    assert row["observed"] == (near & soon & above).sum()
    # Knox's own expectation: pairs near in place times pairs near in time, over all pairs.
    knox = (near & above).sum() * (soon & above).sum() / above.sum()
    assert row["expected"] == pytest.approx(knox, rel=0.01)
    assert 0.01 < row["p_value"] < 1


def test_planted_repeats_are_found_in_their_band_only() -> None:
    rng = np.random.default_rng(12)
    x, y, t = rng.uniform(0, 5000, 600), rng.uniform(0, 5000, 600), rng.uniform(0, 700, 600)
    turn = rng.uniform(0, 2 * np.pi, 80)
    x = np.concatenate([x, x[:80] + 60 * np.cos(turn)])
    y = np.concatenate([y, y[:80] + 60 * np.sin(turn)])
    t = np.concatenate([t, t[:80] + rng.uniform(0, 7, 80)])
    found = near_repeats(x, y, t, distances_m=(100, 400), days=(7, 28), permutations=199)
    first = found.iloc[0]
    assert first["p_value"] == 1 / 200
    assert first["ratio"] > 5 and first["observed"] >= 80
    assert found.iloc[3]["p_value"] > 0.05


def test_bands_are_told_from_to() -> None:
    found = near_repeats([0, 0, 5], [0, 0, 0], [0, 1, 30], distances_m=(0, 10), days=(2, 40), permutations=9)
    assert found[["over_m", "to_m", "over_days", "to_days", "observed"]].to_numpy().tolist() == [
        [0, 0, 0, 2, 1],
        [0, 0, 2, 40, 0],
        [0, 10, 0, 2, 0],
        [0, 10, 2, 40, 2],
    ]
    assert found["expected"].sum() == pytest.approx(3)


def test_a_seed_repeats_and_nothing_is_changed() -> None:
    rng = np.random.default_rng(13)
    x, y, t = rng.uniform(0, 500, (3, 100))
    before = t.copy()
    one, two = (near_repeats(x, y, t, permutations=19, seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert np.array_equal(t, before)


def test_a_band_without_pairs_has_no_ratio() -> None:
    found = near_repeats([0, 9000], [0, 0], [0, 0], distances_m=(10,), days=(7,), permutations=9)
    assert found["observed"].tolist() == [0]
    assert np.isnan(found["ratio"].iloc[0]) and found["p_value"].iloc[0] == 1


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(HistoryError, match="twee meldingen"):
        near_repeats([0], [0], [0])
    with pytest.raises(SettingsError, match="hoort op te lopen"):
        near_repeats([0, 1], [0, 1], [0, 1], distances_m=(200, 100))
    with pytest.raises(SettingsError, match="herhalingen"):
        near_repeats([0, 1], [0, 1], [0, 1], permutations=0)
    with pytest.raises(ContractError, match="geen getal"):
        near_repeats([0, np.nan], [0, 1], [0, 1])
    with pytest.raises(ContractError, match="evenveel"):
        near_repeats([0, 1], [0, 1], [0])


def test_too_many_pairs_are_refused_before_memory_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stip.explore.near_pairs.MOST_PAIRS", 1000)
    x = np.zeros(100)
    with pytest.raises(SettingsError, match="4.950 paren"):
        near_repeats(x, x, x)


def test_counts_are_those_that_pointpats_gave() -> None:
    """The figures come from pointpats.knox 2.5.2 on the same incidents (benchmarks/near_repeats.py compares anew)."""
    x, y, t = np.random.default_rng(2026).uniform(0, (4000, 4000, 365), (3000, 3)).T
    found = near_repeats(x, y, t, distances_m=(100, 200, 500), days=(7, 14, 28), permutations=1)
    table = found["observed"].to_numpy().reshape(3, 3).cumsum(axis=0).cumsum(axis=1)
    assert table.tolist() == POINTPATS


def test_chances_are_never_nothing_and_never_more_than_one() -> None:
    x, y, t = np.random.default_rng(3).uniform(0, 300, (3, 200))
    p_value = near_repeats(x, y, t, permutations=19)["p_value"]
    assert p_value.min() >= 1 / 20 and p_value.max() <= 1
    assert np.allclose(p_value * 20, np.rint(p_value * 20))
