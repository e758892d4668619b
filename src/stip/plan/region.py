# SPDX-License-Identifier: EUPL-1.2
"""The cells that places are made of, laid on a plane."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from stip.space import Grid

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Region:
    """Cells with what they are worth.

    Attributes
    ----------
    cells : ndarray of int64, shape (n,)
        In ascending order.
    value : ndarray, shape (n,)
        Worth of each cell, see `stip.plan.value`.
    dwellings : ndarray, shape (n,)
        Not a number where unknown.
    """

    cells: Ints
    value: Floats
    dwellings: Floats

    def __len__(self) -> int:
        return len(self.cells)

    @cached_property
    def _place(self) -> tuple[Ints, Ints]:
        column, row = Grid.column_row(self.cells)
        if len(self.cells) == 0:
            return row, column
        return row - row.min(), column - column.min()

    @property
    def row(self) -> Ints:
        """Row of each cell on the plane."""
        return self._place[0]

    @property
    def column(self) -> Ints:
        """Column of each cell on the plane."""
        return self._place[1]

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the plane."""
        if len(self.cells) == 0:
            return (0, 0)
        return int(self.row.max()) + 1, int(self.column.max()) + 1

    @cached_property
    def index(self) -> Ints:
        """Number of the cell at each spot of the plane, -1 where there is none."""
        plane = np.full(self.shape, -1, dtype=np.int64)
        plane[self.row, self.column] = np.arange(len(self.cells))
        return plane

    def plane(self, values: Floats, *, empty: float) -> Floats:
        """Lay a value of each cell on the plane."""
        laid = np.full(self.shape, empty)
        laid[self.row, self.column] = values
        return laid

    @cached_property
    def neighbours(self) -> Ints:
        """Number of the cell north, east, south and west of each, -1 where there is none; shape (n, 4)."""
        padded = np.pad(self.index, 1, constant_values=-1)
        row, column = self.row + 1, self.column + 1
        return np.stack(
            [padded[row + 1, column], padded[row, column + 1], padded[row - 1, column], padded[row, column - 1]],
            axis=1,
        )

    def only(self, keep: npt.NDArray[np.bool_]) -> Region:
        """Return the region of these cells alone."""
        return Region(self.cells[keep], self.value[keep], self.dwellings[keep])

    def without(self, cells: Ints) -> Region:
        """Return the region without these cells."""
        return self.only(~np.isin(self.cells, cells))


def points_at_home(known: Floats, unknown: Ints, minimum: int) -> npt.NDArray[np.bool_]:
    """Tell which places hold so few dwellings that they would point at a home.

    Parameters
    ----------
    known : ndarray
        Dwellings in the cells of which the number is known.
    unknown : ndarray of int
        Cells of which it is not. A place with such cells is *unknown*, not refused.
    minimum : int
        A place holds none, or at least so many.
    """
    return (known > 0) & (known < minimum) & (unknown == 0)


def a_home(dwellings: Floats, minimum: int) -> bool:
    """Tell whether the one place made of cells with these dwellings would point at a home."""
    known, unknown = np.array([np.nansum(dwellings)]), np.array([np.isnan(dwellings).sum()])
    return bool(points_at_home(known, unknown, minimum)[0])
