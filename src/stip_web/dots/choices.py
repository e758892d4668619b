# SPDX-License-Identifier: EUPL-1.2
"""The filter as a form: every choice with the count that it would show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from stip_web.dots.filters import MODES, WEEKDAYS
from stip_web.dots.looking import Look
from stip_web.dots.words import WEEKDAY_NAMES, hours_in_words

DAY_PARTS = ((0, 5, "Nacht"), (6, 11, "Ochtend"), (12, 17, "Middag"), (18, 23, "Avond"))
RADII_M = (100, 250, 500, 1000)


@dataclass(frozen=True)
class Choice:
    """One box to tick."""

    name: str
    value: str
    label: str
    count: int
    chosen: bool
    colour: str = ""

    @property
    def key(self) -> str:
        """How the script finds its count."""
        return f"{self.name}:{self.value}"


def form_of(look: Look, path: str) -> dict[str, Any]:
    """Give everything the form of the filter shows.

    Parameters
    ----------
    path : str
        Of this page, to which links with another period go.
    """
    asked = look.filter
    return {
        "types": _types(look),
        "sources": _sources(look),
        "hours": _hours(look),
        "unknown_hour": look.selection.hours()[31],
        "weekdays": _weekdays(look),
        "districts": _districts(look),
        "areas_chosen": len(asked.areas),
        "first": asked.first.isoformat() if asked.first else "",
        "last": asked.last.isoformat() if asked.last else "",
        "earliest": look.seen.first_day.isoformat() if look.seen.n else "",
        "latest": look.seen.last_day.isoformat() if look.seen.n else "",
        "presets": _presets(look, path),
        "modes": [(value, label, value == asked.mode) for value, label in MODES.items()],
        "radii": sorted({*RADII_M, asked.radius_m}),
        "radius": asked.radius_m,
        "kept": _kept(look),
        "mode_kept": [pair for pair in asked.pairs() if pair[0] in ("weergave", "straal")],
        "is_all": asked.is_all,
        "clear": path,
        "ring": bool(asked.ring),
        "without_ring": path + replace(asked, ring=()).query(),
    }


def _types(look: Look) -> list[Choice]:
    """Give the types, each with the colour of its dots; without for who sees neighbourhoods: those are shaded."""
    counts = look.selection.types()
    codes = [code for code in dict.fromkeys((*look.seen.types, *look.filter.types))]
    return [
        Choice(
            "soort",
            code,
            look.label_of(code),
            counts.get(code, 0),
            code in look.filter.types,
            look.colour_of(code) if look.fine else "",
        )
        for code in codes
    ]


def _sources(look: Look) -> list[Choice]:
    counts = look.selection.sources()
    titles = look.source_titles
    return [
        Choice("bron", code, titles[code], counts.get(code, 0), code in look.filter.sources)
        for code in look.seen.sources
    ]


def _hours(look: Look) -> list[Choice]:
    """Give the parts of a day, and any other range that the URL asked."""
    counts = look.selection.hours()
    named = {(low, high): f"{name}, {hours_in_words(low, high)}" for low, high, name in DAY_PARTS}
    every = dict.fromkeys([*named, *look.filter.hours])
    found = []
    for low, high in every:
        inside = range(low, (high if high >= low else high + 24) + 1)
        label = named.get((low, high), hours_in_words(low, high))
        count = sum(counts[hour % 24] for hour in inside)
        found.append(Choice("uur", f"{low}-{high}", label, count, (low, high) in look.filter.hours))
    return found


def _weekdays(look: Look) -> list[Choice]:
    counts = look.selection.weekdays()
    return [
        Choice("dag", short, WEEKDAY_NAMES[day], counts[day], day in look.filter.weekdays)
        for day, short in enumerate(WEEKDAYS)
    ]


def _districts(look: Look) -> list[dict[str, Any]]:
    """Give each district with its neighbourhoods."""
    counts, chosen, seen = look.selection.areas(), look.filter.areas, look.seen
    names = zip(seen.area_codes, seen.area_names, seen.area_districts, strict=True)
    inside: dict[str, list[Choice]] = {code: [] for code in seen.districts}
    for code, name, district in names:
        if code and district:
            inside[district].append(Choice("gebied", code, name, counts[code], code in chosen))
    return [
        {"choice": Choice("gebied", code, name, counts[code], code in chosen), "areas": inside[code]}
        for code, name in seen.districts.items()
    ]


def _presets(look: Look, path: str) -> list[dict[str, str | bool]]:
    """Give the links of a period: last week, four weeks, a year, everything; and a week back or on."""
    asked = look.filter
    found: list[dict[str, str | bool]] = []
    for label, weeks in (("Vorige week", 1), ("4 weken", 4), ("Een jaar", 52)):
        first, last = look.last_weeks(weeks)
        url = path + asked.with_period(first, last).query()
        current = (asked.first, asked.last) == (first, last)
        found.append({"label": label, "url": url, "period": f"{first}/{last}", "current": current, "days": ""})
    everything = path + asked.with_period(None, None).query()
    none = asked.first is None and asked.last is None
    found.append({"label": "Alles", "url": everything, "period": "/", "current": none, "days": ""})
    if not none:
        for label, weeks in (("Week terug", -1), ("Week verder", 1)):
            url = path + asked.shifted(weeks).query()
            found.append({"label": label, "url": url, "period": "", "current": False, "days": str(7 * weeks)})
    return found


def _kept(look: Look) -> list[tuple[str, str]]:
    """Give what the form carries along unseen."""
    hidden = ("vlak", "kader", "lagen", "vergelijk_van", "vergelijk_tot")
    return [pair for pair in look.filter.pairs() if pair[0] in hidden]
