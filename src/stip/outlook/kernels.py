# SPDX-License-Identifier: EUPL-1.2
"""Kernel density and the prospective hot spot: smoothed counts, the usual practice and a hard one to beat."""

from __future__ import annotations

from typing import Self

import numpy as np
from scipy.ndimage import convolve

from stip.outlook.area import Doubles
from stip.outlook.baselines import rate
from stip.outlook.completeness import completeness
from stip.outlook.forecaster import Forecaster, register
from stip.outlook.history import History
from stip.outlook.memory import Memory
from stip.outlook.ranking import hits_at

WIDTHS_TRIED_M = (60.0, 90.0, 125.0, 180.0, 250.0, 350.0, 500.0)
"""Widths from which `Kde` chooses."""

_FOLDS, _FOLD_WEEKS = 4, 26
_FLOOR = 0.02  # share of the expected total that is spread evenly, so that no cell is impossible


def level(known: History, crime_type: str) -> float:
    """Return the incidents a week in the whole town over the last year, corrected for reports still to come."""
    return float(rate(known, crime_type, min(52, known.weeks_of(crime_type))).sum())


def scaled(density: Doubles, total: float) -> Doubles:
    """Scale a density to an expected total, a small share of which is spread evenly."""
    density = np.maximum(density, 0)
    share = density / density.sum() if density.sum() > 0 else np.full(len(density), 1 / len(density))
    return total * ((1 - _FLOOR) * share + _FLOOR / len(density))


@register
class NarrowKde(Forecaster):
    """Kernel density over all history, with a Gaussian of 90 m around the exact place of each report."""

    name = "kde_narrow"
    label = "dichtheid, 90 meter"
    width_m: float = 90.0

    def observe(self, known: History) -> None:
        """Add what arrived."""
        super().observe(known)
        if not hasattr(self, "density_"):
            self.density_ = Memory((float("inf"),), (self.width_m,), exactly=(self.crime_type,))
        self.density_.at(known)

    def predict(self) -> Doubles:
        """Return the density, scaled to the level of the last year."""
        kind = self.known_.type_number(self.crime_type)
        density = self.density_.layer(kind, float("inf"), self.width_m).astype(np.float64)
        return scaled(density, level(self.known_, self.crime_type))


@register
class Kde(NarrowKde):
    """Kernel density over all history; the width is the one that caught most in the two years before."""

    name = "kde"
    label = "dichtheid, breedte naar het verleden"

    def fit(self, known: History) -> Self:
        """Choose the width on the past: density before a fold of 26 weeks, hits within it."""
        kind = known.type_number(self.crime_type)
        caught = dict.fromkeys(WIDTHS_TRIED_M, 0.0)
        before = Memory((float("inf"),), WIDTHS_TRIED_M, exactly=(self.crime_type,))
        for fold in range(_FOLDS, 0, -1):
            start = known.cutoff_week - fold * _FOLD_WEEKS
            if known.weeks_of(self.crime_type) - fold * _FOLD_WEEKS < _FOLD_WEEKS:
                continue
            before.at(known.as_known(start))
            came = known.counts(self.crime_type, start, start + _FOLD_WEEKS)
            for width in WIDTHS_TRIED_M:
                density = before.layer(kind, float("inf"), width).astype(np.float64)
                caught[width] += hits_at(density, came, area_share=0.03)
        chosen = max(caught, key=lambda width: caught[width])
        if chosen != self.width_m and max(caught.values()) > 0:
            self.width_m = chosen
            self.__dict__.pop("density_", None)
        self.observe(known)
        return self


@register
class ProspectiveHotSpot(Forecaster):
    """Recent incidents nearby weigh more: 1/(1+weeks) × 1/(1+half cells), within 8 weeks and 400 m.

    References
    ----------
    Bowers, Johnson & Pease (2004), Prospective hot-spotting, British Journal of Criminology 44(5).
    """

    name = "prospective_hot_spot"
    label = "vooruitziende kaart (ProMap)"
    weeks = 8
    reach_m = 400.0

    def predict(self) -> Doubles:
        """Return the weights, scaled to the level of the last year."""
        known = self.known_
        share_known = completeness(known, self.crime_type)
        weighted = np.zeros(len(known.area))
        for age in range(1, self.weeks + 1):
            week = known.cutoff_week - age
            weighted += known.counts(self.crime_type, week, week + 1) / (1 + age) / share_known[age - 1]
        spread = convolve(
            known.area.spread(weighted.astype(np.float32)),
            _near(known.area.grid.cell_m, self.reach_m),
            mode="constant",
        )
        return scaled(known.area.gather(spread).astype(np.float64), level(known, self.crime_type))


def _near(cell_m: int, reach_m: float) -> Doubles:
    steps = int(reach_m // cell_m)
    along = np.arange(-steps, steps + 1) * float(cell_m)
    distance = np.hypot(along[:, None], along[None, :])
    return np.where(distance <= reach_m, 1 / (1 + distance / (cell_m / 2)), 0.0).astype(np.float32)
