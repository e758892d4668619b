# SPDX-License-Identifier: EUPL-1.2
"""When it happened and when it was known: repaired where that is safe, refused where it is not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stip.intake.accounts.account import Account
from stip.intake.incidents.rules import (
    BEGIN_UNREADABLE,
    CLOCK_SKIPPED,
    CLOCK_TWICE,
    END_BEFORE_BEGIN,
    END_IN_FUTURE,
    END_UNREADABLE,
    IN_FUTURE,
    NO_BEGIN,
    NO_END,
    ONLY_DAY,
    REPORTED_BEFORE_BEGIN,
    REPORTED_BEFORE_END,
    REPORTED_IN_FUTURE,
    REPORTED_UNREADABLE,
    WINDOW_CUT,
)
from stip.intake.values.clock import Utc, to_utc
from stip.intake.values.moments import Moments

Times = npt.NDArray[np.datetime64]
Mask = npt.NDArray[np.bool_]

_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class WindowRules:
    """What holds for the moments of a source.

    Attributes
    ----------
    time_zone : str
    received_at : datetime64[us]
        When the file came in, in UTC.
    cap : timedelta64
        Longest window.
    delay : timedelta64
        Time between the end of a window and its being known, where the source does not say.
    days_from, days_to, days_reported : bool
        Whether that column holds days only, so that midnight means the whole day.
    """

    time_zone: str
    received_at: np.datetime64
    cap: np.timedelta64
    delay: np.timedelta64
    days_from: bool = False
    days_to: bool = False
    days_reported: bool = False


@dataclass(frozen=True)
class Windows:
    """In UTC, datetime64[us], NaT where the row is refused for it."""

    from_at: Times
    to_at: Times
    known_at: Times


def read_windows(
    begin: Moments, end: Moments | None, reported: Moments | None, rules: WindowRules, account: Account
) -> Windows:
    """Bring the moments of rows in order and mark what was the matter.

    Parameters
    ----------
    begin, end, reported : Moments
        None when the source has no such column.
    account : Account
        Marked in place.
    """
    account.refuse(begin.empty, NO_BEGIN)
    account.refuse(begin.unreadable, BEGIN_UNREADABLE)
    whole_day = _whole_days(begin, rules.days_from)
    if not rules.days_from:
        account.repair(whole_day, ONLY_DAY)
    start = to_utc(begin.at, begin.utc, rules.time_zone)
    _mark_clock(start, account)
    account.refuse(start.at > rules.received_at, IN_FUTURE)
    to_at = start.at.copy()
    day_end = to_utc(begin.at[whole_day] + _DAY, begin.utc[whole_day], rules.time_zone).at
    to_at[whole_day] = np.fmax(start.at[whole_day], np.fmin(day_end, rules.received_at))
    if end is not None:
        to_at = _ends(end, start.at, to_at, rules, account)
    from_at = start.at
    backwards = to_at < from_at
    account.repair(backwards, END_BEFORE_BEGIN)
    from_at, to_at = np.where(backwards, to_at, from_at), np.where(backwards, from_at, to_at)
    known_at = np.fmin(to_at + rules.delay, rules.received_at)
    if reported is not None:
        to_at, known_at = _reports(reported, from_at, to_at, known_at, rules, account)
    long = to_at - from_at > rules.cap
    account.repair(long, WINDOW_CUT)
    from_at = np.where(long, to_at - rules.cap, from_at)
    return Windows(from_at, to_at, np.fmax(known_at, from_at))


def _ends(end: Moments, start: Times, otherwise: Times, rules: WindowRules, account: Account) -> Times:
    account.repair(end.empty, NO_END)
    account.repair(end.unreadable, END_UNREADABLE)
    whole_day = _whole_days(end, rules.days_to)
    found = to_utc(np.where(whole_day, end.at + _DAY, end.at), end.utc, rules.time_zone)
    _mark_clock(found, account)
    at = np.where(found.twice & (found.at < start), found.later, found.at)
    late = (at > rules.received_at) & ~whole_day
    account.repair(late, END_IN_FUTURE)
    at = np.where(at > rules.received_at, np.fmax(start, rules.received_at), at)
    return np.where(np.isnat(at), otherwise, at)


def _reports(
    reported: Moments, from_at: Times, to_at: Times, otherwise: Times, rules: WindowRules, account: Account
) -> tuple[Times, Times]:
    """Return the end of each window, which lies before its report, and the moment it was known."""
    account.repair(reported.unreadable, REPORTED_UNREADABLE)
    whole_day = _whole_days(reported, rules.days_reported)
    found = to_utc(np.where(whole_day, reported.at + _DAY, reported.at), reported.utc, rules.time_zone)
    _mark_clock(found, account)
    account.repair((found.at > rules.received_at) & ~whole_day, REPORTED_IN_FUTURE)
    at = np.where(found.at > rules.received_at, rules.received_at, found.at)
    early = at < from_at
    account.repair(early, REPORTED_BEFORE_BEGIN)
    inside = (at >= from_at) & (at < to_at)
    account.repair(inside, REPORTED_BEFORE_END)
    known_at = np.where(np.isnat(at), otherwise, np.where(early, from_at, at))
    return np.where(inside, at, to_at), known_at


def _whole_days(moments: Moments, days_only: bool) -> Mask:
    midnight = moments.at == moments.at.astype("datetime64[D]").astype("datetime64[us]")
    return moments.whole_day | (midnight & days_only)


def _mark_clock(moments: Utc, account: Account) -> None:
    account.repair(moments.skipped, CLOCK_SKIPPED)
    account.repair(moments.twice, CLOCK_TWICE)
