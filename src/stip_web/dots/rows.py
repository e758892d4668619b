# SPDX-License-Identifier: EUPL-1.2
"""The chosen dots as rows: what the list shows, the files hold and the twins give."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from stip.space import week_of_date
from stip_web.dots.looking import Look
from stip_web.dots.seen import EPOCH, UNKNOWN_HOUR
from stip_web.dots.selection import weekday
from stip_web.dots.words import WEEKDAY_NAMES

COLUMNS = {
    "week": "Week",
    "datum": "Datum",
    "dag": "Dag",
    "uur": "Uur",
    "soort": "Soort",
    "soortcode": "Code van de soort",
    "buurt": "Buurt",
    "buurtcode": "Code van de buurt",
    "wijk": "Wijk",
    "bron": "Bron",
    "precisie_m": "Precisie in meters",
    "samengenomen": "Samengenomen",
    "x_m": "X in meters",
    "y_m": "Y in meters",
}
"""Code and heading of each column; ``uur`` is empty when it is not known, ``datum`` of a whole week."""


def in_order(look: Look) -> npt.NDArray[np.int64]:
    """Return the places of the chosen dots, newest first; the same each time."""
    seen = look.seen
    chosen = np.flatnonzero(look.selection.passes)
    keys = (seen.y, seen.x, seen.area, seen.kind, seen.hour, -seen.day)
    return chosen[np.lexsort(tuple(key[chosen] for key in keys))]


def units_of(look: Look, order: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Put dots that are told alike together: those of one week, type, source and neighbourhood.

    Parameters
    ----------
    order : ndarray of int
        As `in_order` gives it, for a reader of rounded counts.

    Returns
    -------
    (first, count) : ndarrays of int
        The first dot of each unit, and how many dots it has.
    """
    seen = look.seen
    keys = np.column_stack([seen.day[order], seen.kind[order], seen.area[order]]).astype(np.int64)
    begins = np.flatnonzero(np.r_[True, (np.diff(keys, axis=0) != 0).any(axis=1)]) if len(order) else np.zeros(0, int)
    return order[begins], np.diff(np.r_[begins, len(order)])


def rows_of(look: Look, places: npt.NDArray[np.int64]) -> list[dict[str, Any]]:
    """Return a row for each of these dots, with the codes of `COLUMNS`.

    The coordinates are those of `stip.explore.dots`, not of the steps of the map.
    """
    seen = look.seen
    days = {int(day): EPOCH + timedelta(days=int(day)) for day in np.unique(seen.day[places])}
    weeks = {day: week_of_date(date) for day, date in days.items()}
    names = [WEEKDAY_NAMES[day] for day in weekday(seen.day[places])]
    kinds = [
        (look.label_of(kind.crime_type), kind.crime_type, look.source_titles[kind.source]) for kind in seen.kinds
    ]
    areas = [
        (name, code or "", seen.districts.get(wijk or "", ""))
        for name, code, wijk in zip(seen.area_names, seen.area_codes, seen.area_districts, strict=True)
    ]
    found = []
    for at, name in zip(places.tolist(), names, strict=True):
        day, hour = int(seen.day[at]), int(seen.hour[at])
        label, code, source = kinds[int(seen.kind[at])]
        area, area_code, district = areas[int(seen.area[at])]
        found.append(
            {
                "week": weeks[day],
                "datum": days[day] if seen.fine else None,
                "dag": name if seen.fine else "hele week",
                "uur": None if hour == UNKNOWN_HOUR else hour,
                "soort": label,
                "soortcode": code,
                "buurt": area,
                "buurtcode": area_code,
                "wijk": district,
                "bron": source,
                "precisie_m": seen.precisions_m[int(seen.precision[at])],
                "samengenomen": "ja" if seen.merged[at] else "nee",
                "x_m": float(seen.x_m[at]),
                "y_m": float(seen.y_m[at]),
            }
        )
    return found
