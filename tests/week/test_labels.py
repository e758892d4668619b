# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from stip.week.labels import label_spots

RADIUS = 40.0


def squares(*corners: tuple[float, float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[shapely.box(x, y, x + 250, y + 125) for x, y in corners], crs="EPSG:28992")


def test_a_number_lies_beside_its_place_and_covers_no_other() -> None:
    outlines = squares((0, 0), (250, 0), (0, 125), (1000, 1000))
    discs = [shapely.Point(spot).buffer(RADIUS) for spot in label_spots(outlines, RADIUS)]
    for disc, own in zip(discs, outlines.geometry, strict=True):
        assert disc.intersection(outlines.geometry.union_all()).area < 0.02 * disc.area
        assert disc.distance(own) < RADIUS
    apart = [a.distance(b) for n, a in enumerate(discs) for b in discs[:n]]
    assert min(apart) > 0


def test_a_place_that_is_shut_in_still_has_its_number() -> None:
    ring = squares(*((250 * i, 125 * j) for i in range(3) for j in range(3)))
    spots = label_spots(ring, RADIUS)
    assert len(spots) == 9
    assert np.isfinite(spots).all()


def test_no_places_no_numbers() -> None:
    assert label_spots(squares(), RADIUS) == []
