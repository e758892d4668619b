# SPDX-License-Identifier: EUPL-1.2
"""Nothing of a refused value is found anywhere afterwards: not stored, not logged, not said, not left behind."""

from __future__ import annotations

import json
import logging
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

import leftovers
from intake.incident_files import COLUMNS, HEADINGS, RECEIVED, agree, rows, save, text, without_end, workbook
from stip.agreements import install_shipped, load_agreement
from stip.cli.intake import app
from stip.errors import StipError
from stip.intake import export_incidents, read_incident_file, write_refused_rows
from stip.store import Workspace

CANARY = re.compile(r"kanarie", re.I)
REFUSED = ("naam", "toelichting", "huisnummer", "verdachten")


def contaminated() -> list[dict[str, str]]:
    """Return rows with a canary in every place from which nothing may come in."""
    lines = []
    for number, line in enumerate(rows(80)):
        hidden = {name: f"Kanarie{name}{number}, Kerkstraat {number}" for name in REFUSED}
        lines.append(line | hidden)
    for place, heading in enumerate(("soort", "begin", "einde", "bekend", "x", "y")):
        lines[place] |= {heading: f"kanarie {heading}"}
    lines[10] |= {"soort": "KanarieStraat 12, 1234 AB Kanariedorp"}
    lines[11] |= {"soort": "Kanarie"}  # looks like any other type, and stands in one row
    lines[12] |= {"begin": "32-13-2026 kanarie"}
    lines[13] |= {"x": "136.kanarie"}
    lines[14] |= {"nummer": "KANARIE-0001"}  # a number comes in, but only as a number of our own
    return lines


def as_csv(path: Path) -> Path:
    lines = text(contaminated(), headings=(*HEADINGS, *REFUSED, "dossier Kanarie 0612345678"))
    lines += "kanarie;te;weinig\n" + ";".join(f"kanarie{n}" for n in range(30)) + '\n"kanarie;\n'
    return save(path, "Uitvoer voor mevrouw Kanarie\n\n" + lines)


def as_workbook(path: Path) -> Path:
    lines = [[line[name] for name in (*HEADINGS, *REFUSED)] for line in contaminated()]
    return workbook(path, [["Uitvoer voor Kanarie"], [*HEADINGS, *REFUSED], *lines], title="Kanarie")


def as_parquet(path: Path) -> Path:
    pq.write_table(pa.Table.from_pylist(contaminated()), path)
    return path


def as_map(path: Path) -> Path:
    frame = pd.DataFrame(contaminated())
    points = [shapely.Point(136_000 + n, 455_000) for n in range(len(frame))]
    gpd.GeoDataFrame(frame.drop(columns=["x", "y"]), geometry=points, crs="EPSG:28992").to_file(path)
    return path


WAYS: dict[str, Callable[[Path], Path]] = {
    "f.csv": as_csv,
    "f.xlsx": as_workbook,
    "f.parquet": as_parquet,
    "f.geojson": as_map,
    "f.gpkg": as_map,
}


@pytest.fixture
def passing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder of its own to everything that is left behind in passing."""
    folder = tmp_path / "passing"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "CPL_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(folder)
    yield folder
    tempfile.tempdir = None


def found_in(folder: Path) -> list[str]:
    """Return where a canary is found."""
    return leftovers.found_in(folder, CANARY)


@pytest.mark.parametrize("name", list(WAYS))
def test_no_canary_gets_out(
    workspace: Workspace,
    tmp_path: Path,
    passing: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    name: str,
) -> None:
    agree(workspace, columns=COLUMNS | {"geometry": {"role": "geometry"}}, why_refused={"naam": "gaat over personen"})
    source = tmp_path / "in"
    source.mkdir()
    path = WAYS[name](source / name)
    assert CANARY.search(path.read_bytes().decode("utf-8", errors="ignore")) or name == "f.xlsx"
    with caplog.at_level(logging.DEBUG):
        report = read_incident_file(workspace, path, "proef", received_at=RECEIVED, accept_refused=True)
        for refused in ("r.csv", "r.xlsx"):
            write_refused_rows(report, tmp_path / "out" / refused)
        export_incidents(workspace, tmp_path / "out" / "m.xlsx")
    assert report.new >= 70
    assert report.refused >= 5
    said = [json.dumps(report.to_dict()), report.to_frame().to_csv(), report.refused_rows().to_csv(), repr(report)]
    said += [caplog.text, *capfd.readouterr(), str([record.__dict__ for record in caplog.records])]
    assert [part for part in said if CANARY.search(part)] == []
    assert (
        found_in(workspace.root) + found_in(passing) + found_in(tmp_path / "out") + found_in(tmp_path / "keys") == []
    )


@pytest.mark.parametrize("name", list(WAYS))
def test_no_canary_stands_in_a_refusal(
    workspace: Workspace, tmp_path: Path, passing: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    """A file that is stopped, for whatever reason, says nothing of what is in it, nor does its traceback."""
    path = WAYS[name](tmp_path / name)
    whole = path.read_bytes()
    reasons: list[tuple[bytes, dict[str, object]]] = [
        (whole, {}),  # too many refused
        (
            whole,
            {"columns": {"nummer2": {"role": "incident_id"}} | {k: v for k, v in COLUMNS.items() if k != "nummer"}},
        ),
        (whole, {"columns": COLUMNS | {"begin": {"role": "from_at", "date_format": "%Y %D"}}}),
        *((whole[: len(whole) * part // 10], {}) for part in (3, 6, 9)),
    ]
    stopped = 0
    for content, changes in reasons:
        agree(workspace, **changes)
        try:
            report = read_incident_file(workspace, save(path, content), "proef", received_at=RECEIVED, dry_run=True)
        except StipError as error:
            stopped += 1
            told = [str(error), repr(error), str(error.__cause__), repr(getattr(error, "report", None))]
            assert error.__suppress_context__ or error.__context__ is None
        else:
            told = [repr(report)]
        assert [part for part in told if CANARY.search(part)] == []
    assert stopped >= 3
    assert not CANARY.search("".join(capfd.readouterr()))
    assert found_in(workspace.root) + found_in(passing) == []


def test_a_file_without_headings_shows_none_of_its_first_row(workspace: Workspace, tmp_path: Path) -> None:
    agree(workspace)
    lines = "\n".join(text(contaminated(), headings=(*REFUSED, *HEADINGS)).splitlines()[1:])
    with pytest.raises(StipError) as stopped:
        read_incident_file(workspace, save(tmp_path / "f.csv", lines), "proef", received_at=RECEIVED)
    assert not CANARY.search(str(stopped.value))


def test_the_command_prints_no_canary(
    workspace: Workspace, tmp_path: Path, passing: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    install_shipped(workspace)
    without_end(workspace)
    headings = (
        "Incident Identificatie",
        "Incidentsoort code",
        "Begin-pleegdatum/tijd",
        "X",
        "Y",
        "Verdachten",
        "Zomaar",
    )
    names = ("nummer", "soort", "begin", "x", "y", "verdachten", "naam")
    lines = [";".join(line[name] for name in names) for line in contaminated()]
    path = save(tmp_path / "f.csv", "\n".join([";".join(headings), *lines]))
    for options in ([], ["--json"], ["--dry-run"]):
        app(
            ["file", str(path), "-a", "bvh", "-w", str(workspace.root), "--accept-refused", *options],
            standalone_mode=False,
        )
    out, err = capfd.readouterr()
    assert "Verdachten" in out
    assert "gaat over personen" in out
    assert not CANARY.search(out + err)
    assert found_in(workspace.root) + found_in(passing) == []


def test_the_scan_finds_what_is_there(workspace: Workspace, tmp_path: Path) -> None:
    """A scan that could not find a canary would prove nothing."""
    pq.write_table(pa.table({"a": ["Kanarie"]}), tmp_path / "a.parquet")
    workbook(tmp_path / "b.xlsx", [["kanarie"]])
    save(tmp_path / "c.json", '"KANARIE"')
    assert {Path(hit).name for hit in found_in(tmp_path)} == {"a.parquet", "b.xlsx", "c.json"}


def refused_by_bvh(workspace: Workspace, folder: Path, suffix: str) -> Path:
    """Return a file with a canary under every heading that the shipped agreement refuses, and under others."""
    agreement = load_agreement(workspace, "bvh")
    kept = {heading: column.role.value for heading, column in agreement.columns.items()}
    names = {column["role"]: name for name, column in COLUMNS.items()}
    undeclared = ("Opmerkingen", "Kolom X2", "dossier Kanarie 0612345678")
    lines = [
        {heading: line[names[role]] for heading, role in kept.items()}
        | {
            heading: f"Kanarie{place}q{number} woont hier, zegt zij"
            for place, heading in enumerate((*agreement.why_refused, *undeclared))
        }
        for number, line in enumerate(rows(40))
    ]
    path = folder / f"bvh_2026090712 van kanarie@voorbeeld.nl{suffix}"  # behind what looks like a case number
    if suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(lines), path)
        return path
    if suffix == ".xlsx":
        return workbook(path, [list(lines[0]), *(list(line.values()) for line in lines)])
    return save(path, text(lines, headings=tuple(lines[0])))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_no_refused_column_of_the_police_gets_out(
    workspace: Workspace,
    tmp_path: Path,
    passing: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    suffix: str,
) -> None:
    install_shipped(workspace)
    without_end(workspace)
    source = tmp_path / "in"
    source.mkdir()
    path = refused_by_bvh(workspace, source, suffix)
    refused = {*load_agreement(workspace, "bvh").why_refused, "Opmerkingen"}
    with caplog.at_level(logging.DEBUG):
        report = read_incident_file(workspace, path, "bvh", received_at=RECEIVED)
        export_incidents(workspace, tmp_path / "out" / "m.xlsx")
        for options in ([], ["--json"]):
            app(["file", str(path), "-a", "bvh", "-w", str(workspace.root), *options], standalone_mode=False)
    assert (report.new, report.refused) == (40, 0)
    assert refused <= {column.heading for column in report.refused_columns}
    said = [json.dumps(report.to_dict()), repr(report), *capfd.readouterr()]
    said += [caplog.text, str([record.__dict__ for record in caplog.records])]
    assert [part for part in said if CANARY.search(part)] == []
    places = (workspace.root, passing, tmp_path / "out", tmp_path / "keys")
    assert [hit for place in places for hit in found_in(place)] == []
