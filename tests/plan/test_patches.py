# SPDX-License-Identifier: EUPL-1.2
"""Candidate patches: connected, of the right size, and none missed."""

import numpy as np
import pytest

from plan.made_town import region_of
from stip.plan.patches import AllPatches, GrownPatches, patches_of
from stip.plan.region import a_home
from stip.plan.shapes import connected, polyominoes, steps_in


def cells_of(region, patch):
    return [(int(region.column[cell]), int(region.row[cell])) for cell in patch if cell >= 0]


def check(region, patches, cells, minimum=10):
    for patch in patches:
        mine = cells_of(region, patch)
        assert connected(mine)
        assert cells[0] <= len(mine) <= cells[1]
        assert not a_home(region.dwellings[[cell for cell in patch if cell >= 0]], minimum)


@pytest.mark.parametrize("source", [AllPatches, GrownPatches])
def test_patches_are_places(source, rng):
    region = region_of((8, 9), rng.gamma(0.5, size=(8, 9)), rng.choice([0.0, 3, 40, np.nan], size=(8, 9)))
    region = region.only(rng.random(len(region)) < 0.8)
    found, worth = source(region, cells=(2, 5), dwellings_minimum=10).best(region.value, above=0.1, limit=50)
    check(region, found, (2, 5))
    assert 20 < len(found) <= 50
    assert np.all(np.diff(worth) <= 0)
    padded = np.append(region.value, 0.0)
    assert padded[found].sum(axis=1) == pytest.approx(worth)


def test_all_patches_are_all_there_are(rng):
    region = region_of((4, 5), rng.random((4, 5)))
    found, complete = AllPatches(region, cells=(1, 4), dwellings_minimum=10).all_above(
        region.value, above=-1.0, limit=10_000
    )
    fits = 0
    for size in range(1, 5):
        for shape in polyominoes(size):
            high = max(row for row, _ in shape) + 1
            wide = max(column for _, column in shape) + 1
            fits += max(0, 4 - high + 1) * max(0, 5 - wide + 1)
    assert complete
    assert len(found) == fits == len({tuple(patch) for patch in found.tolist()})


def test_too_many_patches_are_cut_to_the_best_and_that_is_told(rng):
    region = region_of((6, 6), rng.random((6, 6)))
    source = AllPatches(region, cells=(2, 4), dwellings_minimum=10)
    found, complete = source.all_above(region.value, above=0.0, limit=5)
    everything, _ = source.all_above(region.value, above=0.0, limit=100_000)
    padded = np.append(region.value, 0.0)
    assert not complete
    best = np.sort(padded[everything].sum(axis=1))[::-1][:5]
    assert padded[found].sum(axis=1) == pytest.approx(best)


def test_the_best_patch_of_all_is_found(rng):
    region = region_of((6, 6), rng.random((6, 6)))
    source = AllPatches(region, cells=(2, 5), dwellings_minimum=10)
    everything, _ = source.all_above(region.value, above=0.0, limit=100_000)
    _, worth = source.best(region.value, above=0.0, limit=1)
    assert worth[0] == pytest.approx(np.append(region.value, 0.0)[everything].sum(axis=1).max())


def test_growing_never_beats_looking_everywhere(rng):
    region = region_of((7, 7), rng.gamma(0.3, size=(7, 7)))
    grown = GrownPatches(region, cells=(2, 6), dwellings_minimum=10).best(region.value, above=0.0, limit=1)[1][0]
    everywhere = AllPatches(region, cells=(2, 6), dwellings_minimum=10).best(region.value, above=0.0, limit=1)[1][0]
    assert 0 < grown <= everywhere + 1e-12


def test_a_region_smaller_than_a_place_has_no_patches():
    region = region_of((1, 1))
    for source in (AllPatches, GrownPatches):
        found, _ = source(region, cells=(2, 6), dwellings_minimum=10).best(region.value, above=0.0, limit=10)
        assert len(found) == 0


@pytest.mark.parametrize(("cells", "complete"), [((2, 6), True), ((2, 8), True), ((2, 9), False), ((4, 12), False)])
def test_large_places_are_grown_and_say_so(cells, complete):
    assert patches_of(region_of((12, 12)), cells=cells, dwellings_minimum=10).complete is complete


@pytest.mark.parametrize("source", [AllPatches, GrownPatches])
@pytest.mark.parametrize("steps", [1, 2, 3])
def test_compact_patches_are_compact_and_still_worth_most(source, steps, rng):
    region = region_of((9, 10), rng.gamma(0.4, size=(9, 10)))
    found, worth = source(region, cells=(2, 6), dwellings_minimum=10, steps=steps).best(
        region.value, above=0.0, limit=500
    )
    assert max(steps_in(cells_of(region, patch)) for patch in found) == steps
    snakes = AllPatches(region, cells=(2, 6), dwellings_minimum=10)
    everything, _ = snakes.all_above(region.value, above=0.0, limit=100_000)
    padded = np.append(region.value, 0.0)
    compact = [patch for patch in everything if steps_in(cells_of(region, patch)) <= steps]
    best = max(padded[patch].sum() for patch in compact)
    assert worth[0] <= best + 1e-12
    assert source is GrownPatches or worth[0] == pytest.approx(best)
