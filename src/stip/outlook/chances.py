# SPDX-License-Identifier: EUPL-1.2
"""Drawing a few cells that must stand for all: how likely each is drawn, and the draw."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stip.errors import ContractError
from stip.outlook.area import Doubles


def chances(busy: Doubles, number: int) -> Doubles:
    """Return the chance of each cell to be drawn, in proportion to how busy it is, at most 1.

    What is learned are sums over cells of what is expected there. Drawn in proportion to it and weighed by one over
    the chance, each drawn cell stands for an equal part of such a sum, so few are needed.

    Parameters
    ----------
    busy : ndarray, shape (n,)
        Above 0.
    number : int
        How many are drawn, above 0.

    Returns
    -------
    ndarray of float64, shape (n,)
        Adds up to ``number``; all 1 when there are no more.

    Raises
    ------
    ContractError
        When a cell could never be drawn.

    References
    ----------
    Horvitz and Thompson (1952), JASA 47(260), for the weights; Tillé (2006), Sampling Algorithms, 2.10.

    Examples
    --------
    >>> chances(np.array([1.0, 1.0, 2.0, 40.0]), 2).round(2).tolist()
    [0.25, 0.25, 0.5, 1.0]
    """
    if number < 1 or not (np.isfinite(busy) & (busy > 0)).all():
        raise ContractError("Een vak kan nooit worden getrokken: elk vak moet meer dan nul wegen.")
    sure = np.zeros(len(busy), dtype=np.bool_)
    while not sure.all():
        left = number - int(sure.sum())
        chance = np.where(sure, 1.0, busy * (left / float(busy[~sure].sum())))
        over = (chance >= 1) & ~sure
        if not over.any():
            return chance
        sure |= over
    return np.ones(len(busy))


def drawn(chance: Doubles, draw: np.random.Generator) -> npt.NDArray[np.int64]:
    """Draw cells, each with its chance: systematically, so that their number is fixed and they lie spread out.

    Parameters
    ----------
    chance : ndarray, shape (n,)
        In the order of the cells, in which neighbours lie near each other.

    Returns
    -------
    ndarray of int64
        Which are drawn, ascending.

    References
    ----------
    Madow (1949), On the theory of systematic sampling II, Annals of Mathematical Statistics 20(3).
    """
    passed = np.floor(np.concatenate(((0.0,), chance.cumsum())) + draw.random())
    # A cell whose chance is 1 may not be missed by how sums are rounded.
    return np.flatnonzero((np.diff(passed) > 0) | (chance >= 1))
