# SPDX-License-Identifier: EUPL-1.2
"""A gradient-boosted Poisson correction of a known rate: small trees, learned slowly."""

from __future__ import annotations

from typing import Self

import numpy as np

from stip.outlook.area import Doubles, Floats
from stip.outlook.bins import BINS, BinnedTrees, binned, edges_of
from stip.outlook.forest import MOST_LEAVES, Forest
from stip.outlook.one_thread import one_thread

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
        self.edges_ = edges_of(signs)
        mass = base * weight
        trees = BinnedTrees(
            loss="poisson",
            learning_rate=self.rate,
            max_iter=self.trees,
            max_leaf_nodes=MOST_LEAVES,
            max_bins=BINS + 1,
            min_samples_leaf=200,
            l2_regularization=10.0,
            early_stopping=False,
            random_state=self.seed,
        )
        with one_thread():
            trees.fit(binned(signs, self.edges_), came / base, sample_weight=mass / mass.mean())
        self.forest_ = Forest(trees, self.edges_)
        return self

    def factor(self, signs: Floats) -> Doubles:
        """Return by what the base rate is multiplied, shape (n,)."""
        return np.clip(self.forest_.predict(signs), _LOWEST, _HIGHEST)
