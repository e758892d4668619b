# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from link.conftest import areas_of, incidents_at
from stip.agreements import install_shipped
from stip.cli.explore import app
from stip.cli.explore_show import heat
from stip.errors import AgreementError, HistoryError, SettingsError
from stip.link import link_workspace
from stip.settings import Settings, Town
from stip.space import shift_week
from stip.store import Workspace, publish_batch, read_incidents, record, write_areas


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace.create(
        tmp_path_factory.mktemp("explore") / "town", Settings(town=Town(name="Proefstad", cell_m=50))
    )
    install_shipped(workspace)
    write_areas(workspace, areas_of(2026))
    rng = np.random.default_rng(7)
    spread = [(float(x), float(y)) for x, y in rng.uniform(0, (800, 200), (120, 2))]
    pile = [(float(x), float(y)) for x, y in rng.uniform((50, 50), (200, 200), (60, 2))]
    incidents = incidents_at(*spread, *pile)
    days = pd.to_timedelta(np.concatenate([rng.integers(0, 700, 120), rng.integers(400, 700, 60)]), unit="D")
    at = pd.Timestamp("2024-10-07 14:00", tz="UTC") + days
    incidents = incidents.assign(
        from_at=at, to_at=at + pd.Timedelta(hours=3), known_at=at + pd.Timedelta(days=2), version=np.int32(1)
    )
    incidents["crime_type"] = np.where(np.arange(180) % 4, "bicycle_theft", "vandalism")
    for name in ("from_at", "to_at", "known_at"):
        incidents[name] = incidents[name].dt.as_unit("us")
    publish_batch(workspace, incidents, {"batch_id": "b1"})
    link_workspace(workspace)
    return workspace


def run(town: Workspace, *words: str) -> Any:
    return CliRunner().invoke(app, [words[0], "--workspace", str(town.root), *words[1:]], env={"COLUMNS": "118"})


def answer(town: Workspace, *words: str) -> dict:
    result = run(town, *words, "--json")
    assert result.exit_code == 0, result.exception
    return json.loads(result.output)


def test_counts_are_told_by_type_and_by_place(town: Workspace) -> None:
    told = run(town, "counts").output
    assert "in 52 weken" in told and "Fietsdiefstal" in told and "Vernieling" in told
    assert "Noord" in run(town, "counts", "--by", "area").output
    assert "Boven" in run(town, "counts", "--by", "district").output
    facts = answer(town, "counts", "--by", "town", "--from", "2024-W41", "--to", "2026-W50")
    assert facts["counts"][0]["name"] == "Proefstad"
    assert facts["counts"][0]["count"] == pytest.approx(180)


def test_change_is_laid_beside_a_year_earlier_or_the_weeks_before(town: Workspace) -> None:
    told = run(town, "change").output
    assert "eerst → nu" in told and "Clopper-Pearson" in told
    facts = answer(town, "change", "--against", "before", "--by", "area", "--from", "2026-W10", "--to", "2026-W20")
    assert facts["other_to"] == shift_week("2026-W10", -1)
    assert {row["verdict"] for row in facts["changes"]} <= {"few", "chance", "more", "less"}
    assert all(row["ratio"] is None or row["ratio"] >= 0 for row in facts["changes"])


def test_change_leaves_out_what_the_older_period_was_told_later(
    town: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    recent = ("change", "--by", "town", "--from", "2026-W29", "--to", "2026-W35")
    before = answer(town, *recent)
    copied = tmp_path_factory.mktemp("late") / "town"
    shutil.copytree(town.root, copied)
    late = read_incidents(town).iloc[:9].assign(batch_id="b2")
    at = pd.Series(pd.Timestamp("2025-08-13 12:00", tz="UTC").as_unit("us"), index=late.index)
    late = late.assign(incident_id=[f"late{n}" for n in range(9)], from_at=at, to_at=at)
    late["known_at"] = at + pd.Timedelta(weeks=8)  # the recent period cannot have such late ones yet
    other = Workspace.open(copied)
    publish_batch(other, late, {"batch_id": "b2"})
    after = answer(other, *recent)
    assert after["changes"] == before["changes"]
    assert after["other_came_later"] == pytest.approx(before["other_came_later"] + 9)
    told = " ".join(run(other, *recent).output.split())
    assert f"Let op: van {after['incomplete_from']} t/m 2026-W35 komen nog meldingen binnen" in told
    assert "even compleet" in told and "die tellen hier niet mee" in told
    assert answer(other, *recent[:3], "--from", "2026-W10", "--to", "2026-W20")["incomplete_from"] is None


def test_rhythm_is_drawn_and_given(town: Workspace) -> None:
    told = run(town, "rhythm", "--type", "bicycle_theft").output
    assert told.startswith("Fietsdiefstal, ")
    assert "Drukste uur (vol)" in told and "zo  " in told
    assert len(answer(town, "rhythm")["rhythm"]) == 168


def test_places_with_more_than_chance_are_shown_without_a_hard_word(town: Workspace) -> None:
    told = run(town, "hotspots", "--from", "2025-W45").output
    assert "Plekken met meer dan toeval" in told
    assert "Noord" in told and "E100N" in told
    assert "hotspot" not in told.lower() and "risico" not in told.lower()
    facts = answer(town, "hotspots", "--from", "2025-W45")
    assert facts["more_than_chance"][0]["area"] == "Noord"


def test_where_nothing_stands_out_that_is_said(town: Workspace) -> None:
    assert "Geen enkele plek" in run(town, "hotspots", "--type", "vandalism", "--to", "2025-W30").output


def test_repeats_are_told_with_what_they_cannot_say(town: Workspace) -> None:
    told = run(town, "repeats", "--permutations", "19").output
    assert "dezelfde plek" in told and "op 10 m nauwkeurig" in told
    assert "19 keer geschud" in told
    facts = answer(town, "repeats", "--permutations", "19")
    assert len(facts["bands"]) == 12 and facts["precision_m"] == 10


def test_repeats_show_chains_and_the_same_place(town: Workspace) -> None:
    words = ("repeats", "--permutations", "19", "--distance", "300", "--days", "28")
    told = run(town, *words).output
    assert "lengte van de reeks" in told and "11 of meer" in told and "binnen 300 m en 28 dagen" in told
    facts = answer(town, *words)
    assert facts["chain_distance_m"] == 300 and facts["chain_days"] == 28
    linked = sum(row["incidents"] for row in facts["chains"])
    assert 0 < linked <= facts["incidents"]
    assert facts["chains"][-1]["to_length"] is None
    share = sum(row["share"] for row in facts["same_place"] if row["to_days"] <= 28)
    assert facts["same_place_share"] == share


def test_what_cannot_be_asked_ends_in_a_sentence(town: Workspace) -> None:
    for words, error, sentence in (
        (("counts", "--type", "fraude"), SettingsError, "‘fraude’ ken ik niet"),
        (("counts", "--from", "2026-W60"), SettingsError, "geen week"),
        (("change", "--from", "2024-W01"), SettingsError, "overlappen"),
        (("repeats", "--to", "2020-W10"), HistoryError, "te weinig"),
        (("hotspots", "--to", "2020-W10"), HistoryError, "evenveel"),
    ):
        result = run(town, *words)
        assert isinstance(result.exception, error)
        assert sentence in str(result.exception)


def test_without_incidents_or_agreement_nothing_is_shown(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "town", Settings(town=Town(name="Proefstad")))
    assert isinstance(run(workspace, "counts").exception, HistoryError)
    publish_batch(workspace, incidents_at((10, 10)), {"batch_id": "b1"})
    assert isinstance(run(workspace, "counts").exception, AgreementError)
    install_shipped(workspace)
    assert run(workspace, "counts", "--to", "2026-W40").exit_code == 0
    pause = {"what": ["source:bvh"], "paused": [True], "reason": ["onderzoek"], "role": ["fg"]}
    record(workspace, "pause", pd.DataFrame(pause), at=pd.Timestamp("2026-11-01", tz="UTC").to_pydatetime())
    assert "pauze" in str(run(workspace, "counts").exception)


def test_a_week_without_anything_can_be_drawn() -> None:
    lines = heat(pd.DataFrame(np.zeros((7, 24))))
    assert len(lines) == 10 and max(map(len, lines)) <= 80
