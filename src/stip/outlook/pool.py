# SPDX-License-Identifier: EUPL-1.2
"""Pooling experts: their geometric mean, in which who foretold best of late weighs more."""

from __future__ import annotations

import numpy as np

from stip.outlook.area import Doubles

_HALF_LIFE_WEEKS = 26.0
_SHARPNESS = 30.0  # an expert that foretells each incident 0.023 nat worse weighs half


class Pool:
    """Weights of experts that follow their recent logarithmic score.

    Parameters
    ----------
    names : tuple of str

    Attributes
    ----------
    weights_ : ndarray, shape (k,)
        They add up to 1; equal until something was scored.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.weights_ = np.full(len(names), 1 / len(names))
        self._score = np.zeros(len(names))
        self._came = 0.0

    def learn(self, shares: Doubles, came: Doubles) -> None:
        """Score what the experts said of a week against what came.

        Parameters
        ----------
        shares : ndarray, shape (n_cells, k)
            Of the incidents, where each expert expected them; each column adds up to 1.
        came : ndarray, shape (n_cells,)
        """
        fade = 2 ** (-1 / _HALF_LIFE_WEEKS)
        some = came > 0
        self._score = self._score * fade + came[some] @ np.log(np.maximum(shares[some], 1e-12))
        self._came = self._came * fade + float(came.sum())
        if self._came > 0:
            # Ten incidents' worth of doubt, so that the first weeks do not decide.
            mean = self._score / (self._came + 10.0)
            raised = np.exp(_SHARPNESS * (mean - mean.max()))
            self.weights_ = raised / raised.sum()

    def mix(self, shares: Doubles) -> Doubles:
        """Return the weighted geometric mean of the experts' shares, adding up to 1."""
        mixed = np.exp(np.log(np.maximum(shares, 1e-12)) @ self.weights_)
        return np.asarray(mixed / mixed.sum())
