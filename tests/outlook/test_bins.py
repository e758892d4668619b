# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.ensemble import HistGradientBoostingRegressor

from stip.outlook.bins import BINS, BinnedTrees, binned, edges_of


def signs_of(rows: int, seed: int = 1) -> np.ndarray:
    """Draw signs: smooth, of few values, always the same, and with a heap at one value."""
    draw = np.random.default_rng(seed)
    smooth = draw.normal(size=rows)
    heap = np.where(draw.random(rows) < 0.7, -3.0, smooth)
    return np.column_stack([smooth, np.round(smooth), np.zeros(rows), heap]).astype(np.float32)


@given(rows=st.sampled_from([1, 2, 63, 64, 65, 700]), seed=st.integers(0, 30))
def test_a_bin_is_the_number_of_edges_at_or_below_a_value(rows: int, seed: int) -> None:
    signs = signs_of(rows, seed)
    edges = edges_of(signs)
    asked = np.concatenate([signs, signs_of(200, seed + 1) * 50, np.full((1, 4), -np.inf, np.float32)])
    for place, borders in enumerate(edges):
        asked[: len(borders[: len(asked)]), place] = borders[: len(asked)]
        assert len(borders) < BINS
    found = binned(asked, edges)
    for place, borders in enumerate(edges):
        assert np.array_equal(found[:, place], np.searchsorted(borders, asked[:, place], side="right"))


@pytest.mark.parametrize("missing", [(), (5, 6, 40)])
def test_the_trees_are_those_that_scikit_learn_grows(missing: tuple[int, ...]) -> None:
    signs = signs_of(6_000)
    numbers = binned(signs, edges_of(signs))
    kept = ~np.isin(numbers[:, 0], missing)
    numbers, signs = numbers[kept], signs[kept]
    draw = np.random.default_rng(2)
    base = draw.gamma(1.0, 0.3, len(signs)) + 1e-3
    came = draw.poisson(base * np.exp(np.sin(signs[:, 0]) + signs[:, 3] / 4)) / base
    words = {"loss": "poisson", "max_iter": 15, "max_leaf_nodes": 8, "max_bins": BINS + 1, "early_stopping": False}
    ours, theirs = (
        kind(**words).fit(numbers.astype(np.float32), came, sample_weight=base / base.mean())
        for kind in (BinnedTrees, HistGradientBoostingRegressor)
    )
    for (mine,), (other,) in zip(ours._predictors, theirs._predictors, strict=True):
        for name in ("value", "feature_idx", "num_threshold", "left", "right", "is_leaf"):
            assert np.array_equal(mine.nodes[name], other.nodes[name]), name
