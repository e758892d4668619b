# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from outlook.conftest import WEEK
from stip.errors import HistoryError
from stip.outlook import Context, History, Memory, find_leaks, make_forecasters
from stip.outlook.risk_terrain import RiskTerrain
from stip.settings import OutlookSettings
from stip.space import week_number

CUTOFF = week_number(WEEK)
TYPE = "home_burglary"


@pytest.fixture(scope="module")
def shops(history: History) -> History:
    busy = history.counts(TYPE, CUTOFF - 130, CUTOFF)
    draw = np.random.default_rng(3)
    layers = np.column_stack([draw.poisson(busy / 4), draw.uniform(0, 900, len(busy))]).astype(float)
    return replace(history, context=Context(len(busy), ("shops_count", "station_distance"), layers))


def fitted(known: History, settings: OutlookSettings) -> RiskTerrain:
    return RiskTerrain(TYPE, settings, Memory((float("inf"),), (0.0,))).fit(known)


def test_it_chooses_the_layer_that_tells_and_leaves_the_other(shops: History, settings: OutlookSettings) -> None:
    made = fitted(shops, settings)
    assert {factor.feature for factor in made.factors_} == {"shops_count"}
    assert made.risk_.min() == 1
    assert all(risk > 1 for risk in made.learned()["relative_risk"].values())  # type: ignore[attr-defined]


def test_only_the_surroundings_tell_cells_apart(shops: History, settings: OutlookSettings) -> None:
    made = fitted(shops, settings)
    assert len(np.unique(made.predict())) <= 2 ** len(made.factors_)


def test_what_lifts_a_cell_is_named_after_its_layer(shops: History, settings: OutlookSettings) -> None:
    made = fitted(shops, settings)
    (pull,) = made.pulls()
    assert pull.kind == "shops_count"
    holds = made.factors_[0].holds
    assert (pull.strength[holds] > 0).all() and (pull.strength[~holds] == 0).all()


def test_the_future_does_not_leak_into_it(shops: History, settings: OutlookSettings) -> None:
    leaks = find_leaks(
        shops, lambda _: make_forecasters(("risk_terrain",), (TYPE,), settings), week=CUTOFF - 9, weeks=4
    )
    assert leaks == []


def test_without_layers_it_says_so(history: History, settings: OutlookSettings) -> None:
    assert not RiskTerrain.can_read(history)
    with pytest.raises(HistoryError, match="link.features"):
        fitted(history, settings)


def test_layers_that_tell_nothing_leave_it_even(history: History, settings: OutlookSettings) -> None:
    noise = np.random.default_rng(1).uniform(0, 900, (len(history.area), 1))
    made = fitted(replace(history, context=Context(len(noise), ("station_distance",), noise)), settings)
    assert made.factors_ == [] and made.pulls() == []
    assert made.predict() == pytest.approx(np.full(len(noise), made.predict()[0]))
