# SPDX-License-Identifier: EUPL-1.2
"""The default: where, by a mixture of fading counts, corrected twice, and a self-exciting one; times how many."""

from __future__ import annotations

from typing import Self

import numpy as np

from stip.outlook.area import Doubles, Floats
from stip.outlook.book import Book, Sample
from stip.outlook.boosted import Boosted
from stip.outlook.columns import Column, Columns
from stip.outlook.forecaster import Forecaster, register
from stip.outlook.history import History
from stip.outlook.level import expected_total, weekly_totals
from stip.outlook.loglinear import LogLinear
from stip.outlook.mixture import fit_mixture
from stip.outlook.pool import Pool
from stip.outlook.reasons import Pull

EXPERTS = ("mixture", "loglinear", "boosted", "excited")

_FEWEST_DRAWN_CELLS, _MOST_DRAWN_CELLS = 300, 1250
_DRAWN_AN_INCIDENT, _ENOUGH_BY_INCIDENTS = 35, 1000  # more beside an incident make the coefficients hardly surer
_DRAWN_OF_CELLS = 1 / 20  # in a large town where little happens they do
_ENOUGH_INCIDENTS = 20_000  # to learn from; a busy type gets there with every so many-th week
_MOST_APART_WEEKS = 8
_PACE_WEEKS = 13  # a stream may begin in the first week of a town, which tells little of how much comes
_PULL = 0.1  # incidents a column: just enough to keep equal columns equal
_FEW_INCIDENTS = 100  # under this there is nothing to correct the mixture with
_NEAR_M, _RECENT_WEEKS = 250, 10


@register
class Blend(Forecaster):
    """A multi-scale mixture, corrected by a log-linear and then a boosted model, pooled with a self-exciting one.

    Attributes
    ----------
    weights_ : ndarray, shape (k,)
        Of the columns in the mixture.
    excited_ : ndarray
        Of the few columns of the self-exciting one: backgrounds drawn to their surroundings, and what came of late.
    pool_ : Pool
    """

    name = "blend"
    label = "vooruitblik van Stip"

    @property
    def warm_up_weeks(self) -> int:
        """The weeks it learns from."""
        return self.settings.training_weeks

    def observe(self, known: History) -> None:
        """Score the experts on last week, and enter it in the book when it is one of the weeks to learn from."""
        if not hasattr(self, "columns_"):
            self._start(known)
        if self._shares is not None and self._shares[0] == known.cutoff_week - 1:
            week, shares = self._shares
            self.pool_.learn(shares, known.counts(self.crime_type, week, week + 1).clip(0))
        self.known_ = known
        self._context = known.context.scaled
        self._book.enter(known)
        if known.cutoff_week % _PACE_WEEKS == 0:
            self._set_pace(known)
        if known.cutoff_week % self._apart_weeks == 0:
            busy = self.columns_.busy(known)
            self._book.wait(known.cutoff_week, self.columns_.rates_later(known), busy)

    def _start(self, known: History) -> None:
        self.columns_ = Columns(self.crime_type, known, self.memory)
        self.pool_ = Pool(EXPERTS)
        training, seed = self.settings.training_weeks, self.settings.seed
        self._book = Book(self.crime_type, weeks=training, drawn_cells=_FEWEST_DRAWN_CELLS, seed=seed)
        self._set_pace(known)
        self._shares: tuple[int, Doubles] | None = None
        self._rates_at: tuple[int, Floats] | None = None

    def _set_pace(self, known: History) -> None:
        """Set how many weeks lie between those that are learned from, and how many quiet cells are drawn in one."""
        training = self.settings.training_weeks
        a_week = float(weekly_totals(known, self.crime_type)[-training:].mean())
        self._apart_weeks = int(np.clip(a_week * training // _ENOUGH_INCIDENTS, 1, _MOST_APART_WEEKS))
        drawn = max(min(_DRAWN_AN_INCIDENT * a_week, _ENOUGH_BY_INCIDENTS), _DRAWN_OF_CELLS * len(known.area))
        self._book.drawn_cells = int(np.clip(drawn, _FEWEST_DRAWN_CELLS, _MOST_DRAWN_CELLS))

    @property
    def _rates(self) -> Floats:
        """The columns at the last observed cut-off; worked out when first asked for."""
        if self._rates_at is None or self._rates_at[0] != self.known_.cutoff_week:
            self._rates_at = (self.known_.cutoff_week, self.columns_.rates(self.known_))
        return self._rates_at[1]

    def fit(self, known: History) -> Self:
        """Learn the mixture and its corrections from the book."""
        self.loglinear_, self.boosted_ = None, None
        if len(self._book) == 0:
            self.weights_ = np.zeros(len(self.columns_.of))
            self.weights_[self.columns_.added_up] = 1 / len(self.columns_.added_up)
            self.excited_ = np.full(len(self.columns_.excited), 1 / len(self.columns_.excited))
            return self
        sample = self._book.sample(known)
        self.weights_ = np.zeros(len(self.columns_.of))
        self.weights_[self.columns_.added_up] = _mixture_of(sample, self.columns_.added_up)
        self.excited_ = _mixture_of(sample, self.columns_.excited)
        if sample.came.sum() < _FEW_INCIDENTS:
            return self
        mixed = self._mixed(sample.columns)
        signs = self._signs(sample.columns, mixed, sample.cell_index)
        base = mixed * sample.exposure
        self.loglinear_ = LogLinear().fit(signs, sample.came, base=base, weight=sample.weight)
        self.boosted_ = Boosted(seed=self.settings.seed).fit(
            self._in_trees(signs), sample.came, base=base * self.loglinear_.factor(signs), weight=sample.weight
        )
        return self

    def predict(self) -> Doubles:
        """Return where the experts together expect incidents, times what the whole town may expect."""
        mixed = self._mixed(self._rates)
        excited = self._rates[:, self.columns_.excited] @ self.excited_.astype(np.float32)
        experts = [mixed, mixed, mixed, np.maximum(excited, 1e-12).astype(np.float64)]
        if self.loglinear_ is not None and self.boosted_ is not None:
            signs = self._signs(self._rates, mixed, np.arange(len(mixed), dtype=np.int32))
            straight = mixed * self.loglinear_.factor(signs)
            experts[1:3] = straight, straight * self.boosted_.factor(self._in_trees(signs))
        shares = np.column_stack([expert / expert.sum() for expert in experts])
        self._shares = (self.known_.cutoff_week, shares)
        return self.pool_.mix(shares) * expected_total(self.known_, self.crime_type)

    def expected_in_town(self, known: History) -> float:
        """Return the level of the whole town, which does not depend on where."""
        return expected_total(known, self.crime_type)

    def _mixed(self, rates: Floats) -> Doubles:
        return np.maximum(rates @ self.weights_.astype(np.float32), 1e-12).astype(np.float64)

    def _signs(self, rates: Floats, mixed: Doubles, cells: np.ndarray[tuple[int], np.dtype[np.int32]]) -> Floats:
        return np.asfortranarray(np.hstack([self.columns_.signs(rates, mixed), self._context[cells]]))

    def _in_trees(self, signs: Floats) -> Floats:
        surroundings = range(signs.shape[1] - self._context.shape[1], signs.shape[1])
        return signs[:, [*self.columns_.in_trees, *surroundings]]

    def pulls(self) -> list[Pull]:
        """Return what lifts each cell above the average one, in incidents a week: reports by kind, and context."""
        parts: dict[str, Doubles] = {}
        for column, rates, weight in zip(self.columns_.of[:-1], self._rates.T, self.weights_, strict=False):
            kind = self._kind(column)
            parts[kind] = parts.get(kind, np.zeros(len(rates))) + weight * rates
        pulls = [Pull(kind, part - part.mean()) for kind, part in parts.items()]
        if self.loglinear_ is not None:
            mixed = self._mixed(self._rates)
            signs = self._signs(self._rates, mixed, np.arange(len(mixed), dtype=np.int32))
            first = signs.shape[1] - self._context.shape[1]
            pulls += [
                Pull(name, mixed * self.loglinear_.told_by(signs, first + place))
                for place, name in enumerate(self.known_.context.usable)
            ]
        return pulls

    def learned(self) -> dict[str, object]:
        """Return the weights of the pool and of the columns that matter."""
        return {
            "pool": {name: round(float(w), 3) for name, w in zip(EXPERTS, self.pool_.weights_, strict=True)},
            "mixture": {
                _told(column): round(float(weight), 4)
                for column, weight in zip(self.columns_.of[:-1], self.weights_, strict=False)
                if weight > 0.001
            },
        }

    def _kind(self, column: Column) -> str:
        if column.crime_type != self.crime_type:
            return "others_near"
        if column.drawn:
            return "year_cell"
        if column.width_m > _NEAR_M:
            return "year_around"
        return "recent_near" if column.half_life_weeks <= _RECENT_WEEKS else "year_cell"


def _told(column: Column) -> str:
    where = ", naar waar meer gebeurde" if column.repeats else ""
    weeks = f"{column.half_life_weeks:g}".replace(".", ",")
    return f"{column.crime_type}, {weeks} weken, {column.width_m:g} m{where}"


def _mixture_of(sample: Sample, places: list[int]) -> Doubles:
    columns = np.asfortranarray(sample.columns[:, places])
    return fit_mixture(columns, sample.came, weight=sample.weight, exposure=sample.exposure, pull=_PULL)
