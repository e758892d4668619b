# SPDX-License-Identifier: EUPL-1.2
"""Between which numbers the count will lie: a gamma-Poisson (negative binomial) around what is expected.

Errors come at three sizes: in a cell, in a neighbourhood as a whole, and in the town as a whole. Their sizes are
learned from how far past outlooks were off, so an interval of a sum is as wide as such sums turned out to be.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls
from scipy.stats import nbinom, poisson

from stip.outlook.area import Doubles

LEVEL = 0.8
"""Chance with which a count lies in its interval."""


@dataclass(frozen=True)
class Dispersion:
    r"""Relative variances of the rate, beside the Poisson noise of the count.

    A sum with expected :math:`\\Lambda` has variance :math:`\\Lambda + \\phi_c \\sum \\lambda_i^2 +
    \\phi_z \\sum \\Lambda_z^2 + \\phi_t \\Lambda^2` over cells *i* and neighbourhoods *z*.

    Attributes
    ----------
    cell, zone, town : float
        :math:`\\phi_c`, :math:`\\phi_z` and :math:`\\phi_t`.
    """

    cell: float = 0.0
    zone: float = 0.0
    town: float = 0.0

    def variance(self, expected: Doubles, zone: npt.NDArray[np.int32] | None = None) -> float:
        """Return the variance of the sum over cells; without ``zone`` they all lie in one neighbourhood."""
        total = float(expected.sum())
        by_zone = np.array([total]) if zone is None else np.bincount(zone, weights=expected)
        return (
            total
            + self.cell * float(np.square(expected).sum())
            + self.zone * float(np.square(by_zone).sum())
            + self.town * total**2
        )

    def to_dict(self) -> dict[str, float]:
        """Return the three figures by name."""
        return asdict(self)


class DispersionGauge:
    """Learns a `Dispersion` from what was expected and what came, one week at a time.

    Parameters
    ----------
    zone : ndarray of int32, shape (n_cells,)
        Neighbourhood of each cell.
    """

    def __init__(self, zone: npt.NDArray[np.int32]) -> None:
        self._zone = zone
        self._excess = np.zeros(3)
        self._squares = np.zeros(3)
        self._weeks = np.zeros(3)

    def add(self, expected: Doubles, came: Doubles) -> None:
        """Take in one week."""
        error = came - expected
        by_zone = np.bincount(self._zone, weights=expected)
        zone_error = np.bincount(self._zone, weights=error)
        total = float(expected.sum())
        self._excess += [
            float((error**2 - expected).sum()),
            float((zone_error**2 - by_zone).sum()),
            float(error.sum() ** 2 - total),
        ]
        self._squares += [float((expected**2).sum()), float((by_zone**2).sum()), total**2]
        self._weeks += 1

    def add_town(self, expected: float, came: float) -> None:
        """Take in a week of which only the whole town is known: one week says little about the town's error."""
        self._excess[2] += (came - expected) ** 2 - expected
        self._squares[2] += expected**2
        self._weeks[2] += 1

    def dispersion(self) -> Dispersion:
        """Return the sizes of error, by the method of moments; 0 where counts vary no more than Poisson does."""
        if self._weeks[0] == 0 or self._squares[0] == 0:
            return Dispersion()
        excess = self._excess / self._weeks
        cells, zones, town = self._squares / self._weeks
        # What each size of error adds to the squared errors of cells, neighbourhoods and the town.
        design = np.array([[cells, cells, cells], [cells, zones, zones], [cells, zones, town]])
        scale = np.diag(design)
        solved, _ = nnls(design / scale[:, None], excess / scale)
        return Dispersion(*(float(min(size, 25.0)) for size in solved))


def interval_of_sum(
    expected: Doubles, dispersion: Dispersion, *, zone: npt.NDArray[np.int32] | None = None
) -> tuple[float, float]:
    """Return the 80 % interval of the incidents in a number of cells together.

    Parameters
    ----------
    expected : ndarray, shape (n,)
        Of one crime type, in each cell.
    dispersion : Dispersion
    zone : ndarray of int32, shape (n,), optional
        Neighbourhood of each cell, numbered from 0; without it they are taken to lie in one.

    Examples
    --------
    >>> interval_of_sum(np.array([2.0, 3.0]), Dispersion(town=0.05))
    (2.0, 8.0)
    """
    low, high = interval_of(np.array([expected.sum()]), np.array([dispersion.variance(expected, zone)]))
    return float(low[0]), float(high[0])


def interval_of(mean: Doubles, variance: Doubles) -> tuple[Doubles, Doubles]:
    """Return the 80 % interval of counts by their mean and variance, as whole incidents.

    Means and variances of crime types, or of places that lie apart, may be added first.

    Parameters
    ----------
    mean, variance : ndarray, shape (n,)
        A variance no larger than the mean is Poisson.
    """
    tail = (1 - LEVEL) / 2
    mean = np.maximum(mean, 0.0)
    low, high = np.zeros(len(mean)), np.zeros(len(mean))
    some = mean > -np.log1p(-tail)  # below this the chance of any incident is under a tenth: 0 to 0
    over = some & (variance > mean * (1 + 1e-9))
    plain = some & ~over
    low[plain], high[plain] = (poisson.ppf(q, mean[plain]) for q in (tail, 1 - tail))
    size = mean[over] ** 2 / (variance[over] - mean[over])
    chance = size / (size + mean[over])
    low[over], high[over] = (nbinom.ppf(q, size, chance) for q in (tail, 1 - tail))
    return low, high


def cell_intervals(expected: Doubles, dispersion: Dispersion) -> tuple[Doubles, Doubles]:
    """Return the 80 % interval of the incidents in each cell by itself."""
    spread = dispersion.cell + dispersion.zone + dispersion.town
    return interval_of(expected, expected + spread * expected**2)
