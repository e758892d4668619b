# SPDX-License-Identifier: EUPL-1.2
"""The best places: on small instances, compared with trying everything."""

import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.made_town import region_of
from stip.plan.patches import AllPatches, GrownPatches
from stip.plan.search import Fixed, Room, search
from stip.plan.shapes import steps_in
from stip.plan.visits import Visits
from stip.settings import PlanSettings

NOTHING = Fixed(np.empty(0))


def room(hours, places, *, gap=0.0, seconds=60.0):
    return Room(hours, places, gap, time.monotonic() + seconds)


def brute_force(region, cells, visits, hours, places, forced=(), steps=99):
    """Try every set of patches that do not overlap, each with the best spread of hours."""
    source = AllPatches(region, cells=cells, dwellings_minimum=10)
    patches, complete = source.all_above(np.zeros(len(region)), above=-1.0, limit=100_000)
    assert complete
    spots = list(zip(region.row.tolist(), region.column.tolist(), strict=True))
    compact = [steps_in([spots[cell] for cell in patch if cell >= 0]) <= steps for patch in patches.tolist()]
    patches = patches[np.array(compact, dtype=bool)]
    sets = [frozenset(cell for cell in patch if cell >= 0) for patch in patches.tolist()]
    worth = [float(region.value[list(patch)].sum()) for patch in sets]
    forced = np.array(forced, dtype=float)
    best = 0.0
    for count in range(places + 1):
        for chosen in combinations(range(len(sets)), count):
            if len(frozenset().union(*(sets[each] for each in chosen))) != sum(len(sets[each]) for each in chosen):
                continue
            values = np.concatenate([forced, np.sort([worth[each] for each in chosen])[::-1]])
            spread = visits.spread(values, hours=hours, forced=len(forced))
            best = max(best, float(visits.reach[spread] @ values))
    return best


small = st.tuples(
    st.integers(2, 4),
    st.integers(2, 4),
    st.integers(0, 10_000),
    st.sampled_from([(1, 2), (2, 3), (1, 3)]),
    st.sampled_from([9.0, 14.0, 21.0, 40.0]),
    st.integers(1, 3),
    st.integers(1, 3),
)


@settings(max_examples=40, deadline=None)
@given(small)
def test_small_instances_equal_trying_everything(instance):
    rows, columns, seed, cells, hours, places, steps = instance
    rng = np.random.default_rng(seed)
    region = region_of(
        (rows, columns), rng.gamma(0.5, size=(rows, columns)), rng.choice([0.0, 4, 30], size=(rows, columns))
    )
    if rows * columns > 12:
        region = region.only(rng.random(len(region)) < 0.7)
    visits = Visits.of(PlanSettings(hours=hours))
    patches = AllPatches(region, cells=cells, dwellings_minimum=10, steps=steps)
    found = search(region, patches, visits, room(hours, places), NOTHING)
    best = brute_force(region, cells, visits, hours, places, steps=steps)
    assert found.reached == pytest.approx(best, abs=1e-9)
    assert found.bound == pytest.approx(found.reached, abs=1e-6)
    assert found.proven


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(0, 3))
def test_forced_places_are_always_visited(seed, worth):
    rng = np.random.default_rng(seed)
    region = region_of((3, 3), rng.gamma(0.5, size=(3, 3)))
    visits = Visits.of(PlanSettings(hours=14))
    patches = AllPatches(region, cells=(2, 3), dwellings_minimum=10)
    found = search(region, patches, visits, room(14.0, 2), Fixed(np.array([worth])))
    assert found.forced_visits[0] >= 1
    assert found.reached == pytest.approx(brute_force(region, (2, 3), visits, 14.0, 2, (worth,)), abs=1e-9)


@pytest.mark.parametrize("source", [AllPatches, GrownPatches])
def test_a_larger_region_keeps_all_limits(source, rng):
    region = region_of((20, 20), rng.gamma(0.3, size=(20, 20)))
    visits = Visits.of(PlanSettings())
    found = search(
        region, source(region, cells=(2, 6), dwellings_minimum=10), visits, room(50.0, 5, gap=0.01), NOTHING
    )
    cells = np.concatenate(found.places)
    assert len(np.unique(cells)) == len(cells)
    assert len(found.places) <= 5
    assert visits.hours[found.visits].sum() <= 50 + 1e-9
    assert found.reached <= found.bound <= found.reached / 0.99 + 1e-9
    assert found.proven is (source is AllPatches)


def test_the_same_question_gets_the_same_answer(rng):
    region = region_of((15, 15), rng.gamma(0.3, size=(15, 15)))
    visits = Visits.of(PlanSettings())
    answers = [
        search(region, AllPatches(region, cells=(2, 6), dwellings_minimum=10), visits, room(60.0, 6), NOTHING)
        for _ in range(2)
    ]
    assert [cells.tolist() for cells in answers[0].places] == [cells.tolist() for cells in answers[1].places]
    assert answers[0].reached == answers[1].reached


def test_a_favoured_patch_stays_when_it_is_nearly_as_good():
    value = np.array([[1.0, 1.0, 0.0, 1.02, 1.02]])
    region = region_of((1, 5), value)
    visits = Visits.of(PlanSettings(hours=5, max_visits=1))
    patches = AllPatches(region, cells=(2, 2), dwellings_minimum=10)
    old = (np.array([0, 1]),)
    keeping = search(region, patches, visits, room(5.0, 1), Fixed(np.empty(0), old, 0.1))
    assert keeping.places[0].tolist() == region.cells[:2].tolist()
    assert keeping.reached == pytest.approx(0.6)
    strict = search(region, patches, visits, room(5.0, 1), Fixed(np.empty(0), old, 0.01))
    assert strict.places[0].tolist() == region.cells[3:].tolist()


def test_without_time_the_greedy_plan_is_told_with_an_honest_bound(rng):
    region = region_of((20, 20), rng.gamma(0.3, size=(20, 20)))
    visits = Visits.of(PlanSettings())
    source = AllPatches(region, cells=(2, 6), dwellings_minimum=10)
    late = search(region, source, visits, room(96.0, 7, seconds=0.0), NOTHING)
    timely = search(region, source, visits, room(96.0, 7), NOTHING)
    assert 0 < late.reached <= timely.reached + 1e-9
    assert late.bound >= timely.reached - 1e-9


def test_nothing_to_choose_gives_an_empty_plan():
    region = region_of((1, 1))
    visits = Visits.of(PlanSettings())
    found = search(region, AllPatches(region, cells=(2, 6), dwellings_minimum=10), visits, room(96.0, 7), NOTHING)
    assert found.places == ()
    assert found.reached == 0


def test_the_solver_keeps_quiet(capfd, rng):
    region = region_of((6, 6), rng.random((6, 6)))
    visits = Visits.of(PlanSettings())
    search(region, AllPatches(region, cells=(2, 4), dwellings_minimum=10), visits, room(30.0, 3), NOTHING)
    out, err = capfd.readouterr()
    assert out == err == ""
