# SPDX-License-Identifier: EUPL-1.2
"""The quick way for dates: a format in which every figure has its fixed place, as ``16-09-2017 02:30:00`` has.

Files of millions of rows are written by programs, and programs write like that. What is not exactly so is left to
`stip.intake.values.moments`, which reads everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from numba import njit

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Times = npt.NDArray[np.datetime64]

_PARTS = {"%Y": 4, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2}
_DAY, _TIME = {"%Y", "%m", "%d"}, ("%H", "%M", "%S")
_SEPARATOR = re.compile(r"[-/.:T ]")
_UNREAD = np.iinfo(np.int64).min  # numpy's NaT


@dataclass(frozen=True)
class FixedForm:
    """A format of fixed width.

    Attributes
    ----------
    starts : ndarray of int64, shape (6,)
        Where year, month, day, hour, minute and second begin; -1 for a part that is not there.
    signs : ndarray of uint8, shape (width,)
        What stands between them; 0 where a digit stands.
    whole_day : bool
        Whether it names a day without a time.
    """

    starts: Ints
    signs: Bytes
    whole_day: bool


@cache
def fixed_form(form: str) -> FixedForm | None:
    """Return a format of `strptime` as places of digits; None when its width is not fixed."""
    parts = re.findall(r"%.|.", form, flags=re.S)
    codes = [part for part in parts if part.startswith("%")]
    between = [part for part in parts if not part.startswith("%")]
    timed = codes[3:]
    fits = set(codes[:3]) == _DAY and timed in ([], list(_TIME[:2]), list(_TIME))
    if not fits or not all(_SEPARATOR.fullmatch(sign) for sign in between) or ":" in form[: form.find("%H")]:
        return None
    if parts[::2] != codes or parts[1::2] != between or (timed and form.count(":") != len(timed) - 1):
        return None  # digits without a sign between them, or a time that is not written with colons
    starts, signs = dict.fromkeys(_PARTS, -1), ""
    for part in parts:
        if part in _PARTS:
            starts[part] = len(signs)
        signs += "\0" * _PARTS.get(part, 0) or part
    return FixedForm(
        np.array(list(starts.values()), dtype=np.int64), np.frombuffer(signs.encode(), np.uint8), not timed
    )


def read_fixed(column: pa.Array, form: FixedForm) -> Times:
    """Read the texts that are written exactly so and name a moment from 1900 to 2199; NaT elsewhere.

    Parameters
    ----------
    column : array of string, shape (n,)

    Returns
    -------
    ndarray of datetime64[us], shape (n,)
    """
    _, offsets, data = column.buffers()
    at = np.empty(len(column), dtype=np.int64)
    if data is None:
        at[:] = _UNREAD
    else:
        ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
        _read(np.frombuffer(data, np.uint8), ends, form.starts, form.signs, at)
    times = at.view("datetime64[us]")
    if column.null_count:
        times[column.is_null().to_numpy(zero_copy_only=False)] = np.datetime64("NaT")
    return times


@njit(cache=True, nogil=True)
def _digits(data: Bytes, start: int, many: int) -> int:
    found = 0
    for place in range(start, start + many):
        digit = int(data[place]) - 48
        if digit < 0 or digit > 9:
            return -1
        found = found * 10 + digit
    return found


@njit(cache=True, nogil=True)
def _days(year: int, month: int, day: int) -> int:
    """Return days since 1970-01-01 of a day in the Gregorian calendar (Hinnant's days_from_civil)."""
    moved = year - (1 if month <= 2 else 0)
    era = moved // 400
    of_era = moved - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


@njit(cache=True, nogil=True)
def _month_days(year: int, month: int) -> int:
    if month == 2:
        return 29 if (year % 4 == 0 and year % 100 != 0) or year % 400 == 0 else 28
    return 30 if month == 4 or month == 6 or month == 9 or month == 11 else 31  # noqa: PLR1714  faster in numba


@njit(cache=True, nogil=True)
def _read(data: Bytes, ends: npt.NDArray[np.int32], starts: Ints, signs: Bytes, at: Ints) -> None:
    width = len(signs)
    for row in range(len(at)):
        at[row] = _UNREAD
        start = np.int64(ends[row])
        if np.int64(ends[row + 1]) - start != width:
            continue
        neat = True
        for place in range(width):
            if signs[place] != 0 and data[start + place] != signs[place]:
                neat = False
        if not neat:
            continue
        year = _digits(data, start + starts[0], 4)
        month = _digits(data, start + starts[1], 2)
        day = _digits(data, start + starts[2], 2)
        hour = _digits(data, start + starts[3], 2) if starts[3] >= 0 else 0
        minute = _digits(data, start + starts[4], 2) if starts[4] >= 0 else 0
        second = _digits(data, start + starts[5], 2) if starts[5] >= 0 else 0
        if year < 1900 or year > 2199 or month < 1 or month > 12 or day < 1 or day > _month_days(year, month):
            continue
        if hour < 0 or hour > 23 or minute < 0 or minute > 59 or second < 0 or second > 59:
            continue
        at[row] = ((_days(year, month, day) * 24 + hour) * 60 + minute) * 60_000_000 + second * 1_000_000
