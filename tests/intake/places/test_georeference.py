# SPDX-License-Identifier: EUPL-1.2
"""Shapes end up in the town's system, whatever the file says of them, or are refused."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from intake.map_files import RD, X_M, Y_M, bow_tie, square
from stip.intake.accounts.account import Account
from stip.intake.accounts.report import OpenDataReport
from stip.intake.places.georeference import bring_here, is_known, system_bounds, system_name

HERE = system_bounds(RD)


def bring(shapes: list[Any], declared: str) -> tuple[list[Any], OpenDataReport]:
    account = Account(len(shapes))
    brought = bring_here(np.array(shapes, dtype=object), declared=declared, bounds=HERE, account=account)
    return list(brought), OpenDataReport.of(account, "proef", "proef")


def codes(report: OpenDataReport) -> dict[str, int]:
    return {count.rule.code: count.rows for count in (*report.refused_rules, *report.repaired_rules)}


def degrees(*shapes: Any) -> list[Any]:
    return list(gpd.GeoSeries(shapes, crs=RD).to_crs("EPSG:4326"))


def swapped(shape: Any) -> Any:
    return shapely.transform(shape, lambda points: points[:, ::-1])


def test_shapes_in_the_town_s_own_system_stay_as_they_are() -> None:
    brought, report = bring([square(0), shapely.Point(X_M, Y_M)], RD)
    assert brought == [square(0), shapely.Point(X_M, Y_M)]
    assert (report.accepted, report.notes) == (2, ())


def test_degrees_become_metres_and_the_report_says_so() -> None:
    brought, report = bring(degrees(shapely.Point(X_M, Y_M)), "EPSG:4326")
    assert brought[0].distance(shapely.Point(X_M, Y_M)) < 0.01
    assert report.accepted == 1
    assert report.notes == ("De plekken zijn omgezet van lengte- en breedtegraad (WGS84) naar RD (EPSG:28992).",)


def test_a_system_that_nobody_names_is_found() -> None:
    for shapes in ([square(0)], degrees(square(0))):
        brought, report = bring(shapes, "")
        assert shapely.hausdorff_distance(brought[0], square(0)) < 0.01
        assert "noemt geen coördinatenstelsel" in report.notes[0]


def test_metres_that_are_said_to_be_degrees_are_known_for_what_they_are() -> None:
    brought, report = bring([square(n) for n in range(4)], "EPSG:4326")
    assert brought == [square(n) for n in range(4)]
    assert codes(report) == {"wrong_system": 4}
    assert report.repaired == 4


def test_swapped_axes_are_mended_one_by_one() -> None:
    shapes = degrees(*(square(n) for n in range(4)))
    shapes[2] = swapped(shapes[2])
    brought, report = bring(shapes, "EPSG:4326")
    assert shapely.hausdorff_distance(brought[2], square(2)) < 0.01
    assert codes(report) == {"swapped_axes": 1}
    assert report.repaired_rules[0].first_rows == (3,)


def test_all_axes_swapped_in_metres() -> None:
    brought, report = bring([swapped(square(n)) for n in range(3)], RD)
    assert all(shape.equals(square(n)) for n, shape in enumerate(brought))
    assert codes(report) == {"swapped_axes": 3}


def test_what_lies_elsewhere_is_refused() -> None:
    _, report = bring([shapely.Point(X_M, Y_M), shapely.Point(-87.6, 41.9), shapely.Point(0, 0)], RD)
    assert codes(report) == {"outside": 2}


def test_shapes_without_a_place_are_refused() -> None:
    nowhere = [None, shapely.Point(), shapely.Point(np.nan, 1), square(0)]
    brought, report = bring(nowhere, RD)
    assert brought[:3] == [None] * 3
    assert codes(report) == {"no_place": 3}


def test_a_surface_that_crosses_itself_is_mended() -> None:
    brought, report = bring([bow_tie(0), square(3)], RD)
    assert shapely.is_valid(brought[0])
    assert brought[0].area == pytest.approx(5000)
    assert codes(report) == {"invalid_shape": 1}


def test_a_surface_of_which_nothing_is_left_is_refused() -> None:
    flat = shapely.Polygon([(X_M, Y_M), (X_M + 10, Y_M), (X_M + 20, Y_M), (X_M, Y_M)])
    brought, report = bring([flat, square(0)], RD)
    assert brought[0] is None
    assert codes(report) == {"no_place": 1}


def test_a_nameless_system_in_the_file_is_passed_over() -> None:
    local = 'LOCAL_CS["tekening",UNIT["metre",1]]'
    brought, report = bring([square(0)], local)
    assert brought == [square(0)]
    assert report.accepted + report.repaired == 1


def test_systems_have_names_for_people() -> None:
    assert system_name(RD) == "RD (EPSG:28992)"
    assert system_name("OGC:CRS84") == system_name("EPSG:4326")
    assert system_name("EPSG:26971") == "EPSG:26971"
    assert system_name("niets") == "een onbekend stelsel"
    assert not is_known("niets")


@given(
    st.lists(
        st.tuples(
            st.floats(-400_000, 900_000), st.floats(-400_000, 900_000), st.sampled_from(["point", "none", "bow"])
        ),
        max_size=8,
    ),
    st.sampled_from([RD, "EPSG:4326", ""]),
)
def test_each_shape_is_here_and_valid_or_refused(places: list[tuple[float, float, str]], declared: str) -> None:
    kinds = {"point": lambda x, y: shapely.Point(x, y), "none": lambda x, y: None, "bow": lambda x, y: bow_tie(1)}
    brought, report = bring([kinds[kind](x, y) for x, y, kind in places], declared)
    left = [shape for shape in brought if shape is not None]
    assert len(left) == report.accepted + report.repaired == report.rows - report.refused
    assert all(shapely.is_valid(shape) for shape in left)
    middles = shapely.bounds(np.array(left, dtype=object)).reshape(-1, 4)
    assert HERE.hold((middles[:, 0] + middles[:, 2]) / 2, (middles[:, 1] + middles[:, 3]) / 2).all()
