# SPDX-License-Identifier: EUPL-1.2
"""The hand-drawn plan of Stipdam: border, main lines, greens and the table of neighbourhoods."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

CRS = "EPSG:28992"
AREA_YEAR = 2026

Floats = npt.NDArray[np.float64]

# The small town is what a walker sees in half an hour: the centre, the station and parts of what lies around.
_SMALL = [[2350, 3000], [2800, 2900], [3560, 2480], [4250, 2600], [4700, 3150], [4780, 4000], [4480, 4760],
          [3700, 4930], [2900, 4880], [2420, 4420]]  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """The drawing, moved to its place in the RD system.

    Attributes
    ----------
    border : Polygon
    lines : GeoDataFrame
        ``name``, ``kind`` (river, canal, moat, rail, ring, main, collector) and ``geometry``.
    greens : GeoDataFrame
        ``name``, ``kind`` (park, sport, cemetery, woods, lake) and ``geometry``.
    neighbourhoods : DataFrame
        ``name``, ``district``, ``style``, ``theme``, ``housing``, ``core`` and ``at`` (MultiPoint).
    window : Polygon
        What is kept of the drawing.
    """

    border: shapely.Polygon
    lines: gpd.GeoDataFrame
    greens: gpd.GeoDataFrame
    neighbourhoods: pd.DataFrame
    window: shapely.Polygon


def read_drawing(*, small: bool) -> Plan:
    """Read the drawing; ``small`` keeps the middle of the town only."""
    skeleton, greens, table = (_toml(f"{name}.toml") for name in ("skeleton", "greens", "neighbourhoods"))
    origin = np.array(skeleton["origin_m"], dtype=np.float64)
    border = shapely.Polygon(np.array(skeleton["boundary"]) + origin)
    lines = gpd.GeoDataFrame(
        {"name": [line["name"] for line in skeleton["line"]], "kind": [line["kind"] for line in skeleton["line"]]},
        geometry=[shapely.LineString(_drawn(line) + origin) for line in skeleton["line"]],
        crs=CRS,
    )
    blobs = gpd.GeoDataFrame(
        {"name": [green["name"] for green in greens["green"]], "kind": [green["kind"] for green in greens["green"]]},
        geometry=[_blob(*green["at"], origin=origin) for green in greens["green"]],
        crs=CRS,
    )
    rows = []
    for number, district in enumerate(table["district"]):
        for place, area in enumerate(district["neighbourhoods"]):
            rows.append(
                {
                    "area_code": f"BU9999{number:02d}{place:02d}",
                    "name": area["name"],
                    "district_code": f"WK9999{number:02d}",
                    "district_name": district["name"],
                    "style": area["style"],
                    "theme": area["theme"],
                    "housing": area["housing"],
                    "core": None if "core" not in area else _core(*area["core"], origin=origin),
                    "at": shapely.MultiPoint(np.array(area["at"]) + origin),
                }
            )
    window = shapely.Polygon(np.array(_SMALL) + origin) if small else border
    return Plan(border, lines, blobs, pd.DataFrame(rows), window)


@lru_cache(maxsize=1)
def street_themes() -> dict[str, dict[str, list[str]]]:
    """Return the endings and roots of street names, by theme."""
    return _toml("street_names.toml")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files("stip.samples") / "plan" / name).read_text(encoding="utf-8"))


def _drawn(line: dict[str, Any]) -> Floats:
    points = np.array(line["points"], dtype=np.float64)
    return points if line.get("straight") else _curve(points)


def _curve(points: Floats, *, steps: int = 8) -> Floats:
    """Return a Catmull–Rom curve through the points, which stay on it exactly."""
    closed = bool((points[0] == points[-1]).all())
    before = points[-2] if closed else 2 * points[0] - points[1]
    after = points[1] if closed else 2 * points[-1] - points[-2]
    p = np.vstack([before, points, after])
    t = (np.arange(steps) / steps)[None, :, None]
    a, b, c, d = p[:-3, None], p[1:-2, None], p[2:-1, None], p[3:, None]
    cubic = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    return np.vstack([(0.5 * cubic).reshape(-1, 2), points[-1]])


def _blob(x: float, y: float, half_a: float, half_b: float, turn: float, *, origin: Floats) -> shapely.Polygon:
    """Return an ellipse with a shore: two waves make it look grown rather than drawn."""
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    wave = 1 + 0.10 * np.sin(3 * angle + x) + 0.06 * np.sin(5 * angle + y)
    ring = np.column_stack([half_a * np.cos(angle) * wave, half_b * np.sin(angle) * wave])
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return shapely.Polygon(ring @ np.array([[cos, sin], [-sin, cos]]) + np.array([x, y]) + origin)


def _core(x: float, y: float, half_a: float, half_b: float, turn: float, *, origin: Floats) -> shapely.Polygon:
    return _blob(x, y, half_a, half_b, turn, origin=origin)
