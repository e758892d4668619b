# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from intake.incident_files import RECEIVED, agree, row, rows, save, text
from stip.errors import FileError
from stip.intake import export_incidents, read_incident_file
from stip.intake.incidents.export import HEADINGS
from stip.space import Areas
from stip.store import Workspace, read_decisions, write_areas


@pytest.fixture
def filled(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Return a workspace with thirty incidents in one neighbourhood, with a name that would run as a formula."""
    columns = {
        "area_code": ["BU1"],
        "name": ["=Oost"],
        "district_code": ["WK1"],
        "district_name": ["W"],
        "area_year": [2026],
    }
    square = shapely.box(130_000, 450_000, 140_000, 460_000)
    write_areas(workspace, Areas(gpd.GeoDataFrame(columns, geometry=[square], crs="EPSG:28992")))
    agree(workspace)
    lines = [*rows(29), row(30, soort="C40")]
    read_incident_file(workspace, save(tmp_path / "f.csv", text(lines)), "proef", received_at=RECEIVED)
    return workspace


def test_incidents_are_written_as_the_desk_reads_them(filled: Workspace, tmp_path: Path) -> None:
    assert export_incidents(filled, tmp_path / "m.xlsx") == 30
    lines = list(openpyxl.load_workbook(tmp_path / "m.xlsx").worksheets[0].values)
    assert lines[0] == HEADINGS
    assert lines[1] == (
        "Fietsdiefstal",
        datetime(2026, 8, 1, 10),  # noqa: DTZ001  a sheet shows local time
        datetime(2026, 8, 1, 16, 30),  # noqa: DTZ001
        datetime(2026, 8, 1, 20, 15),  # noqa: DTZ001
        lines[1][4],
        455_005,
        10,
        "BU1",
        "'=Oost",
        "proef",
    )
    assert "melding" not in "".join(str(cell) for line in lines for cell in line)


def test_an_export_leaves_a_line_in_the_workspace(filled: Workspace, tmp_path: Path) -> None:
    first = datetime(2026, 8, 1, tzinfo=ZoneInfo("Europe/Amsterdam"))
    written = export_incidents(filled, tmp_path / "Karel 12.xlsx", crime_types=("bicycle_theft",), from_at=first)
    export_incidents(filled, tmp_path / "alles.xlsx")
    part, whole = read_decisions(filled, "export").to_dict("records")
    assert (part["what"], part["rows"], list(part["crime_types"])) == (
        "meldingen als xlsx",
        written,
        ["bicycle_theft"],
    )
    assert part["from_at"] == first and pd.isna(part["to_at"])
    assert whole["rows"] == 30 and whole["crime_types"] is None
    kept = b"".join(path.read_bytes() for path in (filled.root / "decisions" / "export").iterdir())
    assert b"Karel" not in kept


def test_without_the_line_there_is_no_file(
    filled: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("vol")

    monkeypatch.setattr("stip.intake.incidents.export.record", full)
    with pytest.raises(OSError, match="vol"):
        export_incidents(filled, tmp_path / "m.xlsx")
    assert not (tmp_path / "m.xlsx").exists()


def test_a_part_can_be_chosen(filled: Workspace, tmp_path: Path) -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    first, last = datetime(2026, 8, 2, tzinfo=zone), datetime(2026, 8, 5, tzinfo=zone)
    assert export_incidents(filled, tmp_path / "m.xlsx", crime_types=("vandalism",)) == 1
    assert export_incidents(filled, tmp_path / "m.xlsx", from_at=first, to_at=last) == 3


def test_odd_questions_are_refused(filled: Workspace, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="eindigt niet op .xlsx"):
        export_incidents(filled, tmp_path / "m.csv")
    with pytest.raises(FileError, match="soort ‘roof’ ken ik niet"):
        export_incidents(filled, tmp_path / "m.xlsx", crime_types=("roof",))
