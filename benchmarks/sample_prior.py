# SPDX-License-Identifier: EUPL-1.2
"""What who knows the generator of the sample town knows before anything happens: every formula and parameter.

The parts that no layer tells (`stip.samples.risk`) are drawn there; here only how they are drawn is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
from scipy.ndimage import gaussian_filter1d
from scipy.sparse import csr_array

from stip.samples.cells import GRID
from stip.samples.process import _WEEKDAY, BRANCHING, echo_of
from stip.samples.risk import TYPES
from stip.space import week_number

Doubles = npt.NDArray[np.float64]

LASTING_SMOOTH, LASTING_OWN, DRIFTING = 0.40, 0.45, 0.46
"""Standard deviations of the log: what lasts (smooth, and each cell's own) and what drifts, as in ``_frailty``."""

LASTING_M, DRIFTING_M = 320.0, 230.0
DRIFT_WEEKS = 34.0
"""Weeks after which a drift is two-thirds forgotten."""

WEEKDAYS = {kind: chances / chances.sum() for kind, chances in zip(TYPES, _WEEKDAY, strict=True)}
"""Chance of each day of the week, Monday first."""

_ENOUGH_OF_VARIANCE = 0.995
_ALL_WEEKS = 26 + 156 + 4  # that the town lived through: before, in and after its files
_SHIFT_FROM, _SHIFT_TO = 0.10, 0.95
_COOLS, _HEATS = (0.8, 1.5), (0.7, 1.2)
_SHIFT_M = (140.0, 260.0)


@dataclass(frozen=True, eq=False)
class Prior:
    """What is known of one type, of the cells where it can happen.

    Attributes
    ----------
    cells : ndarray of int64, shape (n,)
    base : ndarray, shape (n,)
        Incidents a week by context alone.
    season : dict of int to float
        By ordinal of the week.
    lasting, shifting : ndarray, shape (n, n)
        Covariance of the log of what lasts, and what a week adds to it by places that cool down or heat up.
    drifting : ndarray, shape (n, r)
        Its product with its transpose is the covariance of the drift.
    lag : ndarray
        Chance that a near repeat comes 1, 2, … days later.
    near : csr_array, shape (n, n)
        Chance that a near repeat of the row's cell falls in the column's.
    children : float
        Near repeats of an incident on average.
    """

    cells: npt.NDArray[np.int64]
    base: Doubles
    season: dict[int, float]
    lasting: Doubles
    shifting: Doubles
    drifting: Doubles
    lag: Doubles
    near: csr_array
    children: float

    @property
    def log_mean(self) -> float:
        """Prior mean of the log of what no layer tells: the generator divides by the mean of its exponent."""
        return -(LASTING_SMOOTH**2 + LASTING_OWN**2 + DRIFTING**2) / 2


def prior_of(folder: Path, crime_type: str) -> Prior:
    """Read what is known beforehand of a type in the sample town in a folder."""
    told = pq.read_table(
        folder / "truth.parquet",
        columns=["cell", "week", "base", "season"],
        filters=[("crime_type", "==", crime_type)],
    ).to_pandas()
    season = told.groupby("week", observed=True)["season"].mean()
    base = told.groupby("cell")["base"].mean()
    every, weight = base.index.to_numpy(np.int64), base.to_numpy(np.float64)
    usable = weight > 0
    cells = every[usable]
    echo = echo_of(every, weight, GRID)
    return Prior(
        cells=cells,
        base=weight[usable],
        season={week_number(str(week)): float(value) for week, value in season.items()},
        lasting=LASTING_SMOOTH**2 * _smooth(every, usable, LASTING_M) + LASTING_OWN**2 * np.eye(len(cells)),
        shifting=_shifting(every, weight, cells),
        drifting=DRIFTING * _factor(_smooth(every, usable, DRIFTING_M)),
        lag=echo.lag,
        near=echo.kernel[usable][:, usable],
        children=BRANCHING[TYPES.index(crime_type)],
    )


def _smooth(every: npt.NDArray[np.int64], usable: npt.NDArray[np.bool_], width_m: float) -> Doubles:
    """Return the covariance of a smooth field of variance 1, drawn over the rectangle round all cells."""
    column, row = GRID.column_row(every)
    parts = []
    for along in (column - column.min(), row - row.min()):
        spread = gaussian_filter1d(np.eye(int(along.max()) + 1), width_m / GRID.cell_m, axis=0, mode="reflect")
        impulse = gaussian_filter1d(np.eye(1, 61, 30)[0], width_m / GRID.cell_m)
        place = along[usable].astype(np.int64)
        parts.append((spread @ spread.T / np.square(impulse).sum())[np.ix_(place, place)])
    return np.asarray(parts[0] * parts[1], dtype=np.float64)


def _factor(covariance: Doubles) -> Doubles:
    """Return a thin factor that keeps nearly all of the variance."""
    values, vectors = np.linalg.eigh(covariance)
    kept = np.cumsum(values[::-1]) < _ENOUGH_OF_VARIANCE * values.sum()
    kept = np.append(True, kept[:-1])[::-1]
    return np.asarray(vectors[:, kept] * np.sqrt(np.maximum(values[kept], 0)))


def _shifting(every: npt.NDArray[np.int64], base: Doubles, cells: npt.NDArray[np.int64]) -> Doubles:
    """Return the covariance that a week adds by shifts whose middle, start and size are not known.

    Half of them cool, middles drawn by the base; half heat, by its root. They start anywhere in most of the period.
    """
    x_m, y_m = GRID.centre(every)
    at_x, at_y = GRID.centre(cells)
    number = max(round(len(every) / 200), 3)
    widths = np.linspace(*_SHIFT_M, 5)
    found = np.zeros((len(cells), len(cells)))
    sizes = [(low**2 + low * high + high**2) / 3 for low, high in (_COOLS, _HEATS)]
    odds = [weight / weight.sum() for weight in (base, np.sqrt(base))]
    by_middle = number / 2 * (sizes[0] * odds[0] + sizes[1] * odds[1])
    middle = by_middle > 0
    square = (at_x[:, None] - x_m[middle]) ** 2 + (at_y[:, None] - y_m[middle]) ** 2
    for width in widths:
        reach = np.exp(-0.5 * square / width**2) * np.sqrt(by_middle[middle])
        found += reach @ reach.T / len(widths)
    return found / ((_SHIFT_TO - _SHIFT_FROM) * _ALL_WEEKS)
