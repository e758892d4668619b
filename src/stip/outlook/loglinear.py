# SPDX-License-Identifier: EUPL-1.2
"""A ridge-regularised log-linear Poisson correction of a known rate."""

from __future__ import annotations

from typing import Self

import numpy as np

from stip.outlook.area import Doubles, Floats

_STEPS = 30
_ENOUGH = 1e-6
_CLIP = 4.0  # standard deviations beyond which a sign is not followed
_FURTHEST = 2.0  # the correction is at most this factor's exponent either way


class LogLinear:
    r"""Learns :math:`\lambda = b \exp(\beta_0 + \beta \cdot z)` beside a base rate *b*, by Newton's method.

    Parameters
    ----------
    ridge : float
        Penalty on each :math:`\beta` of a standardised sign, in incidents.

    Attributes
    ----------
    coefficients_ : ndarray, shape (m,)
        Of the standardised signs.
    """

    def __init__(self, ridge: float = 200.0) -> None:
        self.ridge = ridge

    def fit(self, signs: Floats, came: Doubles, *, base: Doubles, weight: Doubles) -> Self:
        """Learn the coefficients.

        Parameters
        ----------
        signs : ndarray, shape (n, m)
        came : ndarray, shape (n,)
        base : ndarray, shape (n,)
            Expected without correction, above 0.
        weight : ndarray, shape (n,)
        """
        mass = base * weight
        self.middle_ = ((mass @ signs) / mass.sum()).astype(np.float32)
        self.spread_ = np.sqrt(mass @ np.square(signs - self.middle_) / mass.sum()).astype(np.float32)
        self.spread_[self.spread_ < 1e-6] = np.inf  # a sign that never differs says nothing
        design = np.column_stack([np.ones(len(signs)), self._scaled(signs)])
        penalty = np.append(0.0, np.full(signs.shape[1], self.ridge))
        beta = np.zeros(design.shape[1])
        loss = self._loss(beta, design, came, base, weight, penalty)
        for _ in range(_STEPS):
            expected = weight * base * np.exp(design @ beta)
            slope = design.T @ (weight * came - expected) - penalty * beta
            heavy = design * np.sqrt(expected)[:, None]
            bend = heavy.T @ heavy + np.diag(penalty)  # of one matrix with itself only half is worked out
            step = np.linalg.solve(bend, slope)
            size = 1.0
            while size > 1e-4:  # halve until it helps: the loss is convex, so it does
                tried = self._loss(beta + size * step, design, came, base, weight, penalty)
                if tried <= loss:
                    break
                size /= 2
            beta = beta + size * step
            if loss - tried < _ENOUGH * abs(loss):
                break
            loss = tried
        self.intercept_, self.coefficients_ = float(beta[0]), beta[1:]
        return self

    def factor(self, signs: Floats) -> Doubles:
        """Return by what the base rate is multiplied, shape (n,)."""
        told = self.intercept_ + self._scaled(signs) @ self.coefficients_.astype(np.float32)
        return np.exp(np.clip(told, -_FURTHEST, _FURTHEST)).astype(np.float64)

    def told_by(self, signs: Floats, place: int) -> Doubles:
        """Return what one sign adds to the log of the rate, shape (n,)."""
        return np.asarray(self._scaled(signs)[:, place] * self.coefficients_[place])

    def _scaled(self, signs: Floats) -> Floats:
        return np.clip((signs - self.middle_) / self.spread_, -_CLIP, _CLIP)

    @staticmethod
    def _loss(
        beta: Doubles, design: Doubles, came: Doubles, base: Doubles, weight: Doubles, penalty: Doubles
    ) -> float:
        told = np.minimum(design @ beta, 30.0)
        return float(weight @ (base * np.exp(told) - came * told) + (penalty * beta**2).sum() / 2)
