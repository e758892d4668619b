# SPDX-License-Identifier: EUPL-1.2
"""The week as an SVG drawing: paths in whole metres, so that a town stays a small file."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import shapely

from stip.week.labels import label_spots
from stip.week.picture import place_outlines
from stip.week.view import TIER_COLOURS, WeekView
from stip.words import number


@dataclass(frozen=True)
class Shape:
    """One path or dot, with the words a pointer shows."""

    path: str
    title: str = ""
    css: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Dot:
    """Reports of one crime type in one cell, as a dot whose area is their count."""

    x: int
    y: int
    radius: int
    title: str


@dataclass(frozen=True)
class Drawing:
    """The shapes of a week, from the ground up, and the window they fit in."""

    view_box: str
    areas: list[Shape]
    water: str
    roads: str
    tiers: list[Shape]
    dots: dict[str, list[Dot]]
    places: list[Shape]
    numbers: list[tuple[int, int, int]]
    near_numbers: list[tuple[int, int, int]]
    names: list[tuple[str, int, int]]
    label: int
    near: str
    near_label: float


def draw(view: WeekView) -> Drawing:
    """Return the drawing of a week; north is up, one unit is a metre."""
    left, low, right, high = (int(bound) for bound in view.areas.total_bounds)
    margin = max(right - left, high - low) // 100

    def spot(geometry: shapely.Geometry) -> tuple[int, int]:
        point = geometry.representative_point()
        return round(point.x), -round(point.y)

    outlines = place_outlines(view)
    near, scale = _near(outlines, view.areas)
    label = max(margin, 25)
    return Drawing(
        view_box=f"{left - margin} {-high - margin} {right - left + 2 * margin} {high - low + 2 * margin}",
        areas=[Shape(_path(row.geometry, 5), str(row.name)) for row in view.areas.itertuples()],
        water=_path(view.base["water"].union_all(), 5) if "water" in view.base else "",
        roads=_path(view.base["roads"].union_all(), 5) if "roads" in view.base else "",
        tiers=[
            Shape(
                _path(row.geometry, 0),
                f"vak {row.name}: {number(row.expected, 1)} verwacht, tussen {number(row.low)} en {number(row.high)}",
                colour=TIER_COLOURS[row.tier],
            )
            for row in view.cells[view.cells["tier"] < 100].itertuples()
        ],
        dots=_dots(view),
        places=[Shape(_path(row.geometry, 0), f"plek {row.number}", css=row.origin) for row in outlines.itertuples()],
        numbers=_numbers(outlines, label),
        near_numbers=_numbers(outlines, label / scale),
        names=[(row.name, *spot(row.geometry)) for row in view.areas.itertuples()],
        label=label,
        near=near,
        near_label=label / scale,
    )


def _numbers(outlines: gpd.GeoDataFrame, radius: float) -> list[tuple[int, int, int]]:
    spots = label_spots(outlines, radius)
    return [(int(number), round(x), -round(y)) for number, (x, y) in zip(outlines["number"], spots, strict=True)]


def _near(outlines: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> tuple[str, float]:
    """Return the CSS move that brings the places close, in the town's frame, and its scale."""
    left, low, right, high = areas.total_bounds
    if not len(outlines):
        return "none", 1.0
    x0, y0, x1, y1 = outlines.total_bounds
    scale = 0.8 * min((right - left) / max(x1 - x0, 500), (high - low) / max(y1 - y0, 500))
    to_x, to_y = (left + right) / 2, -(low + high) / 2
    from_x, from_y = (x0 + x1) / 2, -(y0 + y1) / 2
    move = f"translate({to_x:.0f}px, {to_y:.0f}px) scale({scale:.2f}) translate({-from_x:.0f}px, {-from_y:.0f}px)"
    return move, float(scale)


def _dots(view: WeekView) -> dict[str, list[Dot]]:
    dots: dict[str, list[Dot]] = {kind: [] for kind in view.labels}
    columns = (view.dots[name].tolist() for name in ("crime_type", "x_m", "y_m", "count_of"))
    for kind, x_m, y_m, count in zip(*columns, strict=True):
        radius = round(14 * max(count, 0.2) ** 0.5)
        title = f"{number(count, 0 if float(count).is_integer() else 1)} × {view.labels[kind].lower()} in vier weken"
        dots[kind].append(Dot(round(x_m), -round(y_m), radius, title))
    return dots


def _path(geometry: shapely.Geometry, tolerance_m: float) -> str:
    if tolerance_m:
        geometry = geometry.simplify(tolerance_m)
    lines = []
    for part in shapely.get_parts(geometry):
        rings = [part.exterior, *part.interiors] if isinstance(part, shapely.Polygon) else [part]
        for ring in rings:
            points = [f"{round(x)} {-round(y)}" for x, y in shapely.get_coordinates(ring)]
            if len(points) > 1:
                end = "Z" if isinstance(part, shapely.Polygon) else ""
                lines.append(f"M{points[0]}L{' '.join(points[1:])}{end}")
    return "".join(lines)
