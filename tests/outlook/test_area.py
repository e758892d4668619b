# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from stip.errors import ContractError
from stip.outlook import StudyArea
from stip.space import Grid

GRID = Grid()


def ragged(seed: int = 3, side: int = 14) -> StudyArea:
    """Return a town with holes and a crooked border."""
    draw = np.random.default_rng(seed)
    column, row = np.meshgrid(np.arange(side), np.arange(side), indexing="ij")
    inside = draw.random(column.size) > 0.25
    cells = GRID.cell_from(1000 + column.ravel()[inside], 3600 + row.ravel()[inside])
    return StudyArea(GRID, np.sort(cells))


@given(width_m=st.sampled_from([0.0, 60.0, 200.0, 700.0]), seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_smoothing_keeps_the_total_whatever_the_border(width_m: float, seed: int) -> None:
    area = ragged(seed)
    values = np.random.default_rng(seed).poisson(0.3, len(area)).astype(np.float32)
    smoothed = area.smooth(values, width_m)
    assert smoothed.min() >= 0
    assert smoothed.sum() == pytest.approx(values.sum(), rel=1e-4)


@given(width_m=st.sampled_from([60.0, 90.0, 400.0]), seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_mass_that_is_drawn_keeps_its_total_and_falls_only_where_something_draws_it(
    width_m: float, seed: int
) -> None:
    area = ragged(seed)
    draw = np.random.default_rng(seed)
    values = draw.poisson(0.3, len(area)).astype(np.float32)
    pulls = np.where(draw.random(len(area)) < 0.4, 1e-12, draw.uniform(0.1, 3, len(area)))
    spread = area.spread_towards(values, pulls, width_m)
    assert spread.min() >= 0
    assert spread.sum() == pytest.approx(values.sum(), rel=1e-3)


def test_where_all_cells_draw_alike_mass_is_smoothed_and_a_cell_that_draws_twice_gets_twice() -> None:
    column, row = np.meshgrid(np.arange(25), np.arange(25), indexing="ij")
    area = StudyArea(GRID, np.sort(GRID.cell_from(1000 + column.ravel(), 3600 + row.ravel())))
    values = np.zeros(len(area), dtype=np.float32)
    middle = int(np.flatnonzero((area.column_row[0] == 12) & (area.column_row[1] == 12))[0])
    values[middle] = 3.0
    even = area.spread_towards(values, np.full(len(area), 7.0), 120.0)
    assert even == pytest.approx(area.smooth(values, 120.0), abs=1e-5)
    pulls = np.ones(len(area))
    pulls[middle + 1], pulls[middle] = 2.0, 1e-12
    spread = area.spread_towards(values, pulls, 120.0)
    assert spread[middle + 1] == pytest.approx(2 * spread[middle - 1], rel=1e-5)
    assert spread[middle] < 1e-9  # nothing falls where nothing can happen


@given(width_m=st.sampled_from([30.0, 90.0, 150.0]), seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_splatting_keeps_each_mass(width_m: float, seed: int) -> None:
    area = ragged(seed)
    draw = np.random.default_rng(seed)
    weights = draw.uniform(0, 2, (2, 40))
    cell = draw.integers(0, len(area), 40).astype(np.int32)
    east, north = (draw.uniform(0, 125, 40).astype(np.float32) for _ in range(2))
    mass = area.splat(cell, east, north, weights, width_m=width_m)
    assert mass.sum(axis=1) == pytest.approx(weights.sum(axis=1))
    assert mass.min() >= 0


def test_splatted_mass_is_the_kernel_over_the_cells_that_are_there() -> None:
    area = ragged(5)
    draw = np.random.default_rng(5)
    cell = draw.integers(0, len(area), 30).astype(np.int32)
    east, north = (draw.uniform(0, 125, 30).astype(np.float32) for _ in range(2))
    weights = draw.uniform(0, 2, (2, 30))
    column, row = area.column_row
    by_hand = np.zeros((2, len(area)))
    for point, own in enumerate(cell):
        aside, along = column - column[own], row - row[own]
        in_x = np.diff(ndtr(((aside[:, None] + [0, 1]) * 125.0 - east[point]) / 90), axis=1)[:, 0]
        in_y = np.diff(ndtr(((along[:, None] + [0, 1]) * 125.0 - north[point]) / 90), axis=1)[:, 0]
        mass = in_x * in_y * (np.maximum(abs(aside), abs(along)) <= 3)  # four widths of 90 m
        by_hand += weights[:, point, None] * mass / mass.sum()
    assert area.splat(cell, east, north, weights, width_m=90.0) == pytest.approx(by_hand, rel=1e-9)


def test_a_point_at_a_border_gives_its_neighbour_as_much() -> None:
    cells = np.sort(GRID.cell_from(*(part.ravel() for part in np.meshgrid(np.arange(9), np.arange(9)))))
    area = StudyArea(GRID, cells)
    middle = int(area.index_of(GRID.cell_from(np.array([4]), np.array([4])))[0])
    east = int(area.index_of(GRID.cell_from(np.array([5]), np.array([4])))[0])
    one = np.array([middle], dtype=np.int32)
    at_edge = area.splat(one, np.array([125.0]), np.array([62.5]), np.ones((1, 1)), width_m=60.0)[0]
    assert at_edge[middle] == pytest.approx(at_edge[east], rel=1e-6)
    at_middle = area.splat(one, np.array([62.5]), np.array([62.5]), np.ones((1, 1)), width_m=60.0)[0]
    # Within one width of 60 m either way lies erf(62.5 / (60 √2)) of the mass, squared for two directions.
    assert at_middle[middle] == pytest.approx(0.70243**2, rel=1e-3)


def test_index_of_tells_which_cells_lie_outside() -> None:
    area = ragged()
    outside = GRID.cell_from(np.array([5]), np.array([5]))
    assert area.index_of(area.cells).tolist() == list(range(len(area)))
    assert area.index_of(outside).tolist() == [-1]


def test_without_neighbourhoods_zones_are_about_a_kilometre() -> None:
    cells = np.sort(GRID.cell_from(*(part.ravel() for part in np.meshgrid(np.arange(16), np.arange(16)))))
    zones = StudyArea(GRID, cells).zones
    assert np.unique(zones, return_counts=True)[1].tolist() == [64, 64, 64, 64]


def test_a_cell_that_draws_nothing_is_refused() -> None:
    area = ragged()
    values = np.ones(len(area), dtype=np.float32)
    for draw in (np.zeros(len(area)), np.where(np.arange(len(area)) == 3, 0.0, 1.0), np.full(len(area), 1e-60)):
        with pytest.raises(ContractError, match="trekt niets aan"):
            area.spread_towards(values, draw, 90.0)


def test_no_cells_or_cells_out_of_order_are_refused() -> None:
    with pytest.raises(ContractError, match="geen enkel vak"):
        StudyArea(GRID, np.empty(0, dtype=np.int64))
    with pytest.raises(ContractError, match="volgorde"):
        StudyArea(GRID, np.array([5, 4], dtype=np.int64))
