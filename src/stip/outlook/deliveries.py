# SPDX-License-Identifier: EUPL-1.2
"""Weeks in which a source brought nothing though it always does: a file that did not come, not a quiet week."""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.space import week_numbers

_USUAL_WEEKS, _FEWEST_WEEKS = 26, 8
_USUAL_REPORTS = 7.0  # a Poisson count with this mean is 0 less than once in a thousand weeks


def undelivered_weeks(
    versions: pd.DataFrame, crime_types: tuple[str, ...], *, time_zone: str, cutoff_week: int
) -> tuple[tuple[int, ...], ...]:
    """Return, for each crime type, the weeks in which nothing came in though it always does.

    A source misses a week when no report of it, of any type, became known in that week, while in each of the 26 weeks
    in which it last brought something there was a report, and seven or more on average. A type misses a week when
    every source that ever brought it does. Only what came before a week is looked at, so that a later file does not
    change what could be known then.

    Parameters
    ----------
    versions : DataFrame that keeps the INCIDENT contract
    crime_types : tuple of str
    time_zone : str
    cutoff_week : int
        Ordinal; later weeks are not looked at.

    Returns
    -------
    tuple of tuples of int
        Ordinals, ascending.
    """
    known = week_numbers(versions["known_at"], time_zone)
    source, names = pd.factorize(versions["source"])
    missed = [_missed(known[source == number], cutoff_week) for number in range(len(names))]
    if not any(missed):
        return ((),) * len(crime_types)
    kind = versions["crime_type"].to_numpy(dtype=object)
    found = []
    for name in crime_types:
        mine = kind == name
        began = {int(n): int(known[mine & (source == n)].min()) for n in np.unique(source[mine])}
        weeks = sorted({week for number in began for week in missed[number] if week > began[number]})
        found.append(tuple(w for w in weeks if all(w in missed[n] for n, first in began.items() if first < w)))
    return tuple(found)


def _missed(known: npt.NDArray[np.int64], cutoff_week: int) -> set[int]:
    """Return the weeks that one source misses, from the weeks in which its reports became known."""
    known = known[known < cutoff_week]
    if len(known) == 0:
        return set()
    first = int(known.min())
    usual: deque[int] = deque(maxlen=_USUAL_WEEKS)
    missed = set()
    for week, came in enumerate(np.bincount(known - first, minlength=cutoff_week - first).tolist(), start=first):
        always = len(usual) >= _FEWEST_WEEKS and min(usual) > 0 and sum(usual) >= _USUAL_REPORTS * len(usual)
        if came == 0 and always:
            missed.add(week)
        else:
            usual.append(came)
    return missed
