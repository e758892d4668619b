# SPDX-License-Identifier: EUPL-1.2
"""The chosen dots over time: per week, and by hour and weekday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from stip.explore import Period, incomplete_weeks
from stip.space import monday, week_of_date
from stip_web.dots.looking import Look
from stip_web.dots.selection import weekday


@dataclass(frozen=True)
class Week:
    """A week with its count; ``complete`` is False while reports for it still come in."""

    week: str
    monday: date
    count: int
    complete: bool


def per_week(look: Look) -> list[Week]:
    """Count per ISO week, also those without reports, over the period of the filter or all there is."""
    if not look.seen.n:
        return []
    first = max(look.filter.first or look.seen.first_day, look.seen.first_day)
    last = min(look.filter.last or look.seen.last_day, look.seen.last_day)
    if last < first:
        return []
    begin = monday(week_of_date(first))
    number = (last - begin).days // 7 + 1
    chosen = look.seen.day[look.selection.passes]
    at = (chosen - (begin - date(1970, 1, 1)).days) // 7
    counts = np.bincount(at, minlength=number).tolist()
    late = late_weeks(look, Period(week_of_date(begin), week_of_date(last)))
    found = []
    for step, count in enumerate(counts):
        day = begin + timedelta(weeks=step)
        week = week_of_date(day)
        found.append(Week(week, day, count, complete=late is None or not late.first <= week <= late.last))
    return found


def late_weeks(look: Look, period: Period) -> Period | None:
    """Return the weeks of a period for which reports still come in."""
    if look.seen.known_until is None:
        return None
    settings = look.workspace.settings
    return incomplete_weeks(
        period, look.seen.known_until, weeks=settings.learn.final_after_weeks, time_zone=settings.town.time_zone
    )


def hour_by_weekday(look: Look) -> npt.NDArray[np.int64]:
    """Count by weekday and hour.

    Returns
    -------
    ndarray of int, shape (7, 25)
        Monday first; the last column is of reports whose hour is not known. Adds up to the count of the filter.
    """
    chosen = look.selection.passes
    hour = np.minimum(look.seen.hour[chosen], 24)
    return np.bincount(weekday(look.seen.day[chosen]) * 25 + hour, minlength=175).reshape(7, 25)
