# SPDX-License-Identifier: EUPL-1.2
"""Counting pairs of incidents that lie near each other, in compiled loops.

Pairs are found once and kept by distance band; a permutation of the times only counts over them again. Points are put
in the order of a coarse grid first, so that the times of near points lie near each other in memory too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from stip.errors import SettingsError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_PAIRS = 250_000_000
_CHUNK = 4096


@dataclass(frozen=True)
class NearPairs:
    """All pairs of points within the largest distance.

    Attributes
    ----------
    one, other : ndarray of int32, shape (pairs,)
        Places of the two points in ``order``, the pairs of the first band first.
    starts : ndarray of int64, shape (bands + 1,)
        Where in ``one`` each band begins.
    order : ndarray of int64, shape (n,)
        The points in the order in which the pairs number them.
    """

    one: npt.NDArray[np.int32]
    other: npt.NDArray[np.int32]
    starts: Ints
    order: Ints

    def count(self, moments: Floats, edges: Floats) -> Ints:
        """Count the pairs by distance and by time between their moments.

        Parameters
        ----------
        moments : ndarray, shape (n,)
            In the order of ``order``.
        edges : ndarray, shape (times,)
            Largest time of each band, that itself included.

        Returns
        -------
        ndarray of int64, shape (bands, times)
        """
        within: Ints = _count(self.one, self.other, self.starts, moments, edges)
        return np.diff(within, axis=1, prepend=0)


def near_pairs(x_m: Floats, y_m: Floats, distances_m: Floats) -> NearPairs:
    """Find all pairs within the largest distance, by band.

    Parameters
    ----------
    x_m, y_m : ndarray, shape (n,)
    distances_m : ndarray, shape (bands,)
        Largest distance of each band, that itself included; a first band of 0 holds pairs at one and the same place.

    Raises
    ------
    SettingsError
        When there are more pairs than memory is meant for.
    """
    side_m = max(float(distances_m[-1]), 1.0)
    column = np.floor((x_m - x_m.min()) / side_m).astype(np.int64)
    row = np.floor((y_m - y_m.min()) / side_m).astype(np.int64) + 1  # so that row - 1 stays in its column
    tall = int(row.max()) + 2
    square = column * tall + row
    order = np.argsort(square, kind="stable")
    square, x, y = square[order], x_m[order], y_m[order]
    # Each pair once: what comes later in its own square and the one north of it, and the three squares to the east.
    own_end = np.searchsorted(square, square + 1, side="right")
    east_begin = np.searchsorted(square, square + tall - 1, side="left")
    east_end = np.searchsorted(square, square + tall + 1, side="right")
    squared = distances_m**2
    sizes = _sizes(x, y, own_end, east_begin, east_end, squared)
    if sizes.sum() > MOST_PAIRS:
        raise SettingsError(
            f"Binnen {distances_m[-1]:g} meter liggen {sizes.sum():,} paren; dat is te veel. "
            "Kies een kleinere afstand of een kortere periode.".replace(",", ".")
        )
    starts = np.concatenate(([0], np.cumsum(sizes)))
    one = np.empty(int(starts[-1]), dtype=np.int32)
    other = np.empty(int(starts[-1]), dtype=np.int32)
    _fill(x, y, own_end, east_begin, east_end, squared, starts[:-1].copy(), one, other)
    return NearPairs(one, other, starts, order)


@njit(cache=True)
def _sizes(x, y, own_end, east_begin, east_end, squared):  # type: ignore[no-untyped-def]  # pragma: no cover
    sizes = np.zeros(len(squared), dtype=np.int64)
    largest = squared[-1]
    for i in range(len(x)):
        for part in range(2):
            begin = i + 1 if part == 0 else east_begin[i]
            end = own_end[i] if part == 0 else east_end[i]
            for j in range(begin, end):
                apart = (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2
                if apart <= largest:
                    band = 0
                    while apart > squared[band]:
                        band += 1
                    sizes[band] += 1
    return sizes


@njit(cache=True)
def _fill(x, y, own_end, east_begin, east_end, squared, at, one, other):  # type: ignore[no-untyped-def]  # pragma: no cover
    largest = squared[-1]
    for i in range(len(x)):
        for part in range(2):
            begin = i + 1 if part == 0 else east_begin[i]
            end = own_end[i] if part == 0 else east_end[i]
            for j in range(begin, end):
                apart = (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2
                if apart <= largest:
                    band = 0
                    while apart > squared[band]:
                        band += 1
                    one[at[band]] = i
                    other[at[band]] = j
                    at[band] += 1


@njit(cache=True)
def _count(one, other, starts, moments, edges):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Count, for each band, the pairs whose moments lie at most each of ``edges`` apart."""
    within = np.zeros((len(starts) - 1, len(edges)), dtype=np.int64)
    apart = np.empty(_CHUNK, dtype=np.float64)
    for band in range(len(starts) - 1):
        for begin in range(starts[band], starts[band + 1], _CHUNK):
            size = min(_CHUNK, starts[band + 1] - begin)
            for at in range(size):
                apart[at] = abs(moments[one[begin + at]] - moments[other[begin + at]])
            for edge in range(len(edges)):
                most = edges[edge]
                held = 0
                for at in range(size):
                    held += apart[at] <= most
                within[band, edge] += held
    return within
