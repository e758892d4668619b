# SPDX-License-Identifier: EUPL-1.2
"""Shapes: the known numbers of fixed polyominoes (OEIS A001168)."""

import pytest

from stip.errors import PlanError
from stip.plan.shapes import block_of, connected, most_steps, polyominoes, steps_in
from stip.settings import PlanSettings


@pytest.mark.parametrize(("size", "count"), [(1, 1), (2, 2), (3, 6), (4, 19), (5, 63), (6, 216), (7, 760), (8, 2725)])
def test_all_shapes_are_found_once(size, count):
    shapes = polyominoes(size)
    assert len(set(shapes)) == len(shapes) == count
    assert all(len(set(shape)) == size for shape in shapes)


@pytest.mark.parametrize("size", range(1, 7))
def test_every_shape_hangs_together_and_touches_its_corner(size):
    for shape in polyominoes(size):
        assert connected(list(shape))
        assert min(row for row, _ in shape) == 0
        assert min(column for _, column in shape) == 0


def test_cells_that_touch_at_a_corner_do_not_hang_together():
    assert not connected([(0, 0), (1, 1)])
    assert connected([(0, 0), (1, 1), (1, 0)])
    assert not connected([])


def pairwise_steps(shape):
    return max(abs(r - q) + abs(c - d) for r, c in shape for q, d in shape)


@pytest.mark.parametrize("size", range(1, 7))
@pytest.mark.parametrize("steps", range(6))
def test_compact_shapes_are_those_of_all_shapes_that_are_compact(size, steps):
    assert set(polyominoes(size, steps)) == {shape for shape in polyominoes(size) if pairwise_steps(shape) <= steps}
    assert all(steps_in(shape) == pairwise_steps(shape) for shape in polyominoes(size))


def test_a_snake_of_six_cells_is_no_place_by_default():
    most = most_steps(PlanSettings())
    row = tuple((0, column) for column in range(6))
    stairs = ((0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3))
    block = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2))
    assert [steps_in(shape) <= most for shape in (row, stairs, block)] == [False, False, True]


@pytest.mark.parametrize("cells", [(low, high) for high in range(1, 13) for low in range(1, high + 1)])
def test_whatever_the_size_there_is_a_block_to_draw_and_room_for_the_most_cells(cells):
    most = most_steps(PlanSettings(place_cells=cells))
    high, wide = block_of(cells)
    assert high + wide - 2 <= most
    assert cells[1] > 6 or polyominoes(cells[1], most)


def test_a_bound_that_leaves_nothing_to_draw_is_refused():
    assert most_steps(PlanSettings(place_steps=5)) == 5
    with pytest.raises(PlanError, match="place_steps is 1.*ten minste 2"):
        most_steps(PlanSettings(place_steps=1))


@pytest.mark.parametrize(
    ("cells", "block"), [((2, 6), (2, 2)), ((4, 12), (3, 3)), ((1, 1), (1, 1)), ((5, 5), (1, 5)), ((3, 3), (1, 3))]
)
def test_blocks_are_square_and_of_middle_size(cells, block):
    assert block_of(cells) == block
