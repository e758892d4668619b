# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from intake.incident_files import save, workbook
from stip.errors import FileError
from stip.intake.tables import archive
from stip.intake.tables.workbook import WorkbookTable


def known(heading: str) -> bool:
    return heading in {"nummer", "soort", "begin"}


def test_cells_become_text(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "f.xlsx",
        [
            ["Uitvoer van maandag"],
            [],
            ["nummer", "naam", "soort", "begin"],
            [12, "Jansen", "A72", datetime(2026, 9, 1, 10, 30)],
            [None, None, None, None],
            [13.5, None, True, date(2026, 9, 2)],
            ["nummer", "naam", "soort", "begin"],
            ["14"],
        ],
    )
    table = WorkbookTable(path, known=known)
    (block,) = table.blocks({"id": 0, "kind": 2, "begin": 3})
    assert table.headings == ["nummer", "naam", "soort", "begin"]
    assert block.table["id"].to_pylist() == ["12", "13.5", "14"]
    assert block.table["kind"].to_pylist() == ["A72", "True", None]
    assert block.table["begin"].to_pylist() == ["2026-09-01 10:30:00", "2026-09-02 00:00:00", None]
    assert block.rows.tolist() == [4, 6, 8]
    assert block.header_again.tolist() == [7]
    assert any("regel 3" in fact for fact in table.facts)


def test_the_sheet_with_known_headings_is_read_and_hidden_ones_never(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["Toelichting", "bij de tabel"])
    second = book.create_sheet("Lijst")
    second.append(["nummer", "soort"])
    second.append(["1", "A72"])
    hidden = book.create_sheet("Bron")
    hidden.append(["nummer", "soort", "begin"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "f.xlsx")
    table = WorkbookTable(tmp_path / "f.xlsx", known=known)
    assert table.headings == ["nummer", "soort"]
    assert "Van de 2 zichtbare bladen" in " ".join(table.facts)


def test_formulas_are_never_run(tmp_path: Path) -> None:
    path = workbook(tmp_path / "f.xlsx", [["nummer", "soort"], ["1", "=1+1"]])
    (block,) = WorkbookTable(path, known=known).blocks({"kind": 1})
    assert block.table["kind"].to_pylist() == [None]  # no value was kept with the formula


def test_a_size_that_is_too_small_hides_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "f.xlsx", [["nummer", "soort"], ["1", "A72"], ["2", "A10"]])
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:A1"')
    assert parts["xl/worksheets/sheet1.xml"] != sheet
    with zipfile.ZipFile(tmp_path / "g.xlsx", "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    (block,) = WorkbookTable(tmp_path / "g.xlsx", known=known).blocks({"kind": 1})
    assert block.table["kind"].to_pylist() == ["A72", "A10"]


def test_macros_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "f.xlsm", [["nummer"], ["1"]])
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(FileError, match="macro"):
        WorkbookTable(path, known=known)


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 100_000)
    path = workbook(tmp_path / "f.xlsx", [["nummer"], ["1"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/big.xml", b"0" * 1_000_000)
    assert path.stat().st_size < 50_000
    with pytest.raises(FileError, match="lees ik niet uit een ingepakt bestand"):
        WorkbookTable(path, known=known)


def test_a_damaged_workbook_is_refused_in_words(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "f.xlsx", [["nummer"], *[[n] for n in range(500)]]).read_bytes()
    for damaged in (whole[: len(whole) // 2], whole.replace(b"PK\x01\x02", b"PK\x01\x00")):
        with pytest.raises(FileError):
            WorkbookTable(save(tmp_path / "g.xlsx", damaged), known=known)
    with zipfile.ZipFile(tmp_path / "h.xlsx", "w") as package:
        package.writestr("xl/workbook.xml", b"<no")
    with pytest.raises(FileError, match="geen heel XLSX"):
        WorkbookTable(tmp_path / "h.xlsx", known=known)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is leeg"):
        WorkbookTable(workbook(tmp_path / "f.xlsx", []), known=known)
