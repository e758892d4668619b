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
_TOLERANCE_M = 5


@dataclass(frozen=True, eq=False)
class Ground:
    """Lines and rings as whole metres, east and north.

    Attributes
    ----------
    bounds : tuple of int
        West, south, east, north.
    areas : list of (name, x, y, rings)
        With a spot for the name.
    water, roads : list of lines
    """

    bounds: tuple[int, int, int, int]
    areas: list[tuple[str, int, int, list[Line]]]
    water: list[Line]
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
        areas.append((str(name), round(spot.x), round(spot.y), _lines(shape)))
    there = layer_names(workspace)
    layers = {name: [] if name not in there else _layer(workspace, name) for name in ("water", "roads")}
    return Ground((west, south, east, north), areas, layers["water"], layers["roads"])


def _layer(workspace: Workspace, name: str) -> list[Line]:
    layer = read_layer(workspace, name)
    check_sources(workspace, layer["source"].unique(), Purpose.DOT_MAP)
    return _lines(
        shapely.line_merge(shapely.union_all(layer.geometry.to_numpy()))
        if name == "roads"
        else shapely.union_all(layer.geometry.to_numpy())
    )


def _lines(shape: shapely.Geometry) -> list[Line]:
    """Give rings and lines, with what bends less than five metres left out."""
    found = []
    for part in shapely.get_parts(shape.simplify(_TOLERANCE_M)):
        for line in [part.exterior, *part.interiors] if isinstance(part, shapely.Polygon) else [part]:
            points = [[round(x), round(y)] for x, y in shapely.get_coordinates(line)]
            if len(points) > 1:
                found.append(points)
    return found
