# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from outlook.conftest import WEEK, ZONE, incidents, make_town
from stip.errors import AgreementError, HistoryError
from stip.outlook import RECORD_WEEKS, Dispersion, StudyArea, make_outlook
from stip.settings import OutlookSettings, Reporting, Settings, write_toml
from stip.space import week_number, week_numbers
from stip.store import OUTLOOK, SCORE, Workspace, conform, latest_run, publish_batch, record, write_text


def with_settings(town: Workspace, settings: Settings) -> Workspace:
    write_text(town.root / "stip.toml", write_toml(settings))
    return Workspace.open(town.root)


def test_the_same_inputs_give_the_same_run_and_numbers(town: Workspace) -> None:
    said: list[str] = []
    first = make_outlook(town, WEEK, progress=said.append)
    again = make_outlook(town, WEEK)
    assert said
    assert (again.run_id, again.facts["made_at"]) == (first.run_id, first.facts["made_at"])
    tables = {name: first.table(name) for name in ("outlook", "record")}
    shutil.rmtree(first.folder)
    afresh = make_outlook(town, WEEK)
    assert afresh.run_id == first.run_id
    for name, table in tables.items():
        pd.testing.assert_frame_equal(afresh.table(name), table)
    assert afresh.notes == first.notes
    found = latest_run(town, "outlook", WEEK)
    assert found is not None and found.intact()


def test_what_comes_in_later_changes_nothing(town: Workspace, area: StudyArea) -> None:
    first = make_outlook(town, WEEK)
    later = incidents(area, per_week=30, weeks=3, until="2026-W40", seed=77).assign(batch_id="b77")
    later = later[later["known_at"] >= pd.Timestamp("2026-09-06T22:00:00Z")]
    publish_batch(town, later, {"batch_id": "b77", "received_at": "2026-10-01T06:00:00Z"})
    assert make_outlook(town, WEEK).run_id == first.run_id


def test_every_cell_has_an_expectation_within_its_interval(looked_ahead: Workspace, area: StudyArea) -> None:
    run = make_outlook(looked_ahead, WEEK)
    outlook = run.table("outlook")
    conform(outlook, OUTLOOK)
    assert outlook["cell"].tolist() == area.cells.tolist()
    assert (outlook["expected"] > 0).all()
    assert (outlook["low"] <= outlook["high"]).all()
    assert outlook["expected"].sum() == pytest.approx(12, rel=0.3)
    assert outlook["expected"].sum() == pytest.approx(run.notes["by_type"]["home_burglary"]["expected_total"])
    counts = outlook["tier"].value_counts()
    assert (counts[1], counts[3], counts[5], counts[10]) == (3, 5, 5, 13)
    assert outlook.sort_values("expected", ascending=False)["tier"].is_monotonic_increasing


def test_reasons_stand_beside_the_cells_that_stand_high(looked_ahead: Workspace) -> None:
    outlook = make_outlook(looked_ahead, WEEK).table("outlook")
    high, rest = outlook[outlook["tier"] < 100], outlook[outlook["tier"] == 100]
    assert high["reasons"].map(len).between(0, 3).all()
    assert (high["reasons"].map(len) > 0).mean() > 0.8
    assert (rest["reasons"].map(len) == 0).all()
    assert high["reasons"].map(lambda facts: len(" ".join(facts).split())).max() <= 60


def test_the_record_holds_model_and_baselines_of_the_weeks_before(looked_ahead: Workspace) -> None:
    run = make_outlook(looked_ahead, WEEK)
    scores = run.table("record")
    conform(scores, SCORE)
    assert scores["week"].nunique() == RECORD_WEEKS
    assert scores["week"].max() < WEEK
    assert set(scores["model"]) == {"blend", "last_52_weeks", "long_run", "kde_narrow"}
    assert (scores["run_id"] == run.run_id).all()
    assert set(scores["state"]) == {"provisional", "final"}


def test_a_block_keeps_its_verdict_while_late_reports_come_in(town: Workspace, area: StudyArea) -> None:
    first = make_outlook(town, WEEK).notes["by_type"]["home_burglary"]["verdict"]
    assert first["weeks"] == 12
    late = incidents(area, per_week=15, weeks=30, until=WEEK, seed=78).assign(batch_id="b78")
    late["known_at"] = pd.Timestamp("2026-09-08T08:00:00Z")  # all of it in the week after the one that was foretold
    publish_batch(town, late, {"batch_id": "b78", "received_at": "2026-09-08T08:00:00Z"})
    again = make_outlook(town, "2026-W38").notes["by_type"]["home_burglary"]["verdict"]
    assert again == first


def test_a_week_that_was_not_delivered_is_scored_nowhere_and_not_taken_for_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, area: StudyArea
) -> None:
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    steady = incidents(area, per_week=40, weeks=150, delay_weeks=0.01, seed=21)
    known = week_numbers(steady["known_at"], ZONE)
    gone = [week_number("2026-W32"), week_number("2026-W33"), week_number("2026-W20"), week_number("2025-W10")]
    full = make_outlook(make_town(tmp_path / "full", area, steady), WEEK)
    gapped = make_outlook(make_town(tmp_path / "gapped", area, steady[~np.isin(known, gone)]), WEEK)
    assert set(full.table("record")["week"]) - set(gapped.table("record")["week"]) == {"2026-W32", "2026-W33"}
    verdict = gapped.notes["by_type"]["home_burglary"]["verdict"]
    assert verdict["weeks"] == 11 and "Van week 20 van 2026 kwam geen bestand" in verdict["text"]
    for gauge in ("dispersion", "dispersion_baseline"):
        town_error = [run.notes[gauge]["home_burglary"]["town"] for run in (full, gapped)]
        assert town_error[1] < town_error[0] + 0.01  # 40 expected and none came, four times, would add far more


def test_the_baseline_has_a_dispersion_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, area: StudyArea
) -> None:
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    swings = incidents(area, per_week=40, weeks=130, delay_weeks=0.01, seed=23)
    quiet = (week_numbers(swings["known_at"], ZONE) // 3) % 2 == 0  # three weeks busy, three weeks quiet
    town = make_town(tmp_path / "town", area, swings[~quiet | (np.arange(len(swings)) % 3 == 0)])
    notes = make_outlook(town, WEEK).notes
    mine, beside = notes["dispersion"]["home_burglary"], notes["dispersion_baseline"]["home_burglary"]
    assert Dispersion(**beside).town > 0.05
    assert mine != beside
    outlook = town.settings.outlook.model_copy(update={"model": town.settings.outlook.baseline})
    alone = make_outlook(with_settings(town, town.settings.model_copy(update={"outlook": outlook})), WEEK).notes
    assert alone["dispersion"] == alone["dispersion_baseline"]
    assert alone["dispersion_baseline"]["home_burglary"] == pytest.approx(beside)


def test_notes_tell_how_it_was_made(looked_ahead: Workspace) -> None:
    notes = make_outlook(looked_ahead, WEEK).notes
    assert notes["cutoff"] == "2026-09-07T00:00:00+02:00"
    assert notes["use"] == notes["by_type"]["home_burglary"]["verdict"]["use"]
    assert notes["verdicts"] == [notes["by_type"]["home_burglary"]["verdict"]["text"]]
    assert Dispersion(**notes["dispersion"]["home_burglary"]).cell >= 0
    share = notes["by_type"]["home_burglary"]["share_known"]
    assert 0.4 < share[0] < share[-1] <= 1
    assert set(notes["by_type"]["home_burglary"]["learned"]["pool"]) == {
        "mixture",
        "loglinear",
        "boosted",
        "excited",
    }


def test_a_paused_outlook_is_not_made(town: Workspace) -> None:
    rows = pd.DataFrame({"what": ["outlook"], "paused": [True], "reason": ["onderzoek"], "role": ["fg"]})
    record(town, "pause", rows, at=pd.Timestamp("2026-09-01T12:00:00Z").to_pydatetime())
    with pytest.raises(AgreementError, match="pauze"):
        make_outlook(town, WEEK)


def test_what_the_police_find_themselves_is_refused_as_a_target(town: Workspace) -> None:
    kind = town.settings.crime_types["home_burglary"].model_copy(update={"reporting": Reporting.POLICE})
    types = {**town.settings.crime_types, "home_burglary": kind}
    refused = with_settings(town, town.settings.model_copy(update={"crime_types": types}))
    with pytest.raises(AgreementError, match="politie"):
        make_outlook(refused, WEEK)


def test_what_the_police_find_themselves_is_no_signal_either(town: Workspace, area: StudyArea) -> None:
    drugs = incidents(area, crime_type="vandalism", seed=5).assign(batch_id="b5")
    publish_batch(town, drugs, {"batch_id": "b5", "received_at": "2026-09-07T06:00:00Z"})
    assert "vandalism" in str(make_outlook(town, WEEK).notes["by_type"]["home_burglary"]["learned"]["mixture"])
    kind = town.settings.crime_types["vandalism"].model_copy(update={"reporting": Reporting.POLICE})
    types = {**town.settings.crime_types, "vandalism": kind}
    without = with_settings(town, town.settings.model_copy(update={"crime_types": types}))
    learned = make_outlook(without, WEEK).notes["by_type"]["home_burglary"]["learned"]["mixture"]
    assert "vandalism" not in str(learned)


def test_a_baseline_can_be_the_model(town: Workspace) -> None:
    outlook = OutlookSettings(model="long_run", training_weeks=26)
    plain = with_settings(town, town.settings.model_copy(update={"outlook": outlook}))
    run = make_outlook(plain, WEEK)
    assert run.notes["model"] == "long_run"
    assert run.table("outlook")["expected"].gt(0).all()


def test_too_little_history_is_refused_in_a_sentence(town: Workspace) -> None:
    with pytest.raises(HistoryError, match="meldingen"):
        make_outlook(town, "2019-W05")


def test_a_target_that_nobody_reported_yet_is_left_out_and_said(town: Workspace) -> None:
    outlook = town.settings.outlook.model_copy(update={"targets": ("home_burglary", "bicycle_theft")})
    both = with_settings(town, town.settings.model_copy(update={"outlook": outlook}))
    run = make_outlook(both, WEEK)
    assert set(run.table("outlook")["crime_type"]) == set(run.notes["by_type"]) == {"home_burglary"}
    assert run.facts["settings"]["outlook"]["targets"] == ["home_burglary"]
    assert "Fietsdiefstal: hiervan is nog geen enkele melding bekend" in run.notes["warnings"][-1]
    assert make_outlook(both, WEEK).run_id == run.run_id
