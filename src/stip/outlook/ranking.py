# SPDX-License-Identifier: EUPL-1.2
"""Which cells come first, and how many incidents fell in them; ties are shared out, not decided by accident."""

from __future__ import annotations

from collections.abc import Iterator

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
    return hits_at_each(expected, came, (area_share,))[0]


def hits_at_each(expected: Doubles, came: Doubles, area_shares: tuple[float, ...]) -> list[float]:
    """Return `hits_at` each share of the area; the cells are put in order once, and only where something came."""
    some = np.flatnonzero(came)
    there, came = expected[some], came[some]
    found = []
    for limit, part in _limits(expected, area_shares):
        found.append(float(came[there > limit].sum() + came[there == limit].sum() * part))
    return found


def chosen_at(expected: Doubles, *, area_share: float) -> Doubles:
    """Return which part of each cell is among those expected to hold most: 1, 0, or its share of a tie.

    What came in the town, times these, sums to `hits_at`; summed by district it tells whom they fell to.

    Parameters
    ----------
    expected : ndarray, shape (n,)
    area_share : float
    """
    ((limit, part),) = _limits(expected, (area_share,))
    return np.where(expected > limit, 1.0, np.where(expected == limit, part, 0.0))


def _limits(expected: Doubles, area_shares: tuple[float, ...]) -> Iterator[tuple[float, float]]:
    """Yield, for each share, the value of the last cell in it, and which part of those with that value is in it."""
    sizes = [cells_in(share, len(expected)) for share in area_shares]
    places = [len(expected) - size for size in sizes]
    ordered = np.partition(expected, places)
    for size, place in zip(sizes, places, strict=True):
        limit = ordered[place]
        above = int(np.count_nonzero(expected > limit))
        yield float(limit), (size - above) / int(np.count_nonzero(expected == limit))


def best_hits_at(came: Doubles, *, area_share: float) -> float:
    """Return the most incidents that so many cells could have held."""
    some = np.sort(came[came > 0])  # in an ordinary week next to none of the cells
    return float(some[-cells_in(area_share, len(came)) :].sum())


def tiers_of(expected: Doubles, seed: int) -> npt.NDArray[np.int8]:
    """Return the tier of each cell: 1, 3, 5 or 10 per cent of the area, or 100; ties by a seeded draw."""
    tie_breaker = np.random.default_rng(seed).permutation(len(expected))
    order = np.lexsort((tie_breaker, -expected))
    tier = np.full(len(expected), 100, dtype=np.int8)
    for per_cent in reversed(TIERS):
        tier[order[: cells_in(per_cent / 100, len(expected))]] = per_cent
    return tier
