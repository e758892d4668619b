# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from outlook.conftest import town_area
from stip.outlook.shrunk import share_of_itself, shrunk

WEEKS = 100.0


def test_a_cell_alone_is_drawn_by_hand_to_what_lies_round_it() -> None:
    own, around = np.array([0.0, 0.10, 0.02, 0.04]), np.full(4, 0.04)
    found = shrunk(own, around, itself=0.0, weeks=WEEKS)
    count, prior = own * WEEKS, 4.0
    alike = 4 * prior**2 / (np.square(count - prior).sum() - 4 * prior)
    assert found == pytest.approx((alike + count) / (alike / prior + 1) / WEEKS)


def test_cells_that_differ_by_chance_alone_are_drawn_all_the_way_and_others_hardly() -> None:
    draw = np.random.default_rng(0)
    even = draw.poisson(5.0, 2000) / WEEKS
    assert np.std(shrunk(even, np.full(2000, 0.05), itself=0.0, weeks=WEEKS)) < np.std(even) / 5
    uneven = draw.poisson(draw.gamma(0.2, 25.0, 2000)) / WEEKS
    kept = shrunk(uneven, np.full(2000, 0.05), itself=0.0, weeks=WEEKS)
    assert np.std(kept) > 0.9 * np.std(uneven)


def test_the_cell_takes_no_part_in_its_own_prior() -> None:
    area = town_area()
    count = np.zeros(len(area))
    count[len(area) // 2] = 0.5
    around = area.smooth(count.astype(np.float32), 200.0)
    itself = share_of_itself(200.0, area.grid.cell_m)
    found = shrunk(count, around, itself=itself, weeks=WEEKS)
    with_itself = shrunk(count, around, itself=0.0, weeks=WEEKS)
    assert found[len(area) // 2] < with_itself[len(area) // 2]


def test_a_type_without_reports_is_nowhere_below_nought() -> None:
    found = shrunk(np.zeros(9), np.zeros(9), itself=0.06, weeks=WEEKS)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
