# SPDX-License-Identifier: EUPL-1.2
"""Whose turn it is."""

from plan.made_town import WEEK, past_plan
from stip.plan.rotation import had_turns, recently, rotation_weight, turns
from stip.settings import PlanSettings
from stip.space import shift_week

PART_OF = {1: "A", 2: "A", 3: "B", 4: "B", 5: "C"}
SETTINGS = PlanSettings(rotation_visits=2, rotation_weeks=4)


def turns_after(plans, origin="outlook"):
    past = past_plan({shift_week(WEEK, -ago): places for ago, places in plans.items()}, origin=origin)
    return turns(past, PART_OF, ["A", "B", "C"], week=WEEK, settings=SETTINGS)


def test_turns_are_counted_in_weeks_not_in_places():
    turn = turns_after({1: [(1,), (2,)], 3: [(1, 2)], 5: [(1,)], 2: [(3,)]})
    assert (turn["A"].weeks_ago, turn["A"].recent) == (1, 2)
    assert (turn["B"].weeks_ago, turn["B"].recent) == (2, 1)


def test_never_visited_waits_longest():
    turn = turns_after({1: [(1,)]})
    assert turn["C"].weeks_ago is None
    assert turn["C"].waited_weeks == 2
    assert turns_after({80: [(1,)], 3: [(3,)]})["C"].waited_weeks == 81


def test_a_place_counts_where_most_of_it_lies():
    turn = turns_after({1: [(2, 3, 4)]})
    assert turn["A"].recent == 0
    assert turn["B"].recent == 1


def test_own_places_of_people_are_no_turn_of_the_district():
    assert turns_after({1: [(1,)]}, origin="person")["A"].recent == 0


def test_withdrawn_places_and_later_weeks_do_not_count():
    past = past_plan({shift_week(WEEK, -1): [(1,)], shift_week(WEEK, 1): [(1,)], WEEK: [(1,)]})
    past.loc[past["week"] == shift_week(WEEK, -1), "visits"] = 0
    assert turns(past, PART_OF, ["A"], week=WEEK, settings=SETTINGS)["A"].weeks_ago is None


def test_waiting_counts_without_end():
    weights = [rotation_weight(weeks, PlanSettings(rotation_growth=0.05)) for weeks in (0, 20, 200)]
    assert weights == [1.0, 2.0, 11.0]


def test_by_default_nobody_has_two_weeks_running():
    past = past_plan({shift_week(WEEK, -1): [(1,)], shift_week(WEEK, -2): [(3,)]})
    turn = turns(past, PART_OF, ["A", "B", "C"], week=WEEK, settings=PlanSettings())
    assert had_turns(turn, PlanSettings()) == {"A"}
    assert had_turns(turns_after({1: [(1,)], 3: [(1,)], 2: [(3,)]}), SETTINGS) == {"A"}


def test_turns_are_told_in_words():
    turn = turns_after({1: [(1,)], 3: [(1,)]})["A"]
    assert recently(turn, PlanSettings()) == "vorige week al aan de beurt"
    assert recently(turn, SETTINGS) == "al in 2 van de laatste 4 weken aan de beurt"
