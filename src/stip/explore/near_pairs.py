# SPDX-License-Identifier: EUPL-1.2
"""Counting pairs of incidents that lie near each other, in compiled loops.

Pairs are found once and kept by distance band and point; a permutation of the times only counts over them again.
Points are put in the order of a coarse grid first, so that near points lie near each other in memory, and several
permutations are counted at once: the moments of a point in all of them lie side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from stip.errors import SettingsError
from stip.explore.near_input import Floats

Ints = npt.NDArray[np.int64]

MOST_PAIRS = 250_000_000

AT_ONCE = 16
"""So many permutations of the moments are counted in one go."""


@dataclass(frozen=True)
class NearPairs:
    """All pairs of points within the largest distance.

    Attributes
    ----------
    other : ndarray of int32, shape (pairs,)
        Place in ``order`` of the second point of each pair; by band, and within it by first point.
    begins : ndarray of int64, shape (bands, n + 1)
        Where in ``other`` the pairs of each first point begin, and where the last ones end.
    order : ndarray of int64, shape (n,)
        The points in the order in which the pairs number them.
    """

    other: npt.NDArray[np.int32]
    begins: Ints
    order: Ints

    def count(self, moments: Floats, edges: Floats) -> Ints:
        """Count the pairs by distance and by time between their moments.

        Parameters
        ----------
        moments : ndarray, shape (n, variants)
            In the order of ``order``.
        edges : ndarray, shape (times,)
            Largest time of each band, that itself included.

        Returns
        -------
        ndarray of int64, shape (variants, bands, times)
        """
        within: Ints = _count(self.begins, self.other, np.ascontiguousarray(moments), edges)
        return np.diff(within, axis=1, prepend=0).transpose(2, 0, 1)

    def count_dealt(self, moments: Floats, edges: Floats, *, permutations: int, seed: int) -> Iterator[Ints]:
        """Deal the moments out again over the points, and yield the counts of each dealing; arguments as `count`."""
        rng = np.random.default_rng(seed)
        for start in range(0, permutations, AT_ONCE):
            dealt = [rng.permutation(moments) for _ in range(min(AT_ONCE, permutations - start))]
            yield from self.count(np.column_stack(dealt), edges)


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
    ends = np.cumsum(sizes).reshape(sizes.shape)
    begins = np.concatenate((ends[:, :1] - sizes[:, :1], ends), axis=1)
    other = np.empty(int(ends[-1, -1]), dtype=np.int32)
    _fill(x, y, own_end, east_begin, east_end, squared, begins[:, :-1].copy(), other)
    return NearPairs(other, begins, order)


@njit(cache=True)
def _sizes(x, y, own_end, east_begin, east_end, squared):  # type: ignore[no-untyped-def]  # pragma: no cover
    sizes = np.zeros((len(squared), len(x)), dtype=np.int64)
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
                    sizes[band, i] += 1
    return sizes


@njit(cache=True)
def _fill(x, y, own_end, east_begin, east_end, squared, at, other):  # type: ignore[no-untyped-def]  # pragma: no cover
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
                    other[at[band, i]] = j
                    at[band, i] += 1


@njit(cache=True)
def _count(begins, other, moments, edges):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Count, for each band and variant, the pairs whose moments lie at most each of ``edges`` apart."""
    bands, variants = len(begins), moments.shape[1]
    within = np.zeros((bands, len(edges), variants), dtype=np.int64)
    held = np.empty(variants)  # floats, as the moments: the innermost loop is one of vectors then
    for band in range(bands):
        for edge in range(len(edges)):
            most = edges[edge]
            for i in range(len(moments)):
                if begins[band, i] == begins[band, i + 1]:
                    continue
                held[:] = 0.0
                for pair in range(begins[band, i], begins[band, i + 1]):
                    j = other[pair]
                    for at in range(variants):
                        held[at] += 1.0 if abs(moments[i, at] - moments[j, at]) <= most else 0.0
                for at in range(variants):
                    within[band, edge, at] += np.int64(held[at])
    return within
