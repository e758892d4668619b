# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import shutil

import pandas as pd
import pytest

from outlook.conftest import WEEK, incidents
from stip.errors import AgreementError, HistoryError
from stip.outlook import RECORD_WEEKS, Dispersion, StudyArea, make_outlook
from stip.settings import OutlookSettings, Reporting, Settings, write_toml
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


def test_notes_tell_how_it_was_made(looked_ahead: Workspace) -> None:
    notes = make_outlook(looked_ahead, WEEK).notes
    assert notes["cutoff"] == "2026-09-07T00:00:00+02:00"
    assert notes["use"] == notes["by_type"]["home_burglary"]["verdict"]["use"]
    assert notes["verdicts"] == [notes["by_type"]["home_burglary"]["verdict"]["text"]]
    assert Dispersion(**notes["dispersion"]["home_burglary"]).cell >= 0
    share = notes["by_type"]["home_burglary"]["share_known"]
    assert 0.4 < share[0] < share[-1] <= 1
    assert sum(notes["by_type"]["home_burglary"]["learned"]["pool"].values()) == pytest.approx(1, abs=0.01)


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
