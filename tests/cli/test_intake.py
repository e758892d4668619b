# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from intake.incident_files import COLUMNS, HEADINGS, agree, row, rows, save, text, without_end
from stip.agreements import install_shipped
from stip.cli import intake as command
from stip.cli.intake import app
from stip.errors import FileError, StipError, TooManyRefused, WorkspaceError
from stip.store import Workspace, batches, read_incidents, write_addresses

Stip = Callable[..., str]
RECEIVED = "2026-09-07T08:30"


@pytest.fixture
def stip(workspace: Workspace) -> Stip:
    """Give the command, run in a workspace with one agreement; it returns what it printed."""
    agree(workspace)

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, [*words, "-w", str(workspace.root)], env={"COLUMNS": "118"})
        if result.exception is not None:
            raise result.exception
        return result.output

    return run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file with forty good rows and one that is refused."""
    return save(tmp_path / "week.csv", text([*rows(40), row(90, x="")]))


def test_a_file_is_read_and_told(stip: Stip, path: Path, workspace: Workspace) -> None:
    told = stip("file", str(path), "-a", "proef", "--received", RECEIVED)
    (batch,) = batches(workspace)
    assert f"week.csv: levering {batch['batch_id']} is opgeslagen (40 nieuw)." in told
    assert "geen plek ingevuld" in told
    assert "Meldingen van 1 augustus 2026 tot en met 28 augustus 2026: Fietsdiefstal 40." in told
    assert batch["received_at"] == "2026-09-07T06:30:00+00:00"
    assert "niets nieuws (40 al bekend)" in stip("file", str(path), "-a", "proef", "--received", RECEIVED)


def test_the_word_file_may_be_left_out(stip: Stip, path: Path, workspace: Workspace) -> None:
    stip(str(path), "--agreement", "proef", "--received", RECEIVED)
    assert len(read_incidents(workspace)) == 40


def test_a_trial_run_stores_nothing(stip: Stip, path: Path, workspace: Workspace) -> None:
    assert "Er is niets opgeslagen" in stip("file", str(path), "-a", "proef", "--received", RECEIVED, "--dry-run")
    assert batches(workspace) == []


def test_json_holds_the_whole_report(stip: Stip, path: Path) -> None:
    told = json.loads(stip("file", str(path), "-a", "proef", "--received", RECEIVED, "--json"))
    assert (told["rows"], told["accepted"], told["refused"], told["stopped"]) == (41, 40, 1, False)
    assert told["refused_rules"][0]["first_rows"] == [42]


def test_a_file_that_is_stopped_is_still_explained(stip: Stip, tmp_path: Path, workspace: Workspace) -> None:
    bad = save(tmp_path / "bad.csv", text([*rows(15), row(90, x=""), row(91, begin="onzin")]))
    refused = tmp_path / "weg.csv"
    words = ("file", str(bad), "-a", "proef", "--received", RECEIVED, "--refused", str(refused))
    runner = CliRunner().invoke(app, [*words, "-w", str(workspace.root)], env={"COLUMNS": "118"})
    assert isinstance(runner.exception, TooManyRefused)
    assert "niet ingelezen" in runner.output
    assert "begin is geen datum" in runner.output
    assert "Nummer en reden van 2 geweigerde rijen" in runner.output
    assert len(refused.read_text(encoding="utf-8-sig").splitlines()) == 3
    assert batches(workspace) == []
    assert "(15 nieuw)" in stip(*words, "--accept-refused")


def test_long_files_get_a_bar_beside_the_answer(
    stip: Stip, path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "_LONG_BYTES", 1)
    told = stip("file", str(path), "-a", "proef", "--received", RECEIVED)
    assert "Inlezen van" not in told.splitlines()[0]
    assert "is opgeslagen" in told


def test_deliveries_are_shown_and_taken_back(stip: Stip, path: Path, workspace: Workspace) -> None:
    assert "nog geen leveringen" in stip("batches")
    stip("file", str(path), "-a", "proef", "--received", RECEIVED)
    (batch,) = batches(workspace)
    shown = stip("batches")
    assert "07-09-2026 08:30" in shown
    assert "01-08-2026 – 28-08-2026" in shown
    assert json.loads(stip("batches", "--json"))[0]["batch_id"] == batch["batch_id"]
    name = str(batch["batch_id"])
    assert "zou worden teruggedraaid: 40 meldingen" in stip("undo", name, "--reason", "fout", "--dry-run")
    assert len(batches(workspace)) == 1
    assert json.loads(stip("undo", name, "--reason", "fout", "--dry-run", "--json"))["dry_run"] is True
    assert "is teruggedraaid: 40 meldingen" in stip("undo", name, "--reason", "fout")
    assert batches(workspace) == []
    for words in (("undo", name, "--reason", "fout"), ("undo", name, "--reason", "fout", "--dry-run")):
        with pytest.raises((WorkspaceError, FileError), match="geen levering"):
            stip(*words)


def test_incidents_go_out_as_a_spreadsheet(stip: Stip, path: Path, tmp_path: Path) -> None:
    stip("file", str(path), "-a", "proef", "--received", RECEIVED)
    out = tmp_path / "m.xlsx"
    assert "40 meldingen staan in" in stip("export", "--to", str(out))
    options = ("--from", "2026-08-02", "--until", "2026-08-03", "--crime-type", "bicycle_theft", "--json")
    assert json.loads(stip("export", "--to", str(out), *options))["incidents"] == 4
    assert openpyxl.load_workbook(out).worksheets[0].max_row == 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("file", "{path}", "-a", "proef", "--received", "maandag"), "‘maandag’ is geen dag of tijd"),
        (("file", "{path}", "-a", "proef", "--received", "0001-01-01"), "‘0001-01-01’ ligt niet tussen 1900 en 2200"),
        (("file", "{path}", "-a", "proef", "--received", "9999-12-31T23:59"), "ligt niet tussen 1900 en 2200"),
        (("file", "{path}", "-a", "proef", "--received", "2062-09-14T08:00"), "ligt in de toekomst"),
        (("file", "{path}", "-a", "proef", "--refused", "weg.txt"), "eindigt niet op .csv of .xlsx"),
        (("file", "niets.csv", "-a", "proef"), "bestaat niet"),
        (("file", "{path}", "-a", "geheim"), "geen afspraak ‘geheim’"),
        (("export", "--to", "m.csv"), "eindigt niet op .xlsx"),
    ],
)
def test_mistakes_end_in_a_sentence(stip: Stip, path: Path, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(StipError, match=said):
        stip(*(word.format(path=path) for word in words))


def test_addresses_are_looked_up_in_the_table_of_the_workspace(
    stip: Stip, workspace: Workspace, tmp_path: Path
) -> None:
    places: dict[str, Any] = {"straat": {"role": "street"}, "huisnummer": {"role": "house_number"}}
    agree(workspace, columns={name: COLUMNS[name] for name in ("nummer", "soort", "begin")} | places)
    lines = [line | {"straat": "Oudegracht", "huisnummer": "12"} for line in rows(30)]
    path = save(tmp_path / "f.csv", text(lines, headings=("nummer", "soort", "begin", "straat", "huisnummer")))
    words = ("file", str(path), "-a", "proef", "--received", RECEIVED)
    with pytest.raises(FileError, match="stip intake addresses"):
        stip(*words)
    install_shipped(workspace)
    without_end(workspace)
    write_addresses(workspace, _table(), source="adressen")
    stip(*words)
    held = read_incidents(workspace)
    assert (len(held), set(held["x_m"])) == (30, {136_505.0})
    assert not {"straat", *HEADINGS} & set(held.columns)


def _table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "street": ["Oudegracht"],
            "house_number": ["12"],
            "postcode": ["3511 AB"],
            "place_name": ["Utrecht"],
            "x_m": [136_500.0],
            "y_m": [455_500.0],
        }
    )
