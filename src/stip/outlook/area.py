# SPDX-License-Identifier: EUPL-1.2
"""The study area as a raster: where each cell lies, and how mass is smoothed without leaking over the border."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from stip.errors import ContractError
from stip.outlook.gaussian import add_points, finish_at, gaussian, halfway
from stip.space import Grid

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

Ints = npt.NDArray[np.int32]

_REACH = 4.0  # a Gaussian is cut off after so many widths: 0.006 % of its mass lies outside
_REACH_OF_RASTER = 3.0  # a wide one earlier: 0.3 %, and what is kept is scaled to the whole
_AT_ONCE = 200_000  # points whose kernels are held in memory in one go


@dataclass(frozen=True, eq=False)
class StudyArea:
    """The cells that are looked at, embedded in the rectangle around them.

    Parameters
    ----------
    grid : Grid
    cells : ndarray of int64, shape (n,)
        Unique, ascending.
    zone : ndarray of int32, shape (n,), optional
        Number of the neighbourhood each cell lies in, from 0; without it, squares of about a kilometre.
    """

    grid: Grid
    cells: npt.NDArray[np.int64]
    zone: Ints | None = None

    def __post_init__(self) -> None:
        if len(self.cells) == 0:
            raise ContractError("Er is geen enkel vak in het gebied. Lees de buurten in en doe ‘stip link’.")
        if (np.diff(self.cells) <= 0).any():
            raise ContractError("De vakken staan niet op volgorde of een vak staat er twee keer in.")

    def __len__(self) -> int:
        return len(self.cells)

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Columns and rows of the rectangle."""
        column, row = self.grid.column_row(self.cells)
        return int(column.max() - column.min()) + 1, int(row.max() - row.min()) + 1

    @cached_property
    def column_row(self) -> tuple[Ints, Ints]:
        """Column and row of each cell within the rectangle."""
        column, row = self.grid.column_row(self.cells)
        return (column - column.min()).astype(np.int32), (row - row.min()).astype(np.int32)

    @cached_property
    def zones(self) -> Ints:
        """Number of the neighbourhood each cell lies in, from 0."""
        if self.zone is not None:
            return self.zone
        column, row = (along // max(1, round(1000 / self.grid.cell_m)) for along in self.column_row)
        return np.unique(column * (row.max() + 1) + row, return_inverse=True)[1].astype(np.int32)

    @cached_property
    def position(self) -> npt.NDArray[np.int64]:
        """Place of each cell in the flattened rectangle."""
        column, row = self.column_row
        return column.astype(np.int64) * self.shape[1] + row

    @cached_property
    def _cell_of_position(self) -> Ints:
        """Index of the cell at each place of the flattened rectangle, and ``len(self)`` where there is none."""
        index = np.full(self.shape[0] * self.shape[1], len(self), dtype=np.int32)
        index[self.position] = np.arange(len(self), dtype=np.int32)
        return index

    def index_of(self, cells: npt.NDArray[np.int64]) -> Ints:
        """Return the index of each cell in the study area, -1 when it lies outside."""
        place = np.minimum(np.searchsorted(self.cells, cells), len(self) - 1)
        return np.where(self.cells[place] == cells, place, -1).astype(np.int32)

    def spread(self, values: Floats) -> Floats:
        """Return values by cell, shape (…, n), as a raster, 0 outside the study area."""
        raster = np.zeros((*values.shape[:-1], self.shape[0] * self.shape[1]), dtype=np.float32)
        raster[..., self.position] = values
        return raster.reshape(*values.shape[:-1], *self.shape)

    def gather(self, raster: Floats) -> Floats:
        """Return the raster's values at the cells, shape (…, n)."""
        return raster.reshape(*raster.shape[:-2], -1)[..., self.position]

    def smooth(self, values: Floats, width_m: float) -> Floats:
        """Spread each cell's mass over its surroundings by a Gaussian, keeping the total.

        Parameters
        ----------
        values : ndarray, shape (n,) or (k, n)
        width_m : float
            Standard deviation of the Gaussian; 0 leaves the values as they are.
        """
        if width_m == 0:
            return values.astype(np.float32, copy=True)
        return self._blur(values / self._kept(width_m), width_m)

    def spread_towards(self, values: Floats | Doubles, draw: Floats | Doubles, width_m: float) -> Floats:
        """Spread each cell's mass by a Gaussian times how much each cell round it draws, keeping the total.

        Parameters
        ----------
        values, draw : ndarray, shape (n,)
            What is spread, and how much each cell draws of it, above 0.
        width_m : float
            Standard deviation of the Gaussian, between the middles of cells; above 0.

        Raises
        ------
        ContractError
            When a cell draws nothing at all, or less than single precision can hold.
        """
        drawing = draw.astype(np.float32)
        reached = self._blur(drawing, width_m)
        # What leaves a cell is divided by all that draws it, so the border of the study area needs no care.
        if not (drawing > 0).all() or not (reached > 0).all():
            raise ContractError("Een vak trekt niets aan: elk vak moet meer dan nul wegen.")
        return np.asarray(drawing * self._blur((values / reached).astype(np.float32), width_m))

    def _blur(self, values: Floats, width_m: float) -> Floats:
        width = width_m / self.grid.cell_m
        several = values.reshape(-1, len(self))
        return gaussian(several, self.position, self.shape, width, reach=_REACH_OF_RASTER).reshape(values.shape)

    def halfway(self, values: Floats, width_m: float) -> Floats:
        """Do the half of `smooth` that all cells need; `smoothed_at` does the other half for a few."""
        width = width_m / self.grid.cell_m
        return halfway(values / self._kept(width_m), self.position, self.shape, width, reach=_REACH_OF_RASTER)

    def smoothed_at(self, spread: list[Floats], width_m: float, cells: Ints) -> list[Floats]:
        """Return what `smooth` returns at some cells (by index), for each that is `halfway`."""
        position, width = self.position[cells], width_m / self.grid.cell_m
        return [finish_at(each, position, width, reach=_REACH_OF_RASTER) for each in spread]

    def _kept(self, width_m: float) -> Floats:
        """Share of a cell's smoothed mass that stays in the study area."""
        known: dict[float, Floats] = self.__dict__.setdefault("_kept_by_width", {})
        if width_m not in known:
            known[width_m] = self._blur(np.ones(len(self), dtype=np.float32), width_m)
        return known[width_m]

    def splat(
        self, cell_index: Ints, east_m: Floats, north_m: Floats, weights: Doubles, *, width_m: float
    ) -> Doubles:
        """Spread points by a Gaussian around their exact place and return the mass that falls in each cell.

        The Gaussian is integrated over each cell, not read at its middle: that matters when the width is smaller
        than the cell. Mass that would fall outside the study area goes to the cells inside, so that the
        total stays what it was.

        Parameters
        ----------
        cell_index : ndarray of int32, shape (p,)
            Cell each point lies in.
        east_m, north_m : ndarray, shape (p,)
            Metres from the south-west corner of that cell.
        weights : ndarray, shape (k, p)
            Mass of each point, in k variants that share the kernel.
        width_m : float
            Standard deviation, above 0.

        Returns
        -------
        ndarray of float64, shape (k, n)
        """
        out = np.zeros((len(weights), len(self)))
        reach = int(np.ceil(_REACH * width_m / self.grid.cell_m))
        step = np.arange(-reach, reach + 1)
        column, row = self.column_row
        for start in range(0, len(cell_index), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            in_x, in_y = (_mass(offset[part], step, self.grid.cell_m, width_m) for offset in (east_m, north_m))
            cells = cell_index[part]
            at = self._cell_of_position.reshape(self.shape)
            add_points(out, at, column[cells], row[cells], in_x, in_y, np.ascontiguousarray(weights[:, part].T))
        return out


def _mass(offset_m: Floats, step: npt.NDArray[np.int64], cell_m: int, width_m: float) -> Doubles:
    """Return the Gaussian mass in each cell along one axis, for points ``offset_m`` from their own cell's edge."""
    edges = (np.append(step, step[-1] + 1) * cell_m - offset_m[:, None].astype(np.float64)) / width_m
    return np.diff(ndtr(edges), axis=1)
