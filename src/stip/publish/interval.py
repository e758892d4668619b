# SPDX-License-Identifier: EUPL-1.2
"""How sure a share or a difference is, worked out from rounded figures alone: anyone can do the sum again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stip.learn import Verdict, errors_each_way
from stip.publish.hits import Hits, Told
from stip.settings import LearnSettings

_SURE = 1.96
_MOST_STEPS = 12
"""A sum of figures has a wide range; it is gone through in so many steps."""


@dataclass(frozen=True)
class Between:
    """A share, with the range in which it lies.

    Attributes
    ----------
    share, low, high : float
        Of all reports, 0 to 1 (−1 to 1 for a difference).
    """

    share: float
    low: float
    high: float


def share_of(part: Told, whole: Told) -> Between | None:
    """Return a share with its interval (Wilson, 95 %), widened to all counts behind the figures.

    None when the whole may be nothing.
    """
    if whole.low < 1 or whole.figure < 1:
        return None
    low = _wilson(min(part.low, whole.high), whole.high, -1)
    least = max(whole.low, min(part.high, whole.high))
    high = max(_wilson(min(part.high, all_of_it), all_of_it, 1) for all_of_it in (whole.low, least))
    return Between(min(part.figure / whole.figure, 1.0), max(low, 0.0), min(high, 1.0))


def _wilson(part: int, whole: int, side: int) -> float:
    share, squared = part / whole, _SURE**2 / whole
    middle = share + squared / 2
    reach = _SURE * np.sqrt(share * (1 - share) / whole + squared / (4 * whole))
    return float((middle + side * reach) / (1 + squared))


def difference_of(hits: Hits, weeks: int) -> Between | None:
    """Return the share of the outlook less that of the baseline, with its interval; None when nothing can be said.

    How many reports fell in places of both is not told, so the interval takes it that none did: it is wider than that
    of the desk, never narrower. It is as wide as one that may be looked at every week (`errors_each_way`), and holds
    for all counts behind the figures.
    """
    if hits.reported.low < 1 or hits.reported.figure < 1 or not weeks:
        return None
    mine, theirs, total = np.meshgrid(*(_steps(side) for side in (hits.outlook, hits.baseline, hits.reported)))
    fits = (mine <= total) & (theirs <= total)
    mine, theirs, total = mine[fits], theirs[fits], total[fits]
    if not len(total):
        return None
    gap = (mine - theirs) / total
    reach = errors_each_way(weeks) * np.sqrt(np.maximum(mine + theirs - gap**2 * total, 0)) / total
    share = (hits.outlook.figure - hits.baseline.figure) / hits.reported.figure
    low, high = max(float((gap - reach).min()), -1.0), min(float((gap + reach).max()), 1.0)
    return Between(max(min(share, high), low), low, high)


def _steps(told: Told) -> np.ndarray:
    return np.linspace(told.low, told.high, min(told.high - told.low + 1, _MOST_STEPS))


def verdict_on(hits: Hits, found: Between | None, weeks: int, settings: LearnSettings) -> Verdict:
    """Return what may be said, by the rule of the desk: `stip.learn.verdict_of`."""
    if found is None or weeks < settings.verdict_weeks or hits.reported.low < settings.verdict_incidents:
        return Verdict.TOO_FEW
    if found.low > 0:
        return Verdict.BETTER
    if found.high < 0:
        return Verdict.WORSE
    return Verdict.NOT_BETTER if found.high < settings.verdict_margin else Verdict.UNDECIDED
