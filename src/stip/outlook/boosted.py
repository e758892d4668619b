# SPDX-License-Identifier: EUPL-1.2
"""A gradient-boosted Poisson correction of a known rate: small trees, learned slowly."""

from __future__ import annotations

from typing import Self

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits

from stip.outlook.area import Doubles, Floats

_BINS = 64
_ROWS_FOR_BINS = 20_000
_LOWEST, _HIGHEST = 0.1, 10.0


class Boosted:
    """Learns a factor beside a base rate.

    A Poisson count with mean *base* × factor has the same likelihood as the ratio count / base with weight *base*, so
    the base enters without the trees having to learn it.

    Parameters
    ----------
    trees, leaves : int
    rate : float
        By how much each tree moves the factor.
    seed : int
    """

    def __init__(self, *, trees: int = 30, leaves: int = 8, rate: float = 0.1, seed: int = 0) -> None:
        self.trees = trees
        self.leaves = leaves
        self.rate = rate
        self.seed = seed

    def fit(self, signs: Floats, came: Doubles, *, base: Doubles, weight: Doubles) -> Self:
        """Learn the factor; arguments as in `LogLinear.fit`."""
        # The bins are cut here: with weights, scikit-learn takes longer to cut them than to grow the trees.
        levels = np.linspace(0, 1, _BINS + 1)[1:-1]
        some = signs[:: max(1, len(signs) // _ROWS_FOR_BINS)]
        self.edges_ = [np.unique(np.quantile(sign, levels)) for sign in some.T]
        mass = base * weight
        trees = HistGradientBoostingRegressor(
            loss="poisson",
            learning_rate=self.rate,
            max_iter=self.trees,
            max_leaf_nodes=self.leaves,
            max_bins=_BINS + 1,
            min_samples_leaf=200,
            l2_regularization=10.0,
            early_stopping=False,
            random_state=self.seed,
        )
        with threadpool_limits(1, "openmp"):  # one thread: the same numbers on every machine
            self.trees_ = trees.fit(self._binned(signs), came / base, sample_weight=mass / mass.mean())
        return self

    def factor(self, signs: Floats) -> Doubles:
        """Return by what the base rate is multiplied, shape (n,)."""
        with threadpool_limits(1, "openmp"):
            return np.clip(self.trees_.predict(self._binned(signs)), _LOWEST, _HIGHEST)

    def _binned(self, signs: Floats) -> Floats:
        binned = np.empty(signs.shape, dtype=np.float32, order="F")
        for place, edges in enumerate(self.edges_):
            binned[:, place] = np.searchsorted(edges.astype(np.float32), signs[:, place], side="right")
        return binned
