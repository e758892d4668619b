# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import shapely

from stip.samples.geography import Geography


def test_the_streets_hang_together(geography: Geography) -> None:
    lines = geography.pieces.geometry.to_numpy()
    whole = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
    group = np.arange(len(whole))
    left, right = shapely.STRtree(whole).query(whole, predicate="dwithin", distance=0.05)
    for _ in range(200):
        lower = group.copy()
        np.minimum.at(lower, left, group[right])
        if (lower == group).all():
            break
        group = lower
    length = np.bincount(group, weights=shapely.length(whole))
    assert length.max() / length.sum() > 0.97


def test_local_streets_stay_out_of_water_and_parks(geography: Geography) -> None:
    local = geography.pieces[geography.pieces["area"] >= 0]
    taken = shapely.union_all([*geography.ground.water.geometry, *geography.ground.greens.geometry])
    inside = shapely.length(shapely.intersection(local.geometry.to_numpy(), taken))
    assert inside.max() < 1


def test_local_streets_stay_in_their_neighbourhood(geography: Geography) -> None:
    pieces = geography.pieces[geography.pieces["area"] >= 0]
    areas = geography.ground.areas.geometry.to_numpy()[pieces["area"]]
    outside = shapely.length(shapely.difference(pieces.geometry.to_numpy(), shapely.buffer(areas, 0.1)))
    assert outside.max() < 0.5


def test_pieces_run_the_way_of_their_line(geography: Geography) -> None:
    pieces = geography.pieces
    for _, line in pieces[pieces["kind"] == "main"].groupby("line"):
        starts = shapely.get_point(line.geometry.to_numpy(), 0)
        ends = shapely.get_point(line.geometry.to_numpy(), -1)
        gaps = shapely.distance(ends[:-1], starts[1:])
        assert gaps.max() < 0.05


def test_a_town_of_this_size_has_this_much_street(geography: Geography) -> None:
    assert 330 < geography.pieces.geometry.length.sum() / 1000 < 480
