# SPDX-License-Identifier: EUPL-1.2
"""Real towns through the gate, and a whole week on real bicycle thefts, from the file to the plan."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stip.learn import latest_score
from stip.outlook import read_history
from stip.plan import adopt, proposal_of
from stip.space import shift_week, week_start
from stip.week import run_week

_PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "towns.py"
_spec = importlib.util.spec_from_file_location("towns", _PATH)
assert _spec is not None and _spec.loader is not None
towns = importlib.util.module_from_spec(_spec)
sys.modules["towns"] = towns  # dataclasses look their module up
_spec.loader.exec_module(towns)


@pytest.mark.real
@pytest.mark.slow
def test_groningen_from_file_to_plan(real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    said: list[str] = []
    workspace = towns.make_real_town(towns.GRONINGEN, real_data, tmp_path / "groningen", tell=said.append)
    assert said == [
        "groningen: groningen/incidents.parquet: 15947 rows, 15947 in, 0 refused",
        "groningen: 6497 cells in the study area",
    ]
    result = run_week(workspace, towns.GRONINGEN.last_week, received_at=datetime.now(UTC))
    assert 3 <= len(result.view.places) <= workspace.settings.plan.max_places
    (ours,) = [line for line in result.view.record if line.is_outlook]
    assert ours.total > 400
    assert ours.share > 0.4  # of all thefts in 3 % of the town; drawing cells by lot gives 0.03
    assert result.files["kaart"].is_file()


@pytest.mark.real
@pytest.mark.slow
def test_chicago_home_burglary_from_file_to_plan_and_what_came_of_it(
    real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    settings = towns.CHICAGO.settings
    outlook = settings.outlook.model_copy(update={"targets": ("home_burglary",)})
    one = replace(towns.CHICAGO, settings=settings.model_copy(update={"outlook": outlook}))
    workspace = towns.make_real_town(one, real_data, tmp_path / "chicago", tell=lambda said: None)
    week = shift_week(one.last_week, -2)
    now = datetime.now(UTC)
    result = run_week(workspace, week, received_at=now)
    assert 3 <= len(result.view.places) <= workspace.settings.plan.max_places
    (ours,) = [line for line in result.view.record if line.is_outlook]
    assert ours.total > 1000
    assert ours.share > 0.08  # of all burglaries in 3 % of the town; drawing cells by lot gives 0.03
    adopt(workspace, proposal_of(result.plan), at=week_start(week, settings.town.time_zone))
    later = run_week(workspace, shift_week(week, 1), received_at=now)
    assert week in later.scored
    score = latest_score(workspace, result.outlook)
    assert score is not None
    rows = score.table("score").query("crime_type == 'home_burglary'")
    assert {"outlook", "baseline", "plan"} <= set(rows["model"])
    assert rows.loc[rows["model"] == "outlook", "total"].min() > 50


@pytest.mark.real
def test_portland_has_two_targets_and_two_signals_in_its_police_districts(
    real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    said: list[str] = []
    workspace = towns.make_real_town(towns.PORTLAND, real_data, tmp_path / "portland", tell=said.append)
    assert said == [
        "portland: portland_nij/incidents_burglary_mvt_2012_2017.parquet: 15206 rows, 15206 in, 0 refused",
        "portland: portland_nij/incidents_street_crime_2012_TRUNCATED.parquet: 33378 rows, 33378 in, 0 refused",
        "portland: 24485 cells in the study area",
    ]
    history = read_history(workspace, shift_week(towns.PORTLAND.last_week, 1))
    assert towns.PORTLAND.targets == ("burglary", "vehicle_theft")
    assert history.crime_types == (*towns.PORTLAND.targets, "other_call", "street_crime")
    assert history.area.zones.max() + 1 == 60
    # 147.704 square miles of police districts, as the National Institute of Justice counts them.
    assert len(history.area) * 0.125**2 == pytest.approx(147.704 * 1.609344**2, rel=0.001)


def test_every_real_town_knows_the_types_it_looks_ahead_for() -> None:
    for town in towns.TOWNS.values():
        assert set(town.targets) <= set(town.settings.crime_types)
        for name in (town.source, town.areas_source):
            assert (towns.AGREEMENTS / f"{name}.toml").is_file() or name == "cbs_buurten"
