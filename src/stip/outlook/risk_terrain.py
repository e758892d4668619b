# SPDX-License-Identifier: EUPL-1.2
"""Risk terrain modelling (RTM, as RTMDx does it): where the surroundings look like those of earlier incidents."""

from __future__ import annotations

from typing import Self

import numpy as np

from stip.errors import HistoryError
from stip.outlook.area import Doubles
from stip.outlook.forecaster import Forecaster, register
from stip.outlook.history import History
from stip.outlook.kernels import level, scaled
from stip.outlook.reasons import Pull
from stip.outlook.terrain_choice import choose
from stip.outlook.terrain_factors import factors_of


@register
class RiskTerrain(Forecaster):
    """Relative risk by a few yes-or-no questions about the surroundings, scaled to the level of the last year.

    Of where earlier incidents lay it keeps nothing but what they teach about the questions.

    Attributes
    ----------
    factors_ : list of Factor
        Those that were chosen.
    choice_ : Choice
    risk_ : ndarray, shape (n_cells,)
        Relative risk: 1 in a cell where every answer is no.
    """

    name = "risk_terrain"
    label = "kenmerken van de omgeving (RTM)"
    slow = True

    @classmethod
    def can_read(cls, known: History) -> bool:
        """Tell whether there is any context that differs between cells."""
        return bool(known.context.usable)

    def fit(self, known: History) -> Self:
        """Choose the questions and learn their relative risks from all incidents so far.

        Raises
        ------
        HistoryError
            When there is no context.
        """
        if not self.can_read(known):
            raise HistoryError(
                f"‘{self.name}’ kijkt naar lagen van de omgeving, maar die zijn er niet. Lees een laag in met "
                "‘stip intake layer’ en noem haar bij link.features in stip.toml, of kies een ander model."
            )
        factors = factors_of(known.context, known.area)
        came = known.counts(self.crime_type, known.first_week, known.cutoff_week).clip(0)
        answers = np.column_stack([factor.holds for factor in factors]) if factors else np.empty((len(came), 0), bool)
        self.choice_ = choose(answers, came, [factor.feature for factor in factors])
        self.factors_ = [factors[place] for place in self.choice_.places]
        told = answers[:, list(self.choice_.places)] @ self.choice_.coefficients
        self.risk_ = np.exp(told)
        self.known_ = known
        return self

    def predict(self) -> Doubles:
        """Return the relative risk, scaled to the level of the last year."""
        return scaled(self.risk_, level(self.known_, self.crime_type))

    def pulls(self) -> list[Pull]:
        """Return what each factor adds to a cell, in incidents a week."""
        expected = self.predict()
        return [
            Pull(factor.feature, expected * factor.holds * -np.expm1(-coefficient))
            for factor, coefficient in zip(self.factors_, self.choice_.coefficients, strict=True)
        ]

    def learned(self) -> dict[str, object]:
        """Return the factors with their relative risks, and how much counts spread."""
        risks = np.exp(self.choice_.coefficients)
        return {
            "relative_risk": {
                factor.label: round(float(risk), 2) for factor, risk in zip(self.factors_, risks, strict=True)
            },
            "dispersion": round(self.choice_.dispersion, 3),
            "bic": round(self.choice_.bic, 1),
        }
