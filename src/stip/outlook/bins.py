# SPDX-License-Identifier: EUPL-1.2
"""Signs as numbers of bins, cut once for all trees; scikit-learn takes them as they are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit
from sklearn.ensemble import HistGradientBoostingRegressor

from stip.outlook.area import Floats

BINS = 64
"""Most bins of a sign."""

_ROWS_FOR_BINS = 20_000

Numbers = npt.NDArray[np.uint8]


def edges_of(signs: Floats) -> list[Floats]:
    """Return for each sign the borders between bins of alike many rows, ascending, at most one under `BINS`."""
    levels = np.linspace(0, 1, BINS + 1)[1:-1]
    some = signs[:: max(1, len(signs) // _ROWS_FOR_BINS)]
    # Sorted first: to pick 63 places out of what is not in order takes twice as long.
    return [np.unique(np.quantile(np.sort(sign), levels)).astype(np.float32) for sign in some.T]


def binned(signs: Floats, edges: list[Floats]) -> Numbers:
    """Return the number of edges at or below each value, shape (n, m), ordered by column."""
    numbers = np.empty(signs.shape, dtype=np.uint8, order="F")
    for place, borders in enumerate(edges):
        padded = np.full(BINS, np.inf, dtype=np.float32)
        padded[: len(borders)] = borders
        _search(np.ascontiguousarray(signs[:, place]), padded, numbers[:, place])
    return numbers


class BinnedTrees(HistGradientBoostingRegressor):  # type: ignore[misc]
    """Boosted trees whose inputs are numbers of bins already.

    scikit-learn would sort each sign and look its weighted quantiles up, which takes longer than to grow the trees;
    of whole numbers that are fewer than its bins it finds just those numbers. A test holds the trees beside its own.
    """

    def _bin_data(self, X: npt.NDArray[np.floating], sample_weight: object, is_training_data: bool) -> Numbers:  # noqa: N803
        mapper = self._bin_mapper
        mapper.missing_values_bin_idx_ = mapper.n_bins - 1
        mapper.is_categorical_ = np.zeros(X.shape[1], dtype=np.uint8)
        mapper.bin_thresholds_ = []
        told = np.empty(X.shape, dtype=np.uint8, order="F")
        for place, sign in enumerate(X.T):
            number = sign.astype(np.uint8)
            there = np.flatnonzero(np.bincount(number, minlength=BINS))
            mapper.bin_thresholds_.append((there[1:] + there[:-1]) / 2)
            rank = np.zeros(BINS, dtype=np.uint8)
            rank[there] = np.arange(len(there))
            told[:, place] = rank[number]
        mapper.n_bins_non_missing_ = np.array([len(t) + 1 for t in mapper.bin_thresholds_], dtype=np.uint32)
        return told


@njit(cache=True, nogil=True)
def _search(values, edges, out):  # type: ignore[no-untyped-def]  # pragma: no cover
    for at in range(len(values)):  # without a branch: ten times as fast as a search that turns left or right
        value = values[at]
        place = 32 * (value >= edges[31])
        place += 16 * (value >= edges[place + 15])
        place += 8 * (value >= edges[place + 7])
        place += 4 * (value >= edges[place + 3])
        place += 2 * (value >= edges[place + 1])
        out[at] = place + 1 * (value >= edges[place])
