# SPDX-License-Identifier: EUPL-1.2
"""A run of weeks to look at, and the run to lay beside it."""

from __future__ import annotations

from dataclasses import dataclass

from stip.errors import SettingsError
from stip.space import shift_week, week_number


@dataclass(frozen=True)
class Period:
    """Consecutive ISO weeks.

    Parameters
    ----------
    first, last : str
        Both are part of it: ``Period("2026-W01", "2026-W04")`` is four weeks.

    Raises
    ------
    SettingsError
        When one is no week, or the last comes before the first.
    """

    first: str
    last: str

    def __post_init__(self) -> None:
        if week_number(self.last) < week_number(self.first):
            raise SettingsError(f"Week {self.last} komt voor {self.first}. Zet de eerste week vooraan.")

    def __str__(self) -> str:
        return f"{self.first} t/m {self.last}" if self.weeks > 1 else self.first

    @property
    def weeks(self) -> int:
        """How many weeks it holds."""
        return week_number(self.last) - week_number(self.first) + 1

    @property
    def numbers(self) -> range:
        """The ordinals of its weeks, as `stip.space.week_number` counts them."""
        return range(week_number(self.first), week_number(self.last) + 1)

    def shifted(self, weeks: int) -> Period:
        """Return a period of the same length that lies ``weeks`` later (earlier when negative)."""
        return Period(shift_week(self.first, weeks), shift_week(self.last, weeks))

    def before(self) -> Period:
        """Return the period of the same length that ends where this one begins."""
        return self.shifted(-self.weeks)
