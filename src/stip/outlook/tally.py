# SPDX-License-Identifier: EUPL-1.2
"""Adding arrivals up in one pass over them: every model asks for such sums, every week."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def in_cells(cell, kind, occurred, weight, number, first, until, n_cells):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Return the weight in each cell of what is of a type and occurred from one week until (not in) another."""
    out = np.zeros(n_cells)
    for at in range(len(cell)):
        if kind[at] == number and first <= occurred[at] < until:
            out[cell[at]] += weight[at]
    return out


@njit(cache=True, nogil=True)
def by_week(kind, occurred, weight, number, first, weeks):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Return the weight of a type in each of so many weeks from the first."""
    out = np.zeros(weeks)
    for at in range(len(kind)):
        if kind[at] == number and first <= occurred[at] < first + weeks:
            out[occurred[at] - first] += weight[at]
    return out


@njit(cache=True, nogil=True)
def by_age_and_delay(kind, occurred, known, weight, number, cutoff, missing, ages, delays):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Return the weight of a type by the age of its week at the cut-off and by how late it became known.

    Parameters
    ----------
    missing : ndarray of int64
        Weeks without a delivery, ascending: a week has no more age than it had before the first of them after it.
    ages, delays : int
        So many of each; what is later than the last delay stands in it.
    """
    out = np.zeros((ages, delays))
    for at in range(len(kind)):
        if kind[at] != number or occurred[at] < cutoff - ages:
            continue
        age = cutoff - 1 - occurred[at]
        for week in missing:
            if week >= occurred[at]:
                age = min(age, week - occurred[at] - 1)
                break
        delay = min(max(known[at] - occurred[at], 0), delays - 1)
        out[min(max(age, 0), ages - 1), delay] += weight[at]
    return out
