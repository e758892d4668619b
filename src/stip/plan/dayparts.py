# SPDX-License-Identifier: EUPL-1.2
"""When to go: the parts of the week in which most of a place's incidents fall."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from stip.errors import PlanError

Floats = npt.NDArray[np.float64]

_HOURS = 4  # length of a day part
_DAYS = 3  # days in a row that share it, so that a team can choose
_DAY_NAMES = ("ma", "di", "wo", "do", "vr", "za", "zo")


def day_parts(
    expected: Mapping[str, float], rhythm: Mapping[str, Floats] | None, *, parts: int = 2
) -> tuple[str, ...]:
    """Return the day parts with most expected incidents, most first.

    A day part is four hours, 0–4, 4–8 … 20–24, on three days in a row; those returned do not overlap.

    Parameters
    ----------
    expected : mapping of str to float
        Expected incidents in the place, by crime type.
    rhythm : mapping of str to ndarray, shape (168,)
        Weight of each hour of the week by crime type, from Monday 00:00; types that are left out, or of
        which every hour weighs nothing, are not looked at.

    Raises
    ------
    PlanError
        When a rhythm does not hold 168 numbers of zero or more.

    Examples
    --------
    >>> import numpy as np
    >>> week = np.zeros((7, 24))
    >>> week[2:5, 16:20] = 1
    >>> day_parts({"bicycle_theft": 0.8}, {"bicycle_theft": week.ravel()}, parts=1)
    ('wo–vr 16–20 uur',)
    """
    week = np.zeros((7, 24 // _HOURS))
    for crime_type, count in expected.items():
        hours = np.asarray((rhythm or {}).get(crime_type, np.zeros(168)), dtype=np.float64)
        if hours.shape != (168,) or not np.isfinite(hours).all() or (hours < 0).any():
            raise PlanError(f"Het ritme van ‘{crime_type}’ is niet 168 getallen van 0 of meer, één voor elk uur.")
        if hours.sum() > 0:
            week += count * (hours / hours.sum()).reshape(7, -1, _HOURS).sum(axis=2)
    told: list[str] = []
    while len(told) < parts and week.sum() > 0:
        runs = sum(week[first : first + 7 - _DAYS + 1] for first in range(_DAYS))
        day, part = np.unravel_index(int(np.argmax(runs)), np.shape(runs))
        told.append(f"{_DAY_NAMES[day]}–{_DAY_NAMES[day + _DAYS - 1]} {part * _HOURS}–{(part + 1) * _HOURS} uur")
        week[day : day + _DAYS, part] = 0.0
    return tuple(told)
