# SPDX-License-Identifier: EUPL-1.2
"""Reports still to come: which share of a recent week's incidents is known by now.

The reverse-hazard (chain-ladder) estimate: of all reports that came within *d* weeks, the share that came in the
*d*-th. Each age uses the weeks that are old enough, as they were known at the cut-off.
"""

from __future__ import annotations

import numpy as np

from stip.outlook.area import Doubles
from stip.outlook.history import History

LONGEST_DELAY_WEEKS = 26
"""What comes in later than this is not waited for."""

_LEARNED_FROM_WEEKS = 78  # long enough to see the tail, short enough to follow a change
_SMALLEST = 0.05


def completeness(known: History, crime_type: str) -> Doubles:
    """Return the share of incidents that is known, by the age of their week.

    Parameters
    ----------
    known : History
        As known at the cut-off.
    crime_type : str

    Returns
    -------
    ndarray, shape (LONGEST_DELAY_WEEKS,)
        Element *a* is for the week that ended *a* weeks before the cut-off; never below 0.05, never above 1.

    References
    ----------
    Lawless (1994), Adjustments for reporting delays and the prediction of occurred but not reported events,
    Canadian Journal of Statistics 22(1).
    """
    cutoff = known.cutoff_week
    rows = known.about(crime_type, cutoff - _LEARNED_FROM_WEEKS)
    occurred = known.occurred_week[rows]
    delay = (known.known_week[rows] - occurred).clip(0, LONGEST_DELAY_WEEKS)
    age = (cutoff - 1 - occurred).clip(0, _LEARNED_FROM_WEEKS - 1)
    ages, delays = _LEARNED_FROM_WEEKS, LONGEST_DELAY_WEEKS + 1
    came = np.bincount(age * delays + delay, known.weight[rows], minlength=ages * delays).reshape(ages, delays)
    aged = came[::-1].cumsum(axis=0)[::-1]  # of weeks of this age or older
    within = aged.cumsum(axis=1)  # that came within this delay
    share = np.ones(LONGEST_DELAY_WEEKS)
    for late in range(LONGEST_DELAY_WEEKS - 1, 0, -1):
        just_then, by_then = aged[late, late], within[late, late]
        hazard = min(max(just_then / by_then, 0.0), 0.9) if by_then > 0 else 0.0
        share[late - 1] = share[late] * (1 - hazard)
    return np.maximum(share, _SMALLEST)


def exposure_weeks(share_known: Doubles, weeks: int) -> float:
    """Return how many complete weeks the last ``weeks`` weeks stand for."""
    recent = share_known[:weeks]
    return float(recent.sum()) + max(0, weeks - len(recent))
