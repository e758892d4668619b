# SPDX-License-Identifier: EUPL-1.2
"""The draw: what is recorded is what happens."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.made_town import region_of
from stip.plan.draw import Frame, draw, fixed_patches, frame_of, overlaps, random_places, seed_of
from stip.plan.region import a_home
from stip.plan.shapes import connected, most_steps, steps_in
from stip.settings import PlanSettings
from stip.space import Grid


def patches_of(region, **asked):
    return fixed_patches(region, settings=PlanSettings(**asked), dwellings_minimum=10)


@pytest.mark.parametrize(("size", "count"), [(12, 3), (7, 1)])
def test_recorded_chances_are_the_frequencies_of_ten_thousand_draws(size, count):
    frame = Frame(tuple((Grid.cell_from(np.array([n]), np.array([0])).item(),) for n in range(size)), 0)
    draws = 10_000
    drawn = np.zeros(size)
    together = np.zeros((size, size))
    for seed in range(draws):
        result = draw(frame, count, seed=seed)
        chosen = list(result.drawn)
        drawn[chosen] += 1
        together[np.ix_(chosen, chosen)] += 1
    chance = result.probability
    assert chance == pytest.approx(count / size)
    slack = 4.5 * np.sqrt(draws * chance * (1 - chance))
    assert np.abs(drawn - draws * chance).max() < slack
    pair = chance * (count - 1) / (size - 1)  # in a simple random sample pairs have equal chances too
    pairs = together[~np.eye(size, dtype=bool)]
    assert np.abs(pairs - draws * pair).max() <= 4.5 * np.sqrt(draws * pair * (1 - pair)) + 1e-9


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([(1, 3), (2, 6), (4, 9)]))
def test_patches_are_places_that_do_not_overlap(seed, cells):
    rng = np.random.default_rng(seed)
    region = region_of((9, 8), None, rng.choice([0.0, 2, 6, 40, np.nan], size=(9, 8)))
    region = region.only(rng.random(len(region)) < 0.8)
    patches = patches_of(region, place_cells=cells)
    taken = [cell for patch in patches for cell in patch]
    assert len(taken) == len(set(taken))
    for patch in patches:
        rows = np.searchsorted(region.cells, patch)
        assert (region.cells[rows] == patch).all()
        assert cells[0] <= len(patch) <= cells[1]
        spots = list(zip(region.column[rows].tolist(), region.row[rows].tolist(), strict=True))
        assert connected(spots)
        assert steps_in(spots) <= most_steps(PlanSettings(place_cells=cells))
        assert not a_home(region.dwellings[rows], 10)


def test_patches_do_not_look_at_the_outlook(rng):
    one, other = (region_of((8, 8), rng.random((8, 8))) for _ in range(2))
    assert patches_of(one) == patches_of(other)
    assert len(patches_of(one)) >= 16


def test_a_piece_that_points_at_a_home_joins_the_one_beside_it():
    dwellings = np.array([[1.0, 1, 30, 30]])
    region = region_of((1, 4), None, dwellings)
    patches = patches_of(region, place_cells=(2, 4), place_steps=3)
    assert len(patches) == 1
    assert len(patches[0]) == 4
    assert [len(patch) for patch in patches_of(region, place_cells=(2, 4))] == [3]  # four in a row is not compact


def test_places_where_next_to_nothing_is_expected_are_left_out_and_counted():
    value = np.ones((2, 20))
    value[:, :4] = 0.01
    region = region_of((2, 20), value)
    patches = patches_of(region)
    frame = frame_of(patches, region, floor=0.25)
    assert frame.left_out >= 1
    assert len(frame.patches) + frame.left_out == len(patches)
    assert not frame_of(patches, region_of((2, 20), np.zeros((2, 20))), floor=0.0).patches


def test_a_draw_can_be_done_again_but_changes_with_the_seed():
    frame = Frame(tuple((cell,) for cell in range(40)), 0)
    assert draw(frame, 3, seed=1) == draw(frame, 3, seed=1)
    assert len({draw(frame, 3, seed=seed).drawn for seed in range(20)}) > 10


def test_a_patch_keeps_its_number_when_others_leave_the_frame():
    frame = Frame(tuple((cell,) for cell in range(40)), 0)
    first = draw(frame, 3, seed=9).drawn
    fewer = Frame(tuple(patch for number, patch in enumerate(frame.patches) if number in first or number % 2), 0)
    assert {fewer.patches[number] for number in draw(fewer, 3, seed=9).drawn} == {frame.patches[n] for n in first}


def test_cells_west_of_the_origin_can_be_drawn():
    cells = Grid.cell_from(np.array([-40, -20]), np.array([1, 1]))
    assert len(draw(Frame(((int(cells[0]),), (int(cells[1]),)), 0), 1, seed=3).drawn) == 1


def test_drawing_more_than_there_are_draws_all_with_certainty():
    result = draw(Frame(((1,), (2,)), 0), 5, seed=1)
    assert result.drawn == (0, 1)
    assert result.probability == 1
    assert draw(Frame((), 3), 2, seed=1).drawn == ()


@pytest.mark.parametrize(
    ("share", "places", "drawn"), [(0.2, 7, 1), (0.2, 10, 2), (0.2, 2, 1), (0.2, 1, 0), (0, 7, 0), (0.5, 7, 4)]
)
def test_the_share_is_of_places(share, places, drawn):
    assert random_places(PlanSettings(random_share=share), places=places) == drawn


def test_the_seed_comes_from_town_and_week():
    seed = seed_of("2026-W37", town="Utrecht", grid_id="g")
    assert seed == seed_of("2026-W37", town="Utrecht", grid_id="g")
    assert (
        len({seed, seed_of("2026-W38", town="Utrecht", grid_id="g"), seed_of("2026-W37", town="Ede", grid_id="g")})
        == 3
    )


def test_a_patch_where_the_team_goes_already_is_no_candidate_and_is_counted(rng):
    region = region_of((6, 8), rng.random((6, 8)) + 1)
    patches = patches_of(region)
    taken = [patches[0][0], *patches[3]]
    frame = frame_of(patches, region, floor=0.0, taken=taken)
    assert set(frame.patches) == set(patches) - {patches[0], patches[3]}
    assert (frame.left_out, frame.touched) == (0, 2)
    assert overlaps(patches, taken)[:5] == [1, 0, 0, len(patches[3]), 0]
