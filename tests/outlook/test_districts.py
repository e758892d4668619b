# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from outlook.conftest import WEEK
from stip.errors import ContractError
from stip.outlook import (
    DISTRICT_SHARES,
    DistrictScores,
    History,
    Truth,
    backtest,
    hits_at,
    make_forecasters,
    read_districts,
    rolling,
)
from stip.settings import OutlookSettings
from stip.space import week_from_number, week_number
from stip.store import Workspace

CUTOFF = week_number(WEEK)
NAMES = ("long_run", "last_52_weeks")


def quarters(history: History) -> np.ndarray:
    return np.array([f"WK{zone}" for zone in history.area.zones], dtype=object)


def test_districts_add_up_to_the_town(history: History, settings: OutlookSettings) -> None:
    scores = DistrictScores(history, quarters(history))
    forecasters = make_forecasters(NAMES, ("home_burglary",), settings)
    town = backtest(history, forecasters, weeks=6, refit_weeks=4, watch=scores.add)
    rows = scores.rows()
    assert len(rows) == 6 * 2 * len(DISTRICT_SHARES) * 4
    added = rows.groupby(["week", "model", "area_share"])[["town_hits", "total", "expected", "town_cells"]].sum()
    beside = town.set_index(["week", "model", "area_share"]).loc[added.index]
    for ours, theirs in (("town_hits", "hits"), ("total", "total"), ("expected", "expected")):
        np.testing.assert_allclose(added[ours], beside[theirs], atol=1e-9)
    shares = added.index.get_level_values("area_share").to_numpy()
    np.testing.assert_allclose(added["town_cells"], np.round(shares * len(history.area)))


def test_own_hits_are_those_among_the_district_itself(history: History, settings: OutlookSettings) -> None:
    scores = DistrictScores(history, quarters(history))
    forecasters = make_forecasters(("long_run",), ("home_burglary",), settings)
    (forecast,) = rolling(history, forecasters, first_week=CUTOFF - 9, last_week=CUTOFF - 9, refit_weeks=4)
    scores.add(forecast)
    rows = scores.rows().set_index(["district", "area_share"])
    came = Truth(history).counts("home_burglary", CUTOFF - 9)
    for zone in range(4):
        mine = history.area.zones == zone
        row = rows.loc[(f"WK{zone}", 0.05)]
        assert row["own_hits"] == pytest.approx(hits_at(forecast.expected[mine], came[mine], area_share=0.05))
        assert row["cells"] == mine.sum()
        assert row["total"] == pytest.approx(came[mine].sum())
        assert row["week"] == week_from_number(CUTOFF - 9)


def test_a_cell_without_a_district_is_left_out(history: History, settings: OutlookSettings) -> None:
    names = quarters(history)
    names[names == "WK2"] = ""
    scores = DistrictScores(history, names)
    backtest(
        history,
        make_forecasters(("long_run",), ("home_burglary",), settings),
        weeks=2,
        refit_weeks=2,
        watch=scores.add,
    )
    assert set(scores.rows()["district"]) == {"WK0", "WK1", "WK3"}


def test_districts_must_fit_the_cells(history: History) -> None:
    with pytest.raises(ContractError, match="voor elk vak"):
        DistrictScores(history, quarters(history)[1:])
    with pytest.raises(ContractError, match="Geen enkel vak"):
        DistrictScores(history, np.full(len(history.area), "", dtype=object))


def test_districts_come_from_the_areas_of_the_workspace(town: Workspace, history: History) -> None:
    assert set(read_districts(town, history.area)) == {"WK0"}
