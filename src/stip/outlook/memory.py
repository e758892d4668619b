# SPDX-License-Identifier: EUPL-1.2
"""The fading memory: counts that lose half their weight every so many weeks, at several widths, updated in place.

A weekly update costs as much as there are cells and new reports; how long the history is does not matter.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from stip.errors import HistoryError
from stip.outlook.area import Doubles, Floats, Ints
from stip.outlook.history import History

_EXACT_BELOW_CELLS = 1.5
_NOTHING = np.float32(1e-20)


def is_exact(width_m: float, cell_m: int) -> bool:
    """Tell whether a width is drawn from the exact place of each report, not from the middle of its cell.

    That matters for a narrow one; a wider one is smoothed from the cells when asked for, which is as good and costs
    nothing until then.
    """
    return 0 < width_m < _EXACT_BELOW_CELLS * cell_m


class Memory:
    r"""Exponentially fading counts of each crime type, for each half-life and width.

    At the cut-off of week *t* a report about week *u* weighs :math:`2^{-(t-1-u)/h}`, counted from the week it became
    known. So the memory is a sum over arrivals, and it is exactly what could be known at that cut-off.

    Parameters
    ----------
    half_lives_weeks : tuple of float
        ``inf`` never forgets.
    widths_m : tuple of float
        Standard deviations of the Gaussian; 0 is the cell itself.
    exactly : tuple of str, optional
        Crime types whose narrow widths are drawn from the exact place of each report; all when left out.

    Attributes
    ----------
    week_ : int
        Ordinal of the week whose cut-off the memory stands at.
    """

    def __init__(
        self,
        half_lives_weeks: tuple[float, ...],
        widths_m: tuple[float, ...],
        *,
        exactly: tuple[str, ...] | None = None,
    ) -> None:
        self.half_lives_weeks = half_lives_weeks
        self.widths_m = widths_m
        self.exactly = exactly
        self.week_: int | None = None
        self._layers: dict[float, Floats] = {}

    def at(self, known: History) -> Memory:
        """Bring the memory to the cut-off of ``known``; forward it adds what arrived, backward it starts again."""
        week = known.cutoff_week
        since = self.week_
        if since is None or week < since or known.area is not self.area_:
            since = self._start(known)
        if week == self.week_:
            return self
        fade = np.exp2(-(week - since) / np.asarray(self.half_lives_weeks)).astype(np.float32)
        # What faded to nothing becomes 0: numbers too small to be held whole are slow to reckon with.
        self._layers = {
            width: layers * fade[None, :, None] + _NOTHING - _NOTHING for width, layers in self._layers.items()
        }
        new = known.arrived(since, week)
        if len(new):
            self._add(new, week)
        self.week_ = week
        self._smoothed: dict[tuple[int, float, int], Floats] = {}
        self._halfway: dict[tuple[int, float, int], Floats] = {}
        return self

    def kept(self) -> Memory:
        """Return the memory as it stands now; it stays so when this one goes on."""
        return copy(self)  # nothing is changed in place once a week is done

    def _start(self, known: History) -> int:
        self.area_ = known.area
        shape = (len(known.crime_types), len(self.half_lives_weeks), len(known.area))
        exact = sorted({0.0, *(width for width in self.widths_m if is_exact(width, known.area.grid.cell_m))})
        self._layers = {width: np.zeros(shape, dtype=np.float32) for width in exact}
        self._drawn = [
            number for number, name in enumerate(known.crime_types) if self.exactly is None or name in self.exactly
        ]
        self.week_ = None
        return int(known.known_week[0]) if len(known) else known.cutoff_week

    def _add(self, new: History, week: int) -> None:
        age = (week - 1 - new.occurred_week).astype(np.float64)
        weights = np.exp2(-age / np.asarray(self.half_lives_weeks)[:, None]) * new.weight
        n_cells = len(self.area_)
        for kind in np.unique(new.type_index):
            rows = new.type_index == kind
            for width, layers in self._layers.items():
                if width == 0:
                    for half, weight in enumerate(weights[:, rows]):
                        layers[kind, half] += np.bincount(new.cell_index[rows], weights=weight, minlength=n_cells)
                elif kind in self._drawn:
                    layers[kind] += self.area_.splat(
                        new.cell_index[rows], new.east_m[rows], new.north_m[rows], weights[:, rows], width_m=width
                    )

    def layer(self, kind: int, half_life_weeks: float, width_m: float) -> Floats:
        """Return the fading count in each cell: of a type (by number), at one half-life and width."""
        return self.layers(kind, (half_life_weeks,), width_m)[0]

    def layers(self, kind: int, half_lives_weeks: tuple[float, ...], width_m: float) -> list[Floats]:
        """Return the fading counts of a type at several half-lives, one width; smoothed together, and once a week."""
        halves = [self.half_lives_weeks.index(half_life) for half_life in half_lives_weeks]
        if self._is_drawn(kind, width_m):
            return [self._layers[width_m][kind, half] for half in halves]
        missing = [half for half in halves if (kind, width_m, half) not in self._smoothed]
        if missing:
            smoothed = self.area_.smooth(self._layers[0.0][kind, missing], width_m)
            self._smoothed |= {(kind, width_m, half): each for half, each in zip(missing, smoothed, strict=True)}
        return [self._smoothed[kind, width_m, half] for half in halves]

    def layers_at(self, kind: int, half_lives_weeks: tuple[float, ...], width_m: float, cells: Ints) -> list[Floats]:
        """Return `layers` at some cells, by index; for a few of them that takes half the time."""
        halves = [self.half_lives_weeks.index(half_life) for half_life in half_lives_weeks]
        if self._is_drawn(kind, width_m) or all((kind, width_m, half) in self._smoothed for half in halves):
            return [layer[cells] for layer in self.layers(kind, half_lives_weeks, width_m)]
        missing = [half for half in halves if (kind, width_m, half) not in self._halfway]
        if missing:
            spread = self.area_.halfway(self._layers[0.0][kind, missing], width_m)
            self._halfway |= {(kind, width_m, half): each for half, each in zip(missing, spread, strict=True)}
        return self.area_.smoothed_at([self._halfway[kind, width_m, half] for half in halves], width_m, cells)

    def _is_drawn(self, kind: int, width_m: float) -> bool:
        return width_m in self._layers and (width_m == 0 or kind in self._drawn)


def weeks_remembered(
    half_life_weeks: float, weeks: int, completeness: npt.NDArray[np.float64] | None = None
) -> float:
    """Return how many full weeks a fading count stands for: what it would be if each week brought one report.

    Parameters
    ----------
    weeks : int
        How long the history is.
    completeness : ndarray, optional
        Share of the reports that is known at age 1, 2, … weeks; 1 beyond its end.
    """
    if weeks < 1:
        raise HistoryError("Er is nog geen hele week bekend. Lees eerst meldingen in.")
    weights = _fading(half_life_weeks, weeks)
    if completeness is not None:
        known = completeness[:weeks]
        weights = np.concatenate((weights[: len(known)] * known, weights[len(known) :]))
    return float(weights.sum())


@lru_cache(maxsize=64)
def _fading(half_life_weeks: float, weeks: int) -> Doubles:
    return np.exp2(-np.arange(weeks) / half_life_weeks)
