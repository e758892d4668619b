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
    index = pd.DatetimeIndex(local)
    first = _localised(index, time_zone, first=True)
    second = _localised(index, time_zone, first=False)
    back = first.tz_localize(None)
    filled = ~np.isnat(local)
    at, later = (
        moments.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[us]") for moments in (first, second)
    )
    at, later = np.where(already, local, at), np.where(already, local, later)
    return Utc(
        at=at,
        skipped=filled & ~already & (back.to_numpy() != index.to_numpy()),
        twice=filled & ~already & (at != later),
        later=later,
    )


def _localised(index: pd.DatetimeIndex, time_zone: str, *, first: bool) -> pd.DatetimeIndex:
    summer = np.full(len(index), first)
    return index.tz_localize(time_zone, ambiguous=summer, nonexistent="shift_forward")
