# SPDX-License-Identifier: EUPL-1.2
"""A gradient-boosted Poisson correction of a known rate: small trees, learned slowly."""

from __future__ import annotations

from typing import Self

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor

from stip.outlook.area import Doubles, Floats
from stip.outlook.forest import MOST_LEAVES, Forest
from stip.outlook.one_thread import one_thread

_BINS = 64
_ROWS_FOR_BINS = 20_000
_LOWEST, _HIGHEST = 0.1, 10.0


class Boosted:
    """Learns a factor beside a base rate.

    A Poisson count with mean *base* × factor has the same likelihood as the ratio count / base with weight *base*, so
    the base enters without the trees having to learn it.

    Parameters
    ----------
    trees : int
    rate : float
        By how much each tree moves the factor.
    seed : int
    """

    def __init__(self, *, trees: int = 30, rate: float = 0.1, seed: int = 0) -> None:
        self.trees = trees
        self.rate = rate
        self.seed = seed

    def fit(self, signs: Floats, came: Doubles, *, base: Doubles, weight: Doubles) -> Self:
        """Learn the factor; arguments as in `LogLinear.fit`."""
        # The bins are cut here: with weights, scikit-learn takes longer to cut them than to grow the trees.
        levels = np.linspace(0, 1, _BINS + 1)[1:-1]
        some = signs[:: max(1, len(signs) // _ROWS_FOR_BINS)]
        self.edges_ = [np.unique(np.quantile(sign, levels)).astype(np.float32) for sign in some.T]
        mass = base * weight
        trees = HistGradientBoostingRegressor(
            loss="poisson",
            learning_rate=self.rate,
            max_iter=self.trees,
            max_leaf_nodes=MOST_LEAVES,
            max_bins=_BINS + 1,
            min_samples_leaf=200,
            l2_regularization=10.0,
            early_stopping=False,
            random_state=self.seed,
        )
        with one_thread():
            trees.fit(self._binned(signs), came / base, sample_weight=mass / mass.mean())
        self.forest_ = Forest(trees, self.edges_)
        return self

    def factor(self, signs: Floats) -> Doubles:
        """Return by what the base rate is multiplied, shape (n,)."""
        return np.clip(self.forest_.predict(signs), _LOWEST, _HIGHEST)

    def _binned(self, signs: Floats) -> Floats:
        binned = np.empty(signs.shape, dtype=np.float32, order="F")
        for place, edges in enumerate(self.edges_):
            binned[:, place] = np.searchsorted(edges, signs[:, place], side="right")
        return binned
