# SPDX-License-Identifier: EUPL-1.2
"""From local time to UTC, through the nights in which the clock is moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Mask = npt.NDArray[np.bool_]
Times = npt.NDArray[np.datetime64]


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
    at = np.where(already, local, _localised(local, time_zone, first=True)[0])
    later, skipped = at.copy(), np.zeros(len(at), dtype=bool)
    odd = np.flatnonzero(_near_a_change(local, time_zone) & ~already & ~np.isnat(local))
    _, back = _localised(local[odd], time_zone, first=True)
    skipped[odd] = back != local[odd]
    later[odd], _ = _localised(local[odd], time_zone, first=False)
    return Utc(at, skipped, ~np.isnat(at) & (at != later), later)


def _near_a_change(local: Times, time_zone: str) -> Mask:
    """Tell which local times lie on a day, or beside one, on which the distance to UTC changes."""
    days, place = np.unique(local.astype("datetime64[D]"), return_inverse=True)
    around = [
        pd.DatetimeIndex((days + step).astype("datetime64[us]")).tz_localize("UTC").tz_convert(time_zone)
        for step in (-1, 2)
    ]
    distance = [(there.tz_localize(None) - there.tz_convert("UTC").tz_localize(None)).to_numpy() for there in around]
    return (distance[0] != distance[1])[place]


def _localised(local: Times, time_zone: str, *, first: bool) -> tuple[Times, Times]:
    """Return the moments in UTC, and what the clock shows then."""
    summer = np.full(len(local), first)
    moments = pd.DatetimeIndex(local).tz_localize(time_zone, ambiguous=summer, nonexistent="shift_forward")
    utc, shown = (
        there.tz_localize(None).to_numpy().astype("datetime64[us]") for there in (moments.tz_convert("UTC"), moments)
    )
    return utc, shown
