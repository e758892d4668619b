# SPDX-License-Identifier: EUPL-1.2
"""ISO weeks: the unit of everything. Written ``2026-W37``, counted from Monday 00:00 local time."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import ContractError, SettingsError

_FORM = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
# Monday of 1970-W01, so that an ordinal week number is a plain count of Mondays.
_FIRST_MONDAY = date(1969, 12, 29)
_FIRST_YEAR, _LAST_YEAR = 1900, 3000  # beyond these a week is a slip, and clocks overflow


def week_of_date(day: date) -> str:
    """Return the ISO week a calendar day falls in.

    Examples
    --------
    >>> week_of_date(date(2027, 1, 3))
    '2026-W53'
    """
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def monday(week: str) -> date:
    """Return the Monday a week begins on.

    Raises
    ------
    SettingsError
        When the text is no ISO week, such as ``2026-W54``, or one that lies centuries away.
    """
    form = _FORM.fullmatch(week)
    if form:
        if form[1] != "0000" and not _FIRST_YEAR <= int(form[1]) <= _LAST_YEAR:
            raise SettingsError(f"‘{week}’ ligt niet tussen {_FIRST_YEAR} en {_LAST_YEAR}. Kijk het jaar na.")
        try:
            return date.fromisocalendar(int(form[1]), int(form[2]), 1)
        except ValueError:
            pass
    raise SettingsError(f"‘{week}’ is geen week. Schrijf een ISO-week, zoals 2026-W37.")


def week_number(week: str) -> int:
    """Return the ordinal of a week: consecutive weeks differ by one, across years.

    Examples
    --------
    >>> week_number("2027-W01") - week_number("2026-W53")
    1
    """
    return (monday(week) - _FIRST_MONDAY).days // 7


def week_from_number(number: int) -> str:
    """Return the week with this ordinal, the inverse of `week_number`."""
    return week_of_date(_FIRST_MONDAY + timedelta(weeks=int(number)))


def shift_week(week: str, weeks: int) -> str:
    """Return the week that lies ``weeks`` later (earlier when negative)."""
    return week_of_date(monday(week) + timedelta(weeks=weeks))


def week_start(week: str, time_zone: str) -> datetime:
    """Return the moment a week begins: Monday 00:00 in ``time_zone``, with that zone attached."""
    return datetime.combine(monday(week), datetime.min.time(), ZoneInfo(time_zone))


def week_at(moment: datetime, time_zone: str) -> str:
    """Return the week an aware moment falls in, as people in ``time_zone`` count."""
    return week_of_date(moment.astimezone(ZoneInfo(time_zone)).date())


def week_starts(first: int, last: int, time_zone: str) -> npt.NDArray[np.int64]:
    """Return when each of the weeks ``first`` … ``last`` (ordinals) begins, in seconds since 1970 UTC.

    Two starts differ by 604,800 seconds, but by an hour less in the week summer time begins and an hour more
    in the week it ends.
    """
    return _starts_utc(int(first), int(last), time_zone).copy()


@lru_cache(maxsize=8)
def _starts_utc(first: int, last: int, time_zone: str) -> npt.NDArray[np.int64]:
    zone = ZoneInfo(time_zone)
    starts = (
        datetime.combine(_FIRST_MONDAY + timedelta(weeks=n), datetime.min.time(), zone)
        for n in range(first, last + 1)
    )
    return np.array([int(start.timestamp()) for start in starts], dtype=np.int64)


def week_numbers(moments: pd.Series[Any], time_zone: str) -> npt.NDArray[np.int64]:
    """Return the ordinal week of each moment, summer time included.

    Parameters
    ----------
    moments : Series of datetime64 with UTC attached, shape (n,)
    time_zone : str
        IANA name, such as ``Europe/Amsterdam``.

    Returns
    -------
    ndarray of int64, shape (n,)

    Raises
    ------
    ContractError
        When a moment is missing or has no time zone.
    """
    if not isinstance(moments.dtype, pd.DatetimeTZDtype) or moments.hasnans:
        raise ContractError("Niet elk tijdstip is ingevuld met een tijdzone. Geef tijden in UTC, zonder lege.")
    seconds = moments.dt.as_unit("s").astype("int64").to_numpy()
    if len(seconds) == 0:
        return np.empty(0, dtype=np.int64)
    first = (date.fromtimestamp(int(seconds.min())) - _FIRST_MONDAY).days // 7 - 1
    last = (date.fromtimestamp(int(seconds.max())) - _FIRST_MONDAY).days // 7 + 1
    starts = _starts_utc(first, last, time_zone)
    return first + np.searchsorted(starts, seconds, side="right") - 1


def week_texts(numbers: npt.NDArray[np.int64]) -> list[str]:
    """Return the text of each ordinal week."""
    unique, inverse = np.unique(numbers, return_inverse=True)
    texts = np.array([week_from_number(number) for number in unique], dtype=object)
    return list(texts[inverse]) if len(unique) else []
