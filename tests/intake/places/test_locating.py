# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.incident_files import asking, column
from stip.intake.places.locating import Bounds, find_place_form, locate, to_town
from stip.intake.tables.systems import RD, WGS84
from stip.intake.values.numbers import Numbers, read_numbers
from stip.space import Areas
from stip.store import Workspace, write_areas

BOUNDS = Bounds(RD, 125_000, 445_000, 145_000, 465_000, True)
SYSTEMS = (RD, WGS84)


def axes(*points: tuple[float | str, float | str]) -> tuple[Numbers, Numbers]:
    x, y = zip(*points, strict=True)
    east, north = (read_numbers(asking(), column(*map(str, values))) for values in (x, y))
    return east, north


def test_rd_and_degrees_are_told_apart() -> None:
    rd = axes((136_000, 455_000), (137_000, 456_000))
    degrees = axes((5.12, 52.09), (5.11, 52.08))
    assert find_place_form(*rd, SYSTEMS, BOUNDS).crs == RD
    assert find_place_form(*degrees, SYSTEMS, BOUNDS).crs == WGS84
    found = locate(*degrees, find_place_form(*degrees, SYSTEMS, BOUNDS), BOUNDS)
    assert found.x_m[0] == pytest.approx(136_800, abs=400)
    assert found.y_m[0] == pytest.approx(455_700, abs=400)


def test_exchanged_axes_are_put_back_in_a_file_and_in_a_row() -> None:
    whole = axes((52.09, 5.12), (52.08, 5.11))
    form = find_place_form(*whole, SYSTEMS, BOUNDS)
    assert (form.crs, form.swapped) == (WGS84, True)
    assert locate(*whole, form, BOUNDS).swapped.all()
    assert any("verwisseld" in fact for fact in form.facts(""))
    some = axes((136_000, 455_000), (455_000, 136_000), (136_500, 455_500))
    found = locate(*some, find_place_form(*some, SYSTEMS, BOUNDS), BOUNDS)
    assert found.swapped.tolist() == [False, True, False]
    assert (found.x_m[1], found.y_m[1]) == (136_000, 455_000)


def test_signs_between_thousands_are_found_by_where_the_points_fall() -> None:
    found = find_place_form(*axes(("136.010", "455.020"), ("137.030", "456.040")), SYSTEMS, BOUNDS)
    assert (found.crs, found.thousands) == (RD, True)
    degrees = find_place_form(*axes(("5.121", "52.091")), SYSTEMS, BOUNDS)
    assert (degrees.crs, degrees.thousands) == (WGS84, False)


def test_zero_points_are_no_places() -> None:
    x, y = axes((136_000, 455_000), (0, 0), ("0,0", "0,0"), (900, -900), ("", 455_000), (250_000, 600_000))
    found = locate(x, y, find_place_form(x, y, SYSTEMS, BOUNDS), BOUNDS)
    assert found.at_origin.tolist() == [False, True, True, True, False, False]
    assert found.empty.tolist() == [False, False, False, False, True, False]
    assert found.outside.tolist() == [False, False, False, False, False, True]
    assert np.isnan(found.x_m).tolist() == [False, True, True, True, True, True]


def test_degrees_between_metres_are_not_called_a_zero_point() -> None:
    x, y = axes((136_000, 455_000), (136_000, 455_000), (5.12, 52.09), (52.09, 5.12), (0, 0), (9, 9))
    found = locate(x, y, find_place_form(x, y, SYSTEMS, BOUNDS), BOUNDS)
    assert found.outside.tolist() == [False, False, True, True, False, False]
    assert found.at_origin.tolist() == [False, False, False, False, True, True]


def test_the_zero_point_of_another_system_in_degrees() -> None:
    # What the city of Chicago writes for an unknown place: the origin of its own system, as degrees.
    bounds = Bounds("EPSG:26971", -1e9, -1e9, 1e9, 1e9, False)
    x, y = axes((-87.63, 41.88), (-91.686565684, 36.619446395))
    found = locate(x, y, find_place_form(x, y, ("EPSG:26971", WGS84), bounds), bounds)
    assert found.at_origin.tolist() == [False, True]


def test_a_declared_system_that_does_not_fit_is_told() -> None:
    x, y = axes((5.12, 52.09))
    form = find_place_form(x, y, (RD, WGS84), BOUNDS)
    assert any("afspraak noemt EPSG:28992" in fact for fact in form.facts(RD))
    nowhere = find_place_form(*axes((50, 50)), (RD,), BOUNDS)
    assert "geen enkel punt" in nowhere.facts(RD)[0]
    assert find_place_form(*axes(("", "")), (RD,), BOUNDS).share == 0


def test_the_town_reaches_as_far_as_its_areas_or_else_its_system(workspace: Workspace) -> None:
    country = Bounds.of(workspace)
    assert not country.of_areas
    assert country.hold(np.array([136_000.0]), np.array([455_000.0])).all()
    assert not country.hold(np.array([136_000.0]), np.array([900_000.0])).any()
    square = shapely.box(130_000, 450_000, 140_000, 460_000)
    columns = {
        "area_code": ["BU1"],
        "name": ["B"],
        "district_code": ["WK1"],
        "district_name": ["W"],
        "area_year": [2026],
    }
    write_areas(workspace, Areas(gpd.GeoDataFrame(columns, geometry=[square], crs=RD)))
    town = Bounds.of(workspace)
    assert (town.of_areas, town.left, town.high) == (True, 129_000, 461_000)


@settings(max_examples=40)
@given(st.floats(125_001, 144_999), st.floats(445_001, 464_999), st.booleans())
def test_a_point_in_the_town_is_found_from_rd_and_degrees(x_m: float, y_m: float, swapped: bool) -> None:
    none = np.zeros(1, dtype=bool)
    for crs in SYSTEMS:
        lon, lat = to_town(np.array([x_m]), np.array([y_m]), RD, crs)
        east, north = (lat, lon) if swapped else (lon, lat)
        x, y = Numbers(east, none, none, none, none), Numbers(north, none, none, none, none)
        form = find_place_form(x, y, SYSTEMS, BOUNDS)
        found = locate(x, y, form, BOUNDS)
        assert (form.crs, bool(found.swapped[0])) == (crs, swapped)
        assert found.x_m[0] == pytest.approx(x_m, abs=0.01)
        assert found.y_m[0] == pytest.approx(y_m, abs=0.01)
