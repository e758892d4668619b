# SPDX-License-Identifier: EUPL-1.2
"""When a visit is: a day of the week and a shift of eight hours, written as ``di-avond``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stip.errors import PlanError
from stip.space import monday

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_DAY_NAMES = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
SHIFTS = {"nacht": (0, 8), "dag": (8, 16), "avond": (16, 24)}
"""Code of each shift, and the hours between which it lies."""
_SHIFT_NAMES = {"nacht": "nacht", "dag": "overdag", "avond": "avond"}
_PARTS = re.compile(r"(\w\w)–(\w\w) (\d+)–(\d+) uur")  # as stip.plan.dayparts writes them


@dataclass(frozen=True, order=True)
class Slot:
    """A shift of a day, in the order of the week.

    Attributes
    ----------
    day : int
        0 is Monday.
    from_hour : int
        At which the shift begins.
    """

    day: int
    from_hour: int

    @classmethod
    def of(cls, code: str) -> Slot:
        """Read one.

        Raises
        ------
        PlanError
            When it is none.
        """
        day, _, shift = code.partition("-")
        if day not in DAYS or shift not in SHIFTS:
            raise PlanError("Dit dagdeel ken ik niet. Schrijf een dag en een dienst, zoals di-avond of vr-nacht.")
        return cls(DAYS.index(day), SHIFTS[shift][0])

    @property
    def shift(self) -> str:
        """The code of the shift."""
        return next(code for code, (begin, _) in SHIFTS.items() if begin == self.from_hour)

    @property
    def code(self) -> str:
        """As it stands in the plan: ``di-avond``."""
        return f"{DAYS[self.day]}-{self.shift}"

    @property
    def label(self) -> str:
        """As people read it: ``dinsdag avond (16–24 uur)``."""
        begin, end = SHIFTS[self.shift]
        return f"{_DAY_NAMES[self.day]} {_SHIFT_NAMES[self.shift]} ({begin}–{end} uur)"

    @property
    def short(self) -> str:
        """The same without the hours: ``dinsdag avond``."""
        return f"{_DAY_NAMES[self.day]} {_SHIFT_NAMES[self.shift]}"

    def span(self, week: str, time_zone: str) -> tuple[datetime, datetime]:
        """Return when it begins and ends, in the town's own time."""
        begin, end = SHIFTS[self.shift]
        first = monday(week) + timedelta(days=self.day)
        midnight = datetime(first.year, first.month, first.day)
        zone = ZoneInfo(time_zone)  # the clock on the wall counts, also where summer time begins or ends
        return (
            (midnight + timedelta(hours=begin)).replace(tzinfo=zone),
            (midnight + timedelta(hours=end)).replace(tzinfo=zone),
        )


EVERY_SLOT = tuple(Slot(day, begin) for day in range(7) for begin, _ in SHIFTS.values())
"""The 21 slots of a week, first to last."""


def moments(slots: Sequence[str], visits: int, when: Sequence[str]) -> str:
    """Say when the visits are. Where nobody said, say so; when most is expected is no appointment.

    Parameters
    ----------
    slots : sequence of str
        Codes of the shifts that people chose.
    visits : int
    when : sequence of str
        Parts of the week with most expected, most first.

    Examples
    --------
    >>> moments(("di-avond",), 1, ())
    'dinsdag avond'
    >>> moments(("di-avond",), 2, ())
    'dinsdag avond; van 1 bezoek nog geen dagdeel'
    >>> moments((), 1, ("wo–vr 16–20 uur",))
    'nog geen dagdeel; het meest verwacht: wo–vr 16–20 uur'
    """
    if slots:
        said = ", ".join(Slot.of(code).short for code in slots)
        left = visits - len(slots)
        return f"{said}; van {left} bezoek{'en' if left > 1 else ''} nog geen dagdeel" if left > 0 else said
    return f"nog geen dagdeel; het meest verwacht: {' of '.join(when)}" if when else "nog geen dagdeel, kies zelf"


def slots_in(when: tuple[str, ...]) -> tuple[Slot, ...]:
    """Return the slots that parts of the week lie in, those of the first part first.

    Parameters
    ----------
    when : tuple of str
        As `PlannedPlace.when` has them; what is no part of the week is passed over.

    Examples
    --------
    >>> [slot.code for slot in slots_in(("wo–vr 16–20 uur",))]
    ['wo-avond', 'do-avond', 'vr-avond']
    """
    found: dict[Slot, None] = {}
    for text in when:
        part = _PARTS.fullmatch(text)
        if part and part[1] in DAYS and part[2] in DAYS:
            begin = int(part[3]) // 8 * 8
            for day in range(DAYS.index(part[1]), DAYS.index(part[2]) + 1):
                found[Slot(day, begin)] = None
    return tuple(found)
