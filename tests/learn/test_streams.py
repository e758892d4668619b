# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pandas as pd

from learn.conftest import WEEK, SmallTown, after
from stip.learn import Choice, Stream, choices_of, record_feedback
from stip.learn.streams import better_here, cells_of, judgements, pointed_at
from stip.store import OVERRIDE, PLAN, read_decisions, record

END = after(WEEK)


def chosen(town: SmallTown) -> tuple[list[Choice], int]:
    plan = read_decisions(town.workspace, "plan", week=WEEK)
    return choices_of(plan, read_decisions(town.workspace, "override", week=WEEK), before=END)


def places(town: SmallTown, stream: Stream) -> list[list[int]]:
    number = {int(cell): n for n, cell in enumerate(town.cells)}
    return [[number[cell] for cell in choice.cells] for choice in chosen(town)[0] if choice.stream is stream]


def test_nothing_decided_is_nothing_chosen() -> None:
    empty = [contract.schema.empty_table().to_pandas() for contract in (PLAN, OVERRIDE)]
    assert choices_of(*empty, before=END) == ([], 0)


def test_places_of_the_plan_go_by_their_origin(small_town: SmallTown) -> None:
    small_town.plan({"a": ("outlook", [1, 0]), "b": ("person", [4]), "c": ("random", [6, 7])})
    assert places(small_town, Stream.PLAN) == [[0, 1]]
    assert places(small_town, Stream.PERSON) == [[4]]
    assert places(small_town, Stream.RANDOM) == [[6, 7]]


def test_places_without_a_visit_are_not_of_the_plan(small_town: SmallTown) -> None:
    small_town.plan({"a": ("outlook", [0]), "c": ("random", [6])}, visits=0)
    assert chosen(small_town) == ([], 0)


def test_overrides_point_at_places_and_away_from_them(small_town: SmallTown) -> None:
    small_town.override("add", [1, 2])
    small_town.override("drop", [3])
    small_town.override("lower", [5], crime_type="bicycle_theft")
    small_town.override("move", [8], to=[9])
    assert places(small_town, Stream.PERSON) == [[1, 2], [9]]
    assert places(small_town, Stream.DOUBTED) == [[3], [5], [8]]
    all_of_them = chosen(small_town)[0]
    assert cells_of(all_of_them, Stream.DOUBTED, "home_burglary").tolist() == small_town.cells[[3, 8]].tolist()
    assert cells_of(all_of_them, Stream.DOUBTED, "bicycle_theft").tolist() == small_town.cells[[3, 5, 8]].tolist()
    assert judgements(all_of_them) == {"doubted": 3, "person": 2}
    assert judgements(all_of_them, "home_burglary") == {"doubted": 2, "person": 2}


def test_the_same_place_counts_once(small_town: SmallTown) -> None:
    small_town.override("add", [1, 2])
    small_town.override("add", [2, 1])
    small_town.plan({"a": ("person", [1, 2])})
    assert places(small_town, Stream.PERSON) == [[1, 2]]
    assert chosen(small_town)[1] == 0


def test_wisdom_after_the_week_does_not_count(small_town: SmallTown) -> None:
    small_town.override("add", [1], at=END)
    small_town.override("drop", [2], at=END - pd.Timedelta(seconds=1))
    assert places(small_town, Stream.PERSON) == []
    assert places(small_town, Stream.DOUBTED) == [[2]]
    assert chosen(small_town)[1] == 1


def test_the_order_of_decisions_does_not_matter(small_town: SmallTown) -> None:
    small_town.override("add", [9])
    small_town.override("add", [1])
    plan = read_decisions(small_town.workspace, "plan")
    overrides = read_decisions(small_town.workspace, "override")
    assert choices_of(plan, overrides, before=END) == choices_of(plan, overrides[::-1], before=END)


def test_better_here_counts_for_the_week_after_it_was_said(small_town: SmallTown) -> None:
    town, plan = small_town.workspace, small_town.plan({"a": ("outlook", [0])})
    begin = after(WEEK, weeks=0)

    def say(cells: list[int], days: float) -> None:
        better = [int(cell) for cell in small_town.cells[cells]]
        at = begin + pd.Timedelta(days=days)
        record_feedback(town, plan, "a", visited=True, code="rustig", better_cells=better, at=at)

    say([7, 3], 0)
    say([3, 7], 2)  # another member of the team says the same
    say([9], 6.9)
    say([], 3)
    say([11], 7)  # on Monday: about the week after
    feedback = read_decisions(town, "feedback")
    told = better_here(feedback, since=begin, before=END)
    assert [choice.cells for choice in told] == [tuple(small_town.cells[[3, 7]]), tuple(small_town.cells[[9]])]
    assert judgements(told) == {"better_here": 2}
    assert better_here(feedback, since=after(WEEK, weeks=-1), before=begin) == []


def test_only_what_was_decided_on_monday_counts_as_it_stood_then(small_town: SmallTown) -> None:
    monday, tuesday = after(WEEK, weeks=0), after(WEEK, weeks=0, days=1)
    small_town.override("add", [1], at=tuesday - pd.Timedelta(seconds=1))
    small_town.override("add", [2], at=tuesday)
    small_town.override("drop", [3], at=monday + pd.Timedelta(days=3))
    choices, late = pointed_at(small_town.workspace, WEEK)
    assert [(choice.stream, choice.cells) for choice in choices] == [(Stream.PERSON, (int(small_town.cells[1]),))]
    assert late == 2


def test_a_judgement_that_proves_wrong_cannot_be_taken_back(small_town: SmallTown) -> None:
    town, monday = small_town.workspace, after(WEEK, weeks=0)
    small_town.override("add", [1], at=monday)
    small_town.plan({"a": ("outlook", [5]), "b": ("person", [6])})
    stood = pointed_at(town, WEEK)
    for kind in ("override", "plan"):
        before = read_decisions(town, kind, week=WEEK)
        change = before.drop(columns=["at", "decision_id"]).assign(supersedes=before["decision_id"])
        change = change.assign(cells=[[int(small_town.cells[50 + n])] for n in range(len(change))])
        record(town, kind, change, at=monday + pd.Timedelta(days=3))
    choices, late = pointed_at(town, WEEK)
    assert choices == stood[0]
    assert late == 2  # the new own places


def test_a_plan_that_was_written_down_late_still_tells_what_the_outlook_and_chance_chose(
    small_town: SmallTown,
) -> None:
    small_town.plan({"a": ("outlook", [5]), "b": ("person", [6]), "c": ("random", [7])}, days=3)
    choices, late = pointed_at(small_town.workspace, WEEK)
    assert sorted(choice.stream for choice in choices) == [Stream.PLAN, Stream.RANDOM]
    assert late == 1
