# SPDX-License-Identifier: EUPL-1.2
"""What people know better: places added, moved, lowered or dropped, applied before anything is chosen.

Decisions are followed in the order in which they were taken; the last word on a cell counts.

- *add*: the cells are a place of the plan, equal to suggested ones.
- *drop*: no place there this week; with a crime type, only that type does not count there.
- *move*: drop the old cells, add the new.
- *lower*: what is expected there counts half (of one type, when one is named).

The outlook itself is never changed, so both it and the decision can be scored afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.plan.value import Expectation

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LOWERED = 0.5
"""What a lowered cell counts for; lowered twice, a quarter."""


@dataclass(frozen=True)
class OwnPlace:
    """A place that people added."""

    cells: tuple[int, ...]
    reason: str


@dataclass(frozen=True, eq=False)
class Wishes:
    """The standing decisions of a week, taken together.

    Attributes
    ----------
    factor : ndarray, shape (n, t)
        What each type in each cell counts for.
    own : tuple of OwnPlace
    dropped : dict of int to str
        Why no place may lie in a cell.
    """

    factor: Floats
    own: tuple[OwnPlace, ...] = ()
    dropped: dict[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.own or self.dropped or (self.factor != 1).any())


def apply_overrides(overrides: pd.DataFrame, expected: Expectation) -> Wishes:
    """Take the standing decisions of a week together.

    Parameters
    ----------
    overrides : DataFrame
        OVERRIDE contract.

    Returns
    -------
    Wishes
        Cells outside the study area are left out.
    """
    factor = np.ones_like(expected.expected)
    own: list[OwnPlace] = []
    dropped: dict[int, str] = {}
    inside = set(expected.cells.tolist())
    for row in overrides.sort_values("at", kind="stable").to_dict("records"):
        cells, kind, reason = _known(row["cells"], inside), row["kind"], str(row["reason"])
        if kind == "lower" or (kind == "drop" and not pd.isna(row["crime_type"])):
            rows = expected.rows(np.array(sorted(cells), dtype=np.int64))
            factor[np.ix_(rows, _types(row["crime_type"], expected.types))] *= LOWERED if kind == "lower" else 0.0
        elif kind in ("drop", "move"):
            own = [place for place in own if not cells & set(place.cells)]
            dropped |= dict.fromkeys(cells, reason)
        target = cells if kind == "add" else _known(row["to_cells"], inside) if kind == "move" else set()
        if target:
            own = [place for place in own if not target & set(place.cells)]
            own.append(OwnPlace(tuple(sorted(target)), reason))
            dropped = {cell: why for cell, why in dropped.items() if cell not in target}
    return Wishes(factor, tuple(own), dropped)


def _known(cells: Iterable[int] | None, inside: set[int]) -> set[int]:
    return set() if cells is None else {int(cell) for cell in cells} & inside


def _types(crime_type: str | None, types: tuple[str, ...]) -> Ints:
    chosen = [number for number, name in enumerate(types) if pd.isna(crime_type) or name == crime_type]
    return np.array(chosen, dtype=np.int64)
