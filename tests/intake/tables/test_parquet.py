# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from intake.incident_files import save
from stip.errors import FileError
from stip.intake.tables.parquet import ParquetTable


def test_only_wanted_columns_leave_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq.write_table(pa.table({"id": ["a", "b"], "naam": ["Jansen", "Pieters"]}), tmp_path / "f.parquet")
    asked: list[list[str]] = []
    read = pq.ParquetFile.iter_batches
    monkeypatch.setattr(
        pq.ParquetFile,
        "iter_batches",
        lambda self, **options: asked.append(options["columns"]) or read(self, **options),
    )
    table = ParquetTable(tmp_path / "f.parquet")
    (block,) = table.blocks({"number": 0})
    assert table.headings == ["id", "naam"]
    assert asked == [["id"]]
    assert (block.table.column_names, block.rows.tolist(), block.done) == (["number"], [1, 2], 1.0)


def test_columns_become_text_numbers_or_moments(tmp_path: Path) -> None:
    content = {
        "a": pa.array(["x"]).dictionary_encode(),
        "b": pa.array(["x"], pa.large_string()),
        "c": pa.array([Decimal("1.5")]),
        "d": pa.array([True]),
        "e": pa.array([datetime(2026, 1, 1)]),
        "f": pa.array([7], pa.int32()),
        "g": pa.array([{"naam": "Jansen"}]),
        "h": pa.array([b"x"]),
    }
    pq.write_table(pa.table(content), tmp_path / "f.parquet")
    (block,) = ParquetTable(tmp_path / "f.parquet").blocks({name: place for place, name in enumerate(content)})
    assert block.table.to_pylist() == [
        {"a": "x", "b": "x", "c": 1.5, "d": "true", "e": datetime(2026, 1, 1), "f": 7, "g": None, "h": "x"}
    ]


def test_a_geoparquet_file_names_its_system(tmp_path: Path) -> None:
    points = gpd.GeoDataFrame({"id": [1]}, geometry=[shapely.Point(5, 52)], crs="EPSG:4326")
    points.to_parquet(tmp_path / "f.parquet")
    assert ParquetTable(tmp_path / "f.parquet").crs == "EPSG:4326"
    pq.write_table(pa.table({"id": [1]}), tmp_path / "g.parquet")
    assert ParquetTable(tmp_path / "g.parquet").crs == ""


def test_damage_is_refused_in_words(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"id": [str(n) for n in range(10_000)]}), tmp_path / "f.parquet", write_page_checksum=True
    )
    whole = (tmp_path / "f.parquet").read_bytes()
    with pytest.raises(FileError, match="geen heel Parquet"):
        ParquetTable(save(tmp_path / "g.parquet", whole[:500]))
    middle = len(whole) // 3
    bent = whole[:middle] + bytes(255 - byte for byte in whole[middle : middle + 64]) + whole[middle + 64 :]
    with pytest.raises(FileError, match="geen heel Parquet"):
        list(ParquetTable(save(tmp_path / "h.parquet", bent)).blocks({"number": 0}))


def test_a_heading_that_stands_twice_is_refused(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["id", "id"])
    pq.write_table(table, tmp_path / "f.parquet")
    with pytest.raises(FileError, match="meer dan één keer"):
        list(ParquetTable(tmp_path / "f.parquet").blocks({"number": 0}))


def test_bytes_that_are_no_text_stop_nothing(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": pa.array([b"a1", b"\xff\xfe", None], pa.binary())}), tmp_path / "f.parquet")
    (block,) = ParquetTable(tmp_path / "f.parquet").blocks({"incident_id": 0})
    assert block.table["incident_id"].to_pylist() == ["a1", "\ufffd\ufffd", None]
