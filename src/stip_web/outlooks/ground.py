# SPDX-License-Identifier: EUPL-1.2
"""What lies under the map: neighbourhoods, water and roads of the workspace, in whole metres of its own system."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import shapely

from stip.agreements import Purpose, check_sources
from stip.store import Workspace, layer_names, read_areas, read_layer
from stip_web.outlooks.keys import Unchanged

Line = list[list[int]]
Shape = list[Line]
_TOLERANCE_M = 5


@dataclass(frozen=True, eq=False)
class Ground:
    """Lines and rings as whole metres, east and north.

    Attributes
    ----------
    bounds : tuple of int
        West, south, east, north.
    areas : list of (name, x, y, polygons)
        With a spot for the name; a polygon is a list of rings, the outer one first.
    water : list of polygons
    roads : list of lines
    """

    bounds: tuple[int, int, int, int]
    areas: list[tuple[str, int, int, list[Shape]]]
    water: list[Shape]
    roads: list[Line]


def ground(workspace: Workspace) -> Ground:
    """Give what lies under the map, kept while areas and layers are the same.

    Raises
    ------
    AgreementError
        When a source of a layer is on hold, or not agreed for a map.
    """
    return _ground(Unchanged(workspace, "data/areas", "data/layers", "agreements", "decisions/pause"))


@lru_cache(maxsize=2)
def _ground(key: Unchanged) -> Ground:
    workspace = key.workspace
    frame = read_areas(workspace).frame
    west, south, east, north = (round(float(bound)) for bound in frame.total_bounds)
    areas = []
    for name, shape in zip(frame["name"], frame.geometry, strict=True):
        spot = shape.representative_point()
        areas.append((str(name), round(spot.x), round(spot.y), shapes_of(shape)))
    there = layer_names(workspace)
    water = _layer(workspace, "water") if "water" in there else shapely.Polygon()
    roads = shapely.line_merge(_layer(workspace, "roads")) if "roads" in there else shapely.LineString()
    return Ground((west, south, east, north), areas, shapes_of(water), _lines(roads))


def _layer(workspace: Workspace, name: str) -> shapely.Geometry:
    layer = read_layer(workspace, name)
    check_sources(workspace, layer["source"].unique(), Purpose.DOT_MAP)
    return shapely.union_all(layer.geometry.to_numpy())


def outline_of(shapes: list[Shape]) -> str:
    """Write polygons as the path of an SVG drawing, north up."""
    return "".join(f"{path_of(ring)}Z" for rings in shapes for ring in rings)


def path_of(line: Line) -> str:
    """Write a line as the path of an SVG drawing, north up."""
    (x, y), *rest = line
    return f"M{x} {-y}L{' '.join(f'{a} {-b}' for a, b in rest)}"


def shapes_of(shape: shapely.Geometry) -> list[Shape]:
    """Give polygons as rings; what bends less than five metres is left out."""
    parts = [part for part in shapely.get_parts(shape.simplify(_TOLERANCE_M)) if isinstance(part, shapely.Polygon)]
    return [[_points(ring) for ring in (part.exterior, *part.interiors)] for part in parts if not part.is_empty]


def _lines(shape: shapely.Geometry) -> list[Line]:
    """Give lines; what bends less than five metres is left out."""
    parts = shapely.get_parts(shape.simplify(_TOLERANCE_M))
    return [_points(part) for part in parts if isinstance(part, shapely.LineString) and not part.is_empty]


def _points(line: shapely.Geometry) -> Line:
    return [[round(x), round(y)] for x, y in shapely.get_coordinates(line)]
