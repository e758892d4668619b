# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import shapely

from stip.samples.cells import GRID, describe_cells, street_points, study_cells
from stip.samples.geography import Geography


def test_the_study_area_is_the_cells_whose_middle_is_in_town(geography: Geography) -> None:
    cells = study_cells(geography)
    assert 2_500 <= len(cells) <= 3_100
    assert (np.diff(cells) > 0).all()
    x_m, y_m = GRID.centre(cells)
    assert shapely.contains_xy(geography.ground.town, x_m, y_m).all()
    assert abs(len(cells) * 125**2 / geography.ground.town.area - 1) < 0.01


def test_cells_count_what_stands_in_them(geography: Geography) -> None:
    cells = study_cells(geography)
    found = describe_cells(geography, cells)
    assert (found.index == cells).all()
    assert not found.isna().to_numpy().any()
    homes = geography.homes
    at = GRID.cell_at(homes["x_m"].to_numpy(), homes["y_m"].to_numpy())
    busiest = found[["row", "flat", "detached"]].sum(axis=1).idxmax()
    assert found.loc[busiest, ["row", "flat", "detached"]].sum() == (at == busiest).sum()
    assert found["racks"].sum() <= geography.racks["places"].sum()
    street_km = geography.pieces.geometry.length.sum() / 1000
    assert abs(found["street_m"].sum() / 1000 / street_km - 1) < 0.03
    assert found["corporation"].between(0, 1).all()
    assert found["dark"].between(0, 1).all()
    assert found["green"].between(0, 1.0001).all()


def test_most_cells_have_no_homes_and_the_station_is_where_it_is(geography: Geography) -> None:
    found = describe_cells(geography, study_cells(geography))
    homes = found[["row", "flat", "detached"]].sum(axis=1)
    assert 0.35 < (homes > 0).mean() < 0.6
    assert (
        found["station_m"].idxmin() == found["racks"].idxmax()
        or found.loc[found["racks"].idxmax(), "station_m"] < 180
    )


def test_street_points_lie_on_streets(geography: Geography) -> None:
    points = street_points(geography, step_m=25)
    lines = geography.pieces.geometry.to_numpy()[points["piece"]]
    assert shapely.distance(lines, shapely.points(points[["x_m", "y_m"]])).max() < 0.11
