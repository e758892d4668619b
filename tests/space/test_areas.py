# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, box

from stip.errors import ContractError, CrsError
from stip.space import Areas, area_of_points, check_crs


def squares(*, side_m: float = 500, count: int = 4, year: int = 2026) -> gpd.GeoDataFrame:
    """Draw ``count`` × ``count`` neighbourhoods side by side, a district a row."""
    places = [(row, column) for row in range(count) for column in range(count)]
    return gpd.GeoDataFrame(
        {
            "area_code": [f"BU{row:02d}{column:02d}" for row, column in places],
            "name": [f"Buurt {row}-{column}" for row, column in places],
            "district_code": [f"WK{row:02d}" for row, _ in places],
            "district_name": [f"Wijk {row}" for row, _ in places],
            "area_year": year,
        },
        geometry=[
            box(column * side_m, row * side_m, (column + 1) * side_m, (row + 1) * side_m) for row, column in places
        ],
        crs="EPSG:28992",
    )


COORDINATE = st.one_of(st.floats(-300, 2300), st.sampled_from([0.0, 500.0, 1000.0, 2000.0]))


@given(st.lists(st.tuples(COORDINATE, COORDINATE), max_size=40))
def test_the_first_area_that_holds_the_point_counts(points: list[tuple[float, float]]) -> None:
    areas = Areas(squares())
    x_m, y_m = np.array(points).reshape(-1, 2).T
    found = area_of_points(x_m, y_m, areas)
    shapes = areas.frame.geometry
    expected = [
        next(
            (code for code, shape in zip(areas.frame["area_code"], shapes, strict=True) if shape.intersects(p)), pd.NA
        )
        for p in map(Point, points)
    ]
    assert list(found.index) == list(range(len(points)))
    pd.testing.assert_series_equal(found, pd.Series(expected, dtype="string"))


def test_a_hole_is_outside_and_a_missing_point_nowhere() -> None:
    frame = squares(count=1)
    frame["geometry"] = [Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])]
    found = area_of_points(np.array([1.0, 4.5, np.nan]), np.array([1.0, 4.5, 1.0]), Areas(frame))
    assert found.isna().tolist() == [False, True, True]


def test_names_and_districts() -> None:
    areas = Areas(squares(count=2))
    assert areas.year == 2026
    assert areas.names()["BU0100"] == "Buurt 1-0"
    assert areas.district_of()["BU0100"] == "WK01"
    assert areas.district_names() == {"WK00": "Wijk 0", "WK01": "Wijk 1"}


@pytest.mark.parametrize("column", ["area_code", "name", "district_code", "district_name", "area_year", "geometry"])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(ContractError, match=f"‘{column}’"):
        Areas(squares().drop(columns=column))


def test_a_code_that_stands_twice_is_named() -> None:
    with pytest.raises(ContractError, match="BU0000"):
        Areas(pd.concat([squares(), squares().head(1)]))


def test_two_years_at_once_are_refused() -> None:
    later = squares(year=2025).assign(area_code=lambda frame: "X" + frame["area_code"])
    with pytest.raises(ContractError, match="2025.*2026"):
        Areas(pd.concat([squares(), later]))


def test_no_areas_are_refused() -> None:
    with pytest.raises(ContractError, match="geen enkele buurt"):
        Areas(squares().head(0))


def test_another_system_is_refused_with_the_call_that_mends_it() -> None:
    check_crs(squares(), "EPSG:28992", "De buurten")
    with pytest.raises(CrsError, match=r"De buurten staat in EPSG:4326, .*\.to_crs\('EPSG:28992'\)"):
        check_crs(squares().to_crs("EPSG:4326"), "EPSG:28992", "De buurten")
    with pytest.raises(CrsError, match="geen stelsel"):
        check_crs(squares().set_crs(None, allow_override=True), "EPSG:28992", "De buurten")
