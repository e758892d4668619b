# SPDX-License-Identifier: EUPL-1.2
"""Whatever a file holds, reading it ends in a table or a sentence: never in a fault of ours, nor with its words."""

from __future__ import annotations

import io
import warnings
import zipfile
from functools import cache
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stip.errors import FileError, StipError
from stip.intake import open_table

HEADINGS = ("nummer", "soort", "begin", "x", "y")
CANARY = "KANARIE-0612345678"
ROWS = [(str(n), CANARY, "2026-09-07 06:30", 194000.0 + n, 443000.0) for n in range(8)]
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x0 "ha">'
    + b"".join(b'<!ENTITY x%d "%s">' % (n, b"&x%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><sst><si><t>&x11;</t></si></sst>"
)


@cache
def whole(kind: str) -> bytes:
    """Give a good file of a kind."""
    frame = pd.DataFrame(ROWS, columns=list(HEADINGS))
    out = io.BytesIO()
    if kind == "csv":
        return frame.to_csv(index=False, sep=";").encode()
    if kind == "parquet":
        frame.to_parquet(out)
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        for row in [HEADINGS, *ROWS]:
            book.active.append(row)
        book.save(out)
    else:
        shapes = gpd.GeoDataFrame(frame, geometry=shapely.points(frame["x"], frame["y"]), crs="EPSG:28992")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shapes.to_file(out, driver={"geojson": "GeoJSON", "gpkg": "GPKG"}[kind])
    return out.getvalue()


def read(content: bytes, path: Path) -> int:
    """Read all of it; gives the number of rows, or -1 for a sentence without a value."""
    path.write_bytes(content)
    try:
        table = open_table(path, expected=HEADINGS)
        wanted = {name: at for at, name in enumerate(table.headings) if name in HEADINGS}
        return sum(block.table.num_rows for block in table.blocks(wanted))
    except StipError as refusal:
        assert CANARY not in str(refusal)
        assert str(refusal).strip().endswith(".")
        return -1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bytes")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet", "geojson", "gpkg"])
def test_a_whole_file_is_read(kind: str, folder: Path) -> None:
    assert read(whole(kind), folder / f"goed.{kind}") == len(ROWS)


@given(
    content=st.binary(max_size=400), start=st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"SQLite format 3\0", b"{"])
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes(content: bytes, start: bytes, folder: Path) -> None:
    read(start + content, folder / "iets.bin")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet", "geojson", "gpkg"])
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_good_file_that_was_damaged(kind: str, data: st.DataObject, folder: Path) -> None:
    content = bytearray(whole(kind))
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=12)
    ):
        content[place] = value
    cut = data.draw(st.integers(len(content) // 2, len(content)))
    read(bytes(content[:cut]), folder / f"stuk.{kind}")


@pytest.mark.parametrize("inside", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entities_that_grow_are_not_let_grow(inside: str, folder: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole("xlsx"))) as old, zipfile.ZipFile(out, "w") as new:
        for name in {*old.namelist(), inside}:
            new.writestr(name, BOMB if name == inside else old.read(name))
    assert read(out.getvalue(), folder / "bom.xlsx") <= len(ROWS)


@pytest.mark.parametrize("inside", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_an_entity_brings_no_other_file_in(inside: str, folder: Path) -> None:
    secret = folder / "geheim.txt"
    secret.write_text(CANARY * 3)
    doctype = f'<!DOCTYPE a [<!ENTITY weg SYSTEM "{secret.as_uri()}">]>'.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole("xlsx"))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == inside:
                content = doctype + content.partition(b"?>")[2] if content.startswith(b"<?") else doctype + content
                content = content.replace(CANARY.encode(), b"&weg;").replace(b"nummer", b"&weg;")
            new.writestr(name, content)
    path = folder / "weg.xlsx"
    path.write_bytes(out.getvalue())
    try:
        table = open_table(path, expected=HEADINGS)
        said = str([block.table.to_pydict() for block in table.blocks({"soort": 1})])
    except FileError as refusal:
        said = str(refusal)
    assert CANARY * 3 not in said


@pytest.mark.parametrize(("name", "kind"), [("xl/sharedStrings.xml", "xlsx"), ("meldingen.csv", "zip")])
def test_a_file_that_swells_when_unpacked_is_refused_before_it_is(name: str, kind: str, folder: Path) -> None:
    path = folder / f"bom.{kind}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(name, "w", force_zip64=True) as entry:
            for _ in range(80):
                entry.write(b" " * 1_000_000)
        archive.writestr("[Content_Types].xml", "<x/>")
    assert path.stat().st_size < 200_000
    with pytest.raises(FileError, match="uitgepakt"):
        open_table(path, expected=HEADINGS)


@pytest.mark.parametrize("name", ["../../uit.csv", "/etc/uit.csv", "..\\uit.csv", "a/../../uit.csv"])
def test_a_name_in_an_archive_leads_nowhere(name: str, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "diep" / "pad.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, whole("csv"))
    before = {file for file in tmp_path.rglob("*")}
    read(path.read_bytes(), path)
    assert {file for file in tmp_path.rglob("*")} == before
    assert not Path("/etc/uit.csv").exists()
