# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from intake.incident_files import RECEIVED, agree, row, rows, save, text
from stip.errors import FileError
from stip.intake import IntakeReport, read_incident_file, write_refused_rows
from stip.store import Workspace


@pytest.fixture
def report(workspace: Workspace, tmp_path: Path) -> IntakeReport:
    """Return the report about a file with two refused rows."""
    agree(workspace)
    path = save(tmp_path / "f.csv", text([*rows(40), row(90, x=""), row(91, begin="onzin")]))
    return read_incident_file(workspace, path, "proef", received_at=RECEIVED)


def test_numbers_and_reasons_are_written(report: IntakeReport, tmp_path: Path) -> None:
    assert write_refused_rows(report, tmp_path / "r.csv") == 2
    lines = (tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "rij;regel;reden;advies"
    assert lines[1].startswith("42;no_place;geen plek ingevuld;Zonder plek komt een melding niet op de kaart.")
    assert lines[2].startswith("43;begin_unreadable;begin is geen datum;")
    assert len(lines) == 3
    write_refused_rows(report, tmp_path / "r.xlsx")
    cells = list(openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0].values)
    assert [line[:2] for line in cells] == [("rij", "regel"), (42, "no_place"), (43, "begin_unreadable")]


def test_another_ending_is_refused(report: IntakeReport, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="eindigt niet op"):
        write_refused_rows(report, tmp_path / "r.txt")
