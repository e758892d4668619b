# SPDX-License-Identifier: EUPL-1.2
"""The default: fading counts at several half-lives and widths, mixed as the past taught, times the town's level."""

from __future__ import annotations

from typing import Self

import numpy as np

from stip.outlook.area import Doubles, Floats
from stip.outlook.book import Book
from stip.outlook.completeness import completeness
from stip.outlook.forecaster import Forecaster, register
from stip.outlook.history import History
from stip.outlook.level import expected_total
from stip.outlook.memory import weeks_remembered
from stip.outlook.mixture import fit_mixture
from stip.outlook.reasons import Pull

_DRAWN_CELLS = 2000


@register
class Blend(Forecaster):
    """The multi-scale mixture.

    Attributes
    ----------
    weights_ : ndarray, shape (k,)
        Of each column: half-life × width, and one that is the same everywhere.
    """

    name = "blend"
    label = "vooruitblik van Stip"

    @property
    def warm_up_weeks(self) -> int:
        """The weeks it learns from."""
        return self.settings.training_weeks

    def observe(self, known: History) -> None:
        """Bring the memory up to date and enter last week in the book."""
        super().observe(known)
        if not hasattr(self, "_book"):
            self._book = Book(
                self.crime_type,
                weeks=self.settings.training_weeks,
                drawn_cells=_DRAWN_CELLS,
                seed=self.settings.seed,
            )
        self.memory.at(known)
        self._book.enter(known)
        self._columns = self._rates(known)
        self._book.wait(known.cutoff_week, self._columns)

    def fit(self, known: History) -> Self:
        """Learn the weights from the book."""
        if len(self._book) == 0:
            self.weights_ = np.full(self._columns.shape[1], 1 / self._columns.shape[1])
            return self
        sample = self._book.sample(known)
        self.weights_ = fit_mixture(sample.columns, sample.came, weight=sample.weight, exposure=sample.exposure)
        return self

    def predict(self) -> Doubles:
        """Return the mixture, scaled to the level of the town."""
        mixed = self._columns.astype(np.float64) @ self.weights_
        return mixed / mixed.sum() * expected_total(self.known_, self.crime_type)

    def pulls(self) -> list[Pull]:
        """Return how much recent, own and surrounding reports lift each cell above the average cell."""
        parts = {kind: np.zeros(len(self.known_.area)) for kind in ("recent_near", "year_cell", "year_around")}
        scales = [(h, w) for h in self.memory.half_lives_weeks for w in self.memory.widths_m]
        for (half_life, width), column, weight in zip(scales, self._columns.T[:-1], self.weights_[:-1], strict=True):
            parts[_kind(half_life, width)] += weight * column
        return [Pull(kind, part - part.mean()) for kind, part in parts.items()]

    def learned(self) -> dict[str, object]:
        """Return the weights of the scales that matter."""
        scales = [(h, w) for h in self.memory.half_lives_weeks for w in self.memory.widths_m]
        return {
            f"{half_life:g} weken, {width:g} m": round(float(weight), 4)
            for (half_life, width), weight in zip(scales, self.weights_[:-1], strict=True)
            if weight > 0.001
        }

    def _rates(self, known: History) -> Floats:
        """Return incidents a week by each scale, shape (n_cells, k); the last column is even."""
        kind = known.type_number(self.crime_type)
        weeks = max(1, known.cutoff_week - known.first_week)
        share_known = completeness(known, self.crime_type)
        columns = []
        for half_life in self.memory.half_lives_weeks:
            remembered = weeks_remembered(half_life, weeks, share_known)
            columns += [
                self.memory.layer(kind, half_life, width).clip(0) / np.float32(remembered)
                for width in self.memory.widths_m
            ]
        average = max(float(columns[-1].mean()), 1e-9)
        columns.append(np.full(len(known.area), average, dtype=np.float32))
        return np.column_stack(columns)


def _kind(half_life: float, width: float) -> str:
    if width > 250:
        return "year_around"
    return "recent_near" if half_life <= 8 else "year_cell"
