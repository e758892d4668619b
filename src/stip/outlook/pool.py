# SPDX-License-Identifier: EUPL-1.2
"""Pooling experts: a product of powers of what they say, with powers learned from what came."""

from __future__ import annotations

import numpy as np

from stip.outlook.area import Doubles

_HALF_LIFE_WEEKS = 52.0
_DOUBT = 100.0  # how firmly the powers are held to equal ones before anything came
_MOST = 1.5


class Pool:
    r"""Experts' shares to powers, :math:`p_i \propto \prod_k s_{ik}^{w_k}`: a logarithmic opinion pool.

    The powers follow what came, week by week: the likelihood of the places of the incidents is concave in them, and
    each week adds its slope and bend (Newton's step), while older weeks fade. So an expert that is no good alone, but
    tells what the others do not, keeps its part; one that says nothing new loses it. They need not add up to 1: where
    the experts err apart, what they share is surer than each of them says.

    Parameters
    ----------
    names : tuple of str

    Attributes
    ----------
    weights_ : ndarray, shape (k,)
        The powers, 0 or more; equal parts of 1 until something was scored.

    References
    ----------
    Heskes (1998), Selecting weighting factors in logarithmic opinion pools, NIPS 10.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._equal = np.full(len(names), 1 / len(names))
        self.weights_ = self._equal.copy()
        self._bend = np.zeros((len(names), len(names)))

    def learn(self, shares: Doubles, came: Doubles) -> None:
        """Take in what the experts said of a week and what came.

        Parameters
        ----------
        shares : ndarray, shape (n_cells, k)
            Of the incidents, where each expert expected them; each column adds up to 1.
        came : ndarray, shape (n_cells,)
        """
        fade = 2 ** (-1 / _HALF_LIFE_WEEKS)
        logs, mixed = np.log(np.maximum(shares, 1e-12)), self.mix(shares)
        mean = mixed @ logs
        slope = came @ logs - came.sum() * mean
        self._bend = fade * self._bend + came.sum() * ((logs * mixed[:, None]).T @ logs - np.outer(mean, mean))
        # As the weeks before fade, the powers sink back towards equal ones.
        slope -= (1 - fade) * _DOUBT * (self.weights_ - self._equal)
        step = np.linalg.solve(self._bend + _DOUBT * np.eye(len(self.names)), slope)
        self.weights_ = np.clip(self.weights_ + step, 0.0, _MOST)

    def mix(self, shares: Doubles) -> Doubles:
        """Return the experts' shares to their powers, multiplied and scaled to add up to 1."""
        logs = np.log(np.maximum(shares, 1e-12)) @ self.weights_
        mixed = np.exp(logs - logs.max())
        return np.asarray(mixed / mixed.sum())
