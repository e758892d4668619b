# SPDX-License-Identifier: EUPL-1.2
"""A Poisson rate that is a sum of known rates with weights of 0 or more: fitting the weights.

The log-likelihood is concave, and expectation-maximisation raises it in each step, whatever the columns are.
"""

from __future__ import annotations

import numpy as np

from stip.outlook.area import Doubles, Floats

_STEPS = 400
_ENOUGH = 1e-6
_TINY = 1e-12


def fit_mixture(
    rates: Floats | Doubles, came: Doubles, *, weight: Doubles, exposure: Doubles, pull: float = 1.0
) -> Doubles:
    r"""Return weights :math:`w_j \ge 0` for which :math:`e_i \sum_j w_j r_{ij}` explains best what came.

    Parameters
    ----------
    rates : ndarray, shape (n, k)
        0 or more.
    came : ndarray, shape (n,)
        Incidents in each row.
    weight : ndarray, shape (n,)
        What each row counts for, such as one over its chance to be sampled.
    exposure : ndarray, shape (n,)
        Share of the incidents of the row that is known.
    pull : float
        Pulls the weights towards an equal part for each column, as much as so many incidents a column would.

    Returns
    -------
    ndarray of float64, shape (k,)
        0 for a column that is 0 everywhere.

    References
    ----------
    Vardi, Shepp & Kaufman (1985), A statistical model for positron emission tomography, JASA 80(389); the same
    steps fit self-exciting point processes (Veen & Schoenberg 2008, JASA 103(482)).
    """
    total = ((weight * exposure) @ rates).astype(np.float64)
    usable = total > 0
    some = (came > 0) & (weight > 0)
    seen, number = rates[some].astype(np.float64), (came * weight)[some]
    equal = np.where(usable, number.sum() / max(int(usable.sum()), 1) / np.maximum(total, _TINY), 0.0)
    weights = equal.copy()
    prior = np.where(usable, pull, 0.0)
    against = np.maximum(total + prior / np.maximum(equal, _TINY), _TINY)
    for _ in range(_STEPS):
        credited = weights * (seen.T @ (number / np.maximum(seen @ weights, _TINY)))
        new = np.where(usable, (credited + prior) / against, 0.0)
        moved = float(np.abs(new - weights).max() / max(float(weights.max()), _TINY))
        weights = new
        if moved < _ENOUGH:
            break
    return weights
