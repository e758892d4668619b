# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import shapely

from intake.incident_files import save
from stip.intake.incidents.batch_id import file_id, free_batch_id, was_read
from stip.store import INCIDENT, Workspace, publish_batch


def test_the_number_follows_from_content_and_source_only(tmp_path: Path) -> None:
    one, other = save(tmp_path / "a.csv", "a;b"), save(tmp_path / "b.csv", "a;b")
    assert file_id(one, "bvh") == file_id(other, "bvh") != file_id(one, "proef")
    assert file_id(one, "bvh") != file_id(save(other, "a;c"), "bvh")
    assert len(file_id(one, "bvh")) == 16
    assert file_id(one, "bvh").isalnum()


def test_a_shapefile_is_more_than_its_points(tmp_path: Path) -> None:
    points = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(1, 2)], crs="EPSG:28992")
    points.to_file(tmp_path / "f.shp")
    before = file_id(tmp_path / "f.shp", "proef")
    points.assign(a=2).to_file(tmp_path / "f.shp")
    assert file_id(tmp_path / "f.shp", "proef") != before


def test_a_second_part_of_a_file_gets_a_counter(workspace: Workspace) -> None:
    empty = INCIDENT.schema.empty_table().to_pandas()
    assert free_batch_id(workspace, "abc") == "abc"
    for number in ("abc", "abcn2"):
        publish_batch(workspace, empty, {"batch_id": number, "file_id": "abc", "source": "proef"})
    assert free_batch_id(workspace, "abc") == "abcn3"
    assert was_read(workspace, "abc")
    assert not was_read(workspace, "def")
