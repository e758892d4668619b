# SPDX-License-Identifier: EUPL-1.2
"""Between which numbers the incidents in a place will probably lie, all crime types together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from stip.outlook import Dispersion, interval_of

Floats = npt.NDArray[np.float64]

TYPES_APART = "De grenzen tellen elke soort apart. Stijgen soorten tegelijk, dan zijn ze te smal."
"""Stands wherever an interval over several types is shown."""


def interval_of_place(
    expected: Mapping[str, Floats], dispersion: Mapping[str, Dispersion], zone: npt.NDArray[np.int32]
) -> tuple[float, float]:
    """Return the 80 % interval of the incidents in a place, as whole incidents.

    Means and variances of types are added, as if types are off independently of each other.

    Parameters
    ----------
    expected : mapping of str to ndarray, shape (n,)
        In each of the place's cells, by crime type.
    dispersion : mapping of str to Dispersion
        Learned by the outlook; a type that is left out counts as Poisson.
    zone : ndarray of int32, shape (n,)
        Neighbourhood of each cell, numbered from 0.
    """
    mean = sum(float(counts.sum()) for counts in expected.values())
    variance = sum(dispersion.get(name, Dispersion()).variance(counts, zone) for name, counts in expected.items())
    low, high = interval_of(np.array([mean]), np.array([variance]))
    return float(low[0]), float(high[0])
