# SPDX-License-Identifier: EUPL-1.2
"""The same scores for each district, so that nobody is served by an average."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import ContractError
from stip.outlook.area import Doubles, StudyArea
from stip.outlook.backtest import AREA_SHARES, Forecast, Truth
from stip.outlook.history import History
from stip.outlook.ranking import chosen_at, hits_at
from stip.space import week_from_number
from stip.store import Workspace, read_areas, read_cells

DISTRICT_SHARES = AREA_SHARES[:3]
"""Shares of the cells at which a district is scored."""


def read_districts(workspace: Workspace, area: StudyArea) -> npt.NDArray[np.object_]:
    """Return the code of the district (wijk) that each cell of the study area lies in.

    Returns
    -------
    ndarray of str, shape (n,)
        Empty where a cell lies in no neighbourhood that is known.
    """
    neighbourhood = read_cells(workspace).set_index("cell")["area_code"].reindex(area.cells)
    district = neighbourhood.map(read_areas(workspace).district_of())
    return district.astype("object").where(district.notna(), "").to_numpy(object)


class DistrictScores:
    """Scores forecasts for each district, beside the backtest of the whole town.

    A district is scored twice. *Own*: the best 1, 3 and 5 % of its own cells, at least one; that tells how well the
    outlook knows its way there. *Town*: the best 1, 3 and 5 % of the town's cells, as far as they lie there; that
    tells how much of what happens there lies where the outlook points.

    Parameters
    ----------
    history : History
        With everything that is known; what came is taken from it.
    districts : ndarray of str, shape (n,)
        Of each cell of the study area, as `read_districts` gives it; an empty name is left out.

    Raises
    ------
    ContractError
        When there is not a district for each cell, or no district at all.

    Examples
    --------
    >>> from stip.outlook import backtest, make_forecasters
    >>> scores = DistrictScores(history, read_districts(workspace, history.area))  # doctest: +SKIP
    >>> backtest(history, forecasters, weeks=52, refit_weeks=13, watch=scores.add)  # doctest: +SKIP
    >>> scores.rows()  # doctest: +SKIP
    """

    def __init__(self, history: History, districts: npt.NDArray[np.object_]) -> None:
        if len(districts) != len(history.area):
            raise ContractError(
                f"Er zijn {len(districts)} wijken genoemd voor {len(history.area)} vakken. Geef er een voor elk vak."
            )
        self._truth = Truth(history)
        names, number = np.unique(districts.astype(str), return_inverse=True)
        self._names = [str(name) for name in names]
        self._number = number
        self._places = {
            at: np.flatnonzero(number == at) for at, name in enumerate(self._names) if name
        }  # of each district its cells
        if not self._places:
            raise ContractError("Geen enkel vak ligt in een wijk. Lees de buurten in en doe ‘stip link’.")
        self._rows: list[pd.DataFrame] = []

    def add(self, forecast: Forecast) -> None:
        """Score one forecast in each district; one for a week that was not delivered is left out."""
        if not self._truth.told(forecast.crime_type, forecast.week):
            return
        came = self._truth.counts(forecast.crime_type, forecast.week)
        kept = list(self._places)
        common = {
            "crime_type": forecast.crime_type,
            "week": week_from_number(forecast.week),
            "model": forecast.model,
            "district": [self._names[at] for at in kept],
            "cells": [len(self._places[at]) for at in kept],
            "total": self._sum(came)[kept],
            "expected": self._sum(forecast.expected)[kept],
        }
        for share in DISTRICT_SHARES:
            chosen = chosen_at(forecast.expected, area_share=share)
            own = [
                hits_at(forecast.expected[cells], came[cells], area_share=share) for cells in self._places.values()
            ]
            self._rows.append(
                pd.DataFrame(
                    common
                    | {
                        "area_share": share,
                        "own_hits": own,
                        "town_hits": self._sum(came * chosen)[kept],
                        "town_cells": self._sum(chosen)[kept],
                    }
                )
            )

    def rows(self) -> pd.DataFrame:
        """Return what was scored, one row a crime type, week, model, share of the cells and district.

        Returns
        -------
        DataFrame
            ``cells`` of the district, ``total`` (N) and ``expected`` there, ``own_hits`` in the best share of its
            own cells, and of the town's best share of cells those that lie there (``town_cells``; a tie counts in
            part) and what fell in them (``town_hits``).
        """
        return pd.concat(self._rows, ignore_index=True)

    def _sum(self, values: Doubles) -> Doubles:
        return np.bincount(self._number, values, minlength=len(self._names)).astype(np.float64)
