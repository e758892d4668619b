# SPDX-License-Identifier: EUPL-1.2
"""Two periods as they were known at the same age: the recent one misses reports that the older one has by now."""

from __future__ import annotations

from datetime import datetime, timedelta

from stip.explore.periods import Period
from stip.space import shift_week, week_number, week_start


def same_age(period: Period, other_period: Period, known_until: datetime) -> datetime:
    """Return the moment at which the other period was as old as the period is at ``known_until``.

    Parameters
    ----------
    period, other_period : Period
    known_until : aware datetime
        Until when reports have come in.

    Returns
    -------
    aware datetime
        As many weeks before (or after) ``known_until`` as the last weeks of the periods lie apart.

    Examples
    --------
    >>> from datetime import UTC
    >>> same_age(Period("2026-W20", "2026-W20"), Period("2026-W18", "2026-W18"), datetime(2026, 5, 18, tzinfo=UTC))
    datetime.datetime(2026, 5, 4, 0, 0, tzinfo=datetime.timezone.utc)
    """
    return known_until - timedelta(weeks=week_number(period.last) - week_number(other_period.last))


def incomplete_weeks(period: Period, known_until: datetime, *, weeks: int, time_zone: str) -> Period | None:
    """Return the weeks of a period for which reports still come in, or None when there are none.

    Parameters
    ----------
    period : Period
    known_until : aware datetime
        Until when reports have come in.
    weeks : int
        So many weeks after it ended, a week counts as complete; see ``learn.final_after_weeks``.
    time_zone : str
    """
    texts = [shift_week(period.first, step) for step in range(period.weeks)]
    late = [week for week in texts if week_start(shift_week(week, weeks + 1), time_zone) > known_until]
    return Period(late[0], late[-1]) if late else None
