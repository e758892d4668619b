# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import shapely

from stip.samples.geography import Geography
from stip.samples.ground import area_at


def test_the_town_has_its_neighbourhoods_and_districts(geography: Geography) -> None:
    areas = geography.ground.areas
    assert len(areas) == 45
    assert areas["district_code"].nunique() == 10
    assert areas["area_code"].is_unique
    assert areas["name"].is_unique
    assert areas["area_code"].str.fullmatch(r"BU9999\d{4}").all()
    assert (areas["area_code"].str[2:8] == areas["district_code"].str[2:]).all()


def test_neighbourhoods_fill_the_town_without_overlap(geography: Geography) -> None:
    ground = geography.ground
    assert ground.areas.geometry.is_valid.all()
    assert np.isclose(ground.areas.geometry.area.sum(), ground.town.area)
    assert shapely.get_type_id(ground.town) == 3  # one polygon: the town hangs together
    assert 38e6 < ground.town.area < 48e6
    x0, y0, x1, y1 = ground.town.bounds
    assert 6_000 < x1 - x0 < 7_500
    assert 6_000 < y1 - y0 < 7_500


def test_nothing_may_be_built_in_water_or_green(geography: Geography) -> None:
    ground = geography.ground
    for taken in (ground.water, ground.greens):
        assert shapely.intersection(ground.free, shapely.union_all(taken.geometry.to_numpy())).area < 1


def test_a_point_outside_belongs_to_the_nearest_neighbourhood(geography: Geography) -> None:
    areas = geography.ground.areas
    inside = shapely.point_on_surface(areas.geometry.to_numpy())
    assert (area_at(geography.ground, inside) == np.arange(len(areas))).all()
    far_south = np.array([shapely.Point(150_500, 430_000)], dtype=object)
    assert areas["name"].iloc[area_at(geography.ground, far_south)[0]] == "Zuidbroek"
