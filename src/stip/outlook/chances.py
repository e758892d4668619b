# SPDX-License-Identifier: EUPL-1.2
"""How likely each cell is drawn, when a few must stand for all."""

from __future__ import annotations

import numpy as np

from stip.outlook.area import Doubles


def chances(busy: Doubles, number: float) -> Doubles:
    """Return the chance of each cell to be drawn, in proportion to how busy it is, at most 1.

    What is learned are sums over cells of what is expected there. Drawn in proportion to it and weighed by one over
    the chance, each drawn cell stands for an equal part of such a sum, so few are needed.

    Parameters
    ----------
    busy : ndarray, shape (n,)
        Above 0.
    number : float
        How many cells are drawn on average; all of them when there are no more.

    Returns
    -------
    ndarray of float64, shape (n,)
        Adds up to ``number``.

    References
    ----------
    Hansen and Hurwitz (1943), On the theory of sampling from finite populations, Annals of Mathematical Statistics
    14(4); Horvitz and Thompson (1952), JASA 47(260), for the weights.

    Examples
    --------
    >>> chances(np.array([1.0, 1.0, 2.0, 40.0]), 2).round(2).tolist()
    [0.25, 0.25, 0.5, 1.0]
    """
    sure = np.zeros(len(busy), dtype=np.bool_)
    while True:
        left = number - int(sure.sum())
        chance = np.where(sure, 1.0, busy * (left / max(float(busy[~sure].sum()), 1e-300)))
        over = (chance >= 1) & ~sure
        if not over.any():
            return chance
        sure |= over
        if sure.all():
            return np.ones(len(busy))
