# SPDX-License-Identifier: EUPL-1.2
"""How many incidents the whole town may expect in a week: a level that follows the last months, times the season."""

from __future__ import annotations

import numpy as np
from numba import njit

from stip.outlook.area import Doubles
from stip.outlook.completeness import LONGEST_DELAY_WEEKS, completeness
from stip.outlook.history import History
from stip.outlook.tally import by_week

LONGEST_WEEKS = 260
"""How far back the season is learned from."""

MEMORIES = ((2.0, 0.0), (4.0, 0.5), (8.0, 0.5))
"""Half-life in weeks, and how far the trend is followed (0 not, 1 wholly); the level is the mean of the three."""

_RECORD_HALF_LIFE_WEEKS, _RECORD_DOUBT_WEEKS = 13.0, 13.0
_YEAR_WEEKS = 365.2425 / 7
_HARMONICS = 2
_RIDGE = 4.0  # in units of (weekly total)⁻¹: keeps the season flat where counts are small
_ENOUGH_KNOWN = 0.2  # of a week; under it, what came says little about the whole


def weekly_totals(known: History, crime_type: str) -> Doubles:
    """Return the incidents known in the whole town for each of the last weeks, oldest first."""
    weeks = max(1, min(LONGEST_WEEKS, known.weeks_of(crime_type)))
    start = known.cutoff_week - weeks
    late = known.since(start)
    rows = (known.type_index[late], known.occurred_week[late], known.weight[late])
    return np.asarray(by_week(*rows, known.type_number(crime_type), start, weeks)).clip(0)


def expected_total(known: History, crime_type: str) -> float:
    """Return the incidents to expect in the whole town in the week that begins at the cut-off.

    A recent mean, in which a week loses half its weight every so many weeks, after taking the season out and
    correcting for reports still to come; moved on by the trend, which is the ratio of that mean to its own recent
    mean; times the season of the coming week. That lags behind where a type keeps rising or falling, so it is
    multiplied by what came of late over what the same rule would have expected.
    """
    totals = weekly_totals(known, crime_type)
    weeks = len(totals)
    share_known = np.ones(weeks)
    tail = completeness(known, crime_type)[: min(weeks, LONGEST_DELAY_WEEKS)]
    share_known[weeks - len(tail) :] = tail[::-1]
    season = season_of(_completed(totals, share_known), known.cutoff_week - weeks)
    exposure = share_known * season[:-1]
    levels = np.mean([_levels(totals, exposure, 2 ** (-1 / half), follow) for half, follow in MEMORIES], axis=0)
    return max(float(levels[-1]) * _record(totals, exposure, levels) * float(season[-1]), 1e-6)


@njit(cache=True, nogil=True)
def _levels(totals, exposure, fade, follow):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Return the faded mean after each week, moved on by a part of its trend (Brown's double smoothing, on logs)."""
    came = weighed = summed = weeks = 0.0
    found = np.empty(len(totals))
    for week in range(len(totals)):
        came, weighed = came * fade + totals[week], weighed * fade + exposure[week]
        mean = came / weighed
        summed, weeks = summed * fade + mean, weeks * fade + 1.0
        trend = mean / (summed / weeks) if mean > 0 and summed > 0 else 1.0
        found[week] = mean * min(max(trend, 0.5), 2.0) ** follow
    return found


def _record(totals: Doubles, exposure: Doubles, levels: Doubles) -> float:
    """Return what came of late over what the level after the week before would have expected of it."""
    weight = np.exp2(-np.arange(len(totals) - 1)[::-1] / _RECORD_HALF_LIFE_WEEKS)
    doubt = _RECORD_DOUBT_WEEKS * float(levels[-1])
    came, expected = float(weight @ totals[1:]), float(weight @ (levels[:-1] * exposure[1:]))
    return (came + doubt) / (expected + doubt) if expected + doubt > 0 else 1.0


def _completed(totals: Doubles, share_known: Doubles) -> Doubles:
    """Return the totals with the reports still to come; a week of which next to nothing can be known is ordinary."""
    enough = share_known >= _ENOUGH_KNOWN
    usual = totals[enough].sum() / max(float(share_known[enough].sum()), 1e-9)
    return np.where(enough, totals / share_known, usual)


def season_of(totals: Doubles, first_week: int) -> Doubles:
    """Return the season in each of the weeks and the one after them, with mean 1; flat under two years.

    A ridge regression of the ratio to the mean of the year around it on two waves of a year.
    """
    weeks = len(totals)
    if weeks < 104:
        return np.ones(weeks + 1)
    trend = _year_around(totals)
    ratio = totals / np.maximum(trend, 1e-9) - 1
    angle = 2 * np.pi * (first_week + np.arange(weeks + 1)) / _YEAR_WEEKS
    waves = np.column_stack([f(k * angle) for k in range(1, _HARMONICS + 1) for f in (np.sin, np.cos)])
    design = waves[:-1]
    penalty = _RIDGE * 52 / max(float(trend.mean()), 1e-9)
    fitted = np.linalg.solve(design.T @ design + penalty * np.eye(design.shape[1]), design.T @ ratio)
    return np.maximum(1 + waves @ fitted, 0.2)


def _year_around(totals: Doubles) -> Doubles:
    """Return the mean of the 53 weeks around each week, fewer at the ends."""
    summed = np.concatenate(([0.0], np.cumsum(totals)))
    start = np.maximum(np.arange(len(totals)) - 26, 0)
    end = np.minimum(np.arange(len(totals)) + 27, len(totals))
    return np.maximum((summed[end] - summed[start]) / (end - start), 1e-9)
