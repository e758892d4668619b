# SPDX-License-Identifier: EUPL-1.2
"""Candidate places: connected and compact patches of cells, found by what they are worth.

There are far too many to write down (90 around each cell, for 2 to 6 cells at most 3 steps apart), so none is made
before it is asked for. The search asks for the patches that are worth most at given prices of cells:

- `AllPatches` answers for every patch there is, by sliding each shape over the plane. What it says is proof.
- `GrownPatches` grows one patch from each cell, always adding the neighbour worth most. It serves places that
  are too large to go through all shapes, and what it does not find stays unseen.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from stip.plan.region import Region, points_at_home
from stip.plan.shapes import Shape, polyominoes

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LARGEST_SHAPE = 8
"""Of 8 cells there are 2,725 shapes; of 9 already 9,910."""
MOST_ADDITIONS = 3e8
"""Additions that going once through all shapes may take; about half a second."""


class Patches(Protocol):
    """A source of candidate places. A patch is a row of cell numbers, ascending, filled up with -1."""

    complete: bool

    def best(self, net: Floats, *, above: float, limit: int) -> tuple[Ints, Floats]:
        """Return patches worth more than ``above`` at these net values of cells, best first, with their worth.

        At most ``limit``, and at most one around each cell, so that they differ.
        """
        ...

    def all_above(self, net: Floats, *, above: float, limit: int) -> tuple[Ints, bool]:
        """Return every patch worth at least ``above``, and whether these are indeed all."""
        ...


def patches_of(
    region: Region, *, cells: tuple[int, int], dwellings_minimum: int, steps: int | None = None
) -> Patches:
    """Return the candidates of a region: all of them where that can be done, else grown ones."""
    sizes = range(cells[0], min(cells[1], LARGEST_SHAPE) + 1)
    additions = sum(size * len(polyominoes(size, steps)) for size in sizes)
    rows, columns = region.shape
    if cells[1] <= LARGEST_SHAPE and additions * rows * columns <= MOST_ADDITIONS:
        return AllPatches(region, cells=cells, dwellings_minimum=dwellings_minimum, steps=steps)
    return GrownPatches(region, cells=cells, dwellings_minimum=dwellings_minimum, steps=steps)


class AllPatches:
    """Every connected patch of the region that is compact and keeps the dwellings rule.

    Parameters
    ----------
    cells : tuple of int
        Fewest and most cells in a patch.
    dwellings_minimum : int
        See `stip.plan.region.points_at_home`.
    steps : int, optional
        Most steps between two cells of a patch, see `stip.plan.shapes`; any number when left out.
    """

    complete = True

    def __init__(
        self, region: Region, *, cells: tuple[int, int], dwellings_minimum: int, steps: int | None = None
    ) -> None:
        self.region = region
        self.most = cells[1]
        rows, columns = region.shape
        known = region.plane(np.nan_to_num(region.dwellings), empty=0.0)
        unknown = region.plane(np.isnan(region.dwellings).astype(np.float64), empty=0.0)
        inside = region.plane(np.zeros(len(region)), empty=-np.inf)
        self._shapes: list[tuple[Shape, Ints]] = []
        for size in range(cells[0], cells[1] + 1):
            for shape in polyominoes(size, steps):
                if max(row for row, _ in shape) >= rows or max(column for _, column in shape) >= columns:
                    continue
                wrong = points_at_home(
                    _slide(known, shape), _slide(unknown, shape).astype(np.int64), dwellings_minimum
                )
                self._shapes.append((shape, np.flatnonzero(wrong & (_slide(inside, shape) == 0))))

    def _worth(self, plane: Floats, shape: Shape, wrong: Ints) -> Floats:
        worth = _slide(plane, shape)
        worth.ravel()[wrong] = -np.inf
        return worth

    def best(self, net: Floats, *, above: float, limit: int) -> tuple[Ints, Floats]:
        """Return the best patch around each cell; see `Patches.best`."""
        plane = self.region.plane(net, empty=-np.inf)
        best = np.full(self.region.shape, float(above))
        which = np.full(self.region.shape, -1, dtype=np.int64)
        for number, (shape, wrong) in enumerate(self._shapes):
            worth = self._worth(plane, shape, wrong)
            rows, columns = worth.shape
            better = worth > best[:rows, :columns]
            np.copyto(best[:rows, :columns], worth, where=better)
            which[:rows, :columns][better] = number
        at = np.flatnonzero(which.ravel() >= 0)
        worth = best.ravel()[at]
        order = np.lexsort((at, -worth))[:limit]
        return self._cells(at[order], which.ravel()[at[order]]), worth[order]

    def all_above(self, net: Floats, *, above: float, limit: int) -> tuple[Ints, bool]:
        """Return every patch worth at least ``above``; see `Patches.all_above`."""
        plane = self.region.plane(net, empty=-np.inf)
        columns = self.region.shape[1]
        found, worths = [], []
        for number, (shape, wrong) in enumerate(self._shapes):
            worth = self._worth(plane, shape, wrong)
            row, column = np.nonzero(worth >= above)
            found.append(self._cells(row * columns + column, np.full(len(row), number)))
            worths.append(worth[row, column])
        patches = np.concatenate(found) if found else np.empty((0, self.most), dtype=np.int64)
        if len(patches) <= limit:
            return patches, True
        order = np.argsort(-np.concatenate(worths), kind="stable")[:limit]
        return patches[order], False

    def _cells(self, at: Ints, which: Ints) -> Ints:
        row, column = np.divmod(at, self.region.shape[1])
        patches = np.full((len(at), self.most), -1, dtype=np.int64)
        for number in np.unique(which):
            shape = np.array(self._shapes[number][0])
            chosen = which == number
            spots = self.region.index[row[chosen, None] + shape[:, 0], column[chosen, None] + shape[:, 1]]
            patches[chosen, : len(shape)] = np.sort(spots, axis=1)
        return patches


def _slide(plane: Floats, shape: Shape) -> Floats:
    """Return the sum over the shape at each spot where it fits on the plane."""
    rows = plane.shape[0] - max(row for row, _ in shape)
    columns = plane.shape[1] - max(column for _, column in shape)
    total = np.zeros((rows, columns))
    for row, column in shape:
        total += plane[row : row + rows, column : column + columns]
    return total


class GrownPatches:
    """One patch from each cell, grown greedily; the parameters are those of `AllPatches`."""

    complete = False

    def __init__(
        self, region: Region, *, cells: tuple[int, int], dwellings_minimum: int, steps: int | None = None
    ) -> None:
        self.region = region
        self.fewest, self.most = cells
        self.minimum = dwellings_minimum
        self.steps = steps

    def best(self, net: Floats, *, above: float, limit: int) -> tuple[Ints, Floats]:
        """Return the best patch grown from each cell; see `Patches.best`."""
        count = len(self.region)
        patch = np.full((count, self.most), -1, dtype=np.int64)
        patch[:, 0] = np.arange(count)
        best, worth = patch.copy(), np.full(count, -np.inf)
        known, unknown = np.nan_to_num(self.region.dwellings), np.isnan(self.region.dwellings)
        for size in range(1, self.most + 1):
            if size > 1 and not self._add_best(patch, size - 1, net):
                break
            full = patch[:, size - 1] >= 0
            members = patch[:, :size]
            total = net[members].sum(axis=1)
            wrong = points_at_home(known[members].sum(axis=1), unknown[members].sum(axis=1), self.minimum)
            better = full & ~wrong & (total > worth) & (size >= self.fewest)
            best[better], worth[better] = patch[better], total[better]
        kept = np.flatnonzero(worth > above)
        kept = kept[np.lexsort((kept, -worth[kept]))]
        patches = np.sort(np.where(best[kept] < 0, np.iinfo(np.int64).max, best[kept]), axis=1)
        patches[patches == np.iinfo(np.int64).max] = -1
        _, first = np.unique(patches, axis=0, return_index=True)
        first = np.sort(first)[:limit]
        return patches[first], worth[kept[first]]

    def all_above(self, net: Floats, *, above: float, limit: int) -> tuple[Ints, bool]:
        """Return what can be grown; never all there is."""
        return self.best(net, above=above, limit=limit)[0], False

    def _add_best(self, patch: Ints, size: int, net: Floats) -> bool:
        """Put the neighbour worth most in column ``size`` of each patch that still grows; tell whether any did."""
        members = patch[:, :size]
        grown = patch[:, size - 1] >= 0
        around = self.region.neighbours[members].reshape(len(patch), size * self.region.neighbours.shape[1])
        usable = (around >= 0) & grown[:, None]
        for member in range(size):
            usable &= around != patch[:, member, None]
        if self.steps is not None:
            for line in (self.region.row + self.region.column, self.region.row - self.region.column):
                low, high = line[members].min(axis=1), line[members].max(axis=1)
                usable &= line[around] <= low[:, None] + self.steps
                usable &= line[around] >= high[:, None] - self.steps
        worth = np.where(usable, net[around], -np.inf)
        choice = worth.argmax(axis=1)
        rows = np.arange(len(patch))
        found = np.isfinite(worth[rows, choice])
        patch[found, size] = around[rows, choice][found]
        return bool(found.any())
