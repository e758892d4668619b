# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stip.learn.places_like import neighbours, places_like
from stip.space import Grid

COLUMN, ROW = np.divmod(np.arange(30), 6)
BESIDE = neighbours(Grid.cell_from(COLUMN + 1000, ROW + 3600))


def test_each_cell_knows_the_four_beside_it() -> None:
    assert sorted(BESIDE[7].tolist()) == [1, 6, 8, 13]
    assert sorted(BESIDE[0].tolist()) == [-1, -1, 1, 6]


def test_a_place_begins_at_the_best_cell_and_takes_its_best_neighbour() -> None:
    worth = np.zeros(30)
    worth[[14, 13, 20, 29, 28]] = 5, 2, 3, 4, 1
    assert np.flatnonzero(places_like(worth, [3, 2], BESIDE, seed=1)).tolist() == [13, 14, 20, 28, 29]
    assert np.flatnonzero(places_like(worth, [1, 1], BESIDE, seed=1)).tolist() == [14, 29]


@given(st.lists(st.integers(1, 6), min_size=1, max_size=5), st.integers(0, 99))
def test_it_always_has_as_many_cells(sizes: list[int], seed: int) -> None:
    worth = np.random.default_rng(seed).integers(0, 3, 30).astype(float)
    assert places_like(worth, sizes, BESIDE, seed=seed).sum() == min(30, sum(sizes))


def test_equal_cells_are_taken_by_chance_and_not_by_where_they_lie() -> None:
    found = {int(np.flatnonzero(places_like(np.ones(30), [1], BESIDE, seed=seed))[0]) for seed in range(60)}
    assert len(found) > 15
