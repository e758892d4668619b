# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from intake.incident_files import save
from stip.errors import FileError
from stip.intake.tables.features import FeatureTable

POINTS = gpd.GeoDataFrame(
    {"nummer": ["a", "b", "c"], "naam": ["Jansen", "Pieters", "Ünal"]},
    geometry=[shapely.Point(136_000, 455_000), shapely.Point(137_000, 456_000), None],
    crs="EPSG:28992",
)


def known(heading: str) -> bool:
    return heading == "nummer"


def read(table: FeatureTable) -> list[tuple[str, list[float] | None]]:
    (block,) = table.blocks({"id": table.headings.index("nummer"), "geometry": len(table.headings) - 1})
    assert block.table.column_names == ["id", "geometry"]
    assert block.rows.tolist() == [1, 2, 3]
    shapes = shapely.from_wkb(block.table["geometry"].to_pylist())
    return [
        (number, None if shape is None else [shape.x, shape.y])
        for number, shape in zip(block.table["id"].to_pylist(), shapes, strict=True)
    ]


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp"])
def test_points_of_each_format(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"f.{ending}"
    POINTS.to_file(path)
    table = FeatureTable(path, known=known)
    assert table.headings == ["nummer", "naam", "geometry"]
    assert table.crs.endswith("28992")
    assert read(table) == [("a", [136_000, 455_000]), ("b", [137_000, 456_000]), ("c", None)]


def test_a_shapefile_may_be_zipped(tmp_path: Path) -> None:
    POINTS.to_file(tmp_path / "f.shp")
    with zipfile.ZipFile(tmp_path / "f.zip", "w") as archive:
        for part in tmp_path.glob("f.*"):
            if part.suffix != ".zip":
                archive.write(part, part.name)
    table = FeatureTable(tmp_path / "f.zip", known=known, source=f"/vsizip/{tmp_path}/f.zip/f.shp")
    assert read(table)[0] == ("a", [136_000, 455_000])


def test_a_layer_with_known_headings_is_chosen(tmp_path: Path) -> None:
    gpd.GeoDataFrame({"x": [1]}, geometry=[shapely.Point(0, 0)], crs="EPSG:28992").to_file(
        tmp_path / "f.gpkg", layer="eerste"
    )
    POINTS.to_file(tmp_path / "f.gpkg", layer="tweede")
    assert read(FeatureTable(tmp_path / "f.gpkg", known=known))[0][0] == "a"


def test_geojson_in_an_old_encoding_is_read_in_memory(tmp_path: Path) -> None:
    POINTS.to_file(tmp_path / "f.geojson")
    old = (tmp_path / "f.geojson").read_text(encoding="utf-8").encode("latin-1")
    table = FeatureTable(save(tmp_path / "g.geojson", old), known=known)
    (block,) = table.blocks({"naam": 1})
    assert block.table["naam"].to_pylist()[2] == "Ünal"
    assert any("cp1252" in fact for fact in table.facts)


@pytest.mark.parametrize(
    "content", [b'{"a": 1}', b'{"type": "FeatureCollection", "features": [{"type": "Feat', b"[1, 2]"]
)
def test_other_json_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileError, match="geen heel GeoJSON"):
        list(FeatureTable(save(tmp_path / "f.geojson", content), known=known).blocks({"geometry": 0}))
