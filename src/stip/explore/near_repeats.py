# SPDX-License-Identifier: EUPL-1.2
"""Near repeats: do incidents come in pairs, near in place and time, more often than chance brings? (Knox)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import ContractError, HistoryError, SettingsError
from stip.explore.near_pairs import Floats, near_pairs


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
    distance, time = _bands(distances_m, "distances_m"), _bands(days, "days")
    if permutations < 1:
        raise SettingsError(f"Met {permutations} herhalingen is er niets om mee te vergelijken. Kies 99 of 999.")
    x, y, t = (np.ascontiguousarray(values, dtype=np.float64) for values in (x_m, y_m, t_days))
    if not len(x) == len(y) == len(t):
        raise ContractError(f"Er zijn {len(x)}, {len(y)} en {len(t)} waarden voor x, y en tijd. Geef er evenveel.")
    if len(x) < 2:
        raise HistoryError("Voor herhalingen zijn minstens twee meldingen nodig. Kies een langere periode.")
    if not (np.isfinite(x).all() and np.isfinite(y).all() and np.isfinite(t).all()):
        raise ContractError("Een plaats of tijd is geen getal. Laat die meldingen weg.")

    pairs = near_pairs(x, y, distance)
    moments = t[pairs.order]
    observed = pairs.count(moments, time)
    rng = np.random.default_rng(seed)
    total = np.zeros(observed.shape)
    as_many = np.ones(observed.shape)
    for _ in range(permutations):
        dealt = pairs.count(rng.permutation(moments), time)
        total += dealt
        as_many += dealt >= observed
    expected = total / permutations
    ratio = np.divide(observed, expected, out=np.full(observed.shape, np.nan), where=expected > 0)
    shape = observed.shape
    return pd.DataFrame(
        {
            "over_m": np.repeat(_over(distance), shape[1]),
            "to_m": np.repeat(distance, shape[1]),
            "over_days": np.tile(_over(time), shape[0]),
            "to_days": np.tile(time, shape[0]),
            "observed": observed.ravel(),
            "expected": expected.ravel(),
            "ratio": ratio.ravel(),
            "p_value": as_many.ravel() / (permutations + 1),
        }
    )


def same_place_share(x_m: npt.ArrayLike, y_m: npt.ArrayLike, t_days: npt.ArrayLike, *, days: float) -> float:
    """Return the share of incidents that follow another at exactly the same place within so many days.

    Missing (NaN) when there are none. Places that were moved to the middle of a square raise it.
    """
    frame = pd.DataFrame({"x": np.asarray(x_m), "y": np.asarray(y_m), "t": np.asarray(t_days, dtype=float)})
    if frame.empty:
        return float("nan")
    ordered: Any = frame.sort_values(["x", "y", "t"]).groupby(["x", "y"])["t"]
    return float((ordered.diff() <= days).mean())


def _bands(edges: Sequence[float], name: str) -> Floats:
    bands = np.asarray(edges, dtype=np.float64)
    if len(bands) == 0 or bands[0] < 0 or (np.diff(bands) <= 0).any() or not np.isfinite(bands).all():
        raise SettingsError(f"{name} is {list(edges)}, maar hoort op te lopen vanaf 0 of meer, zoals 100, 200, 400.")
    return bands


def _over(edges: Floats) -> Floats:
    """Return what each band lies over; the first holds 0 itself too."""
    return np.concatenate(([0.0], edges[:-1]))
