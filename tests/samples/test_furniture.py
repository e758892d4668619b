# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import shapely

from stip.samples.furniture import dark_streets
from stip.samples.geography import Geography
from stip.samples.town import SEED


def test_some_streets_are_dark_and_their_neighbours_lit(geography: Geography) -> None:
    dark = dark_streets(geography.pieces, geography.ground, seed=SEED)
    local = (geography.pieces["area"] >= 0).to_numpy()
    assert 0.08 < dark[local].mean() < 0.3
    lamps = shapely.points(geography.lamps[["x_m", "y_m"]])
    nearest, distance = shapely.STRtree(geography.pieces.geometry.to_numpy()).query_nearest(
        lamps, return_distance=True, all_matches=False
    )
    beside = np.bincount(nearest[1][distance < 6], minlength=len(dark))
    long = geography.pieces.geometry.length.to_numpy() > 120
    assert (beside[dark & local & long] < 3).mean() > 0.95
    assert (beside[~dark & local & long] >= 2).mean() > 0.95


def test_lamps_and_trees_stand_on_land_in_town(geography: Geography) -> None:
    water = shapely.union_all(geography.ground.water.geometry.to_numpy())
    shapely.prepare(water)
    for frame in (geography.lamps, geography.trees):
        points = shapely.points(frame[["x_m", "y_m"]])
        assert not shapely.contains(water, points).any()
        assert shapely.intersects(geography.ground.town, points).all()
    assert 7_000 < len(geography.lamps) < 15_000
    assert len(geography.trees) > 15_000


def test_parks_have_trees(geography: Geography) -> None:
    trees = shapely.STRtree(shapely.points(geography.trees[["x_m", "y_m"]]))
    parks = geography.ground.greens[geography.ground.greens["kind"].isin(["park", "woods"])]
    park, _ = trees.query(parks.geometry.to_numpy(), predicate="contains")
    per_ha = np.bincount(park, minlength=len(parks)) / (parks.geometry.area.to_numpy() / 1e4)
    assert per_ha.min() > 25


def test_the_station_has_by_far_the_most_bicycle_places(geography: Geography) -> None:
    station = geography.stops.loc[geography.stops["kind"] == "treinstation", ["x_m", "y_m"]].to_numpy()[0]
    away = np.hypot(*(geography.racks[["x_m", "y_m"]].to_numpy() - station).T)
    near = geography.racks.loc[away < 150, "places"].sum()
    assert near > 800
    assert near < geography.racks["places"].sum() / 3
    assert len(geography.containers) > 400
