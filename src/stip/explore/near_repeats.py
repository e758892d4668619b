# SPDX-License-Identifier: EUPL-1.2
"""Near repeats: do incidents come in pairs, near in place and time, more often than chance brings? (Knox)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.explore.near_input import Chance, Floats, bands_of, points_in_time
from stip.explore.near_pairs import near_pairs


def near_repeats(
    x_m: npt.ArrayLike,
    y_m: npt.ArrayLike,
    t_days: npt.ArrayLike,
    *,
    distances_m: Sequence[float] = (0, 100, 200, 400),
    days: Sequence[float] = (7, 14, 28),
    permutations: int = 999,
    seed: int = 20260907,
) -> pd.DataFrame:
    """Count pairs of incidents by how far they lie apart in place and time, beside what chance would bring.

    Chance is all times dealt out again over the same places, ``permutations`` times.

    Parameters
    ----------
    x_m, y_m : array, shape (n,)
        Places in metres. Places that were moved to the middle of a square make the distance 0, and all
        distances below the side of that square, hold more pairs than there were.
    t_days : array, shape (n,)
        Moments in days, from any zero.
    distances_m, days : sequence of float, ascending
        Largest distance and largest time of each band, those included; the first band begins at 0, and a first
        distance of 0 is a band of its own: exactly the same place.
    permutations : int
    seed : int

    Returns
    -------
    DataFrame
        A row for each band of distance and time: ``over_m``, ``to_m``, ``over_days``, ``to_days``, ``observed``
        (int), ``expected`` (mean of the permutations), ``ratio``, ``p_value`` (share of the permutations,
        with the observed, that hold as many pairs).

    Raises
    ------
    SettingsError
        When the bands do not ascend, or there are too many pairs.
    HistoryError
        When there are fewer than two incidents.
    ContractError
        When a place or moment is not a number.

    References
    ----------
    Knox (1964), Applied Statistics 13. Johnson et al. (2007), J. Quantitative Criminology 23.
    """
    distance, time = bands_of(distances_m, "distances_m"), bands_of(days, "days")
    x, y, t = points_in_time(x_m, y_m, t_days)
    pairs = near_pairs(x, y, distance)
    moments = t[pairs.order]
    observed = pairs.count(moments[:, None], time)[0]
    chance = Chance(observed, permutations)
    for dealt in pairs.count_dealt(moments, time, permutations=permutations, seed=seed):
        chance.add(dealt)
    shape = observed.shape
    return pd.DataFrame(
        {
            "over_m": np.repeat(_over(distance), shape[1]),
            "to_m": np.repeat(distance, shape[1]),
            "over_days": np.tile(_over(time), shape[0]),
            "to_days": np.tile(time, shape[0]),
            "observed": observed.ravel(),
            "expected": chance.expected.ravel(),
            "ratio": chance.ratio.ravel(),
            "p_value": chance.p_value.ravel(),
        }
    )


def _over(edges: Floats) -> Floats:
    """Return what each band lies over; the first holds 0 itself too."""
    return np.concatenate(([0.0], edges[:-1]))
