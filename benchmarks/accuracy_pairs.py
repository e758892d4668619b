# SPDX-License-Identifier: EUPL-1.2
"""The pairs of a town and a crime type, and the cut-off before which everything about them was tuned."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stip.space import shift_week, week_number

CUTOFFS = Path(__file__).parent / "cutoffs.toml"
FINAL_SHARE = 0.3
TUNING_WEEKS = 52

Period = Literal["final", "tuning"]


@dataclass(frozen=True)
class Pair:
    """A crime type in a town.

    Attributes
    ----------
    town, crime_type : str
    first, cut, last : str
        ISO weeks: the first and the last of the reports, and the first of the final period.
    """

    town: str
    crime_type: str
    first: str
    cut: str
    last: str

    def __str__(self) -> str:
        return f"{self.town}:{self.crime_type}"

    @property
    def made_up(self) -> bool:
        """Whether the town is the sample town, of which the truth is known."""
        return self.town == "sample"

    @property
    def final_share(self) -> float:
        """Which share of its weeks the final period is."""
        first, cut, last = (week_number(week) for week in (self.first, self.cut, self.last))
        return (last + 1 - cut) / (last + 1 - first)

    def ends(self, period: Period) -> tuple[str, str]:
        """Return the first and the last week that are scored: the final ones, or a year before the cut-off."""
        if period == "final":
            return self.cut, self.last
        return shift_week(self.cut, -TUNING_WEEKS), shift_week(self.cut, -1)


def read_pairs(path: Path = CUTOFFS) -> dict[str, Pair]:
    """Return all pairs by name, as the committed file has them."""
    towns = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = [
        Pair(town, crime_type, facts["first"], facts["cut"], facts["last"])
        for town, facts in towns.items()
        for crime_type in facts["crime_types"]
    ]
    return {str(pair): pair for pair in pairs}
