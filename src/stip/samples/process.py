# SPDX-License-Identifier: EUPL-1.2
r"""What happens, day by day: a background, and for two types the echo of what happened before.

The process lives on days and cells. Given the days before, the count in a cell is Poisson with mean

.. math:: \lambda(c, d) = \mu(c, d) + n \sum_{l=1}^{L} g(l) \sum_{c'} N(c', d - l) K(c', c)

a discrete-time Hawkes process (Mohler et al. 2011 use the continuous form). Its mean is linear in the past, so what a
coming week holds, given all before its Monday, follows exactly by putting expected counts in place of counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from stip.samples.chance import chance
from stip.samples.risk import TYPES, Background
from stip.space import Grid

Floats = npt.NDArray[np.float64]

# Children of an incident on average, for each of TYPES.
BRANCHING = (0.28, 0.22, 0.0, 0.0)
# Chance of each weekday, Monday first.
_WEEKDAY = np.array(
    [
        [0.13, 0.13, 0.14, 0.14, 0.17, 0.17, 0.12],
        [0.14, 0.14, 0.14, 0.14, 0.15, 0.15, 0.14],
        [0.14, 0.15, 0.15, 0.15, 0.16, 0.14, 0.11],
        [0.11, 0.11, 0.12, 0.13, 0.19, 0.21, 0.13],
    ]
)
_LAG_DAYS = 20
_LAG_SCALE_DAYS = 5.5
_REACH_M = 260.0  # between the middles of cells
_SPREAD_M = 105.0


@dataclass(frozen=True)
class Echo:
    """How one incident draws the next.

    Attributes
    ----------
    lag : ndarray, shape (days,)
        Chance that a child comes 1, 2, … days later; sums to 1.
    kernel : csr_array, shape (cells, cells)
        Chance that a child of the row's cell falls in the column's; rows sum to 1.
    """

    lag: Floats
    kernel: csr_array


def echo_of(cells: npt.NDArray[np.int64], base: Floats, grid: Grid) -> Echo:
    """Return the echo of a type: near, soon, and only where something can happen."""
    lag = np.exp(-np.arange(1, _LAG_DAYS + 1) / _LAG_SCALE_DAYS)
    middle = np.column_stack(grid.centre(cells))
    near = cKDTree(middle).sparse_distance_matrix(cKDTree(middle), _REACH_M, output_type="coo_matrix")
    weight = np.exp(-0.5 * (near.data / _SPREAD_M) ** 2) * np.sqrt(base[near.col])
    kernel = csr_array((weight, (near.row, near.col)), shape=(len(cells), len(cells)))
    kernel.sort_indices()
    total = np.asarray(kernel.sum(axis=1)).ravel()
    scale = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    kernel.data *= np.repeat(scale, np.diff(kernel.indptr))
    return Echo(lag / lag.sum(), kernel)


def happen(background: Background, echoes: list[Echo], *, seed: int) -> pd.DataFrame:
    """Draw all incidents.

    Returns
    -------
    DataFrame
        ``kind`` (row in `TYPES`), ``day`` (from the first Monday on), ``cell`` (row of the cell), ``parent``
        (row of this table, −1 for the background); ordered by kind, then by generation.
    """
    weeks = background.season.shape[1]
    parts, offset = [], 0
    for kind, name in enumerate(TYPES):
        rng = chance(seed, f"incidents {name}")
        rate = background.rate(kind)
        counts = rng.poisson(rate.sum(axis=1))
        cells = np.concatenate(
            [_pick(rate[week], rng.random(count)) for week, count in enumerate(counts)] or [np.empty(0, np.int64)]
        )
        weekday = _pick(_WEEKDAY[kind], rng.random(len(cells)))
        born = pd.DataFrame(
            {
                "kind": kind,
                "day": np.repeat(np.arange(weeks) * 7, counts) + weekday,
                "cell": cells,
                "parent": -1,
            }
        )
        family = [born]
        while BRANCHING[kind] and len(family[-1]):
            first = offset + sum(map(len, family[:-1]))
            family.append(_children(family[-1], first, echoes[kind], BRANCHING[kind], weeks * 7, rng))
        parts.append(pd.concat(family, ignore_index=True))
        offset += len(parts[-1])
    return pd.concat(parts, ignore_index=True)


def _children(
    parents: pd.DataFrame, first: int, echo: Echo, branching: float, days: int, rng: np.random.Generator
) -> pd.DataFrame:
    counts = rng.poisson(branching, len(parents))
    parent = np.repeat(np.arange(len(parents)), counts)
    day = parents["day"].to_numpy()[parent] + 1 + _pick(echo.lag, rng.random(len(parent)))
    luck = rng.random(len(parent))
    start = parents["cell"].to_numpy()[parent]
    cell = np.empty(len(parent), dtype=np.int64)
    for child, origin in enumerate(start):
        row = slice(echo.kernel.indptr[origin], echo.kernel.indptr[origin + 1])
        cell[child] = echo.kernel.indices[row][_pick(echo.kernel.data[row], luck[child : child + 1])[0]]
    born = pd.DataFrame({"kind": parents["kind"].iloc[0], "day": day, "cell": cell, "parent": first + parent})
    return born[born["day"] < days].reset_index(drop=True)


def _pick(odds: Floats, luck: Floats) -> npt.NDArray[np.int64]:
    """Return which of the odds each number between 0 and 1 falls on."""
    ladder = np.cumsum(odds)
    return np.minimum(np.searchsorted(ladder, luck * ladder[-1], side="right"), len(odds) - 1)


def echoes_expected(incidents: pd.DataFrame, background: Background, echoes: list[Echo]) -> Floats:
    """Return the expected near repeats of each week given all before its Monday, shape (types, weeks, cells).

    Children of children within the week count too; that is what makes it the exact conditional mean.
    """
    weeks, cells = background.season.shape[1], background.base.shape[1]
    found = np.zeros((len(TYPES), weeks, cells))
    for kind in range(len(TYPES)):
        if not BRANCHING[kind]:
            continue
        rate, echo = background.rate(kind), echoes[kind]
        spread = echo.kernel.T.tocsr()
        spread.sort_indices()
        mine = incidents[incidents["kind"] == kind]
        happened = np.zeros((weeks * 7 + _LAG_DAYS, cells))
        np.add.at(happened, (mine["day"].to_numpy() + _LAG_DAYS, mine["cell"].to_numpy()), 1.0)
        share = _WEEKDAY[kind] / _WEEKDAY[kind].sum()
        for week in range(weeks):
            past = happened[week * 7 : week * 7 + _LAG_DAYS + 7].copy()
            past[_LAG_DAYS:] = 0.0  # nothing of the week itself is known
            for weekday in range(7):
                drawn = BRANCHING[kind] * (echo.lag[::-1] @ past[weekday : weekday + _LAG_DAYS])
                repeats = spread @ drawn
                past[weekday + _LAG_DAYS] = rate[week] * share[weekday] + repeats
                found[kind, week] += repeats
    return found
