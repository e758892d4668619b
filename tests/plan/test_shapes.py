# SPDX-License-Identifier: EUPL-1.2
"""Shapes: the known numbers of fixed polyominoes (OEIS A001168)."""

import pytest

from stip.plan.shapes import connected, polyominoes


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
