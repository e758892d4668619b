# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from stip.errors import ContractError, CrsError
from stip.link import build_cells
from stip.space import Areas, Grid
from stip.store import CELL, conform

GRID = Grid(cell_m=100)


def areas(*shapes: shapely.Polygon, crs: str = "EPSG:28992") -> Areas:
    return Areas(
        gpd.GeoDataFrame(
            {
                "area_code": [f"BU{i}" for i in range(len(shapes))],
                "name": "Buurt",
                "district_code": "WK0",
                "district_name": "Wijk",
                "area_year": 2026,
            },
            geometry=list(shapes),
            crs=crs,
        )
    )


def points(*at: tuple[float, float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[shapely.Point(*xy) for xy in at], crs="EPSG:28992")


def test_a_cell_belongs_to_the_area_of_its_middle() -> None:
    cells = build_cells(GRID, areas(shapely.box(0, 0, 240, 100), shapely.box(240, 0, 400, 100)))
    conform(cells, CELL)
    assert cells["area_code"].tolist() == ["BU0", "BU0", "BU1", "BU1"]
    assert cells["in_study"].all()
    assert cells["x_m"].tolist() == [50, 150, 250, 350]
    assert cells["cell"].is_monotonic_increasing


def test_a_cell_at_the_edge_is_kept_outside_the_study_and_a_mere_border_is_not() -> None:
    cells = build_cells(GRID, areas(shapely.box(0, 0, 220, 100)))
    assert cells["x_m"].tolist() == [50, 150, 250]  # nothing west, north or south, where only the border is shared
    assert cells["in_study"].tolist() == [True, True, False]
    assert cells["area_code"].isna().tolist() == [False, False, True]


def test_a_hole_without_area_is_no_study() -> None:
    ring = shapely.Polygon(shapely.box(0, 0, 300, 300).exterior, [shapely.box(100, 100, 200, 200).exterior])
    cells = build_cells(GRID, areas(ring))
    assert len(cells) == 8


def test_dwellings_are_counted_or_unknown() -> None:
    town = areas(shapely.box(0, 0, 200, 100))
    homes = points((10, 10), (99.9, 99.9), (100, 50), (5000, 5000))
    homes.loc[len(homes), "geometry"] = None
    assert build_cells(GRID, town, homes)["dwellings"].tolist() == [2, 1]
    unknown = build_cells(GRID, town)["dwellings"]
    assert unknown.isna().all() and str(unknown.dtype) == "Int32"


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(CrsError, match="De buurten staat in EPSG:4326"):
        build_cells(GRID, areas(shapely.box(0, 0, 1, 1), crs="EPSG:4326"))
    with pytest.raises(ContractError, match="geen punten|niet uit punten"):
        homes = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 5, 5)], crs="EPSG:28992")
        build_cells(GRID, areas(shapely.box(0, 0, 200, 100)), homes)


@pytest.mark.real
def test_groningen_gets_its_cells(real_data: Path) -> None:
    frame = gpd.read_parquet(real_data / "groningen" / "context" / "cbs_buurt_2017.parquet").to_crs("EPSG:28992")
    code = next(name for name in frame.columns if name.lower() in ("bu_code", "buurtcode"))
    town = Areas(
        gpd.GeoDataFrame(
            {
                "area_code": frame[code],
                "name": frame[code],
                "district_code": frame[code].str[:8],
                "district_name": frame[code].str[:8],
                "area_year": 2017,
            },
            geometry=frame.geometry,
        )
    )
    cells = build_cells(Grid(), town)
    conform(cells, CELL)
    covered_m2 = town.frame.union_all().area
    assert cells["in_study"].sum() * 125**2 == pytest.approx(covered_m2, rel=0.01)
    assert np.all(cells.loc[cells["in_study"], "area_code"].notna())
