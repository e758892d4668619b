# SPDX-License-Identifier: EUPL-1.2
"""The self-exciting point process of the field (ETAS, PredPol) as a forecaster beside the outlook."""

from __future__ import annotations

from typing import Self

import numpy as np

from stip.outlook.area import Doubles
from stip.outlook.completeness import completeness
from stip.outlook.excited import BACKGROUND_M, Events, Excitation, fit_excitation
from stip.outlook.forecaster import Forecaster, register
from stip.outlook.history import History
from stip.outlook.kernels import level, scaled
from stip.outlook.level import weekly_totals
from stip.outlook.memory import Memory
from stip.outlook.reasons import Pull

_NOTHING = 1e-6  # what a version that was taken back leaves


@register
class Etas(Forecaster):
    """A background that stays, and a rate round each incident that fades; scaled to the level of the last year.

    The expected number is the integral of the rate over the coming week. Between fits the background stands still
    and the excitation follows each week's reports.

    Attributes
    ----------
    excitation_ : Excitation
    """

    name = "etas"
    label = "zichzelf opwekkend proces (ETAS)"
    slow = True
    background_m: float = BACKGROUND_M

    def observe(self, known: History) -> None:
        """Let the excitation fade and add what arrived."""
        super().observe(known)
        if hasattr(self, "excited_"):
            self.excited_.at(known)

    def fit(self, known: History) -> Self:
        """Learn background, children, fading and width."""
        before: Excitation | None = getattr(self, "excitation_", None)
        events = events_of(known, self.crime_type)
        self.excitation_ = fit_excitation(events, known.area, before, background_m=self.background_m)
        scales = (self.excitation_.half_life_weeks,), (self.excitation_.width_m,)
        self.excited_ = Memory(*scales, exactly=(self.crime_type,))
        self.observe(known)
        return self

    def predict(self) -> Doubles:
        """Return background and excitation together."""
        return scaled(self.excitation_.background + self._raised(), level(self.known_, self.crime_type))

    def pulls(self) -> list[Pull]:
        """Return what the excitation and the background add to each cell, in incidents a week."""
        parts = {"recent_near": self._raised(), "year_around": self.excitation_.background}
        return [Pull(kind, part - part.mean()) for kind, part in parts.items()]

    def learned(self) -> dict[str, object]:
        """Return the parameters."""
        found = self.excitation_
        return {
            "children": round(found.children, 3),
            "half_life_weeks": round(found.half_life_weeks, 2),
            "width_m": round(found.width_m, 1),
            "background_a_week": round(float(found.background.sum()), 2),
            "steps": found.steps,
        }

    def _raised(self) -> Doubles:
        """Return what earlier incidents add to each cell in the coming week."""
        known, found = self.known_, self.excitation_
        layer = self.excited_.layer(known.type_number(self.crime_type), found.half_life_weeks, found.width_m)
        # Reports of the last weeks that are still to come would excite too: as much more as is missing in the town.
        came = weekly_totals(known, self.crime_type)[::-1].astype(np.float64)
        fading = found.fade ** np.arange(len(came))
        whole = came.copy()
        share_known = completeness(known, self.crime_type)[: len(came)]
        whole[: len(share_known)] /= share_known
        missing = float(fading @ whole) / max(float(fading @ came), _NOTHING)
        rate = found.children * (1 - found.fade) * max(missing, 1.0)
        return rate * np.maximum(layer, 0).astype(np.float64)


def events_of(known: History, crime_type: str) -> Events:
    """Return the incidents of a type as they are known, each once, in the order of their weeks.

    Reports of one place about one week count as one with their weight together, so that what was taken back is gone.
    """
    first = known.first_weeks[known.type_number(crime_type)]
    rows = known.about(crime_type, first)
    weeks = max(known.cutoff_week - first, 1)
    columns = (known.north_m[rows], known.east_m[rows], known.cell_index[rows], known.occurred_week[rows])
    order = np.lexsort(columns)
    rows = rows[order]
    fresh = np.ones(len(rows), dtype=np.bool_)
    if len(rows):
        fresh[1:] = np.any([column[order][1:] != column[order][:-1] for column in columns], axis=0)
    begins = np.flatnonzero(fresh)
    weight = np.add.reduceat(known.weight[rows].astype(np.float64), begins) if len(begins) else np.empty(0)
    kept = weight > _NOTHING
    rows, weight = rows[begins][kept], weight[kept]
    share_known = np.ones(weeks)
    tail = completeness(known, crime_type)[:weeks]
    share_known[weeks - len(tail) :] = tail[::-1]
    return Events(
        cell_index=known.cell_index[rows],
        east_m=known.east_m[rows],
        north_m=known.north_m[rows],
        weight=weight,
        starts=np.searchsorted(known.occurred_week[rows] - first, np.arange(weeks + 1)),
        share_known=share_known,
    )
