# SPDX-License-Identifier: EUPL-1.2
"""How well the outlook did, in figures that may go out: rounded, and never saying more than the figures beside them.

All that is told of a type is three figures, each a part of the next: reports in the places of the outlook (or of the
baseline), reports in the weeks that were measured, and the reports of the quarter, which are out already. Shares,
differences and verdicts are worked out from those figures and nothing else, so they add no knowledge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stip.publish.figures import AREA, TOWN, State
from stip.publish.rounding import BASE, Keys, bounds_of, draws, inside_of
from stip.publish.tally import BASELINE, OUTLOOK, Tally


@dataclass(frozen=True)
class Told:
    """A figure, with the smallest and largest count that could stand behind it.

    Attributes
    ----------
    figure, low, high : int
    """

    figure: int
    low: int
    high: int

    @classmethod
    def of(cls, figure: int) -> Told:
        """Say what a multiple of five leaves possible."""
        return cls(figure, max(figure - BASE + 1, 0), figure + BASE - 1)


@dataclass(frozen=True)
class Hits:
    """What is told of one type, or of all together.

    Attributes
    ----------
    reported, outlook, baseline : Told
    """

    reported: Told
    outlook: Told
    baseline: Told


def most_in(figures: pd.DataFrame, crime_type: str) -> int | None:
    """Return the largest number of reports that the figures of a quarter leave possible; None when none is shown.

    Parameters
    ----------
    figures : DataFrame that keeps the FIGURE contract
        Of one quarter.
    """
    of_type = figures[(figures["crime_type"] == crime_type) & (figures["state"] == State.PUBLISHED)]
    areas = of_type.loc[of_type["level"] == AREA, "figure"].to_numpy(np.int64)
    town = of_type.loc[of_type["level"] == TOWN, "figure"].to_numpy(np.int64)
    if not len(areas) or not len(town):
        return None
    return int(min(bounds_of(areas)[1].sum(), bounds_of(town)[1][0]))


def hits_of(tally: Tally, most: int, secret: bytes) -> Hits:
    """Round the reports of one type: those of the measured weeks first, then those in places, each within the last.

    Parameters
    ----------
    most : int
        As `most_in` gives it.
    """
    reported = Told.of(_figure(tally.keys, "reported", most, secret))
    most = min(most, reported.high)
    parts = (Told.of(_figure(tally.keys[tally.inside[name]], name, most, secret)) for name in (OUTLOOK, BASELINE))
    return Hits(reported, *parts)


def _figure(keys: Keys, measure: str, most: int, secret: bytes) -> int:
    with np.errstate(over="ignore"):
        whole = np.add.reduce(keys, dtype=np.uint64, keepdims=True)
    return inside_of(len(keys), float(draws(whole, secret, measure=measure)[0]), most)


def hits_together(each: Iterable[Hits]) -> Hits:
    """Add up what is told of the types; there is no rounding of its own, so nothing to compare it with."""
    found = list(each)

    def added(parts: Iterable[Told]) -> Told:
        rows = [(part.figure, part.low, part.high) for part in parts]
        return Told(*(sum(column) for column in zip(*rows, strict=True))) if rows else Told(0, 0, 0)

    return Hits(
        added(one.reported for one in found),
        added(one.outlook for one in found),
        added(one.baseline for one in found),
    )


_FEWEST, _FEWEST_WEEKS = 2, 3


@dataclass(frozen=True)
class WeekByWeek:
    """In how many weeks the outlook did better or worse than the baseline; None where that is one week at most.

    That none did better, or all did, would say that no week went the other way, and so how far the sums lie apart: at
    least as many reports as weeks. So none and one are told alike, and so are all and all but one.

    Attributes
    ----------
    weeks : int
        At least three.
    better, worse : int or None
        One less than ``weeks`` is that or all of them.
    """

    weeks: int
    better: int | None
    worse: int | None

    @classmethod
    def of(cls, weeks: int, better: int, worse: int) -> WeekByWeek:
        """Tell what may be told of true counts."""
        return cls(weeks, *(min(side, weeks - 1) if side >= _FEWEST else None for side in (better, worse)))

    @property
    def equal(self) -> int | None:
        """In how many they did the same; None when that would tell the others."""
        return None if self.better is None or self.worse is None else self.weeks - self.better - self.worse


def week_by_week(tallies: Iterable[Tally], hits: Hits, weeks: list[str]) -> WeekByWeek | None:
    """Compare outlook and baseline week by week, all types together; None when reports or weeks are too few.

    Whether it is told depends on what is out only, never on the counts. In a week in which the outlook did better it
    had a report at least; that says nothing as long as its figure leaves more reports than there are weeks. Likewise
    for the reports outside places.

    Parameters
    ----------
    hits : Hits
        Of all types together.
    weeks : list of str
        Those that were measured.
    """
    n = len(weeks)
    sides = (hits.outlook, hits.baseline)
    if n < _FEWEST_WEEKS or any(side.low < n or hits.reported.low - side.high < n for side in sides):
        return None
    found = {name: np.zeros(n, dtype=np.int64) for name in (OUTLOOK, BASELINE)}
    for tally in tallies:
        place = pd.Index(weeks).get_indexer(pd.Index(tally.week))
        for name, counted in found.items():
            np.add.at(counted, place[tally.inside[name]], 1)
    better, worse = (
        int((found[one] > found[other]).sum()) for one, other in ((OUTLOOK, BASELINE), (BASELINE, OUTLOOK))
    )
    return WeekByWeek.of(n, better, worse)
