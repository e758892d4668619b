# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import SettingsError
from stip.outlook import best_hits_at, cells_in, chosen_at, hits_at, tiers_of
from stip.outlook.ranking import hits_at_each


def test_hits_are_those_of_the_cells_that_stand_highest() -> None:
    expected = np.array([0.1, 0.9, 0.5, 0.2])
    came = np.array([7.0, 1.0, 2.0, 4.0])
    assert hits_at(expected, came, area_share=0.25) == 1
    assert hits_at(expected, came, area_share=0.5) == 3
    assert hits_at(expected, came, area_share=1.0) == 14
    assert best_hits_at(came, area_share=0.5) == 11


@given(
    expected=st.lists(st.sampled_from([0.0, 1.0, 2.0]), min_size=5, max_size=5),
    came=st.lists(st.integers(0, 3), min_size=5, max_size=5),
    k=st.integers(1, 5),
)
def test_a_tie_counts_the_mean_over_all_ways_to_break_it(expected: list[float], came: list[int], k: int) -> None:
    hits = []
    for order in permutations(range(5)):
        ranked = sorted(range(5), key=lambda cell: (-expected[cell], order[cell]))
        hits.append(sum(came[cell] for cell in ranked[:k]))
    found = hits_at(np.array(expected), np.array(came, dtype=float), area_share=k / 5)
    assert found == pytest.approx(np.mean(hits))


@given(
    cells=st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0, 2.0]), st.integers(0, 3)), min_size=1, max_size=60),
    shares=st.lists(st.floats(0.01, 1), min_size=1, max_size=4),
)
def test_all_shares_at_once_hold_what_the_chosen_cells_hold(
    cells: list[tuple[float, int]], shares: list[float]
) -> None:
    expected, came = np.array(cells, dtype=float).T
    found = hits_at_each(expected, came, tuple(shares))
    assert found == pytest.approx([came @ chosen_at(expected, area_share=share) for share in shares])
    best = [np.sort(came)[-cells_in(share, len(came)) :].sum() for share in shares]
    assert [best_hits_at(came, area_share=share) for share in shares] == pytest.approx(best)


@given(st.integers(1, 3000), st.integers(0, 9))
def test_tiers_hold_their_share_of_the_area_also_when_all_tie(n_cells: int, seed: int) -> None:
    tier = tiers_of(np.ones(n_cells), seed)
    for per_cent in (1, 3, 5, 10):
        assert (tier <= per_cent).sum() == cells_in(per_cent / 100, n_cells)


def test_tiers_follow_what_is_expected_and_the_seed_only_breaks_ties() -> None:
    expected = np.arange(200.0)
    assert np.array_equal(tiers_of(expected, 1), tiers_of(expected, 2))
    assert tiers_of(expected, 1)[-2:].tolist() == [1, 1]
    assert not np.array_equal(tiers_of(np.ones(200), 1), tiers_of(np.ones(200), 2))


def test_a_share_of_the_area_lies_between_nothing_and_all() -> None:
    with pytest.raises(SettingsError, match="1.5"):
        cells_in(1.5, 100)


def test_chosen_parts_sum_to_the_places_and_to_the_hits() -> None:
    expected = np.array([5.0, 3.0, 3.0, 3.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    came = np.arange(10.0)
    chosen = chosen_at(expected, area_share=0.3)
    np.testing.assert_allclose(chosen, [1, 2 / 3, 2 / 3, 2 / 3, 0, 0, 0, 0, 0, 0])
    assert float(came @ chosen) == pytest.approx(hits_at(expected, came, area_share=0.3))
