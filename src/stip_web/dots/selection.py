# SPDX-License-Identifier: EUPL-1.2
"""Which dots the filter lets through, and the counts beside each choice. The browser does the same on its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stip_web.dots.filters import Filter, Ring
from stip_web.dots.seen import EPOCH, Seen

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Selection:
    """What a filter lets through.

    Attributes
    ----------
    seen : Seen
    filter : Filter
    passes : ndarray of bool, shape (n,)
    parts : mapping of str to ndarray of bool
        What each part of the filter lets through by itself: ``types``, ``sources``, ``period``, ``hours``,
        ``weekdays``, ``areas``, ``ring``.
    """

    seen: Seen
    filter: Filter
    passes: Bools
    parts: Mapping[str, Bools]

    @property
    def count(self) -> int:
        """How many pass."""
        return int(self.passes.sum())

    def but(self, part: str) -> Bools:
        """Return the dots that pass every other part: what a choice in this part would show."""
        return np.logical_and.reduce([found for name, found in self.parts.items() if name != part])

    def types(self) -> dict[str, int]:
        """Count by crime type, as beside the choices."""
        return self._by_kind("types")

    def sources(self) -> dict[str, int]:
        """Count by source, as beside the choices."""
        return self._by_kind("sources")

    def areas(self) -> dict[str, int]:
        """Count by neighbourhood and by district, as beside the choices."""
        seen = self.seen
        by_area = np.bincount(seen.area[self.but("areas")], minlength=len(seen.area_codes))
        counts = dict.fromkeys(seen.areas, 0)
        for code, district, count in zip(seen.area_codes, seen.area_districts, by_area.tolist(), strict=True):
            if code:
                counts[code] += count
            if district:
                counts[district] += count
        return counts

    def hours(self) -> list[int]:
        """Count by hour 0–23 and, at 31, not known; as beside the choices."""
        return np.bincount(self.seen.hour[self.but("hours")], minlength=32).tolist()

    def weekdays(self) -> list[int]:
        """Count by day of the week, Monday first; as beside the choices."""
        return np.bincount(weekday(self.seen.day[self.but("weekdays")]), minlength=7).tolist()

    def _by_kind(self, part: str) -> dict[str, int]:
        by_kind = np.bincount(self.seen.kind[self.but(part)], minlength=len(self.seen.kinds)).tolist()
        counts: dict[str, int] = {}
        for kind, count in zip(self.seen.kinds, by_kind, strict=True):
            code = kind.crime_type if part == "types" else kind.source
            counts[code] = counts.get(code, 0) + count
        return counts


def select(seen: Seen, asked: Filter) -> Selection:
    """Apply a filter."""
    everything = np.ones(seen.n, bool)
    kinds = seen.kinds
    parts = {
        "types": np.isin(seen.kind, [k for k, kind in enumerate(kinds) if kind.crime_type in asked.types]),
        "sources": np.isin(seen.kind, [k for k, kind in enumerate(kinds) if kind.source in asked.sources]),
        "period": _period(seen, asked),
        "hours": np.isin(seen.hour, sorted(hours_in(asked))),
        "weekdays": np.isin(weekday(seen.day), asked.weekdays),
        "areas": np.isin(seen.area, _places(seen, asked)),
        "ring": in_ring(seen, asked.ring),
    }
    given = {"types": asked.types, "sources": asked.sources, "period": True, "hours": asked.hours}
    given |= {"weekdays": asked.weekdays, "areas": asked.areas, "ring": asked.ring}
    parts = {name: found if given[name] else everything for name, found in parts.items()}
    return Selection(seen, asked, np.logical_and.reduce(list(parts.values())), parts)


def weekday(day: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.integer[Any]]:
    """Return 0 for Monday … 6; the first of January 1970 was a Thursday."""
    return (day + 3) % 7


def hours_in(asked: Filter) -> set[int]:
    """Return the hours that are asked; a range may go past midnight."""
    return {hour % 24 for low, high in asked.hours for hour in range(low, (high if high >= low else high + 24) + 1)}


def in_ring(seen: Seen, ring: Ring) -> Bools:
    """Tell which dots lie in a drawn area: even-odd, its border included.

    The same sums as in the browser (``polygon.ts``), so that both find the same dots.
    """
    inside = np.zeros(seen.n, bool)
    if not ring:
        return inside
    corners = np.array(ring, np.float64)
    px = seen.origin[0] + seen.step_m * seen.x.astype(np.float64)
    py = seen.origin[1] + seen.step_m * seen.y.astype(np.float64)
    (left, bottom), (right, top) = corners.min(axis=0), corners.max(axis=0)
    near = np.flatnonzero((px >= left) & (px <= right) & (py >= bottom) & (py <= top))
    # Each place once, from low to high, so that a side is asked only of what lies beside it.
    steps = (seen.y[near].astype(np.uint32) << 16) | seen.x[near]
    places, of = np.unique(steps, return_inverse=True)
    x = seen.origin[0] + seen.step_m * (places & 0xFFFF).astype(np.float64)
    y = seen.origin[1] + seen.step_m * (places >> 16).astype(np.float64)
    odd, border = np.zeros(len(places), bool), np.zeros(len(places), bool)
    for (xj, yj), (xi, yi) in zip(np.roll(corners, 1, axis=0), corners, strict=True):
        begin, end = np.searchsorted(y, min(yi, yj)), np.searchsorted(y, max(yi, yj), side="right")
        here, xs, ys = slice(begin, end), x[begin:end], y[begin:end]
        crosses = (yi > ys) != (yj > ys)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = xi + ((ys - yi) * (xj - xi)) / (yj - yi)
        odd[here] ^= crosses & (at <= xs)
        on = (xj - xi) * (ys - yi) == (yj - yi) * (xs - xi)
        border[here] |= on & (xs >= min(xi, xj)) & (xs <= max(xi, xj))
    inside[near] = (odd | border)[of]
    return inside


def _period(seen: Seen, asked: Filter) -> Bools:
    passes = np.ones(seen.n, bool)
    if asked.first:
        passes &= seen.day >= (asked.first - EPOCH).days
    if asked.last:
        passes &= seen.day <= (asked.last - EPOCH).days
    return passes


def _places(seen: Seen, asked: Filter) -> list[int]:
    chosen = set(asked.areas)
    pairs = enumerate(zip(seen.area_codes, seen.area_districts, strict=True))
    return [place for place, codes in pairs if not chosen.isdisjoint(code for code in codes if code)]
