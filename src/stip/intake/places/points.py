# SPDX-License-Identifier: EUPL-1.2
"""The coordinates of rows: from two columns, or from a column of points."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from stip.agreements import Role
from stip.intake.values.asking import Asker
from stip.intake.values.numbers import Numbers, read_numbers

_POINT, _MULTIPOINT = 0, 4


def has_coordinates(table: pa.Table) -> bool:
    """Tell whether the rows have points, and not only addresses."""
    names = set(table.column_names)
    return Role.GEOMETRY in names or {Role.X, Role.Y} <= names


def coordinates(asker: Asker, table: pa.Table) -> tuple[Numbers, Numbers]:
    """Return the two coordinates of each row; a geometry, which names its system, goes before columns."""
    if Role.GEOMETRY in table.column_names:
        return _of_geometry(table[Role.GEOMETRY].combine_chunks())
    x, y = (read_numbers(asker, table[role].combine_chunks()) for role in (Role.X, Role.Y))
    return x, y


def _of_geometry(column: pa.Array) -> tuple[Numbers, Numbers]:
    values = column.to_numpy(zero_copy_only=False)
    if pa.types.is_string(column.type):
        shapes = shapely.from_wkt(values, on_invalid="ignore")
    elif pa.types.is_binary(column.type):
        shapes = shapely.from_wkb(values, on_invalid="ignore")
    else:
        shapes = np.full(len(column), None, dtype=object)
    kind = shapely.get_type_id(shapes)
    single: npt.NDArray[np.bool_] = (kind == _MULTIPOINT) & (shapely.get_num_geometries(shapes) == 1)
    points = np.where(single, shapely.get_geometry(shapes, 0), np.where(kind == _POINT, shapes, None))
    none = np.zeros(len(points), dtype=bool)
    east, north = shapely.get_x(points), shapely.get_y(points)
    return Numbers(east, np.isnan(east), none, none, none), Numbers(north, np.isnan(north), none, none, none)
