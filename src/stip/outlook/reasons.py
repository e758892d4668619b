# SPDX-License-Identifier: EUPL-1.2
"""Why a cell stands high: at most three facts, in the order in which they weigh in the model.

A fact is a number that can be counted in the reports (or measured around the cell), beside the same number for an
ordinary cell of the town. It says what is there, not what causes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import convolve

from stip.outlook.area import Doubles
from stip.outlook.history import History
from stip.words import number

MOST = 3
"""Facts a cell."""

RECENT_WEEKS, YEAR_WEEKS = 8, 52
NEAR_M, AROUND_M = 250, 500


@dataclass(frozen=True)
class Pull:
    """What makes the model expect more in some cells than in the town on average.

    Attributes
    ----------
    kind : str
        ``recent_near``, ``year_cell``, ``year_around`` or the name of a context feature.
    strength : ndarray, shape (n_cells,)
        By how much, on a scale that kinds share; 0 or less is no reason.
    """

    kind: str
    strength: Doubles


def reasons_of(known: History, crime_type: str, pulls: list[Pull], which: npt.NDArray[np.bool_]) -> list[list[str]]:
    """Return the facts of each cell.

    Parameters
    ----------
    known : History
    crime_type : str
    pulls : list of Pull
    which : ndarray of bool, shape (n_cells,)
        The cells to give facts for; the others get none.

    Returns
    -------
    list of lists of str, one a cell, Dutch
    """
    facts = {kind: _fact(known, crime_type, kind) for kind in {pull.kind for pull in pulls}}
    strength = np.column_stack([pull.strength for pull in pulls]) if pulls else np.empty((len(known.area), 0))
    order = np.argsort(-strength, axis=1, kind="stable")
    found: list[list[str]] = [[] for _ in range(len(known.area))]
    for cell in np.flatnonzero(which):
        told = (facts[pulls[i].kind].text(int(cell)) for i in order[cell] if strength[cell, i] > 0)
        found[cell] = list(_first(told))
    return found


def _first(told: Iterator[str | None]) -> Iterator[str]:
    count = 0
    for text in told:
        if text is not None:
            yield text
            count += 1
        if count == MOST:
            return


@dataclass(frozen=True)
class _Fact:
    """A number for each cell, and how it is put into words."""

    values: Doubles
    template: str
    ordinary: str
    decimals: int = 0
    only_above: bool = True  # a count that is no more than ordinary is no reason

    def text(self, cell: int) -> str | None:
        value = self.values[cell]
        usual = float(np.nanmean(self.values))
        if not np.isfinite(value) or (self.only_above and (round(value) < 1 or value <= usual)):
            return None
        amount = number(float(value), self.decimals)
        if self.only_above:
            amount = f"{amount} melding" if amount == "1" else f"{amount} meldingen"
        return self.template.format(amount) + self.ordinary.format(_usual(usual))


def _usual(value: float) -> str:
    return number(value, 0 if value >= 10 else 1)


def _fact(known: History, crime_type: str, kind: str) -> _Fact:
    now = known.cutoff_week
    if kind == "recent_near":
        counted = _within(known, known.counts(crime_type, now - RECENT_WEEKS, now), NEAR_M)
        return _Fact(counted, f"{{}} in de laatste {RECENT_WEEKS} weken binnen {NEAR_M} meter", ", gemiddeld {}")
    if kind == "year_cell":
        counted = known.counts(crime_type, now - YEAR_WEEKS, now)
        return _Fact(counted, "in een jaar {} in dit vak", ", gemiddeld {}")
    if kind == "year_around":
        counted = _within(known, known.counts(crime_type, now - YEAR_WEEKS, now), AROUND_M)
        return _Fact(counted, f"in een jaar {{}} binnen {AROUND_M} meter", ", gemiddeld {}")
    if kind == "others_near":
        others = [name for name in known.crime_types if name != crime_type]
        summed = sum((known.counts(name, now - YEAR_WEEKS, now) for name in others), np.zeros(len(known.area)))
        return _Fact(
            _within(known, summed, NEAR_M),
            f"in een jaar {{}} van andere soorten binnen {NEAR_M} meter",
            ", gemiddeld {}",
        )
    column = known.context.values[:, known.context.names.index(kind)]
    said = _said(kind)
    return _Fact(column, f"{said}: {{}}", "; in de hele gemeente gemiddeld {}", decimals=0, only_above=False)


def _said(feature: str) -> str:
    return feature.replace("_", " ")


def _within(known: History, counted: Doubles, reach_m: float) -> Doubles:
    """Return the incidents in the cells whose middle lies within a distance of each cell's middle."""
    cell_m = known.area.grid.cell_m
    steps = int(reach_m // cell_m)
    along = np.arange(-steps, steps + 1) * cell_m
    disc = (np.hypot(along[:, None], along[None, :]) <= reach_m).astype(np.float32)
    raster = convolve(known.area.spread(counted.astype(np.float32)), disc, mode="constant")
    return known.area.gather(raster).astype(np.float64)
