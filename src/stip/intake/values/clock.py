# SPDX-License-Identifier: EUPL-1.2
"""From local time to UTC, through the nights in which the clock is moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

Mask = npt.NDArray[np.bool_]
Times = npt.NDArray[np.datetime64]

_MOST_DAYS = 200_000  # a table of so many days is small; dates further apart are looked up one by one


@dataclass(frozen=True)
class Utc:
    """Moments in UTC.

    Attributes
    ----------
    at : ndarray of datetime64[us], shape (n,)
    skipped, twice : ndarray of bool, shape (n,)
        The local time did not exist (the clock went forward), and the first moment after it is taken; it came
        twice (the clock went back), and the first is taken.
    later : ndarray of datetime64[us], shape (n,)
        The second of the two where it came twice, else the same as ``at``.
    """

    at: Times
    skipped: Mask
    twice: Mask
    later: Times


def to_utc(local: Times, already: Mask, time_zone: str) -> Utc:
    """Return UTC for local times.

    Parameters
    ----------
    local : ndarray of datetime64[us], shape (n,)
        NaT stays NaT.
    already : ndarray of bool, shape (n,)
        Which are in UTC as they stand.
    time_zone : str
    """
    distance, quiet = _distances(local, time_zone)
    at = np.where(already, local, local - distance)
    later, skipped = at.copy(), np.zeros(len(at), dtype=bool)
    odd = np.flatnonzero(~quiet & ~already & ~np.isnat(local))
    if len(odd):
        at[odd], back = _localised(local[odd], time_zone, first=True)
        skipped[odd] = back != local[odd]
        later[odd], _ = _localised(local[odd], time_zone, first=False)
    return Utc(at, skipped, ~np.isnat(at) & (at != later), later)


def _distances(local: Times, time_zone: str) -> tuple[npt.NDArray[np.timedelta64], Mask]:
    """Return how far the clock is ahead of UTC on the day of each moment, and whether it is that for days around."""
    days = local.astype("datetime64[D]")
    known = ~np.isnat(days)
    if not known.any():
        return np.zeros(len(local), dtype="timedelta64[us]"), np.ones(len(local), dtype=bool)
    first, last = days[known].min(), days[known].max()
    if (last - first).astype(np.int64) > _MOST_DAYS:
        days, place = np.unique(days, return_inverse=True)
        ahead, quiet = _on_days(days, time_zone)
    else:
        start, ahead, quiet = _in_years(first.astype("datetime64[Y]"), last.astype("datetime64[Y]"), time_zone)
        place = np.where(known, (days - start).astype(np.int64), 0)
    return ahead[place], quiet[place]


@lru_cache(maxsize=16)
def _in_years(
    first: np.datetime64, last: np.datetime64, time_zone: str
) -> tuple[np.datetime64, npt.NDArray[np.timedelta64], Mask]:
    """Return what `_on_days` gives for whole years, with the first day: most blocks of a file ask for the same."""
    days = np.arange(first.astype("datetime64[D]"), (last + 1).astype("datetime64[D]"), dtype="datetime64[D]")
    return days[0], *_on_days(days, time_zone)


def _on_days(days: npt.NDArray[np.datetime64], time_zone: str) -> tuple[npt.NDArray[np.timedelta64], Mask]:
    """Return for each day how far the clock is ahead of UTC, and whether it is that for days around."""
    around = [
        pd.DatetimeIndex((days + step).astype("datetime64[us]")).tz_localize("UTC").tz_convert(time_zone)
        for step in (-1, 0, 1, 2)
    ]
    shifts = [(there.tz_localize(None) - there.tz_convert("UTC").tz_localize(None)).to_numpy() for there in around]
    quiet = np.logical_and.reduce([other == shifts[0] for other in shifts[1:]])
    ahead = shifts[0].astype("timedelta64[us]")
    for kept in (ahead, quiet):
        kept.setflags(write=False)
    return ahead, quiet


def _localised(local: Times, time_zone: str, *, first: bool) -> tuple[Times, Times]:
    """Return the moments in UTC, and what the clock shows then."""
    summer = np.full(len(local), first)
    moments = pd.DatetimeIndex(local).tz_localize(time_zone, ambiguous=summer, nonexistent="shift_forward")
    utc, shown = (
        there.tz_localize(None).to_numpy().astype("datetime64[us]") for there in (moments.tz_convert("UTC"), moments)
    )
    return utc, shown
