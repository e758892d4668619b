# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import shapely

from stip.samples.geography import Geography


def test_the_station_lies_on_the_railway_and_near_the_old_town(geography: Geography) -> None:
    station = geography.stops[geography.stops["kind"] == "treinstation"]
    assert len(station) == 1
    point = shapely.Point(station[["x_m", "y_m"]].to_numpy()[0])
    lines, areas = geography.ground.lines, geography.ground.areas
    assert point.distance(lines.loc[lines["kind"] == "rail", "geometry"].iloc[0]) < 60
    assert point.distance(areas.loc[areas["name"] == "Oude Markt", "geometry"].iloc[0]) < 500


def test_most_bars_are_in_the_old_town(geography: Geography) -> None:
    businesses = geography.businesses
    style = geography.ground.areas.set_index("area_code")["style"]
    area = geography.homes.loc[businesses["home"], "area_code"].map(style).to_numpy()
    horeca = (businesses["group"] == "horeca").to_numpy()
    assert (area[horeca] == "old").mean() > 0.6
    assert (area[~horeca] == "old").mean() < (area[horeca] == "old").mean()
    assert 450 < len(businesses) < 900


def test_a_business_stands_at_its_address(geography: Geography) -> None:
    homes = geography.homes.loc[geography.businesses["home"], ["x_m", "y_m"]].to_numpy()
    assert np.array_equal(homes, geography.businesses[["x_m", "y_m"]].to_numpy())


def test_schools_are_fields_and_halls_are_on_estates(geography: Geography) -> None:
    fields = shapely.union_all(geography.fields)
    assert 15 < len(geography.schools) < len(geography.fields)
    assert shapely.covered_by(geography.schools.geometry.to_numpy(), shapely.buffer(fields, 0.1)).all()
    areas = geography.ground.areas
    estates = shapely.union_all(areas.loc[areas["style"] == "industry", "geometry"].to_numpy())
    assert len(geography.halls) > 200
    assert shapely.covered_by(geography.halls.geometry.to_numpy(), shapely.buffer(estates, 0.1)).all()
    halls = geography.halls.geometry.to_numpy()
    one, other = shapely.STRtree(halls).query(halls, predicate="intersects")
    assert (one == other).all()
