# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import errno
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from stip.errors import FileError, WorkspaceError
from stip.intake.tables import sheets
from stip.intake.tables.sheets import write_csv, write_sheet
from stip.words import harmless


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@som", "\t=1", "\r=1"])
def test_no_text_is_run_as_a_formula(tmp_path: Path, text: str) -> None:
    assert harmless(text) == f"'{text}"
    write_sheet(tmp_path / "f.xlsx", "Blad", ("a",), [(text,)], widths=(10,))
    cell = openpyxl.load_workbook(tmp_path / "f.xlsx").worksheets[0]["A2"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")
    write_csv(tmp_path / "f.csv", pd.DataFrame({"a": [text], "b": [-1]}))
    assert (tmp_path / "f.csv").read_text(encoding="utf-8-sig").splitlines()[1].lstrip('"').startswith("'")


def test_values_keep_their_kind(tmp_path: Path) -> None:
    moment = datetime(2026, 9, 1, 10, tzinfo=UTC)
    write_sheet(tmp_path / "f.xlsx", "Blad", ("a", "b", "c", "d"), [("x", 1.5, moment, None)], widths=(9, 9, 9, 9))
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx").worksheets[0]
    assert list(sheet.values) == [("a", "b", "c", "d"), ("x", 1.5, datetime(2026, 9, 1, 10), None)]  # noqa: DTZ001
    assert (sheet.freeze_panes, sheet["A1"].font.bold) == ("A2", True)


def test_csv_opens_in_a_dutch_spreadsheet(tmp_path: Path) -> None:
    write_csv(tmp_path / "f.csv", pd.DataFrame({"rij": [2], "reden": ["één"]}))
    assert (tmp_path / "f.csv").read_bytes() == "\ufeffrij;reden\r\n2;één\r\n".encode()


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    with pytest.raises(FileError, match="houdt 2 rijen; dit zijn er 3"):
        write_sheet(tmp_path / "f.xlsx", "Blad", ("a",), [(1,), (2,), (3,)], widths=(9,))
    assert not (tmp_path / "f.xlsx").exists()


def test_a_full_disk_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(WorkspaceError, match="De schijf is vol"):
        write_sheet(tmp_path / "f.xlsx", "x", ["a"], [["b"]], widths=[9])
