# SPDX-License-Identifier: EUPL-1.2
"""What every forecaster in the register must do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from outlook.conftest import WEEK
from stip.errors import HistoryError, SettingsError
from stip.outlook import Context, Forecaster, History, make_forecasters, model_label, model_names, rolling
from stip.settings import OutlookSettings
from stip.space import week_number

CUTOFF = week_number(WEEK)


@pytest.fixture(scope="module")
def history(history: History) -> History:
    """Give the town some shops, which stand where most is reported: some forecasters look at nothing else."""
    busy = history.counts("home_burglary", CUTOFF - 130, CUTOFF)
    shops = np.random.default_rng(3).poisson(busy / 4)[:, None] * 1.0
    return replace(history, context=Context(len(history.area), ("shops_count",), shops))


def foretell(history: History, name: str, settings: OutlookSettings, weeks: int = 3) -> list[np.ndarray]:
    forecasters = make_forecasters((name,), ("home_burglary",), settings)
    forecasts = rolling(history, forecasters, first_week=CUTOFF - weeks + 1, last_week=CUTOFF, refit_weeks=2)
    return [forecast.expected for forecast in forecasts]


@pytest.mark.parametrize("name", model_names())
def test_it_expects_a_sensible_number_everywhere(history: History, settings: OutlookSettings, name: str) -> None:
    for expected in foretell(history, name, settings):
        assert expected.shape == (len(history.area),)
        assert np.isfinite(expected).all()
        assert (expected > 0).all()
        assert expected.sum() == pytest.approx(12, rel=0.6)


@pytest.mark.parametrize("name", model_names())
def test_it_gives_the_same_numbers_again(history: History, settings: OutlookSettings, name: str) -> None:
    for one, two in zip(foretell(history, name, settings), foretell(history, name, settings), strict=True):
        assert np.array_equal(one, two)


@pytest.mark.parametrize("name", model_names())
def test_it_stands_before_chance(history: History, settings: OutlookSettings, name: str) -> None:
    came = history.counts("home_burglary", CUTOFF - 60, CUTOFF)
    expected = foretell(history, name, settings, weeks=1)[0]
    assert np.corrcoef(expected, came)[0, 1] > 0.3


@pytest.mark.parametrize("name", model_names())
def test_it_keeps_its_hands_off_the_history(history: History, settings: OutlookSettings, name: str) -> None:
    before = {field: getattr(history, field).copy() for field in ("weight", "occurred_week", "cell_index")}
    foretell(history, name, settings)
    for field, values in before.items():
        assert np.array_equal(getattr(history, field), values)


@pytest.mark.parametrize("name", model_names())
def test_it_has_a_dutch_name(name: str) -> None:
    assert model_label(name)
    assert "hotspot" not in model_label(name)


def test_an_unknown_name_is_refused_with_the_known_ones(settings: OutlookSettings) -> None:
    with pytest.raises(SettingsError, match="long_run"):
        make_forecasters(("crystal_ball",), ("home_burglary",), settings)


def test_forecasters_made_together_share_one_memory(settings: OutlookSettings) -> None:
    made: list[Forecaster] = make_forecasters(("blend", "long_run"), ("a", "b"), settings)
    assert len({id(forecaster.memory) for forecaster in made}) == 1
    assert [(f.name, f.crime_type) for f in made] == [
        ("blend", "a"),
        ("long_run", "a"),
        ("blend", "b"),
        ("long_run", "b"),
    ]


def test_a_forecaster_without_what_it_looks_at_is_not_offered_and_says_so(
    history: History, settings: OutlookSettings
) -> None:
    bare = replace(history, context=Context(len(history.area)))
    assert set(model_names(history)) - set(model_names(bare)) == {"risk_terrain"}
    with pytest.raises(HistoryError, match="stip intake layer"):
        foretell(bare, "risk_terrain", settings)


def test_slow_forecasters_run_only_when_asked_for() -> None:
    assert {"etas", "risk_terrain"} == set(model_names()) - set(model_names(slow=False))
    assert "blend" in model_names(slow=False)
