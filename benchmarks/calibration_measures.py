# SPDX-License-Identifier: EUPL-1.2
"""Does a count lie where the outlook said? Measures over neighbourhoods, districts and late reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.stats import nbinom, poisson

from stip.outlook import Dispersion, History, completeness, interval_of

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


def whole_counts(history: History, crime_type: str, weeks: range, *, seed: int) -> Doubles:
    """Return the incidents in each week and cell in whole numbers, shape (weeks, n_cells).

    An incident with a time window lies in two weeks for a part. Parts vary less than counts do, and an interval is
    about counts: so each part becomes a whole incident with that chance, and in the mean nothing changes.
    """
    mine = (history.type_index == history.type_number(crime_type)) & (history.weight > 0)
    mine &= (history.occurred_week >= weeks.start) & (history.occurred_week < weeks.stop)
    drawn = np.random.default_rng(seed).random(int(mine.sum())) < history.weight[mine]
    key = (history.occurred_week[mine] - weeks.start) * np.int64(len(history.area)) + history.cell_index[mine]
    counted = np.bincount(key[drawn], minlength=len(weeks) * len(history.area))
    return counted.reshape(len(weeks), -1).astype(np.float64)


def pit(mean: Doubles, variance: Doubles, came: Doubles, *, seed: int) -> Doubles:
    """Return the randomised probability integral transform of counts: uniform when the distribution is right.

    Parameters
    ----------
    mean, variance : ndarray, shape (n,)
        Of the gamma-Poisson; a variance no larger than the mean is Poisson.
    came : ndarray, shape (n,)
        Whole numbers.

    References
    ----------
    Czado, Gneiting & Held (2009), Predictive model assessment for count data, Biometrics 65(4).
    """
    mean = np.maximum(mean, 1e-12)
    over = variance > mean * (1 + 1e-9)
    size = np.where(over, mean**2 / np.where(over, variance - mean, 1.0), 1.0)

    def at_most(count: Doubles) -> Doubles:
        return np.where(over, nbinom.cdf(count, size, size / (size + mean)), poisson.cdf(count, mean))

    below = at_most(came - 1)
    return below + np.random.default_rng(seed).random(len(came)) * (at_most(came) - below)


def error_of_sum(expected: Doubles, came: Doubles, weeks: int, *, reach: int = 12) -> float:
    """Return the standard error of expected ÷ came over some weeks that follow from how weeks are off, as a ratio.

    Weeks vary more than Poisson counts do, and weeks near each other are off alike; both are in it (Newey and West
    1987, Bartlett's weights). A ratio that lies within two of these from 1 may be chance.

    Parameters
    ----------
    expected, came : ndarray, shape (all weeks,)
        In the whole town.
    weeks : int
        Over how many the ratio is taken.
    reach : int
        So many weeks apart they may still be off alike.
    """
    off = came - expected * (came.sum() / expected.sum())
    alike = [float(off[: len(off) - lag] @ off[lag:]) / len(off) for lag in range(min(reach, len(off) - 1) + 1)]
    variance = alike[0] + 2 * sum((1 - lag / (reach + 1)) * each for lag, each in enumerate(alike) if lag)
    least = float(came.mean())  # of counts that come by themselves
    return float(np.sqrt(max(variance, least) * weeks) / max(float(came.mean()) * weeks, 1e-9))


def from_uniform(values: Doubles) -> float:
    """Return the largest distance between the distribution function of values and that of a uniform one.

    Examples
    --------
    >>> from_uniform(np.array([0.25, 0.75]))
    0.25
    """
    ranked, n = np.sort(values), len(values)
    above, below = np.arange(1, n + 1) / n - ranked, ranked - np.arange(n) / n
    return float(max(above.max(), below.max()))


def neighbourhood_weeks(
    expected: Doubles, came: Doubles, zone: Ints, dispersions: Sequence[Dispersion], *, seed: int
) -> tuple[Doubles, Doubles]:
    """Return what was expected in each neighbourhood and week, and the PIT of what came.

    Parameters
    ----------
    expected, came : ndarray, shape (weeks, n_cells)
    zone : ndarray of int32, shape (n_cells,)
    dispersions : sequence of Dispersion
        As learned at the cut-off of each week.
    """
    means, values = [], []
    for week, (spread, mean, count) in enumerate(zip(dispersions, expected, came, strict=True)):
        by_zone, squares = np.bincount(zone, mean), np.bincount(zone, mean**2)
        variance = by_zone + spread.cell * squares + (spread.zone + spread.town) * by_zone**2
        means.append(by_zone)
        values.append(pit(by_zone, variance, np.bincount(zone, count), seed=seed + week))
    return np.concatenate(means), np.concatenate(values)


def district_months(
    expected: Doubles,
    came: Doubles,
    zone: Ints,
    district: npt.NDArray[np.object_],
    dispersions: Sequence[Dispersion],
    *,
    weeks: int = 4,
    least: float = 20.0,
) -> Doubles:
    """Return, of each district and four weeks in a row, what was expected, the ends of its interval, and what came.

    The expected sum is that of four outlooks, each made on its own Monday, and their variances are added: since each
    outlook follows the one before, little of an error lasts. Their widths are as known at the first.

    Returns
    -------
    ndarray, shape (n, 4)
        Only where at least ``least`` were expected.
    """
    found = []
    for start in range(0, len(expected) - weeks + 1, weeks):
        part = slice(start, start + weeks)
        for name in np.unique(district.astype(str)):
            cells = district.astype(str) == name
            mean = expected[part, cells]
            if name and mean.sum() >= least:
                numbered = np.unique(zone[cells], return_inverse=True)[1].astype(np.int32)
                variance = sum(dispersions[start].variance(week, numbered) for week in mean)
                low, high = interval_of(np.array([mean.sum()]), np.array([variance]))
                found.append((float(mean.sum()), low[0], high[0], float(came[part, cells].sum())))
    return np.array(found).reshape(-1, 4)


def delayed(history: History, *, seed: int) -> History:
    """Return the history as if each report had come later: half within three days, one in twenty after 21."""
    draw = np.random.default_rng(seed)
    days = draw.uniform(0, 7, len(history)) + draw.lognormal(np.log(3.0), 1.2, len(history))
    known = (history.occurred_week + days // 7).astype(np.int32)
    order = np.argsort(known, kind="stable")
    order = order[known[order] < history.cutoff_week]
    names = ("cell_index", "type_index", "occurred_week", "weight", "east_m", "north_m")
    return replace(history, known_week=known[order], **{name: getattr(history, name)[order] for name in names})


def corrected(
    late: History, history: History, crime_type: str, cutoffs: range, *, most_weeks: int = 8
) -> tuple[Doubles, Doubles, Doubles]:
    """Return, by age of a week, what was known then, that corrected, and what came in the end; summed over cut-offs.

    Parameters
    ----------
    late : History
        With delays.
    history : History
        With everything.
    """
    known_then, with_correction, in_the_end = (np.zeros(most_weeks) for _ in range(3))
    for cutoff in cutoffs:
        known = late.as_known(cutoff)
        share = completeness(known, crime_type)
        for age in range(most_weeks):
            week = cutoff - 1 - age
            seen = float(known.counts(crime_type, week, week + 1).sum())
            known_then[age] += seen
            with_correction[age] += seen / share[age]
            in_the_end[age] += float(history.counts(crime_type, week, week + 1).sum())
    return known_then, with_correction, in_the_end
