# SPDX-License-Identifier: EUPL-1.2
"""Map files are opened as what they are, and only wanted columns are read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from intake.map_files import RD, X_M, lamps, write_geojson
from stip.errors import FileError
from stip.intake.tables.open_things import open_things
from stip.intake.tables.things import ThingSource


def geojson(folder: Path) -> Path:
    lamps().to_file(folder / "a.geojson", driver="GeoJSON")
    return folder / "a.geojson"


def package(folder: Path) -> Path:
    lamps().to_file(folder / "a.gpkg", driver="GPKG")
    return folder / "a.gpkg"


def shapefile(folder: Path) -> Path:
    lamps().to_file(folder / "a.shp")
    return folder / "a.shp"


def zipped(folder: Path) -> Path:
    shapefile(folder)
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for file in folder.glob("a.*"):
            if file.suffix != ".zip":
                archive.write(file, f"lampen/{file.name}")
    return folder / "a.zip"


def geoparquet(folder: Path) -> Path:
    lamps().to_parquet(folder / "a.parquet")
    return folder / "a.parquet"


@pytest.mark.parametrize("make", [geojson, package, shapefile, zipped, geoparquet])
def test_geometry_comes_whole_and_only_wanted_columns_come(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    source = open_things(make(tmp_path))
    assert set(source.headings) == {"id", "soort", "waarde", "geometry"}
    things = source.read({"kind": source.headings.index("soort"), "place": source.headings.index("geometry")})
    assert list(things.columns.columns) == ["kind"]
    assert things.columns["kind"].tolist() == ["lichtmast"] * 6
    assert things.shapes is not None
    assert gpd.GeoSeries(things.shapes, crs=source.crs).to_crs(RD).x.round(1).tolist() == [
        X_M + 10 * n for n in range(6)
    ]
    assert things.rows.tolist() == [1, 2, 3, 4, 5, 6]
    assert not things.broken.any()
    assert source.facts


def test_geometry_that_is_not_wanted_is_not_read(tmp_path: Path) -> None:
    for make in (geojson, geoparquet):
        source = open_things(make(tmp_path))
        assert source.read({"kind": source.headings.index("soort")}).shapes is None


def test_a_table_with_coordinates_keeps_ragged_rows_in_their_place(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;lat;lon\nA;52,1;5,1\nB;52,1\nC;52,2;5,2\n")
    source = open_things(path)
    things = source.read({"name": 0, "north": 1})
    assert things.rows.tolist() == [2, 3, 4]
    assert things.broken.tolist() == [False, True, False]
    assert things.columns["name"].fillna("").tolist() == ["A", "", "C"]
    assert things.shapes is None


def test_a_plain_parquet_table_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, None]}).to_parquet(path)
    things = open_things(path).read({"y": 1})
    assert things.columns["y"].tolist()[0] == 3.0
    assert things.columns["y"].isna().tolist() == [False, True]


def test_latin_1_geojson_is_read_and_said(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [({"soort": "Café à Kempis"}, [5.1, 52.1])], encoding="latin-1")
    source = open_things(path)
    things = source.read({"kind": source.headings.index("soort")})
    assert things.columns["kind"].tolist() == ["Café à Kempis"]
    assert any("UTF-8" in fact for fact in source.facts)


def two_layers(folder: Path) -> Path:
    lamps(2).to_file(folder / "two.gpkg", driver="GPKG", layer="lampen")
    lamps(3).rename(columns={"soort": "boom"}).to_file(folder / "two.gpkg", driver="GPKG", layer="bomen")
    return folder / "two.gpkg"


def test_a_layer_can_be_chosen_by_name(tmp_path: Path) -> None:
    path = two_layers(tmp_path)
    source = open_things(path, inner="bomen")
    assert "boom" in source.headings
    assert len(source.read({"id": source.headings.index("id")}).rows) == 3
    assert "een van 2 lagen" in source.facts[-1]
    with pytest.raises(FileError, match="geen ‘stoelen’, maar wel .*lampen"):
        open_things(path, inner="stoelen")


def test_a_zip_with_several_files_asks_which(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_geojson(tmp_path / f"{name}.geojson", [({"soort": name}, [5.1, 52.1])])
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a", "b"):
            archive.write(tmp_path / f"{name}.geojson", f"{name}.geojson")
    with pytest.raises(FileError, match=r"meer dan één laag: a\.geojson, b\.geojson\. Kies er een met --inner"):
        open_things(path)
    source: ThingSource = open_things(path, inner="b.geojson")
    assert source.read({"kind": source.headings.index("soort")}).columns["kind"].tolist() == ["b"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Feat', "geen hele GeoJSON"),
        ("a.json", b'{"100": [[{"name": "canary", "code": "5032500"}]]}', "geen hele GeoJSON"),
        ("a.geojson", b"[1, 2, 3]", "geen hele GeoJSON"),
        ("a.gpkg", b"SQLite format 3\0" + b"\0" * 200, "geen heel kaartbestand"),
        ("a.shp", b"\0\0\x27\x0a" + b"\0" * 200, "geen heel kaartbestand"),
        ("a.parquet", b"PAR1 en dan niets", "Parquet"),
        ("a.zip", b"PK\x03\x04 en dan niets", "is beschadigd"),
        ("a.geojson", b"", "is leeg"),
        ("a.html", b"<!doctype html>", "webpagina"),
    ],
)
def test_a_damaged_file_is_named_without_its_content(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileError, match=said) as refusal:
        open_things(path)
    assert name in str(refusal.value)
    assert "canary" not in str(refusal.value)


def test_a_cut_off_geoparquet_is_named(tmp_path: Path) -> None:
    path = geoparquet(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileError, match="Parquet"):
        open_things(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="bestaat niet"):
        open_things(tmp_path / "weg.gpkg")
    with pytest.raises(FileError, match="is een map"):
        open_things(tmp_path)


def test_coordinates_of_three_dimensions_lose_the_height(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [({"soort": "lamp"}, [5.1, 52.1, 7.0])])
    source = open_things(path)
    shapes = source.read({"place": source.headings.index("geometry")}).shapes
    assert shapes is not None
    assert (shapes[0].has_z, shapes[0].y) == (False, 52.1)
