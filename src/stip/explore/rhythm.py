# SPDX-License-Identifier: EUPL-1.2
"""The rhythm of the week: hour by weekday, with each time window spread over the hours it may have been."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stip.link import microseconds

_SLOT = 15 * 60 * 1_000_000  # every time zone in use lies a whole number of quarters from UTC


def rhythm(incidents: pd.DataFrame, time_zone: str) -> pd.DataFrame:
    """Count incidents by weekday and hour on the local clock.

    Parameters
    ----------
    incidents : DataFrame
        Columns ``from_at`` and ``to_at`` of the INCIDENT contract.
    time_zone : str
        Where the clock hangs; summer time is honoured.

    Returns
    -------
    DataFrame of float, shape (7, 24)
        Rows ``weekday`` 1 (Monday) … 7, columns ``hour`` 0 … 23. Adds up to the number of incidents. A window counts
        in each hour by the share of its time that lies there; one without length counts in its one hour.

    References
    ----------
    Ratcliffe (2000), Aoristic analysis, Int. J. Geographical Information Science 14(7).
    """
    start, end = microseconds(incidents["from_at"], "from_at"), microseconds(incidents["to_at"], "to_at")
    empty = pd.DataFrame(
        np.zeros((7, 24)), index=pd.RangeIndex(1, 8, name="weekday"), columns=pd.RangeIndex(24, name="hour")
    )
    if len(start) == 0:
        return empty
    base = int(start.min() // _SLOT)
    slots = int(end.max() // _SLOT) - base + 1
    first, last = start // _SLOT - base, end // _SLOT - base
    share = 1 / np.maximum(end - start, 1)
    within = first == last

    amount = np.bincount(first[within], minlength=slots).astype(float)
    begin, stop, one = first[~within], last[~within], share[~within]
    amount += np.bincount(begin, ((begin + 1 + base) * _SLOT - start[~within]) * one, minlength=slots)
    amount += np.bincount(stop, (end[~within] - (stop + base) * _SLOT) * one, minlength=slots)
    # The whole slots in between: a step up where they begin and down where they end.
    steps = np.bincount(begin + 1, one, minlength=slots + 1) - np.bincount(stop, one, minlength=slots + 1)
    whole = np.cumsum(steps[:slots]) * _SLOT
    covered = np.cumsum(np.bincount(begin + 1, minlength=slots + 1) - np.bincount(stop, minlength=slots + 1))[:slots]
    amount += np.where(covered > 0, whole, 0)  # where no window is, rounding may have left a little

    moments = pd.to_datetime((np.arange(slots) + base) * _SLOT, unit="us", utc=True).tz_convert(time_zone)
    hour_of_week = moments.day_of_week.to_numpy() * 24 + moments.hour.to_numpy()
    return empty + np.bincount(hour_of_week, amount, minlength=168).reshape(7, 24)
