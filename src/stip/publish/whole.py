# SPDX-License-Identifier: EUPL-1.2
"""Is all of a quarter here? From when a source comes regularly, and which weeks of it never came.

A quarter goes out once, so a file that did not come would be a false nought for ever.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.outlook import undelivered_weeks
from stip.publish.periods import Quarter
from stip.space import week_from_number, week_number, week_numbers, week_of_date

Weeks = npt.NDArray[np.int64]
_USUAL_WEEKS, _BEGIN_WEEKS = 52, 8
_LEAST_SHARE = 0.25
_USUAL_REPORTS = 7.0
"""A Poisson count with this mean is 0 less than once in a thousand times."""


def regular_since(incidents: pd.DataFrame, time_zone: str) -> date:
    """Return the day from which a source comes regularly: a stray old report is no beginning.

    It is the first day with a report of the first week from which eight weeks hold at least a quarter of what eight
    weeks hold in the last year.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
        Of one source; at least one.
    """
    weeks = _weeks_of(incidents, time_zone)
    counts = np.bincount(weeks - weeks.min())
    usual = float(counts[-_USUAL_WEEKS:].mean())
    together = np.convolve(counts, np.ones(_BEGIN_WEEKS, dtype=np.int64))[_BEGIN_WEEKS - 1 :]
    enough = np.flatnonzero((counts > 0) & (together >= _LEAST_SHARE * _BEGIN_WEEKS * usual))
    first = int(weeks.min() + enough[0]) if len(enough) else int(weeks.max())
    begin: pd.Timestamp = _middles(incidents)[weeks >= first].min()
    return begin.tz_convert(time_zone).date()


def missing_weeks(incidents: pd.DataFrame, quarter: Quarter, time_zone: str) -> list[str]:
    """Return the weeks of a quarter in which a source that always comes brought nothing.

    Two ways to see it: no report happened in a span of weeks in which seven or more were to be expected, or no report
    became known in a week as `stip.outlook.undelivered_weeks` has it. The week after the quarter counts for the
    second: its delivery brings the last days.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
        Of one source, all that is known of it.

    Returns
    -------
    list of str
        ISO weeks, ascending.
    """
    first, last = (week_number(week_of_date(day)) for day in (quarter.first, quarter.last))
    types = tuple(sorted(incidents["crime_type"].astype(str).unique()))
    known = undelivered_weeks(incidents, types, time_zone=time_zone, cutoff_week=last + 2)
    found = {week for weeks in known for week in weeks if first <= week <= last + 1}
    found |= {week for week in _silent(_weeks_of(incidents, time_zone)) if first <= week <= last}
    return [week_from_number(week) for week in sorted(found)]


def _silent(weeks: Weeks) -> set[int]:
    """Return the weeks between the first and the last that lie in a span too long to be a quiet time."""
    counts = np.bincount(weeks - weeks.min())
    usual = float(np.median(counts[counts > 0])) * float((counts[-_USUAL_WEEKS:] > 0).mean())
    filled = np.flatnonzero(counts)
    spans = [(before + 1, after) for before, after in zip(filled[:-1].tolist(), filled[1:].tolist(), strict=True)]
    return {
        int(weeks.min()) + week
        for begin, end in spans
        if (end - begin) * usual >= _USUAL_REPORTS
        for week in range(begin, end)
    }


def _weeks_of(incidents: pd.DataFrame, time_zone: str) -> Weeks:
    return week_numbers(_middles(incidents), time_zone)


def _middles(incidents: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    middle: pd.Series[pd.Timestamp] = incidents["from_at"] + (incidents["to_at"] - incidents["from_at"]) / 2
    return middle
