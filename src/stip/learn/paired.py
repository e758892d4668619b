# SPDX-License-Identifier: EUPL-1.2
"""How sure a difference is: weeks drawn again and again, both sides in the same weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stip.errors import ContractError

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """Hits of one side less those of the other, as a share of all incidents.

    Attributes
    ----------
    mine, theirs, total : float
        Incidents.
    share, low, high : float
        The difference as a share of ``total``, with its 95 % interval; 0 when nothing came.
    """

    mine: float
    theirs: float
    total: float
    share: float
    low: float
    high: float


def paired_difference(mine: Doubles, theirs: Doubles, total: Doubles, *, draws: int, seed: int) -> Difference:
    """Return the difference between two sides over weeks, with a percentile bootstrap interval.

    Weeks, not incidents, are drawn with replacement: incidents of one week resemble each other. A draw takes the same
    weeks for both sides, so that a busy week is no difference.

    Parameters
    ----------
    mine, theirs, total : ndarray, shape (weeks,)

    Raises
    ------
    ContractError
        When there are no weeks, or the sides have different weeks.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13.
    """
    if len(mine) == 0 or not len(mine) == len(theirs) == len(total):
        raise ContractError(
            f"Een verschil vraagt van beide kanten dezelfde weken; hier zijn het er {len(mine)} en {len(theirs)}."
        )
    weeks = np.random.default_rng(seed).integers(0, len(mine), size=(draws, len(mine)))
    drawn_total = total[weeks].sum(axis=1)
    drawn = np.divide((mine - theirs)[weeks].sum(axis=1), drawn_total, out=np.zeros(draws), where=drawn_total > 0)
    low, high = np.quantile(drawn, [0.025, 0.975])
    all_of_it = float(total.sum())
    share = float((mine - theirs).sum()) / all_of_it if all_of_it > 0 else 0.0
    return Difference(float(mine.sum()), float(theirs.sum()), all_of_it, share, float(low), float(high))
