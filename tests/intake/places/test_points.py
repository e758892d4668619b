# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pyarrow as pa
import shapely

from intake.incident_files import asking, column
from stip.intake.places.points import coordinates, has_coordinates

SHAPES = [
    shapely.Point(1, 2),
    shapely.MultiPoint([(3, 4)]),
    shapely.MultiPoint([(3, 4), (5, 6)]),
    shapely.LineString([(0, 0), (1, 1)]),
    None,
]


def test_points_are_read_from_geometry() -> None:
    table = pa.table({"geometry": pa.array([shape and shape.wkb for shape in SHAPES], pa.binary())})
    assert has_coordinates(table)
    x, y = coordinates(asking(), table)
    np.testing.assert_array_equal(x.value, [1, 3, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(y.value, [2, 4, np.nan, np.nan, np.nan])


def test_points_are_read_from_text() -> None:
    table = pa.table({"geometry": column("POINT (1 2)", "onzin", None)})
    np.testing.assert_array_equal(coordinates(asking(), table)[0].value, [1, np.nan, np.nan])


def test_geometry_goes_before_columns_and_other_types_are_no_place() -> None:
    table = pa.table({"geometry": pa.array([5]), "x": column("1"), "y": column("2")})
    assert np.isnan(coordinates(asking(), table)[0].value).all()
    assert coordinates(asking(), table.drop_columns(["geometry"]))[0].value.tolist() == [1]
    assert not has_coordinates(table.select(["x"]))
