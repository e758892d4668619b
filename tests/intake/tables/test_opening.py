# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from intake.incident_files import save, text, workbook
from stip.errors import FileError
from stip.intake import open_table
from stip.intake.tables.open_things import open_things


def test_a_file_is_opened_as_what_it_is_whatever_its_name(tmp_path: Path) -> None:
    points = gpd.GeoDataFrame({"nummer": [1]}, geometry=[shapely.Point(5, 52)], crs="EPSG:4326")
    points.to_file(tmp_path / "a.geojson")
    points.to_file(tmp_path / "b.gpkg")
    points.to_file(tmp_path / "c.shp")
    pq.write_table(pa.table({"nummer": [1]}), tmp_path / "d.csv")
    workbook(tmp_path / "e.csv", [["nummer"], [1]])
    save(tmp_path / "f.xlsx", text([]))
    with zipfile.ZipFile(tmp_path / "g.zip", "w") as archive:
        for part in tmp_path.glob("c.*"):
            archive.write(part, part.name)
    for name in ("a.geojson", "b.gpkg", "c.shp", "d.csv", "e.csv", "f.xlsx", "g.zip"):
        assert open_table(tmp_path / name, expected=["Nummer "]).headings[0] == "nummer", name


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is leeg"),
        (b"\xd0\xcf\x11\xe0rest", "oud .* of vergrendeld rekenblad"),
        (gzip.compress(b"a;b", mtime=0), "gzip"),
        (b"%PDF-1.7 ", "PDF"),
        (b"\x89PNG\r\n", "afbeelding"),
        (b"<html><body>Log in</body>", "webpagina"),
        (bytes(range(1, 32)) * 20, "geen tabel die ik ken"),
        (b"PK\x03\x04kapot", "beschadigd"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(FileError, match=words):
        open_table(save(tmp_path / "f.csv", content))


def test_other_archives_are_refused(tmp_path: Path) -> None:
    for name, inside in (("a.zip", "lees.txt"), ("b.ods", "mimetype")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(inside, b"x")
        with pytest.raises(FileError, match="zip-bestand|ander rekenblad"):
            open_table(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name is of Unix")
def test_what_never_ends_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.csv")
    for path in (Path("/dev/null"), tmp_path / "pijp.csv"):  # in this order, a failure does not hang
        for opener in (open_table, open_things):
            with pytest.raises(FileError, match="is geen gewoon bestand"):
                opener(path)


def test_what_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="bestaat niet"):
        open_table(tmp_path / "niets.csv")
    with pytest.raises(FileError, match="is een map"):
        open_table(tmp_path)


def test_a_cell_of_any_length_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text('id;x\n1;2\n3;"' + "a" * 200_000 + '"\n', encoding="utf-8")
    assert open_table(tmp_path / "f.csv").headings == ["id", "x"]


def test_a_file_that_lives_in_memory_only_is_read_too(tmp_path: Path) -> None:
    points = gpd.GeoDataFrame({"nummer": [1]}, geometry=[shapely.Point(5, 52)], crs="EPSG:4326")
    points.to_file(tmp_path / "a.gpkg")
    points.to_file(tmp_path / "b.geojson")
    points.to_parquet(tmp_path / "c.parquet")
    workbook(tmp_path / "d.xlsx", [["nummer"], [1]])
    save(tmp_path / "e.csv", "nummer\n1\n")
    for path in sorted(tmp_path.glob("?.*")):
        held = os.memfd_create("proef")
        os.write(held, path.read_bytes())
        link = tmp_path / f"in_{path.name}"
        link.symlink_to(f"/proc/self/fd/{held}")
        table = open_table(link)
        assert sum(block.table.num_rows for block in table.blocks({"number": 0})) == 1, path.name
        os.close(held)
