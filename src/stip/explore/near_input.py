# SPDX-License-Identifier: EUPL-1.2
"""What every count of repeats asks of its input, and how it lays what it saw beside chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from stip.errors import ContractError, HistoryError, SettingsError

Floats = npt.NDArray[np.float64]


def points_in_time(x_m: npt.ArrayLike, y_m: npt.ArrayLike, t_days: npt.ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return places and moments as arrays that can be counted over.

    Raises
    ------
    HistoryError
        When there are fewer than two incidents.
    ContractError
        When a place or moment is not a number, or their numbers differ.
    """
    x, y, t = (np.ascontiguousarray(values, dtype=np.float64) for values in (x_m, y_m, t_days))
    if not len(x) == len(y) == len(t):
        raise ContractError(f"Er zijn {len(x)}, {len(y)} en {len(t)} waarden voor x, y en tijd. Geef er evenveel.")
    if len(x) < 2:
        raise HistoryError("Voor herhalingen zijn minstens twee meldingen nodig. Kies een langere periode.")
    if not (np.isfinite(x).all() and np.isfinite(y).all() and np.isfinite(t).all()):
        raise ContractError("Een plaats of tijd is geen getal. Laat die meldingen weg.")
    return x, y, t


def bands_of(edges: Sequence[float], name: str) -> Floats:
    """Return the edges of bands.

    Raises
    ------
    SettingsError
        When they do not ascend from 0 or more.
    """
    bands = np.asarray(edges, dtype=np.float64)
    if len(bands) == 0 or bands[0] < 0 or (np.diff(bands) <= 0).any() or not np.isfinite(bands).all():
        raise SettingsError(f"{name} is {list(edges)}, maar hoort op te lopen vanaf 0 of meer, zoals 100, 200, 400.")
    return bands


class Chance:
    """What dealing the times out again brings, beside what was observed.

    Parameters
    ----------
    observed : ndarray of int
    permutations : int
        How many dealings follow.

    Raises
    ------
    SettingsError
        When there are none.
    """

    def __init__(self, observed: npt.NDArray[np.int64], permutations: int) -> None:
        if permutations < 1:
            raise SettingsError(f"Met {permutations} herhalingen is er niets om mee te vergelijken. Kies 99 of 999.")
        self.observed = observed
        self._permutations = permutations
        self._total = np.zeros(observed.shape)
        self._as_many = np.ones(observed.shape)

    def add(self, dealt: npt.NDArray[np.int64]) -> None:
        """Add one dealing."""
        self._total += dealt
        self._as_many += dealt >= self.observed

    @property
    def expected(self) -> Floats:
        """The mean over the dealings."""
        return self._total / self._permutations

    @property
    def ratio(self) -> Floats:
        """Observed over expected; NaN where nothing is expected."""
        expected = self.expected
        return np.divide(self.observed, expected, out=np.full(expected.shape, np.nan), where=expected > 0)

    @property
    def p_value(self) -> Floats:
        """Share of the dealings, with the observed, that hold as many: (r + 1) / (n + 1), so never 0."""
        return self._as_many / (self._permutations + 1)
