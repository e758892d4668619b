# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import ContractError, CrsError, SettingsError
from stip.space import Grid

METRES = st.floats(-5_000_000, 5_000_000, allow_nan=False)
GRIDS = st.builds(
    Grid,
    cell_m=st.integers(1, 5000),
    crs=st.sampled_from(["EPSG:28992", "EPSG:26971", "EPSG:3857"]),
    origin_x_m=st.integers(-10_000, 10_000),
    origin_y_m=st.integers(-10_000, 10_000),
)


def one(value: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([value])


@given(GRIDS, METRES, METRES)
def test_a_point_lies_in_its_cell(grid: Grid, x_m: float, y_m: float) -> None:
    cell = grid.cell_at(one(x_m), one(y_m))
    west, south = grid.corner(cell)
    # One millionth of a metre: what is left of a float's precision after shifting and dividing.
    assert west[0] - 1e-6 <= x_m <= west[0] + grid.cell_m + 1e-6
    assert south[0] - 1e-6 <= y_m <= south[0] + grid.cell_m + 1e-6


@given(GRIDS, METRES, METRES)
def test_centre_name_and_column_lead_back_to_the_cell(grid: Grid, x_m: float, y_m: float) -> None:
    cell = grid.cell_at(one(x_m), one(y_m))
    assert grid.cell_at(*grid.centre(cell)) == cell
    assert grid.cell_at(*grid.corner(cell)) == cell
    assert grid.cell_named(grid.name(int(cell[0]))) == cell[0]
    assert grid.cell_from(*grid.column_row(cell)) == cell


@given(st.lists(st.tuples(METRES, METRES), min_size=2, max_size=20))
def test_cells_differ_exactly_when_their_names_do(points: list[tuple[float, float]]) -> None:
    grid = Grid()
    x_m, y_m = np.array(points).T
    cells = grid.cell_at(x_m, y_m)
    assert len(set(cells.tolist())) == len({grid.name(cell) for cell in cells.tolist()})


def test_a_cell_is_named_by_its_south_west_corner() -> None:
    grid = Grid()
    assert grid.name(int(grid.cell_at(one(136_200), one(455_900))[0])) == "E136125N455875"
    assert grid.name(int(grid.cell_at(one(-1), one(-0.001))[0])) == "E-125N-125"
    assert grid.cell_named("E-125N-125") == grid.cell_at(one(-1), one(-1))[0]


def test_a_border_belongs_to_the_cell_north_east_of_it() -> None:
    cells = Grid().cell_at(np.array([125.0, 124.999]), np.array([250.0, 249.999]))
    assert [Grid().name(int(cell)) for cell in cells] == ["E125N250", "E0N125"]


@pytest.mark.parametrize("name", ["E136126N455875", "136125,455875", "", "E٣N٤", "E" + "9" * 30 + "N0"])
def test_what_is_no_cell_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="is geen"):
        Grid().cell_named(name)


@pytest.mark.parametrize("crs", ["EPSG:28992", "EPSG:26971", "EPSG:3857", "EPSG:32631"])
def test_any_plane_in_metres_will_do(crs: str) -> None:
    assert Grid(crs=crs).grid_id.startswith(crs)


@pytest.mark.parametrize(
    ("crs", "why"),
    [
        ("EPSG:4326", "rekent niet in meters"),  # degrees
        ("EPSG:2230", "rekent niet in meters"),  # US survey feet
        ("EPSG:7415", "rekent niet in meters op een plat vlak"),  # RD with heights
        ("EPSG:4978", "rekent niet in meters op een plat vlak"),  # metres, but from the middle of the earth
        ("EPSG:999999", "onbekend"),
        ("", "onbekend"),
    ],
)
def test_other_systems_are_refused_with_the_way_out(crs: str, why: str) -> None:
    with pytest.raises(CrsError, match=why) as caught:
        Grid(crs=crs)
    assert "EPSG:28992" in str(caught.value)


@pytest.mark.parametrize("cell_m", [0, -125])
def test_a_cell_has_a_size(cell_m: int) -> None:
    with pytest.raises(SettingsError, match=str(cell_m)):
        Grid(cell_m=cell_m)


@pytest.mark.parametrize("x_m", [np.nan, np.inf, -np.inf, 1e300])
def test_a_point_without_a_place_is_refused_not_put_somewhere(x_m: float) -> None:
    with pytest.raises(ContractError, match="1 plekken hebben geen bruikbare coördinaten"):
        Grid().cell_at(np.array([1.0, x_m]), np.array([1.0, 1.0]))


def test_no_points_give_no_cells() -> None:
    assert len(Grid().cell_at(np.empty(0), np.empty(0))) == 0
