# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from stip.errors import ContractError, CrsError, SettingsError
from stip.link import area_share, count_within, density_per_km2, distance_to_nearest_m, weighted_mean
from stip.space import Grid

GRID = Grid(cell_m=100)


def cells(columns: int = 3, rows: int = 1) -> pd.DataFrame:
    column, row = np.meshgrid(np.arange(columns), np.arange(rows), indexing="ij")
    cell = GRID.cell_from(column.ravel(), row.ravel())
    x_m, y_m = GRID.centre(cell)
    # Not 0 … n-1: an answer must lie on the index it was asked for.
    return pd.DataFrame({"cell": cell, "x_m": x_m, "y_m": y_m}, index=np.arange(len(cell))[::-1] * 2)


def layer(
    *shapes: shapely.Geometry | None, value: list[float] | None = None, crs: str = GRID.crs
) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"value": value or [np.nan] * len(shapes)}, geometry=list(shapes), crs=crs)


def dots(rng: np.random.Generator, number: int) -> gpd.GeoDataFrame:
    return layer(*shapely.points(rng.uniform(-100, 900, (number, 2))), value=list(rng.normal(size=number)))


def test_points_are_counted_in_the_square_or_the_circle() -> None:
    lamps = layer(shapely.Point(0, 0), shapely.Point(99, 99), shapely.Point(100, 50), None)
    assert count_within(cells(), lamps, grid=GRID).tolist() == [2, 1, 0]
    assert count_within(cells(), lamps, grid=GRID, radius_m=50).tolist() == [1, 1, 0]
    assert density_per_km2(cells(), lamps, grid=GRID).tolist() == [200, 100, 0]
    assert count_within(cells(), lamps, grid=GRID).index.tolist() == [4, 2, 0]


def test_counts_and_distances_agree_with_counting_by_hand() -> None:
    lamps = dots(np.random.default_rng(3), 400)
    town = cells(8, 8)
    xy = shapely.get_coordinates(lamps.geometry.to_numpy())
    apart = np.hypot(*(town[["x_m", "y_m"]].to_numpy()[:, None] - xy).transpose(2, 0, 1))
    assert count_within(town, lamps, grid=GRID, radius_m=150).tolist() == (apart <= 150).sum(axis=1).tolist()
    assert distance_to_nearest_m(town, lamps, grid=GRID).to_numpy() == pytest.approx(apart.min(axis=1))
    near = apart <= 150
    mean = (near * lamps["value"].to_numpy()).sum(axis=1) / near.sum(axis=1)
    assert weighted_mean(town, lamps, grid=GRID, radius_m=150).to_numpy() == pytest.approx(mean)
    area_km2 = np.pi * 0.15**2
    assert density_per_km2(town, lamps, grid=GRID, radius_m=150).to_numpy() == pytest.approx(
        near.sum(axis=1) / area_km2
    )


def test_lines_and_surfaces_count_where_they_touch() -> None:
    street = layer(shapely.LineString([(10, 50), (190, 50)]))
    assert count_within(cells(), street, grid=GRID).tolist() == [1, 1, 0]
    assert distance_to_nearest_m(cells(), street, grid=GRID).tolist() == [0, 0, 60]
    park = layer(shapely.box(0, 0, 120, 100))
    assert distance_to_nearest_m(cells(), park, grid=GRID).tolist() == [0, 30, 130]


def test_what_overlaps_covers_once() -> None:
    green = layer(shapely.box(0, 0, 150, 100), shapely.box(120, 0, 160, 100), shapely.box(-50, -50, 100, 200))
    assert area_share(cells(), green, grid=GRID).to_numpy() == pytest.approx([1, 0.6, 0])
    quarter = layer(shapely.box(50, 50, 5000, 5000))
    assert area_share(cells(1), quarter, grid=GRID, radius_m=40).to_numpy() == pytest.approx([0.25])


def test_area_shares_agree_with_cutting_one_by_one() -> None:
    rng = np.random.default_rng(4)
    blobs = shapely.buffer(shapely.points(rng.uniform(0, 800, (40, 2))), rng.uniform(10, 150, 40))
    town = cells(8, 8)
    everything = shapely.union_all(blobs)
    by_hand = [
        shapely.box(x - 50, y - 50, x + 50, y + 50).intersection(everything).area / 1e4
        for x, y in zip(town["x_m"], town["y_m"], strict=True)
    ]
    assert area_share(town, layer(*blobs), grid=GRID).to_numpy() == pytest.approx(by_hand, abs=1e-9)


def test_a_surface_that_crosses_itself_is_put_right() -> None:
    bow = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    assert area_share(cells(1), layer(bow), grid=GRID).to_numpy() == pytest.approx([0.5])


def test_a_mean_weighs_by_the_area_shared() -> None:
    income = layer(shapely.box(0, 0, 175, 100), shapely.box(175, 0, 300, 100), value=[10, 30])
    assert weighted_mean(cells(), income, grid=GRID).to_numpy() == pytest.approx([10, 15, 30])


def test_a_mean_of_too_little_is_missing() -> None:
    income = layer(shapely.box(0, 0, 130, 100), shapely.box(130, 0, 400, 100), value=[10, np.nan])
    assert weighted_mean(cells(), income, grid=GRID).tolist() == pytest.approx([10, np.nan, np.nan], nan_ok=True)
    lenient = weighted_mean(cells(), income, grid=GRID, known_share=0.3)
    assert lenient.tolist() == pytest.approx([10, 10, np.nan], nan_ok=True)
    values = layer(shapely.Point(10, 10), shapely.Point(20, 20), shapely.Point(110, 10), value=[4, 8, np.nan])
    assert weighted_mean(cells(), values, grid=GRID).tolist() == pytest.approx([6, np.nan, np.nan], nan_ok=True)


def test_an_empty_layer_says_nothing() -> None:
    nothing = layer()
    for measure in (count_within, density_per_km2, distance_to_nearest_m, area_share, weighted_mean):
        assert measure(cells(), nothing, grid=GRID).isna().all()
        assert measure(cells(), layer(None), grid=GRID).isna().all()
        assert measure(cells().iloc[:0], layer(shapely.box(0, 0, 9, 9)), grid=GRID).empty


def test_the_layer_is_not_changed() -> None:
    bow = layer(shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)]))
    before = bow.copy(deep=True)
    area_share(cells(), bow, grid=GRID)
    assert bow.geometry.iloc[0].equals_exact(before.geometry.iloc[0])


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(CrsError):
        count_within(cells(), layer(shapely.Point(0, 0), crs="EPSG:4326"), grid=GRID)
    with pytest.raises(ContractError, match="niet uit vlakken"):
        area_share(cells(), layer(shapely.Point(0, 0)), grid=GRID)
    with pytest.raises(SettingsError, match="straal van -1"):
        count_within(cells(), layer(shapely.Point(0, 0)), grid=GRID, radius_m=-1)
    with pytest.raises(SettingsError, match="known_share"):
        weighted_mean(cells(), layer(shapely.box(0, 0, 9, 9)), grid=GRID, known_share=2)
