# SPDX-License-Identifier: EUPL-1.2
"""Which cells come first, and how many incidents fell in them; ties are shared out, not decided by accident."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stip.errors import SettingsError
from stip.outlook.area import Doubles

TIERS = (1, 3, 5, 10)
"""Per cent of the area at which the tiers of an outlook end."""


def cells_in(area_share: float, n_cells: int) -> int:
    """Return how many cells a share of the area is: rounded, at least one.

    Raises
    ------
    SettingsError
        When the share is not between 0 and 1.
    """
    if not 0 < area_share <= 1:
        raise SettingsError(
            f"Een deel van het gebied van {area_share} bestaat niet. Kies een getal boven 0 tot en met 1."
        )
    return max(1, round(area_share * n_cells))


def share_of(area_share: float, n_cells: int) -> float:
    """Return the share of the area that those whole cells really are.

    Examples
    --------
    >>> share_of(0.01, 40)
    0.025
    """
    return cells_in(area_share, n_cells) / n_cells


def hits_at(expected: Doubles, came: Doubles, *, area_share: float) -> float:
    """Return the incidents in the cells that were expected to hold most.

    Where cells tie for the last places, each gets an equal share of them: the mean over all ways to break the tie.

    Parameters
    ----------
    expected, came : ndarray, shape (n,)
    area_share : float
    """
    above, tied, part = _chosen(expected, area_share)
    return float(came[above].sum() + came[tied].sum() * part)


def chosen_at(expected: Doubles, *, area_share: float) -> Doubles:
    """Return which part of each cell is among those expected to hold most: 1, 0, or its share of a tie.

    What came in the town, times these, sums to `hits_at`; summed by district it tells whom they fell to.

    Parameters
    ----------
    expected : ndarray, shape (n,)
    area_share : float
    """
    above, tied, part = _chosen(expected, area_share)
    return np.where(above, 1.0, np.where(tied, part, 0.0))


def _chosen(expected: Doubles, area_share: float) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], float]:
    k = cells_in(area_share, len(expected))
    limit = np.partition(expected, len(expected) - k)[len(expected) - k]
    above = expected > limit
    tied = expected == limit
    return above, tied, (k - int(above.sum())) / int(tied.sum())


def best_hits_at(came: Doubles, *, area_share: float) -> float:
    """Return the most incidents that so many cells could have held."""
    return hits_at(came, came, area_share=area_share)


def tiers_of(expected: Doubles, seed: int) -> npt.NDArray[np.int8]:
    """Return the tier of each cell: 1, 3, 5 or 10 per cent of the area, or 100; ties by a seeded draw."""
    tie_breaker = np.random.default_rng(seed).permutation(len(expected))
    order = np.lexsort((tie_breaker, -expected))
    tier = np.full(len(expected), 100, dtype=np.int8)
    for per_cent in reversed(TIERS):
        tier[order[: cells_in(per_cent / 100, len(expected))]] = per_cent
    return tier
