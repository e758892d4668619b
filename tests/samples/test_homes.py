# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import shapely

from stip.samples.geography import Geography


def test_the_town_has_its_homes(geography: Geography) -> None:
    homes = geography.homes
    assert 30_000 < len(homes) < 35_000
    kinds = homes["type"].value_counts(normalize=True)
    assert 0.55 < kinds["row"] < 0.8
    assert 0.15 < kinds["flat"] < 0.35
    assert 0.02 < kinds["detached"] < 0.08
    owners = homes["owner"].value_counts(normalize=True)
    assert 0.3 < owners["corporation"] < 0.5
    assert set(owners.index) == {"corporation", "private"}


def test_homes_stand_on_dry_and_free_ground(geography: Geography) -> None:
    points = shapely.points(geography.homes[["x_m", "y_m"]])
    taken = shapely.union_all(
        [*geography.ground.water.geometry, *geography.ground.greens.geometry, *geography.fields]
    )
    shapely.prepare(taken)
    assert not shapely.intersects(taken, points).any()


def test_homes_stand_beside_their_own_street(geography: Geography) -> None:
    homes = geography.homes
    lines = geography.pieces.geometry.to_numpy()[homes["piece"]]
    distance = shapely.distance(lines, shapely.points(homes[["x_m", "y_m"]]))
    assert distance.min() > 4
    assert distance.max() < 38


def test_only_flats_stand_on_top_of_each_other(geography: Geography) -> None:
    stacked = geography.homes[geography.homes.duplicated(["x_m", "y_m"], keep=False)]
    assert set(stacked["type"]) == {"flat"}
    assert (geography.homes.loc[geography.homes["type"] != "flat", "floors"] == 1).all()


def test_a_block_has_one_owner_and_holds_its_homes(geography: Geography) -> None:
    homes, blocks = geography.homes, geography.blocks
    assert homes.groupby("block")["owner"].nunique().max() == 1
    shape = blocks.set_index("block").geometry.loc[homes["block"]].to_numpy()
    assert shapely.distance(shape, shapely.points(homes[["x_m", "y_m"]])).max() < 0.1


def test_industry_and_water_have_no_homes_to_speak_of(geography: Geography) -> None:
    style = geography.ground.areas.set_index("area_code")["style"]
    count = geography.homes.groupby("area_code").size().reindex(style.index, fill_value=0)
    assert count[style == "industry"].max() < 20
    assert np.median(count[~style.isin(["industry", "rural"])]) > 500
