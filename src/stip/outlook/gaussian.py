# SPDX-License-Identifier: EUPL-1.2
"""A Gaussian over a raster, first along one axis and then along the other; nothing comes in from outside.

As `scipy.ndimage.gaussian_filter` with ``mode="constant"``, in single precision throughout: two to three times as
fast, and the outlook asks for it sixty times a week.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
from numba import njit

_Floats = npt.NDArray[np.float32]


def gaussian(
    values: _Floats, position: npt.NDArray[np.int64], shape: tuple[int, int], width: float, *, reach: float
) -> _Floats:
    """Spread each value over its surroundings, and return what comes at the places of the values.

    Parameters
    ----------
    values : ndarray of float32, shape (k, n)
        Of several rasters that are spread alike; elsewhere they are 0.
    position : ndarray of int64, shape (n,)
        Place of each value in the flattened raster.
    shape : (int, int)
        Columns and rows of the raster.
    width : float
        Standard deviation, in cells; above 0.
    reach : float
        The Gaussian is cut off after so many standard deviations, and then scaled to the whole.
    """
    out: _Floats = _spread(np.ascontiguousarray(values, dtype=np.float32), position, *shape, _kernel(width, reach))
    return out


def halfway(
    values: _Floats, position: npt.NDArray[np.int64], shape: tuple[int, int], width: float, *, reach: float
) -> _Floats:
    """Spread each value along the first axis alone, shape (k, columns, rows); arguments as in `gaussian`."""
    out: _Floats = _half(np.ascontiguousarray(values, dtype=np.float32), position, *shape, _kernel(width, reach))
    return out


def finish_at(spread: _Floats, position: npt.NDArray[np.int64], width: float, *, reach: float) -> _Floats:
    """Return what `gaussian` returns, at a few places alone, to the last bit: from one that is `halfway`."""
    out: _Floats = _finish(spread, position, _kernel(width, reach))
    return out


@njit(cache=True, nogil=True)
def add_points(out, cell_at, column, row, in_x, in_y, weights):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Add points to the cells around them, in ``out`` of shape (k, n).

    Parameters
    ----------
    cell_at : ndarray of int32, shape (columns, rows)
        The cell at each place of the raster, n where there is none; that mass goes to the cells that are there.
    column, row : ndarray of int32, shape (p,)
        Place of each point's own cell.
    in_x, in_y : ndarray of float64, shape (p, 2 * reach + 1)
        Share of its mass in each column and row around it.
    weights : ndarray of float64, shape (p, k)
    """
    columns, rows = cell_at.shape
    around = in_x.shape[1]
    reach = around // 2
    nowhere = out.shape[1]
    for point in range(len(column)):
        first_column, first_row = column[point] - reach, row[point] - reach
        inside = 0.0
        for x in range(max(0, -first_column), min(around, columns - first_column)):
            for y in range(max(0, -first_row), min(around, rows - first_row)):
                if cell_at[first_column + x, first_row + y] < nowhere:
                    inside += in_x[point, x] * in_y[point, y]
        for x in range(max(0, -first_column), min(around, columns - first_column)):
            for y in range(max(0, -first_row), min(around, rows - first_row)):
                cell = cell_at[first_column + x, first_row + y]
                if cell < nowhere:
                    mass = in_x[point, x] * in_y[point, y] / inside
                    for variant in range(weights.shape[1]):
                        out[variant, cell] += mass * weights[point, variant]


@cache
def _kernel(width: float, reach: float) -> _Floats:
    steps = np.arange(int(reach * width + 0.5) + 1)
    kernel = np.exp(-0.5 * (steps / width) ** 2)
    return np.asarray(kernel / (2 * kernel.sum() - kernel[0]), dtype=np.float32)


@njit(cache=True, nogil=True)
def _spread(values, position, columns, rows, kernel):  # type: ignore[no-untyped-def]  # pragma: no cover
    out = np.empty_like(values)
    raster = np.empty((columns, rows), dtype=np.float32)
    for each in range(len(values)):
        _across_columns(values[each], position, raster, kernel)
        spread = _along_rows(raster, kernel).ravel()
        for at in range(len(position)):
            out[each, at] = spread[position[at]]
    return out


@njit(cache=True, nogil=True)
def _half(values, position, columns, rows, kernel):  # type: ignore[no-untyped-def]  # pragma: no cover
    out = np.empty((len(values), columns, rows), dtype=np.float32)
    for each in range(len(values)):
        _across_columns(values[each], position, out[each], kernel)
    return out


@njit(cache=True, nogil=True)
def _finish(spread, position, kernel):  # type: ignore[no-untyped-def]  # pragma: no cover
    rows = spread.shape[1]
    nothing = np.float32(0)
    out = np.empty(len(position), dtype=np.float32)
    for at in range(len(position)):
        line, row = spread[position[at] // rows], position[at] % rows
        value = kernel[0] * line[row]
        for step in range(1, len(kernel)):
            before = line[row - step] if row >= step else nothing
            after = line[row + step] if row + step < rows else nothing
            value += kernel[step] * (before + after)
        out[at] = value
    return out


@njit(cache=True, nogil=True)
def _across_columns(values, position, out, kernel):  # type: ignore[no-untyped-def]  # pragma: no cover
    columns, rows = out.shape
    reach = len(kernel) - 1
    padded = np.zeros((columns + 2 * reach, rows), dtype=np.float32)
    raster = padded[reach : reach + columns].reshape(columns * rows)
    for at in range(len(position)):
        raster[position[at]] = values[at]
    for column in range(columns):
        at = reach + column
        _weigh(out[column], padded[at], kernel[0])
        for step in range(1, reach + 1):
            _add(out[column], padded[at - step], padded[at + step], kernel[step])


@njit(cache=True, nogil=True)
def _along_rows(raster, kernel):  # type: ignore[no-untyped-def]  # pragma: no cover
    columns, rows = raster.shape
    reach = len(kernel) - 1
    out = np.empty_like(raster)
    padded = np.zeros(rows + 2 * reach, dtype=np.float32)
    for column in range(columns):
        padded[reach : reach + rows] = raster[column]
        _weigh(out[column], padded[reach : reach + rows], kernel[0])
        for step in range(1, reach + 1):
            before, after = padded[reach - step : reach - step + rows], padded[reach + step : reach + step + rows]
            _add(out[column], before, after, kernel[step])
    return out


@njit(cache=True, nogil=True)
def _weigh(out, values, weight):  # type: ignore[no-untyped-def]  # pragma: no cover
    for at in range(len(out)):
        out[at] = weight * values[at]


@njit(cache=True, nogil=True)
def _add(out, before, after, weight):  # type: ignore[no-untyped-def]  # pragma: no cover
    for at in range(len(out)):  # so plain a loop is done eight numbers at a time
        out[at] += weight * (before[at] + after[at])
