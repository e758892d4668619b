# SPDX-License-Identifier: EUPL-1.2
r"""A self-exciting point process on weeks: a background that stays, and incidents that raise the rate around them.

In cell *i* and week *t* the process expects

.. math:: \lambda_{it} = \mu_i + \theta \sum_{j: u_j < t} w_j \, (1 - q) q^{t - u_j - 1} \, M_\sigma(i; x_j)

incidents: the sum is over earlier incidents *j*, and :math:`M_\sigma` is the mass of a Gaussian round the place of
*j* that falls in the cell. An exponential of rate :math:`\omega` in days, integrated over whole weeks, is exactly
this geometric one with :math:`q = e^{-7\omega}`. The history keeps weeks, so what follows within the same week is not
seen as a repeat.

The sum over the past fades by a factor a week, so a step of the fit costs cells × weeks + incidents × the cells in
reach of one. It does not matter how many pairs lie near each other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter, gaussian_filter1d

from stip.outlook.area import Doubles, Floats, Ints, StudyArea
from stip.outlook.excited_loops import credit

BACKGROUND_M = 180.0
"""Width of the Gaussian over the cells round a cell, towards which its background is drawn.

Chosen by ``benchmarks/etas_width.py`` on weeks before each cut-off.
"""

NARROWEST_M, WIDEST_M = 20.0, 250.0
"""Bounds of the width; wider ones cost much and are told apart from the background with difficulty."""

SHORTEST_WEEKS, LONGEST_WEEKS = 0.25, 52.0
"""Bounds of the half-life."""

MOST_CHILDREN = 0.95
"""Bound of what follows from one incident: from 1 on the process would grow for ever."""

_REACH = 4.0
_STEPS = 80
_ENOUGH = 2e-3  # relative change of every parameter in a step
_MOST_ALIKE, _LEAST_ALIKE = 100.0, 0.05
_RARE = 1e-3  # of the town's average; no cell has less background


@dataclass(frozen=True, eq=False)
class Events:
    """Incidents in the order of their weeks.

    Attributes
    ----------
    cell_index : ndarray of int32, shape (n,)
    east_m, north_m : ndarray, shape (n,)
        Metres from the south-west corner of the cell.
    weight : ndarray of float64, shape (n,)
        Above 0.
    starts : ndarray of int64, shape (weeks + 1,)
        Where each week begins.
    share_known : ndarray of float64, shape (weeks,)
        Of the incidents of each week.
    """

    cell_index: Ints
    east_m: Floats
    north_m: Floats
    weight: Doubles
    starts: npt.NDArray[np.int64]
    share_known: Doubles


@dataclass(frozen=True, eq=False)
class Excitation:
    r"""The parameters of the process.

    Attributes
    ----------
    children : float
        Incidents that follow from one, in the long run (:math:`\theta`).
    fade : float
        What a week leaves of the excitation (*q*).
    width_m : float
        Of the Gaussian round each incident (:math:`\sigma`).
    background : ndarray of float64, shape (n_cells,)
        Incidents a week (:math:`\mu`), above 0.
    steps : int
        That the fit took.
    """

    children: float
    fade: float
    width_m: float
    background: Doubles
    steps: int = 0

    @property
    def half_life_weeks(self) -> float:
        """In which half of the excitation is gone."""
        return -1 / math.log2(self.fade)


def fit_excitation(
    events: Events, area: StudyArea, start: Excitation | None = None, *, background_m: float = BACKGROUND_M
) -> Excitation:
    """Learn the process by expectation-maximisation.

    Each incident is credited to the background and to those before it in proportion to what they expected there; the
    parameters are the means of what was credited.

    The background of a cell is drawn towards that of the cells round it: the mean of the posterior under a gamma
    prior whose mean is the smoothed background of the other cells and whose shape, how alike cells are, follows from
    their spread. A free number for each cell, as in the field trials, is the limit of cells that are not alike. The
    cell itself takes no part in its own prior: else each incident would explain itself.

    Parameters
    ----------
    events : Events
    area : StudyArea
    start : Excitation, optional
        Parameters to begin at; the answer hardly depends on them.
    background_m : float

    References
    ----------
    Mohler, Short, Brantingham et al. (2011), Self-exciting point process modeling of crime, JASA 106(493).
    Mohler et al. (2015), Randomized controlled field trials of predictive policing, JASA 110(512).
    Veen & Schoenberg (2008), Estimation of space-time branching process models, JASA 103(482).
    """
    if len(events.weight) == 0:
        return Excitation(0.0, 0.5, 90.0, np.full(len(area), 1e-9))
    raster = _Raster(area, events)
    weeks = float(events.share_known.sum())
    level, part = _background(area, _by_cell(area, events, events.weight), weeks, background_m)
    now = start or Excitation(0.3, 2 ** (-1 / 4), 90.0, level)
    background, itself = np.zeros(raster.inside.shape), np.zeros(raster.inside.shape)
    own = events.weight
    for step in range(1, _STEPS + 1):
        background.ravel()[raster.position] = now.background
        itself.ravel()[raster.position] = part
        credited, own = raster.credit(background, itself, own, now)
        triggered, lags, squares, exposure = credited
        children, fade, width_m = now.children, now.fade, now.width_m
        if triggered > 0:
            children = min(triggered / exposure, MOST_CHILDREN)
            fade = float(np.clip(1 - triggered / lags, 2 ** (-1 / SHORTEST_WEEKS), 2 ** (-1 / LONGEST_WEEKS)))
            width_m = float(np.clip(math.sqrt(squares / triggered / 2), NARROWEST_M, WIDEST_M))
        level, part = _background(area, _by_cell(area, events, own), weeks, background_m)
        new = Excitation(children, fade, width_m, level, step)
        moved = max(
            abs(new.children - now.children) / max(now.children, 0.01),
            abs(math.log(new.half_life_weeks / now.half_life_weeks)),
            abs(math.log(new.width_m / now.width_m)),
        )
        now = new
        if moved < _ENOUGH:
            break
    return now


def _by_cell(area: StudyArea, events: Events, weight: Doubles) -> Doubles:
    return np.bincount(events.cell_index, weight, len(area)).astype(np.float64)


def _background(area: StudyArea, own: Doubles, weeks: float, width_m: float) -> tuple[Doubles, Doubles]:
    """Return the incidents a week in each cell that nothing before excited, and what one incident adds to that."""
    mean = float(own.mean())
    width = width_m / area.grid.cell_m
    reach = math.ceil(_REACH * width)
    itself = float(gaussian_filter1d(np.eye(1, 2 * reach + 1, reach)[0], width).max()) ** 2
    others = _smooth(area, own, width) - itself * own
    cells = _smooth(area, np.ones(len(area)), width) - itself
    prior = np.where(cells > itself / 2, others / np.maximum(cells, itself / 2), mean)
    prior = np.maximum(prior, _RARE * mean)
    # Method of moments: variance = prior + prior² / shape.
    more = float(np.square(own - prior).sum() - prior.sum())
    shape = float(np.clip(np.square(prior).sum() / max(more, 1e-9), _LEAST_ALIKE, _MOST_ALIKE))
    part = 1 / (shape / prior + 1)
    return np.maximum((shape + own) * part, _RARE * mean) / weeks, part / weeks


def _smooth(area: StudyArea, values: Doubles, width: float) -> Doubles:
    raster = area.spread(values.astype(np.float32))
    return area.gather(gaussian_filter(raster, width, mode="constant", output=np.float32)).astype(np.float64)


class _Raster:
    """The study area with an empty rim, as the loops want it, and the incidents on it."""

    def __init__(self, area: StudyArea, events: Events) -> None:
        self._events = events
        self._cell_m = float(area.grid.cell_m)
        rim = math.ceil(_REACH * WIDEST_M / self._cell_m)
        column, row = (along.astype(np.int64) + rim for along in area.column_row)
        wide, tall = (side + 2 * rim for side in area.shape)
        self.position = column * tall + row
        self.inside = np.zeros((wide, tall), dtype=np.bool_)
        self.inside.ravel()[self.position] = True
        self._column, self._row = column[events.cell_index], row[events.cell_index]
        self._east, self._north = events.east_m.astype(np.float64), events.north_m.astype(np.float64)

    def _kernel(self, width_m: float) -> tuple[float, float, int]:
        return self._cell_m, width_m, math.ceil(_REACH * width_m / self._cell_m)

    def credit(
        self, background: Doubles, itself: Doubles, before: Doubles, now: Excitation
    ) -> tuple[tuple[float, float, float, float], Doubles]:
        """Return what is credited to earlier incidents (number, lag, squared distance, exposure), and the rest.

        Parameters
        ----------
        background, itself : ndarray
            Incidents a week, and what one incident adds to its own background: that is taken off for that incident.
        before : ndarray, shape (n,)
            What was credited to the background a step earlier.
        """
        events = self._events
        own = before.copy()
        found = credit(
            self._column,
            self._row,
            self._east,
            self._north,
            events.weight,
            events.starts,
            events.share_known,
            self.inside,
            background,
            itself,
            now.children,
            now.fade,
            *self._kernel(now.width_m),
            own,
        )
        return found, own
