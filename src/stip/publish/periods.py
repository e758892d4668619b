# SPDX-License-Identifier: EUPL-1.2
"""The one grid of periods in which figures go out: quarters, and only when four weeks have passed since their end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from stip.errors import SettingsError

LEAST_WEEKS_LATE = 4
_QUARTER = re.compile(r"(\d{4})-K([1-4])", re.ASCII)
_MONTHS = 3
_FIRST_YEAR, _LAST_YEAR = 1900, 3000  # as of weeks: beyond these a quarter is a slip, and clocks overflow


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year, written ``2026-K3``.

    Attributes
    ----------
    year : int
    number : int
        1 to 4.
    """

    year: int
    number: int

    @classmethod
    def named(cls, name: str) -> Self:
        """Read ``2026-K3``.

        Raises
        ------
        SettingsError
            When the text is no quarter, or one that lies centuries away.
        """
        found = _QUARTER.fullmatch(name)
        if found is None:
            raise SettingsError(f"‘{name[:20]}’ is geen kwartaal. Schrijf het als 2026-K3.")
        if not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
            raise SettingsError(f"‘{name}’ ligt niet tussen {_FIRST_YEAR} en {_LAST_YEAR}. Kijk het jaar na.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @property
    def name(self) -> str:
        """As it stands in tables and addresses."""
        return f"{self.year}-K{self.number}"

    @property
    def label(self) -> str:
        """As people read it."""
        return f"{_ORDINAL[self.number - 1]} kwartaal van {self.year}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, _MONTHS * self.number - _MONTHS + 1, 1)

    @property
    def next(self) -> Self:
        """The quarter after it."""
        return type(self)(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    def begins_at(self, time_zone: str) -> datetime:
        """Return its first moment."""
        return datetime(self.first.year, self.first.month, 1, tzinfo=ZoneInfo(time_zone))

    def ends_at(self, time_zone: str) -> datetime:
        """Return the first moment after it."""
        return self.next.begins_at(time_zone)

    def opens_on(self, weeks_late: int) -> date:
        """Return the first day on which its figures may go out."""
        return self.next.first + timedelta(weeks=weeks_late)


_ORDINAL = ("eerste", "tweede", "derde", "vierde")


def closed_quarters(first: date, today: date, *, weeks_late: int = LEAST_WEEKS_LATE) -> list[Quarter]:
    """Return the quarters whose figures may go out, oldest first.

    Parameters
    ----------
    first : date
        First day from which everything is known: a quarter that began before it is left out.
    weeks_late : int
        At least `LEAST_WEEKS_LATE`.

    Raises
    ------
    SettingsError
        When ``weeks_late`` is less than the law of this house allows.
    """
    if weeks_late < LEAST_WEEKS_LATE:
        raise SettingsError(f"Cijfers gaan ten minste {LEAST_WEEKS_LATE} weken later naar buiten, niet {weeks_late}.")
    quarter = Quarter.of(first) if first == Quarter.of(first).first else Quarter.of(first).next
    found = []
    while quarter.opens_on(weeks_late) <= today:
        found.append(quarter)
        quarter = quarter.next
    return found
