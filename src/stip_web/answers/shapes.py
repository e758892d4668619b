# SPDX-License-Identifier: EUPL-1.2
"""Geometry of the town in the reference system that was asked, and looking in a box."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from stip_web.answers.boxes import Bbox
from stip_web.answers.crs import Crs, transform

Geometries = npt.NDArray[np.object_]


def shapes(geometries: Geometries, crs: Crs, own: str) -> list[dict[str, Any]]:
    """Return each geometry as GeoJSON; rings turn as RFC 7946 has it."""
    turned = shapely.orient_polygons(turn(geometries, crs, own))
    rounded = shapely.transform(turned, lambda xy: xy.round(crs.decimals))
    return [json.loads(text) for text in shapely.to_geojson(rounded)]


def turn(geometries: Geometries, crs: Crs, own: str) -> Geometries:
    """Return geometries of the workspace in another system."""
    return shapely.transform(
        np.asarray(geometries, dtype=object), lambda xy: np.column_stack(transform(xy[:, 0], xy[:, 1], crs, own))
    )


def touching(geometries: Geometries, bbox: Bbox, crs: Crs, own: str) -> npt.NDArray[np.bool_]:
    """Tell which geometries touch a box in ``crs``."""
    return np.asarray(shapely.intersects(turn(geometries, crs, own), shapely.box(*bbox)))
