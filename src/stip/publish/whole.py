# SPDX-License-Identifier: EUPL-1.2
"""Is all of a quarter here? From when a source comes regularly, and which weeks of it never came.

A quarter goes out once, so a file that did not come would be a false nought for ever.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.outlook import undelivered_weeks
from stip.publish.periods import Quarter
from stip.space import week_from_number, week_number, week_numbers, week_of_date

Weeks = npt.NDArray[np.int64]
_USUAL_WEEKS, _BEGIN_WEEKS, _NEAR_WEEKS = 52, 8, 8
_LEAST_SHARE = 0.25
_LEAST_SIGN = 7.0
"""A silence is a sign when its chance, had all weeks been alike, is less than one in e to this power: a thousand."""
_BEGIN_REPORTS, _BEGIN_DAYS = 3.0, 7
"""A beginning may lie so many reports, but not so many days, before the first report: chance keeps most within."""


def regular_since(incidents: pd.DataFrame, time_zone: str) -> date:
    """Return the day from which a source comes regularly: a stray old report is no beginning.

    It is the first day with a report of the first week from which eight weeks hold at least a quarter of what eight
    weeks hold in the last year. When a quarter began shortly before, it is the first day of that quarter: of a source
    that began on the first of January, the first report is often of the second or third.

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
    moment: pd.Timestamp = _middles(incidents)[weeks >= first].min()
    begin = moment.tz_convert(time_zone).date()
    slack = timedelta(days=min(_BEGIN_REPORTS / usual * 7, _BEGIN_DAYS))
    quarter = Quarter.of(begin)
    return quarter.first if begin - slack <= quarter.first else begin


def missing_weeks(incidents: pd.DataFrame, quarter: Quarter, time_zone: str, *, until: date) -> list[str]:
    """Return the weeks of a quarter in which a source that always comes brought nothing.

    Two ways to see it: no report happened in a span of weeks that is too long for a quiet time, or no report became
    known in a week as `stip.outlook.undelivered_weeks` has it. The week after the quarter counts for the second: its
    delivery brings the last days.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
        Of one source, all that is known of it.
    until : date
        The week of this day, and later ones, may still come; a silence up to here counts.

    Returns
    -------
    list of str
        ISO weeks, ascending.
    """
    weeks, end = _weeks_of(incidents, time_zone), week_number(week_of_date(until))
    first, last = (week_number(week_of_date(day)) for day in (quarter.first, quarter.last))
    types = tuple(sorted(incidents["crime_type"].astype(str).unique()))
    known = undelivered_weeks(incidents, types, time_zone=time_zone, cutoff_week=last + 2)
    found = {week for weeks in known for week in weeks if first <= week <= last + 1}
    begin = int(weeks.min())
    counts = np.bincount(weeks - begin, minlength=max(end - begin, 0))
    for silent, to in _silences(weeks - begin, end - begin):
        beside = np.r_[counts[max(silent - _USUAL_WEEKS, 0) : silent], counts[to:][:_USUAL_WEEKS]]
        if _sign(beside, to - silent) >= _LEAST_SIGN:
            found |= {week for week in range(begin + silent, begin + to) if first <= week <= last}
    return [week_from_number(week) for week in sorted(found)]


def missing_types(
    incidents: pd.DataFrame, quarter: Quarter, time_zone: str, *, crime_types: Iterable[str], until: date
) -> dict[str, list[str]]:
    """Return the weeks of a quarter in which a source that always brings a type did not: a code list that changed.

    Each type is held against its own year before the silence, and against the same weeks a year earlier when these
    are here: what comes in one season only is not missing in the others. The more types, the longer a silence must
    be, so that together they are no more often wrong than one. One that is over must be longer still, for it may have
    lain in any week, and must stand out among the eight weeks on either side, as a year has quiet seasons.

    Parameters
    ----------
    incidents, until
        As for `missing_weeks`.

    Returns
    -------
    dict of str to list of str
        ISO weeks, ascending, of each type that lacks some.
    """
    weeks, end = _weeks_of(incidents, time_zone), week_number(week_of_date(until))
    first, last = (week_number(week_of_date(day)) for day in (quarter.first, quarter.last))
    kind, begin, names = incidents["crime_type"].to_numpy(dtype=object), int(weeks.min()), list(crime_types)
    least = _LEAST_SIGN + math.log(max(len(names), 1))
    found: dict[str, list[str]] = {}
    for name in names:
        mine = weeks[kind == name] - begin
        counts = np.bincount(mine, minlength=max(end - begin, 0))
        for silent, to in _silences(mine, end - begin):
            sign = _sign(counts[max(silent - _USUAL_WEEKS, 0) : silent], to - silent)
            if silent >= _USUAL_WEEKS:
                sign = min(sign, float(counts[silent - _USUAL_WEEKS : to - _USUAL_WEEKS].sum()))
            lost = [week for week in range(begin + silent, begin + to) if first <= week <= last]
            places = 1
            if begin + to < end:
                places = len(counts)
                near = np.r_[counts[max(silent - _NEAR_WEEKS, 0) : silent], counts[to:][:_NEAR_WEEKS]]
                sign = min(sign, _sign(near, to - silent))
            if lost and sign >= least + math.log(places):
                found[name] = found.get(name, []) + [week_from_number(week) for week in lost]
    return found


def _silences(weeks: Weeks, until: int) -> list[tuple[int, int]]:
    """Return each span of weeks without a report, up to ``until``: its first week, and the first after it."""
    filled = [*np.unique(weeks).tolist(), until]
    return [(before + 1, after) for before, after in itertools.pairwise(filled) if after > before + 1]


def _sign(beside: Weeks, silent: int) -> float:
    """Return minus the logarithm of the chance of a silence among these reports, had all weeks been alike.

    With ``n`` reports in ``T`` weeks beside ``s`` silent ones that chance is ``(T / (T + s)) ** n``: about ``e`` to
    minus the number that was to be expected in the silence, and more when there are too few to say what is usual.
    """
    return float(beside.sum() * np.log1p(silent / len(beside)))


def _weeks_of(incidents: pd.DataFrame, time_zone: str) -> Weeks:
    return week_numbers(_middles(incidents), time_zone)


def _middles(incidents: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    middle: pd.Series[pd.Timestamp] = incidents["from_at"] + (incidents["to_at"] - incidents["from_at"]) / 2
    return middle
