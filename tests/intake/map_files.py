# SPDX-License-Identifier: EUPL-1.2
"""Small map files for tests, around the middle of Utrecht."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from stip.space import Areas
from stip.store import Workspace, write_areas

RD = "EPSG:28992"
X_M, Y_M = 136_000.0, 455_000.0


def square(column: int, row: int = 0, side_m: float = 100) -> BaseGeometry:
    """Return a square, so many squares east and north of the middle."""
    x, y = X_M + column * side_m, Y_M + row * side_m
    return shapely.box(x, y, x + side_m, y + side_m)


def bow_tie(column: int) -> BaseGeometry:
    """Return a surface that crosses itself."""
    x = X_M + 100 * column
    return shapely.Polygon([(x, Y_M), (x + 100, Y_M + 100), (x + 100, Y_M), (x, Y_M + 100)])


def areas_here(workspace: Workspace, *, year: int = 2026) -> None:
    """Put two neighbourhoods in a workspace."""
    frame = gpd.GeoDataFrame(
        {
            "area_code": ["BU03440111", "BU03440112"],
            "name": ["Noord", "Zuid"],
            "district_code": ["WK034401"] * 2,
            "district_name": ["West"] * 2,
            "area_year": [year] * 2,
        },
        geometry=[square(0, 0, 500), square(0, 1, 500)],
        crs=RD,
    )
    write_areas(workspace, Areas(frame))


def lamps(count: int = 6, **columns: list[Any]) -> gpd.GeoDataFrame:
    """Return points in a row, with a number, a kind and a figure."""
    own: dict[str, list[Any]] = {
        "id": [f"L{n}" for n in range(count)],
        "soort": ["lichtmast"] * count,
        "waarde": [float(n) for n in range(count)],
    }
    points = [shapely.Point(X_M + 10 * n, Y_M) for n in range(count)]
    return gpd.GeoDataFrame(own | columns, geometry=points, crs=RD)


def write_geojson(path: Path, features: list[tuple[dict[str, Any], Any]], *, encoding: str = "utf-8") -> Path:
    """Write GeoJSON as it is told: properties and coordinates of points, None for a thing without a place."""
    content = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": None if place is None else {"type": "Point", "coordinates": place},
            }
            for properties, place in features
        ],
    }
    path.write_bytes(json.dumps(content, ensure_ascii=False).encode(encoding))
    return path


def agreement_text(source: str, kind: str, columns: str, **facts: str) -> str:
    """Return the text of an agreement that is valid now."""
    more = "\n".join(f"{name} = {value}" for name, value in facts.items())
    return f"""source = "{source}"
title = "Proef"
kind = "{kind}"
purposes = ["weekplan"]
legal_basis = "proef"
valid_from = 2026-01-01
valid_until = 2027-12-31
retention_months = 12
{more}
[columns]
{columns}
"""
