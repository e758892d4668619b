# SPDX-License-Identifier: EUPL-1.2
"""Reports still to come: which share of a recent week's incidents is known by now.

The reverse-hazard (chain-ladder) estimate: of all reports that came within *d* weeks, the share that came in the
*d*-th. Each age uses the weeks that are old enough, as they were known at the cut-off.

What would have come in a week without a delivery is not known either. So such a week is no quiet one: its share is
what came in since, and weeks of which a later delivery is missing have a smaller share too.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stip.outlook.area import Doubles
from stip.outlook.history import History
from stip.outlook.tally import by_age_and_delay

LONGEST_DELAY_WEEKS = 26
"""What comes in later than this is not waited for."""

_LEARNED_FROM_WEEKS = 78  # long enough to see the tail, short enough to follow a change
_SMALLEST, _SMALLEST_UNDELIVERED = 0.05, 0.001
_MUCH_LOST = 0.1  # of a week's reports


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
        Element *a* is for the week that ended *a* weeks before the cut-off; never above 1, and never below 0.05 but
        for weeks of which a delivery is missing: then near 0 when nothing of it can have come in.

    References
    ----------
    Lawless (1994), Adjustments for reporting delays and the prediction of occurred but not reported events,
    Canadian Journal of Statistics 22(1).
    """
    if crime_type not in known.share_known:  # every model asks, every week
        known.share_known[crime_type] = _estimated(known, crime_type)
    return known.share_known[crime_type].copy()


def _estimated(known: History, crime_type: str) -> Doubles:
    cutoff = known.cutoff_week
    recent = known.since(cutoff - _LEARNED_FROM_WEEKS)
    rows = (known.type_index[recent], known.occurred_week[recent], known.known_week[recent], known.weight[recent])
    missing = np.array(known.undelivered_of(crime_type), dtype=np.int64)
    ages, delays = _LEARNED_FROM_WEEKS, LONGEST_DELAY_WEEKS + 1
    # How many weeks after it happened the first delivery is missing: a delay as long as that was never seen.
    came = by_age_and_delay(*rows, known.type_number(crime_type), cutoff, missing, ages, delays)
    aged = came[::-1].cumsum(axis=0)[::-1]  # of weeks of this age or older
    within = aged.cumsum(axis=1)  # that came within this delay
    share = np.ones(LONGEST_DELAY_WEEKS)
    for late in range(LONGEST_DELAY_WEEKS - 1, 0, -1):
        just_then, by_then = aged[late, late], within[late, late]
        hazard = min(max(just_then / by_then, 0.0), 0.9) if by_then > 0 else 0.0
        share[late - 1] = share[late] * (1 - hazard)
    share = np.maximum(share, _SMALLEST)
    return share if len(missing) == 0 else _less_missing(share, cutoff - 1 - missing)


def _less_missing(share: Doubles, missing_age: npt.NDArray[np.int64]) -> Doubles:
    """Take out of each week's share what would have come in the weeks without a delivery, given by their age."""
    came_after = np.diff(share, prepend=0.0)  # by delay
    delay = np.arange(len(share))[:, None] - missing_age[missing_age < len(share)]
    lost = np.where(delay >= 0, came_after[delay.clip(0)], 0.0).sum(axis=1)
    return np.maximum(share - lost, _SMALLEST_UNDELIVERED)


def untold_weeks(known: History, crime_type: str) -> frozenset[int]:
    """Return the weeks of which a missing delivery usually brings a tenth of the reports or more.

    What happened in them is not known, so nothing can be scored on them. A report comes some weeks after it happened:
    the deliveries that are missing (`History.undelivered_of`) say little of their own week when files come later.

    Parameters
    ----------
    known : History
    crime_type : str

    Returns
    -------
    frozenset of int
        Ordinals.
    """
    missing = known.undelivered_of(crime_type)
    if not missing:
        return frozenset()
    delay = known.known_week - known.occurred_week
    mine = (known.type_index == known.type_number(crime_type)) & (known.weight > 0) & (delay <= LONGEST_DELAY_WEEKS)
    came = np.bincount(delay[mine], known.weight[mine], LONGEST_DELAY_WEEKS + 1)
    share = came / max(float(came.sum()), 1e-9)
    lost: dict[int, float] = {}
    for week in missing:
        for late, part in enumerate(share.tolist()):
            lost[week - late] = lost.get(week - late, 0.0) + part
    return frozenset(week for week, part in lost.items() if part >= _MUCH_LOST)


def exposure_weeks(share_known: Doubles, weeks: int) -> float:
    """Return how many complete weeks the last ``weeks`` weeks stand for."""
    recent = share_known[:weeks]
    return float(recent.sum()) + max(0, weeks - len(recent))
