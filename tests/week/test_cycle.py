# SPDX-License-Identifier: EUPL-1.2
"""Two weeks of the small sample town, from the messy police files to the files a team uses."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import geopandas as gpd
import pandas as pd
import pytest

from leftovers import found_in
from stip.agreements import load_agreement
from stip.cli.app import app
from stip.errors import SignalError
from stip.link import visible_cells
from stip.plan import adopt, proposal_of
from stip.samples import SampleTown, make_town, planted_faults, true_incidents
from stip.space import week_start
from stip.store import (
    Workspace,
    batches,
    examine,
    first_open_week,
    read_cells,
    read_decisions,
    read_incidents,
    runs_of,
    write_text,
)
from stip.week import WeekResult, look_at_week, remake_files, run_demo, run_week

pytestmark = pytest.mark.slow

CANARY = "Kanarievogel"
KEPT = (
    "Incident Identificatie",
    "Incidentsoort code",
    "Begin-pleegdatum/tijd",
    "Eind-pleegdatum/tijd",
    "Kennisnamedatum/tijd",
    "X",
    "Y",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


def contaminated_town(folder: Path, *, size: Literal["small", "full"]) -> SampleTown:
    """Make the town, with a canary in each refused column of the files of the police."""
    town = make_town(folder, size=size)
    for path in (town.history, *town.weekly):
        first, *lines = path.read_bytes().decode("cp1252").split("\n")
        refused = {heading: place for place, heading in enumerate(first.split(";")) if heading.strip() not in KEPT}
        changed = [first]
        for line in lines:
            cells = line.split(";")
            if len(cells) == first.count(";") + 1 and '"' not in line:
                for place in refused.values():
                    cells[place] = f"{CANARY} {cells[place]}"
            changed.append(";".join(cells))
        path.write_bytes("\n".join(changed).encode("cp1252"))
    return town


@pytest.fixture(scope="module")
def result(folder: Path) -> WeekResult:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STIP_KEYS", str(folder / "sleutels"))
        (folder / "tijdelijk").mkdir()
        for name in ("TMPDIR", "CPL_TMPDIR"):
            patch.setenv(name, str(folder / "tijdelijk"))
        patch.setattr(tempfile, "tempdir", None)
        patch.setattr("stip.week.demo.make_town", contaminated_town)
        return run_demo(folder, size="small", progress=lambda what: None)


@pytest.fixture
def town(folder: Path, result: WeekResult, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("STIP_KEYS", str(folder / "sleutels"))
    return Workspace.open(folder / "werkmap")


def test_each_row_of_the_new_file_is_accounted_for(result: WeekResult) -> None:
    (report,) = result.intake
    assert report.rows == report.accepted + report.repaired + report.refused
    assert report.new > 0


def test_incidents_are_those_that_really_happened(town: Workspace, folder: Path) -> None:
    stored = read_incidents(town)
    truth = true_incidents(folder / "bron")
    known = truth[truth["known"] < pd.Timestamp("2026-09-07")] if "known" in truth else truth
    assert 0.9 < len(stored) / len(known) < 1.02
    assert len(planted_faults(folder / "bron")) > 0


def test_plan_keeps_its_rules(town: Workspace, result: WeekResult) -> None:
    view = result.view
    cells = read_cells(town).set_index("cell")
    settings = town.settings.plan
    taken = [cell for place in view.places for cell in place.cells]
    assert len(taken) == len(set(taken))
    assert cells.loc[taken, "in_study"].all()
    assert sum(place.hours for place in view.places) <= settings.hours
    assert any(place.origin == "random" for place in view.places) or any("geloot" in told for told in view.warnings)
    assert all(0 < place.probability <= 1 for place in view.places)
    for place in view.places:
        dwellings = int(cells.loc[list(place.cells), "dwellings"].sum())
        assert dwellings == 0 or dwellings >= town.settings.dwellings.minimum


def test_every_figure_has_its_baseline(result: WeekResult) -> None:
    by_type: dict[str, list[bool]] = {}
    for line in result.view.record:
        by_type.setdefault(line.crime_type, []).append(line.is_outlook)
    assert len(by_type) == 4
    assert all(sum(lines) == 1 and len(lines) >= 4 for lines in by_type.values())


def test_last_week_was_scored_and_people_were_heard(town: Workspace, result: WeekResult) -> None:
    assert "2026-W36" in result.scored
    assert len(runs_of(town, "score", "2026-W36")) >= 1
    assert len(read_decisions(town, "feedback", week="2026-W36")) > 0


def test_dots_obey_the_dwellings_rule(town: Workspace, result: WeekResult) -> None:
    cells = read_cells(town)
    shown = visible_cells(cells, minimum=town.settings.dwellings.minimum)
    allowed = shown["shown_as"].dropna().unique()
    x, y = town.grid.centre(allowed.to_numpy(dtype="int64"))
    assert set(zip(result.view.dots["x_m"], result.view.dots["y_m"], strict=True)) <= set(zip(x, y, strict=True))


def test_files_hold_the_places(result: WeekResult) -> None:
    listed = pd.read_csv(result.files["weekplan"], sep=";", decimal=",")
    drawn = gpd.read_file(result.files["weekplan op de kaart"])
    assert len(listed) == len(drawn) == len(result.view.places)
    assert drawn.crs == "EPSG:4326"
    assert result.files["kaart op A4"].stat().st_size > 10_000
    assert json.loads(json.dumps(result.to_dict(), default=str))["week"] == "2026-W37"


def test_workspace_holds_no_value_of_a_refused_column(
    folder: Path, town: Workspace, result: WeekResult, capfd: pytest.CaptureFixture[str]
) -> None:
    headings, *lines = result_file(folder).read_text(encoding="cp1252").split("\n")
    columns = headings.split(";")
    refused = {columns[place] for line in lines for place, text in enumerate(line.split(";")) if CANARY in text}
    assert {*load_agreement(town, "bvh").why_refused} & set(columns) <= refused
    numbers = {
        line.split(";")[columns.index("Incident Identificatie")].strip() for line in lines if line.count(";") > 5
    }
    secrets = {CANARY, *(number for number in numbers if len(number) > 6)}
    assert len(secrets) > 20
    assert found_in(town.root, re.compile("|".join(map(re.escape, secrets)), re.I)) == []
    assert found_in(folder / "tijdelijk", re.compile(CANARY, re.I)) == []
    assert CANARY not in json.dumps(result.to_dict(), default=str)
    words = ["week", "--workspace", str(town.root), "--dry-run", str(result_file(folder))]
    app(words, standalone_mode=False)
    assert CANARY not in "".join(capfd.readouterr())


def result_file(folder: Path) -> Path:
    return sorted((folder / "bron").glob("bvh_2026-*.csv"))[-1]


def test_the_same_week_again_changes_nothing(folder: Path, town: Workspace, result: WeekResult) -> None:
    before = {path: path.stat().st_mtime_ns for path in (town.root / "runs").rglob("*.parquet")}
    held = [manifest["batch_id"] for manifest in batches(town)]
    at = week_start("2026-W37", "Europe/Amsterdam")
    again = run_week(town, "2026-W37", files=(result_file(folder),), received_at=at + pd.Timedelta(hours=7.5))
    assert (again.outlook.run_id, again.plan.run_id) == (result.outlook.run_id, result.plan.run_id)
    assert [manifest["batch_id"] for manifest in batches(town)] == held
    assert {path: path.stat().st_mtime_ns for path in before} == before


def snapshot(town: Workspace) -> dict[Path, bytes]:
    return {
        path: path.read_bytes() for path in sorted(town.root.rglob("*")) if path.is_file() and path.suffix != ".lock"
    }


def test_a_dry_run_tells_and_writes_nothing(folder: Path, town: Workspace, result: WeekResult) -> None:
    before = snapshot(town)
    at = week_start("2026-W38", "Europe/Amsterdam")
    looked = look_at_week(town, files=(result_file(folder),), received_at=at)
    assert (looked.week, looked.destroyed) == ("2026-W37", {})
    assert looked.intake[0].unchanged > 0
    assert looked.intake[0].dry_run
    assert json.loads(json.dumps(looked.to_dict(), default=str))["due"] == list(looked.due)
    assert snapshot(town) == before


def test_a_week_destroys_what_is_too_old_before_anything_else(town: Workspace, result: WeekResult) -> None:
    assert result.destroyed == {}
    records = sorted((town.data / "retention").glob("*.json"))
    assert len(records) >= 2  # one of each week of the demo
    agreement = town.agreements / "bvh.toml"
    text = agreement.read_text(encoding="utf-8")
    held = len(read_incidents(town))
    old = 12 * 8
    write_text(agreement, text.replace("retention_months = 60", f"retention_months = {old}"))
    assert look_at_week(town, received_at=datetime.now(UTC)).destroyed == {}
    write_text(agreement, text.replace("retention_months = 60", "retention_months = 0.1"))
    try:
        looked = look_at_week(town, received_at=week_start("2026-W37", "Europe/Amsterdam"))
        assert looked.destroyed["bvh"] >= held  # all versions; by the clock, not by the day of receipt
    finally:
        write_text(agreement, text)
    assert len(read_incidents(town)) == held


def test_the_week_is_the_first_that_is_not_delivered(town: Workspace, result: WeekResult) -> None:
    assert result.view.week == first_open_week(town) == "2026-W37"
    assert "2026-W37" not in result.scored


def test_a_fault_in_finding_signals_stops_neither_outlook_nor_plan(
    town: Workspace, result: WeekResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise SignalError("Het zoeken ging stuk.")

    monkeypatch.setattr("stip.week.cycle.find_unvisited", broken)
    week = result.view.week
    again = run_week(town, week, received_at=week_start(week, town.settings.town.time_zone))
    assert again.plan.run_id == result.plan.run_id and again.signals == 0
    said = [sentence for sentence in again.to_dict()["warnings"] if "Het zoeken ging stuk." in sentence]
    assert len(said) == 1 and "niemand kwam" in said[0] and "stip signals find" in said[0]
    assert result.warnings == ()


def test_the_files_follow_the_decision(town: Workspace, result: WeekResult, tmp_path: Path) -> None:
    shutil.copytree(town.root, tmp_path / "stad")  # the other tests look at the proposal
    page = tmp_path / "stad" / result.files["kaart"].relative_to(town.root)
    town = Workspace.open(tmp_path / "stad")
    assert "Voorstel, nog niet vastgesteld." in page.read_text(encoding="utf-8")
    first = result.view.places[0]
    at = week_start("2026-W37", "Europe/Amsterdam") + pd.Timedelta(hours=9)
    adopt(town, proposal_of(result.plan), at=at, leave_out={first.place_id: "De brug is open."})
    remade = remake_files(town, "2026-W37")
    assert remade.keys() == result.files.keys()
    assert "Vastgesteld weekplan, versie 1" in page.read_text(encoding="utf-8")
    listed = pd.read_csv(remade["weekplan"], sep=";", decimal=",")
    assert len(listed) == len(result.view.places) - 1
    assert remake_files(town, "2026-W20") == {}


def test_a_killed_week_is_finished_by_starting_again(folder: Path, town: Workspace, result: WeekResult) -> None:
    seed = random.Random(7)
    words = [sys.executable, "-m", "stip.cli", "week", "--week", "2026-W38", "--workspace", str(town.root), "--json"]
    environment = {**os.environ, "STIP_KEYS": str(folder / "sleutels")}
    for _ in range(3):
        started = subprocess.Popen(
            words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(seed.uniform(1, 9))
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        assert all(finding.good for finding in examine(town, sweep=True))
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["week"] == "2026-W38"
    assert all(finding.good for finding in examine(town))
