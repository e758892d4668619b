# SPDX-License-Identifier: EUPL-1.2
"""Hours: spread without losing a quarter, and filled without promising more than there is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import PlanError
from stip.plan import EVERY_SLOT, used_hours
from stip_web.plans.hours import read_hours, spread
from stip_web.plans.spots import Spot, fill

CODES = [slot.code for slot in EVERY_SLOT]
HOURS = st.integers(1, 800).map(lambda quarters: quarters / 4)
CAPACITY = st.dictionaries(st.sampled_from(CODES), HOURS, min_size=1)
SPOT = st.builds(
    Spot,
    place_id=st.just("p1"),
    number=st.just(1),
    cells=st.just((1, 2)),
    areas=st.just(("Oost",)),
    district=st.just(""),
    origin=st.just("outlook"),
    probability=st.just(1.0),
    kind=st.just("look"),
    visits=st.integers(1, 3),
    hours=HOURS,
    team=st.just("flexteam"),
    slots=st.just(()),
    state=st.sampled_from(["suggested", "in", "out"]),
)


@given(HOURS, CAPACITY)
def test_no_quarter_is_lost_when_hours_are_spread(hours: float, over: dict[str, float]) -> None:
    found = spread(hours, over)
    assert sum(found.values()) == hours
    assert set(found) <= set(over)
    assert all(each > 0 and 4 * each == int(4 * each) for each in found.values())


@given(st.lists(SPOT, max_size=8), CAPACITY, st.sampled_from(["wo–vr 16–20 uur", "za–zo 0–4 uur", ""]))
def test_what_is_suggested_never_asks_more_of_a_shift_than_it_has(
    spots: list[Spot], hours: dict[str, float], when: str
) -> None:
    spots = [replace(spot, place_id=f"p{n}", number=n) for n, spot in enumerate(spots, start=1)]
    filled = fill(spots, {spot.place_id: (when,) for spot in spots}, {"flexteam": hours})
    assert [(old.place_id, old.state, old.hours) for old in spots] == [(f.place_id, f.state, f.hours) for f in filled]
    assert all(len(spot.slots) <= spot.visits for spot in filled)
    used = used_hours([spot.decided.planned for spot in filled], "flexteam")
    assert all(total <= hours[slot] + 1e-6 for (_, slot), total in used.items() if slot)


def test_visits_go_where_most_is_expected_as_long_as_there_are_hours() -> None:
    spot = Spot("p1", 1, (1,), (), "", "outlook", 1.0, "look", 3, 12.0, "flexteam", ())
    [found] = fill([spot], {"p1": ("wo–vr 16–20 uur",)}, {"flexteam": {"ma-dag": 40, "wo-avond": 4, "vr-avond": 4}})
    assert found.slots == ("ma-dag", "wo-avond", "vr-avond")


@given(SPOT)
def test_a_place_reads_back_from_the_database(spot: Spot) -> None:
    assert Spot.of(spot.kept()) == spot


@pytest.mark.parametrize(("text", "hours"), [("", 0), (" 8 ", 8), ("7,5", 7.5), ("7.26", 7.25)])
def test_hours_are_read_as_people_write_them(text: str, hours: float) -> None:
    assert read_hours(text) == hours


@pytest.mark.parametrize("text", ["acht", "-1", "1e9", "nan", "inf", "8 uur"])
def test_what_are_no_hours_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match="als een getal"):
        read_hours(text)
