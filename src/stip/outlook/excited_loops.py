# SPDX-License-Identifier: EUPL-1.2
"""The loops of the self-exciting process: crediting each incident to the background or to those before it."""

from __future__ import annotations

import math

import numpy as np
from numba import njit


@njit(cache=True)
def _masses(offset, reach, cell_m, width_m, mass, square):  # type: ignore[no-untyped-def]  # pragma: no cover
    """Fill in the Gaussian mass, and its second moment, in each cell along one axis."""
    before = (-reach * cell_m - offset) / width_m
    at = 0.5 * math.erfc(-before / math.sqrt(2.0))
    steep = before * math.exp(-0.5 * before * before) / math.sqrt(2 * math.pi)
    for step in range(2 * reach + 1):
        edge = ((step - reach + 1) * cell_m - offset) / width_m
        now = 0.5 * math.erfc(-edge / math.sqrt(2.0))
        slope = edge * math.exp(-0.5 * edge * edge) / math.sqrt(2 * math.pi)
        mass[step] = now - at
        square[step] = (now - at - (slope - steep)) * width_m * width_m
        at, steep = now, slope


@njit(cache=True)
def _kept(x, y, inside, column, row, reach):  # type: ignore[no-untyped-def]  # pragma: no cover
    kept = 0.0
    for a in range(2 * reach + 1):
        along = 0.0
        for b in range(2 * reach + 1):
            if inside[column + a - reach, row + b - reach]:
                along += y[b]
        kept += x[a] * along
    return kept


@njit(cache=True)
def credit(  # type: ignore[no-untyped-def]  # pragma: no cover
    columns,
    rows,
    east,
    north,
    weight,
    starts,
    share_known,
    inside,
    background,
    itself,
    children,
    fade,
    cell_m,
    width_m,
    reach,
    own,
):
    """Credit each incident; the sums over the past are kept by place and fade week by week."""
    past, lag, square = np.zeros(inside.shape), np.zeros(inside.shape), np.zeros(inside.shape)
    size = 2 * reach + 1
    x, y, x_square, y_square = np.empty(size), np.empty(size), np.empty(size), np.empty(size)
    triggered = lags = squares = exposure = felt = 0.0
    for week in range(len(share_known)):
        exposure += share_known[week] * felt * (1 - fade)
        for i in range(starts[week], starts[week + 1]):
            at = (columns[i], rows[i])
            without = max(background[at] - itself[at] * own[i], 1e-3 * background[at])
            part = children * (1 - fade) / (without + children * (1 - fade) * past[at])
            triggered += weight[i] * part * past[at]
            lags += weight[i] * part * lag[at]
            squares += weight[i] * part * square[at]
            own[i] = weight[i] * (1 - part * past[at])
        felt *= fade
        for a in range(inside.shape[0]):
            for b in range(inside.shape[1]):
                lag[a, b] = (lag[a, b] + past[a, b]) * fade
                past[a, b] *= fade
                square[a, b] *= fade
        for i in range(starts[week], starts[week + 1]):
            _masses(east[i], reach, cell_m, width_m, x, x_square)
            _masses(north[i], reach, cell_m, width_m, y, y_square)
            share = weight[i] / share_known[week]
            felt += share
            share /= _kept(x, y, inside, columns[i], rows[i], reach)
            for a in range(size):
                for b in range(size):
                    mass = share * x[a] * y[b]
                    place = (columns[i] + a - reach, rows[i] + b - reach)
                    past[place] += mass
                    lag[place] += mass
                    square[place] += share * (x_square[a] * y[b] + x[a] * y_square[b])
    return triggered, lags, squares, exposure
