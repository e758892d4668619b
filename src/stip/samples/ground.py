# SPDX-License-Identifier: EUPL-1.2
"""The ground of the town: neighbourhoods between the main lines, water, and what keeps streets and homes away."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from stip.samples.drawing import AREA_YEAR, CRS, Plan

# Half widths in metres.
_WIDE = {"river": 34.0, "canal": 13.0, "moat": 11.0}
_KEEP_OFF = {"river": 62.0, "canal": 30.0, "moat": 26.0, "rail": 30.0, "ring": 38.0}
_SMALLEST_M2 = 30_000


@dataclass(frozen=True)
class Ground:
    """The town before its streets.

    Attributes
    ----------
    areas : GeoDataFrame
        A neighbourhood a row: ``area_code``, ``name``, ``district_code``, ``district_name``, ``area_year``,
        ``style``, ``theme``, ``housing``, ``core``, ``geometry``.
    town : Polygon
        All neighbourhoods together.
    water : GeoDataFrame
        ``name``, ``kind``, ``geometry``.
    greens : GeoDataFrame
        ``name``, ``kind``, ``geometry``; without lakes.
    lines : GeoDataFrame
        The main lines inside the town: ``name``, ``kind``, ``geometry``.
    free : MultiPolygon
        Where local streets and homes may come.
    """

    areas: gpd.GeoDataFrame
    town: shapely.Geometry
    water: gpd.GeoDataFrame
    greens: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    free: shapely.Geometry


def lay_ground(plan: Plan) -> Ground:
    """Cut the drawing into neighbourhoods, and find where may be built."""
    areas = _areas(plan)
    town = shapely.union_all(areas.geometry.to_numpy())
    lines = plan.lines.assign(geometry=shapely.intersection(plan.lines.geometry.to_numpy(), town))
    lines = lines[~lines.geometry.is_empty].reset_index(drop=True)
    wet = plan.lines[plan.lines["kind"].isin(list(_WIDE))]
    water = gpd.GeoDataFrame(
        {"name": [*wet["name"], *_lakes(plan)["name"]], "kind": [*wet["kind"], *_lakes(plan)["kind"]]},
        geometry=[
            *shapely.buffer(wet.geometry.to_numpy(), wet["kind"].map(_WIDE).to_numpy(dtype=np.float64)),
            *_lakes(plan).geometry,
        ],
        crs=CRS,
    )
    greens = plan.greens[plan.greens["kind"] != "lake"].reset_index(drop=True)
    greens = greens.assign(geometry=shapely.difference(greens.geometry.to_numpy(), _barriers(plan, slack_m=-14)))
    water, greens = (_inside(frame, town) for frame in (water, greens))
    return Ground(areas, town, water, greens, lines, _free(plan, town))


def area_at(ground: Ground, points: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    """Return the row in ``ground.areas`` in which each point lies, or which is nearest to it."""
    tree = shapely.STRtree(ground.areas.geometry.to_numpy())
    point, area = tree.query(points, predicate="intersects")
    found = np.full(len(points), -1, dtype=np.int64)
    found[point[::-1]] = area[::-1]
    stray = found < 0
    if stray.any():
        found[stray] = tree.nearest(points[stray])
    return found


def _areas(plan: Plan) -> gpd.GeoDataFrame:
    """Return the neighbourhoods: the faces between the main lines, joined by the table's points."""
    net = shapely.union_all([*plan.lines.geometry, plan.border.exterior])
    faces = shapely.get_parts(shapely.polygonize(list(shapely.get_parts(net))))
    faces = faces[shapely.contains(plan.border, shapely.point_on_surface(faces))]
    owner = np.full(len(faces), -1)
    tree = shapely.STRtree(faces)
    for number, points in enumerate(plan.neighbourhoods["at"]):
        inside = tree.query(shapely.get_parts(points), predicate="within")[1]
        owner[inside] = number
    if (owner < 0).any():  # a slip of the pen leaves slivers; they go with the face they share most border with
        owner = _adopt(faces, owner)
    cut = [
        shapely.union_all(faces[owner == number]).intersection(plan.window)
        for number in range(len(plan.neighbourhoods))
    ]
    frame = gpd.GeoDataFrame(plan.neighbourhoods.drop(columns="at"), geometry=cut, crs=CRS)
    frame.insert(4, "area_year", AREA_YEAR)
    frame = frame[frame.geometry.area > _SMALLEST_M2].reset_index(drop=True)
    return frame


def _adopt(faces: npt.NDArray[np.object_], owner: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    taken = np.flatnonzero(owner >= 0)
    result = owner.copy()
    for orphan in np.flatnonzero(owner < 0):
        shared = shapely.length(shapely.intersection(faces[orphan], faces[taken]))
        result[orphan] = owner[taken[int(np.argmax(shared))]]
    return result


def _lakes(plan: Plan) -> gpd.GeoDataFrame:
    return plan.greens[plan.greens["kind"] == "lake"]


def _inside(frame: gpd.GeoDataFrame, town: shapely.Geometry) -> gpd.GeoDataFrame:
    cut = frame.assign(geometry=shapely.intersection(frame.geometry.to_numpy(), town))
    return cut[cut.geometry.area > 1].reset_index(drop=True)


def _free(plan: Plan, town: shapely.Geometry) -> shapely.Geometry:
    greens = shapely.buffer(plan.greens.geometry.to_numpy(), 8)
    return shapely.difference(town, shapely.union_all([_barriers(plan), *greens]))


def _barriers(plan: Plan, *, slack_m: float = 0) -> shapely.Geometry:
    near = plan.lines[plan.lines["kind"].isin(list(_KEEP_OFF))]
    width = near["kind"].map(_KEEP_OFF).to_numpy(dtype=np.float64) + slack_m
    return shapely.union_all(shapely.buffer(near.geometry.to_numpy(), width))
