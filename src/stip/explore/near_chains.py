# SPDX-License-Identifier: EUPL-1.2
"""Chains of near repeats: series in which each incident lies near, in place and time, at least one other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from numba import njit

from stip.errors import SettingsError
from stip.explore.near_input import Chance, Floats, points_in_time
from stip.explore.near_pairs import NearPairs, near_pairs

Ints = npt.NDArray[np.int64]


def chains_of(
    x_m: npt.ArrayLike, y_m: npt.ArrayLike, t_days: npt.ArrayLike, *, distance_m: float = 200, days: float = 14
) -> Ints:
    """Return in which chain each incident stands.

    Two incidents are linked when they lie within the distance and the time of each other; a chain is what is linked,
    also by way of others.

    Parameters
    ----------
    x_m, y_m : array, shape (n,)
        Places in metres.
    t_days : array, shape (n,)
        Moments in days, from any zero.
    distance_m, days : float
        Largest distance and time of a link, those included.

    Returns
    -------
    ndarray of int64, shape (n,)
        Numbered from 0 in the order of the first incident of each chain in time; -1 for an incident without a link.

    Raises
    ------
    SettingsError, HistoryError, ContractError
        As `near_repeats`.
    """
    x, y, t = points_in_time(x_m, y_m, t_days)
    pairs = _pairs(x, y, distance_m, days)
    roots = np.empty(len(t), dtype=np.int64)
    roots[pairs.order] = _roots(pairs.begins[0], pairs.other, t[pairs.order], days)
    _, which, size = np.unique(roots, return_inverse=True, return_counts=True)
    first = np.full(len(size), np.inf)
    np.minimum.at(first, which, t)
    first[size == 1] = np.inf
    number = np.empty(len(size), dtype=np.int64)
    number[np.argsort(first, kind="stable")] = np.arange(len(size))
    return np.where(size[which] > 1, number[which], -1)


def near_repeat_chains(
    x_m: npt.ArrayLike,
    y_m: npt.ArrayLike,
    t_days: npt.ArrayLike,
    *,
    distance_m: float = 200,
    days: float = 14,
    lengths: Sequence[int] = (2, 3, 4, 6, 11),
    permutations: int = 999,
    seed: int = 20260907,
) -> pd.DataFrame:
    """Count chains of near repeats by their length, beside what chance would bring.

    Chance is all times dealt out again over the same places, ``permutations`` times.

    Parameters
    ----------
    x_m, y_m, t_days, distance_m, days
        As `chains_of`.
    lengths : sequence of int, ascending from 2 or more
        Number of incidents where each class begins; the last has no end.
    permutations, seed : int

    Returns
    -------
    DataFrame
        A row for each class: ``from_length``, ``to_length`` (missing when there is no end), ``chains`` (observed),
        ``expected``, ``ratio``, ``p_value`` and ``incidents`` (in the observed chains).

    Raises
    ------
    SettingsError, HistoryError, ContractError
        As `near_repeats`.

    References
    ----------
    Haberman & Ratcliffe (2012), The predictive policing challenges of near repeat armed street robberies, Policing
    6(2). Townsley, Homel & Chaseling (2000), Repeat burglary victimisation, Australian & NZ J. of Criminology 33(1).
    """
    classes = np.asarray(lengths, dtype=np.int64)
    if len(classes) == 0 or classes[0] < 2 or (np.diff(classes) <= 0).any():
        raise SettingsError(f"lengths is {list(lengths)}, maar hoort op te lopen vanaf 2 of meer, zoals 2, 3, 4.")
    x, y, t = points_in_time(x_m, y_m, t_days)
    pairs = _pairs(x, y, distance_m, days)
    moments = t[pairs.order]
    sizes = _sizes(pairs, moments, days)
    chance = Chance(_by_class(sizes, classes), permutations)
    rng = np.random.default_rng(seed)
    for _ in range(permutations):
        chance.add(_by_class(_sizes(pairs, rng.permutation(moments), days), classes))
    return pd.DataFrame(
        {
            "from_length": classes,
            "to_length": pd.array([*(classes[1:] - 1), None], dtype="Int64"),
            "chains": chance.observed,
            "expected": chance.expected,
            "ratio": chance.ratio,
            "p_value": chance.p_value,
            "incidents": _by_class(sizes, classes, sizes),
        }
    )


def _pairs(x: Floats, y: Floats, distance_m: float, days: float) -> NearPairs:
    if not (np.isfinite(distance_m) and np.isfinite(days) and distance_m >= 0 and days >= 0):
        raise SettingsError(
            f"Een schakel van {distance_m:g} meter en {days:g} dagen kan niet. Kies getallen van 0 of meer."
        )
    return near_pairs(x, y, np.array([distance_m], dtype=np.float64))


def _sizes(pairs: NearPairs, moments: Floats, days: float) -> Ints:
    """Return the length of each chain, incidents without a link left out."""
    size = np.bincount(_roots(pairs.begins[0], pairs.other, moments, days), minlength=len(moments))
    return size[size > 1]


def _by_class(sizes: Ints, classes: Ints, weight: Ints | None = None) -> Ints:
    place = np.searchsorted(classes, sizes, side="right")  # 0 is shorter than the first class
    return np.bincount(place, weight, len(classes) + 1)[1:].astype(np.int64)


@njit(cache=True)
def _roots(begins, other, moments, days):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Join what is linked (union-find), and return for each point the point that stands for its chain."""
    root = np.arange(len(moments))
    for first in range(len(moments)):
        for pair in range(begins[first], begins[first + 1]):
            if abs(moments[first] - moments[other[pair]]) <= days:
                i, j = first, np.int64(other[pair])
                while root[i] != i:
                    root[i] = root[root[i]]
                    i = root[i]
                while root[j] != j:
                    root[j] = root[root[j]]
                    j = root[j]
                if i < j:
                    root[j] = i
                else:
                    root[i] = j
    for i in range(len(root)):
        root[i] = root[root[i]]  # a root has a lower number, so its own is final already
    return root
