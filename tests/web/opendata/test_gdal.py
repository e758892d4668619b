# SPDX-License-Identifier: EUPL-1.2
"""QGIS's own library reads the service: GDAL's driver for OGC API Features, against the process as it is started."""

from __future__ import annotations

from pathlib import Path

import pyogrio
import pytest

from stip.publish import published_areas
from web.opendata.compare import cells_of, published_areas_cells
from web.opendata.conftest import NAMES, SIDE_M, SOUTH_M, WEST_M


def _source(address: str) -> str:
    return f"OAPIF:{address}/ogc"


def test_it_sees_both_collections(address: str) -> None:
    assert {name for name, _ in pyogrio.list_layers(_source(address))} == {"buurten", "cijfers"}


def test_it_reads_the_borders_in_rd_as_they_are_published(address: str, made: Path) -> None:
    read = pyogrio.read_dataframe(_source(address), layer="buurten")
    assert read.crs.to_authority() == ("EPSG", "28992")
    borders = published_areas(made, 2026).set_index("area_code").geometry
    assert read.set_index("area_code").geometry.geom_equals(borders, align=True).all()
    assert list(read["area_name"]) == NAMES


@pytest.mark.parametrize("size", ["5", "1000"])
def test_it_reads_every_figure_a_part_at_a_time(address: str, made: Path, size: str) -> None:
    read = pyogrio.read_dataframe(_source(address), layer="cijfers", PAGE_SIZE=size)
    assert cells_of(read.to_dict("records")) == published_areas_cells(made)


def test_it_asks_for_a_box_in_rd_and_in_degrees(address: str) -> None:
    inside = (WEST_M + 10, SOUTH_M + 60, WEST_M + SIDE_M + 20, SOUTH_M + 70)
    read = pyogrio.read_dataframe(_source(address), layer="cijfers", bbox=inside)
    assert set(read["area_code"]) == {"BU99990000", "BU99990001"}
    west, south, east, north = pyogrio.read_dataframe(_source(address), layer="buurten").to_crs(4258).total_bounds
    box = (west + 0.001, south + 0.001, west + 0.002, south + 0.002)
    read = pyogrio.read_dataframe(_source(address), layer="buurten", CRS="EPSG:4258", bbox=box)
    assert list(read["area_code"]) == ["BU99990000"]
    assert read.total_bounds[0] == pytest.approx(west, abs=1e-6)
    assert east > west
    assert north > south


def test_it_asks_by_property(address: str) -> None:
    read = pyogrio.read_dataframe(
        _source(address), layer="cijfers", where="quarter = '2026-K1' AND crime_type = 'vandalism'"
    )
    assert len(read) == len(NAMES)
