# SPDX-License-Identifier: EUPL-1.2
"""The background of a cell as self-exciting processes have it: its own count, drawn towards the cells round it."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import erf

from stip.outlook.area import Doubles, Floats

_MOST_ALIKE, _LEAST_ALIKE = 100.0, 0.05
_RARE = 1e-3  # of the town's average; no cell has less


def shrunk(own: Doubles | Floats, around: Doubles | Floats, *, itself: float, weeks: float) -> Doubles:
    r"""Return incidents a week in each cell: the posterior mean under a gamma prior from the cells round it.

    With *n* incidents in the cell over *w* weeks, *m* a week in the cells round it and *a* how alike cells are,

    .. math:: \frac{a + n}{a / m + w}.

    How alike follows from how far the counts lie from what surrounds them (method of moments): a town whose cells
    differ much from their neighbours shrinks little. The cell itself takes no part in its own prior.

    Parameters
    ----------
    own, around : ndarray, shape (n_cells,)
        Incidents a week: in the cell, and smoothed over the cells, the cell itself included.
    itself : float
        Share of the cell's own count in what is smoothed, under 1.
    weeks : float
        How many weeks the count stands for, above 0.

    References
    ----------
    Marshall (1991), Mapping disease and mortality rates using empirical Bayes estimators, Applied Statistics 40(2).
    """
    count = own.astype(np.float64) * weeks
    mean = max(float(count.mean()), 1e-12)
    prior = (around.astype(np.float64) * weeks - itself * count) / (1 - itself)
    prior = np.maximum(prior, _RARE * mean)
    # Method of moments: variance = prior + prior² / alike.
    more = float(np.square(count - prior).sum() - prior.sum())
    alike = float(np.clip(np.square(prior).sum() / max(more, 1e-9), _LEAST_ALIKE, _MOST_ALIKE))
    return np.asarray((alike + count) / (alike / prior + 1) / weeks)


def share_of_itself(width_m: float, cell_m: float) -> float:
    """Return the share of a cell's count that stays in it when cells are smoothed.

    Examples
    --------
    >>> round(share_of_itself(200, 125), 3)
    0.06
    """
    half = cell_m / 2 / width_m / math.sqrt(2)
    return float(erf(half)) ** 2
