# SPDX-License-Identifier: EUPL-1.2
"""Where the numbers of places stand on a map: beside their place, so that they cover neither it nor each other."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

_AROUND = 16  # directions that are tried
_NEAR_BY = 1.25  # radii between the middle of a disc and the edge of its place


def label_spots(outlines: gpd.GeoDataFrame, radius: float) -> list[tuple[float, float]]:
    """Return the middle of a disc for each place.

    Each disc touches its own place almost; of the spots around it, the one is taken that covers least of all places
    and of the discs before it; of equal ones that nearest to the middle of its own place, and then the highest.

    Parameters
    ----------
    outlines : GeoDataFrame
        One outline a place, in metres.
    radius : float
        Of a disc, in metres.
    """
    places = outlines.geometry.union_all() if len(outlines) else shapely.Point()
    discs: list[shapely.Geometry] = []
    spots = []
    for outline in outlines.geometry:
        ring = shapely.buffer(outline, _NEAR_BY * radius).exterior if not outline.is_empty else None
        if ring is None:
            spots.append((0.0, 0.0))
            continue
        tried = shapely.line_interpolate_point(ring, np.linspace(0, 1, 4 * _AROUND, endpoint=False), normalized=True)
        taken = shapely.union_all([places, *discs])
        around = shapely.buffer(tried, radius)
        covered = np.round(shapely.area(shapely.intersection(around, taken)) / radius**2, 2)
        away = np.round(shapely.distance(tried, outline.centroid) / radius)
        best = int(np.lexsort((-shapely.get_y(tried), away, covered))[0])
        spots.append((float(tried[best].x), float(tried[best].y)))
        discs.append(shapely.buffer(tried[best], radius * 1.1))
    return spots
