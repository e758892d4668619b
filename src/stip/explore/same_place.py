# SPDX-License-Identifier: EUPL-1.2
"""Repeats at the same place: how often an incident follows another exactly there, beside what chance brings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.explore.near_input import Chance, Floats, bands_of, points_in_time

Ints = npt.NDArray[np.int64]


def same_place_repeats(
    x_m: npt.ArrayLike,
    y_m: npt.ArrayLike,
    t_days: npt.ArrayLike,
    *,
    days: Sequence[float] = (7, 14, 28, 91, 182),
    permutations: int = 999,
    seed: int = 20260907,
) -> pd.DataFrame:
    """Count the incidents that follow another at exactly the same place, beside what chance would bring.

    Unlike pairs, an incident counts once: by the time since the last one before it. Chance is all times dealt out
    again over the same places.

    Parameters
    ----------
    x_m, y_m : array, shape (n,)
        Places. Places that were moved to the middle of a square raise the numbers.
    t_days : array, shape (n,)
        Moments in days, from any zero.
    days : sequence of float, ascending
        Largest time of each band, that itself included.
    permutations, seed : int

    Returns
    -------
    DataFrame
        A row for each band: ``over_days``, ``to_days``, ``observed``, ``expected``, ``ratio``, ``p_value``, and
        ``share`` of all incidents.

    Raises
    ------
    SettingsError, HistoryError, ContractError
        As `near_repeats`.

    References
    ----------
    Farrell & Pease (1993), Once bitten, twice bitten: repeat victimisation and its implications for crime prevention.
    """
    edges = bands_of(days, "days")
    x, y, t = points_in_time(x_m, y_m, t_days)
    place = _places(x, y)
    more = np.bincount(place)[place] > 1  # the others can follow nothing
    chance = Chance(_in_bands(place[more], t[more], edges), permutations)
    rng = np.random.default_rng(seed)
    for _ in range(permutations):
        chance.add(_in_bands(place[more], rng.permutation(t)[more], edges))
    return pd.DataFrame(
        {
            "over_days": np.concatenate(([0.0], edges[:-1])),
            "to_days": edges,
            "observed": chance.observed,
            "expected": chance.expected,
            "ratio": chance.ratio,
            "p_value": chance.p_value,
            "share": chance.observed / len(t),
        }
    )


def same_place_share(x_m: npt.ArrayLike, y_m: npt.ArrayLike, t_days: npt.ArrayLike, *, days: float) -> float:
    """Return the share of incidents that follow another at exactly the same place within so many days.

    Missing (NaN) when there are none. Places that were moved to the middle of a square raise it.
    """
    x, y, t = (np.asarray(values, dtype=np.float64) for values in (x_m, y_m, t_days))
    if len(t) == 0:
        return float("nan")
    return float(_in_bands(_places(x, y), t, np.array([days], dtype=np.float64))[0] / len(t))


def _places(x: Floats, y: Floats) -> Ints:
    """Return a number for each place."""
    order = np.lexsort((y, x))
    fresh = np.ones(len(x), dtype=np.int64)
    fresh[1:] = (np.diff(x[order]) != 0) | (np.diff(y[order]) != 0)
    place = np.empty(len(x), dtype=np.int64)
    place[order] = fresh.cumsum() - 1
    return place


def _in_bands(place: Ints, t: Floats, edges: Floats) -> Ints:
    """Count the incidents by the time since the one before at their place."""
    order = np.lexsort((t, place))
    since = np.diff(t[order])[np.diff(place[order]) == 0]
    since = since[since <= edges[-1]]
    return np.bincount(np.searchsorted(edges, since), minlength=len(edges))
