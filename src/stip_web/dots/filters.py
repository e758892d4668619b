# SPDX-License-Identifier: EUPL-1.2
"""The one filter of Kaart, as it stands in the URL: map, list, chart, exports and twins all read it here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from stip.errors import StipError

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MODES = {"stippen": "Stippen", "gegradueerd": "Cirkels", "vakken": "Vakken", "dichtheid": "Dichtheid"}
RADIUS_M = 250
MOST_CORNERS = 500
MOST_VALUES = 600  # of one part; the largest town has some five hundred neighbourhoods
_FURTHEST = 10_000_000  # metres; nothing in the Netherlands lies so far from an origin
_LONGEST = 60  # letters of a code
_YEARS = (1900, 3000)
_WEEK = timedelta(days=7)

Hours = tuple[int, int]
Ring = tuple[tuple[int, int], ...]


class FilterError(StipError):
    """What is asked cannot be read; the sentence says which part and how to write it."""


@dataclass(frozen=True)
class Filter:
    """What to look at. An empty tuple and None mean: all.

    Attributes
    ----------
    types, sources, areas : tuple of str
        Codes; an area is a neighbourhood (``BU…``) or a district (``WK…``).
    first, last : date, optional
        Local calendar days, both included.
    hours : tuple of (int, int)
        Both hours included; ``(22, 3)`` goes past midnight.
    weekdays : tuple of int
        0 for Monday … 6.
    ring : tuple of (int, int)
        Corners of a drawn area, in whole metres of the workspace's system.
    mode, radius_m, layers, extent
        How the map shows it; they change no count. ``layers`` is None when the URL does not say.
    other_first, other_last : date, optional
        The period that is laid beside it.
    """

    types: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    hours: tuple[Hours, ...] = ()
    weekdays: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()
    ring: Ring = ()
    mode: str = "stippen"
    radius_m: int = RADIUS_M
    layers: tuple[str, ...] | None = None
    extent: tuple[int, ...] = ()
    other_first: date | None = None
    other_last: date | None = None

    @property
    def is_all(self) -> bool:
        """Whether it lets every report through."""
        return self.counted == Filter()

    @property
    def counted(self) -> Filter:
        """The same without what changes no count: how the map shows it, and what is laid beside it."""
        kept = ("types", "sources", "first", "last", "hours", "weekdays", "areas", "ring")
        return Filter(**{name: getattr(self, name) for name in kept})

    def with_period(self, first: date | None, last: date | None) -> Filter:
        """Return it over another period."""
        return replace(self, first=first, last=last)

    def shifted(self, weeks: int) -> Filter:
        """Return it so many weeks later; an open end stays open."""
        first, last = (None if day is None else day + weeks * _WEEK for day in (self.first, self.last))
        return replace(self, first=first, last=last)

    def pairs(self, **more: object) -> list[tuple[str, str]]:
        """Return names and values for a query, in a fixed order, without what is as usual."""
        found: list[tuple[str, str]] = []
        found += [("soort", code) for code in self.types]
        found += [("bron", code) for code in self.sources]
        found += [(name, day.isoformat()) for name, day in (("van", self.first), ("tot", self.last)) if day]
        found += [("uur", f"{low}-{high}") for low, high in self.hours]
        found += [("dag", WEEKDAYS[day]) for day in self.weekdays]
        found += [("gebied", code) for code in self.areas]
        if self.ring:
            found.append(("vlak", ";".join(f"{x},{y}" for x, y in self.ring)))
        if self.mode != "stippen":
            found.append(("weergave", self.mode))
        if self.radius_m != RADIUS_M:
            found.append(("straal", str(self.radius_m)))
        if self.layers is not None:
            found.append(("lagen", ",".join(self.layers)))
        if self.extent:
            found.append(("kader", ",".join(map(str, self.extent))))
        other = (("vergelijk_van", self.other_first), ("vergelijk_tot", self.other_last))
        found += [(name, day.isoformat()) for name, day in other if day]
        found += [(name, str(value)) for name, value in more.items() if value not in (None, "")]
        return found

    def query(self, **more: object) -> str:
        """Return the query with its question mark, empty when there is nothing to say."""
        text = urlencode(self.pairs(**more))
        return f"?{text}" if text else ""


def read_filter(query: Any) -> Filter:
    """Read a filter from a query.

    Parameters
    ----------
    query : QueryDict
        Has ``getlist``. Empty values count as not given.

    Raises
    ------
    FilterError
        For the first value that cannot be read.
    """
    given: dict[str, list[str]] = {
        name: list(dict.fromkeys(value.strip() for value in query.getlist(name) if value.strip())) for name in _NAMES
    }
    layers = [name for name in (query.getlist("lagen") or [""])[-1].split(",") if name]
    for name, values in (given | {"lagen": layers}).items():
        if len(values) > MOST_VALUES:
            raise FilterError(
                f"‘{name}’ staat er te vaak in. Kies er hooguit {MOST_VALUES}, of laat hem weg voor alles."
            )
    one = {name: (values[-1] if values else "") for name, values in given.items()}
    found = Filter(
        types=_codes("soort", given["soort"]),
        sources=_codes("bron", given["bron"]),
        first=_day("van", one["van"]),
        last=_day("tot", one["tot"]),
        hours=tuple(dict.fromkeys(_hours(text) for text in given["uur"])),
        weekdays=tuple(sorted(_weekday(text) for text in given["dag"])),
        areas=_codes("gebied", given["gebied"]),
        ring=_ring(one["vlak"]),
        mode=_mode(one["weergave"]),
        radius_m=_radius(one["straal"]),
        layers=_codes("lagen", layers) if query.getlist("lagen") else None,
        extent=_extent(one["kader"]),
        other_first=_day("vergelijk_van", one["vergelijk_van"]),
        other_last=_day("vergelijk_tot", one["vergelijk_tot"]),
    )
    for first, last in ((found.first, found.last), (found.other_first, found.other_last)):
        if first and last and last < first:
            raise FilterError(
                f"De periode eindigt ({last:%d-%m-%Y}) voordat zij begint ({first:%d-%m-%Y}). "
                "Wissel de twee dagen om."
            )
    return found


def check_known(asked: Filter, *, types: Mapping[str, str], sources: Iterable[str], areas: Iterable[str]) -> None:
    """Refuse what the town does not have.

    Raises
    ------
    FilterError
        Says what there is to choose from.
    """
    if set(asked.types) - set(types):
        raise FilterError(
            f"Die soort ken ik niet. Kies uit: {', '.join(f'{code} ({types[code]})' for code in types)}."
        )
    if set(asked.sources) - set(sources):
        raise FilterError(f"Die bron ken ik niet. Kies uit: {', '.join(sources) or 'er is nog geen bron'}.")
    if set(asked.areas) - set(areas):
        raise FilterError(
            "Dat gebied is er niet, of niet meer: grenzen veranderen elk jaar. Kies een buurt of wijk uit de lijst."
        )


def check_years(asked: Filter, first: date, last: date) -> None:
    """Refuse days of years that lie further than a year from what there is.

    Raises
    ------
    FilterError
        Says from when to when there is something.
    """
    days = (asked.first, asked.last, asked.other_first, asked.other_last)
    if any(day and not first.year - 1 <= day.year <= last.year + 1 for day in days):
        raise FilterError(
            f"Over dat jaar is niets bekend. De meldingen lopen van {first:%d-%m-%Y} tot en met {last:%d-%m-%Y}; "
            "kies dagen daarbinnen."
        )


_NAMES = (
    "soort", "bron", "van", "tot", "uur", "dag", "gebied", "vlak", "weergave", "straal", "kader",
    "vergelijk_van", "vergelijk_tot",
)  # fmt: skip


def _codes(name: str, values: list[str]) -> tuple[str, ...]:
    if any(len(value) > _LONGEST or not re.fullmatch(r"[\w-]+", value, re.ASCII) for value in values):
        raise FilterError(f"‘{name}’ is een code van letters en cijfers. Kies er een uit de lijst.")
    return tuple(values)


def _day(name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
    except ValueError:
        day = None
    if day is None or not _YEARS[0] <= day.year <= _YEARS[1]:
        raise FilterError(f"‘{name}’ is geen dag. Schrijf hem als 2026-08-31.")
    return day


def _hours(text: str) -> Hours:
    form = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text, re.ASCII)
    hours = (int(form[1]), int(form[2])) if form else (24, 24)
    if max(hours) > 23:
        raise FilterError("‘uur’ is een reeks van uren van 0 tot en met 23. Schrijf die als 20-23, of 22-3.")
    return hours


def _weekday(text: str) -> int:
    if text not in WEEKDAYS:
        raise FilterError(f"‘dag’ is een van {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(text)


def _numbers(text: str) -> list[int] | None:
    parts = re.split(r"[,;]", text)
    if not all(re.fullmatch(r"-?\d{1,8}(\.0+)?", part, re.ASCII) for part in parts):
        return None
    return [int(float(part)) for part in parts]


def _ring(text: str) -> Ring:
    if not text:
        return ()
    flat = _numbers(text) or []
    if len(flat) < 6 or len(flat) % 2 or len(flat) > 2 * MOST_CORNERS or any(abs(n) > _FURTHEST for n in flat):
        raise FilterError(
            "‘vlak’ is een getekend gebied van 3 tot 500 hoekpunten in hele meters, zoals "
            "1000,2000;1500,2000;1500,2500. Teken het opnieuw, of kies een buurt uit de lijst."
        )
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def _mode(text: str) -> str:
    if text and text not in MODES:
        raise FilterError(f"‘weergave’ is een van {', '.join(MODES)}.")
    return text or "stippen"


def _radius(text: str) -> int:
    if not text:
        return RADIUS_M
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII) or not 10 <= int(text) <= 5000:
        raise FilterError("‘straal’ is een getal van 10 tot en met 5000 meter.")
    return int(text)


def _extent(text: str) -> tuple[int, ...]:
    if not text:
        return ()
    found = _numbers(text) or []
    if len(found) != 4 or found[0] >= found[2] or found[1] >= found[3] or any(abs(n) > _FURTHEST for n in found):
        raise FilterError("‘kader’ zijn vier getallen in meters: links, onder, rechts, boven.")
    return tuple(found)
