# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingRegressor

from stip.outlook.forest import MOST_LEAVES, Forest


@pytest.mark.parametrize(("leaves", "rows"), [(2, 500), (5, 3_000), (MOST_LEAVES, 3_000)])
def test_it_says_what_scikit_learn_says_also_on_a_border_and_beyond(leaves: int, rows: int) -> None:
    draw = np.random.default_rng(3)
    signs = draw.normal(size=(rows, 4)).astype(np.float32)
    signs[:, 3] = np.round(signs[:, 3])
    edges = [np.unique(np.quantile(sign, np.linspace(0, 1, 17)[1:-1])).astype(np.float32) for sign in signs.T]

    def binned(values: np.ndarray) -> np.ndarray:
        return np.column_stack([np.searchsorted(e, v, side="right") for e, v in zip(edges, values.T, strict=True)])

    came = draw.poisson(np.exp(np.sin(signs[:, 0]) + signs[:, 1] * signs[:, 3] / 2))
    fitted = HistGradientBoostingRegressor(
        loss="poisson", max_iter=12, max_leaf_nodes=leaves, min_samples_leaf=5, early_stopping=False
    ).fit(binned(signs), came)
    asked = np.concatenate([signs, draw.normal(size=(500, 4)).astype(np.float32) * 50])
    for place, border in enumerate(edges):
        asked[: len(border), place] = border
    said = Forest(fitted, edges).predict(asked)
    assert said == pytest.approx(fitted.predict(binned(asked)), rel=1e-12)
    assert len(np.unique(said)) >= leaves
