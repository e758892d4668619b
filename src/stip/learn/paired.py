# SPDX-License-Identifier: EUPL-1.2
"""How sure a difference is for who looks every week: weeks drawn again and again, both sides in the same weeks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stip.errors import ContractError

Doubles = npt.NDArray[np.float64]

_MISS = 0.05
_NARROWEST_WEEKS = 26


@dataclass(frozen=True)
class Difference:
    """Hits of one side less those of the other, as a share of all incidents.

    Attributes
    ----------
    mine, theirs, total : float
        Incidents.
    share, low, high : float
        The difference as a share of ``total``, with its interval; 0 when nothing came. With 95 % certainty it holds
        the truth at every moment at which one looks, not only at one chosen beforehand.
    """

    mine: float
    theirs: float
    total: float
    share: float
    low: float
    high: float


def paired_difference(mine: Doubles, theirs: Doubles, total: Doubles, *, draws: int, seed: int) -> Difference:
    """Return the difference between two sides over weeks, with an interval that may be looked at every week.

    Weeks, not incidents, are drawn with replacement: incidents of one week resemble each other. A draw takes the same
    weeks for both sides, so that a busy week is no difference. The draws give the standard error.

    An interval of 1.96 standard errors is right for who looks once. Who looks every week, and stops at the first that
    leaves out 0, finds a difference in the end where there is none. So the interval is a *confidence sequence*: wide
    enough to hold the truth in all weeks together (`errors_each_way`).

    Parameters
    ----------
    mine, theirs, total : ndarray, shape (weeks,)

    Raises
    ------
    ContractError
        When there are no weeks, or the sides have different weeks.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13. Waudby-Smith, Arbour, Sinha,
    Kennedy & Ramdas (2024), Time-uniform central limit theory and asymptotic confidence sequences, Annals of
    Statistics 52(6).
    """
    if len(mine) == 0 or not len(mine) == len(theirs) == len(total):
        raise ContractError(
            f"Een verschil vraagt van beide kanten dezelfde weken; hier zijn het er {len(mine)} en {len(theirs)}."
        )
    weeks = np.random.default_rng(seed).integers(0, len(mine), size=(draws, len(mine)))
    drawn_total = total[weeks].sum(axis=1)
    drawn = np.divide((mine - theirs)[weeks].sum(axis=1), drawn_total, out=np.zeros(draws), where=drawn_total > 0)
    all_of_it = float(total.sum())
    share = float((mine - theirs).sum()) / all_of_it if all_of_it > 0 else 0.0
    if len(mine) == 1:
        low, high = -1.0, 1.0  # of one week it is not known how weeks differ
    else:
        error = float(drawn.std()) * np.sqrt(len(mine) / (len(mine) - 1))
        low, high = (max(-1.0, min(1.0, share + side * errors_each_way(len(mine)) * error)) for side in (-1, 1))
    return Difference(float(mine.sum()), float(theirs.sum()), all_of_it, share, float(low), float(high))


def errors_each_way(weeks: int) -> float:
    """Return how many standard errors an interval reaches each way, to hold at every week together with 95 %.

    It is narrowest at `_NARROWEST_WEEKS` weeks, half a year: when the town decides whether to go on.

    Examples
    --------
    >>> [round(errors_each_way(weeks), 2) for weeks in (12, 26, 52, 104)]
    [3.1, 3.04, 3.06, 3.13]
    """
    doubt = -2 * np.log(_MISS)
    spread = (doubt + np.log(doubt + 1)) / _NARROWEST_WEEKS * weeks
    return float(np.sqrt(2 * (spread + 1) / spread * np.log(np.sqrt(spread + 1) / _MISS)))
