# SPDX-License-Identifier: EUPL-1.2
"""The plane of cells, and the dwellings rule."""

import numpy as np
import pytest

from plan.made_town import region_of
from stip.plan.region import a_home, points_at_home


def test_cells_lie_on_the_plane_with_their_neighbours():
    region = region_of((2, 3))
    assert region.shape == (2, 3)
    middle = region.index[0, 1]
    north, east, south, west = region.neighbours[middle]
    assert (north, east, south, west) == (region.index[1, 1], region.index[0, 2], -1, region.index[0, 0])


def test_a_region_without_cells_leaves_a_hole():
    region = region_of((3, 3))
    hole = region.without(region.cells[[region.index[1, 1]]])
    assert len(hole) == 8
    assert hole.index[1, 1] == -1
    assert len(region) == 9


def test_an_empty_region_is_a_region():
    region = region_of((1, 1)).only(np.array([False]))
    assert len(region) == 0
    assert region.shape == (0, 0)


@pytest.mark.parametrize(
    ("dwellings", "refused"),
    [
        ([0, 0], False),
        ([9, 0], True),
        ([5, 4], True),
        ([5, 5], False),
        ([10], False),
        ([1], True),
        ([np.nan, 3], False),  # unknown, and told so
        ([np.nan, 40], False),
    ],
)
def test_a_place_holds_no_dwellings_or_enough(dwellings, refused):
    assert a_home(np.array(dwellings, dtype=float), 10) is refused


def test_the_rule_is_the_same_for_many_places_at_once():
    wrong = points_at_home(np.array([0.0, 9, 10]), np.array([0, 0, 0]), 10)
    assert wrong.tolist() == [False, True, False]
