# SPDX-License-Identifier: EUPL-1.2
"""Which top cells nobody visited: from the outlook, the plan, visits and feedback, once the week is over."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from learn.conftest import WEEK, after
from signals.conftest import MONDAY_AFTER, Desk
from stip.errors import SignalError
from stip.signals import Answer, answer_signal, find_unvisited, signals_of, unvisited, visited_cells
from stip.store import read_cells, write_cells


def numbers(desk: Desk) -> dict[str, list[int]]:
    """Give the cells of each neighbourhood that is found, as numbers of the town."""
    number = {int(cell): n for n, cell in enumerate(desk.town.cells)}
    return {
        one.area_code: [number[cell] for cell in one.cells]
        for one in unvisited(desk.workspace, WEEK, at=MONDAY_AFTER)
    }


def test_without_districts_one_signal_a_neighbourhood(planned: Desk) -> None:
    assert numbers(planned) == {"BU0": [0, 1], "BU1": [60, 61], "BU3": [150]}


def test_one_signal_a_district_where_those_are_known(planned: Desk) -> None:
    """That is what a week plan chooses between."""
    planned.areas()
    assert numbers(planned) == {"WK0": [0, 1, 60, 61], "WK1": [150]}
    assert [one.new for one in find_unvisited(planned.workspace, WEEK, at=MONDAY_AFTER)] == [True, True]
    assert [one.new for one in find_unvisited(planned.workspace, WEEK, at=MONDAY_AFTER)] == [False, False]


def test_a_visit_or_feedback_of_who_was_there_takes_cells_away(planned: Desk) -> None:
    planned.told("a", visited=False)
    assert "BU0" in numbers(planned)
    planned.went("a")
    assert visited_cells(planned.workspace, WEEK) == {int(cell) for cell in planned.town.cells[[0, 1]]}
    assert "BU0" not in numbers(planned)


def test_feedback_without_hours_is_a_visit_too(planned: Desk) -> None:
    planned.told("a", visited=True)
    assert "BU0" not in numbers(planned)


def test_part_of_a_neighbourhood(planned: Desk) -> None:
    planned.town.plan({"c": ("person", [60, 62])})
    planned.went("c")
    assert numbers(planned)["BU1"] == [61]


def test_not_before_the_week_is_over(planned: Desk) -> None:
    with pytest.raises(SignalError, match="nog niet voorbij"):
        find_unvisited(planned.workspace, WEEK, at=after(WEEK, weeks=1) - timedelta(seconds=1))
    assert signals_of(planned.workspace) == []
    assert find_unvisited(planned.workspace, WEEK, at=after(WEEK, weeks=1))


def test_looking_twice_finds_once_also_after_an_answer(planned: Desk) -> None:
    first = find_unvisited(planned.workspace, WEEK, at=MONDAY_AFTER)
    answer = Answer(first[0].signal_id, "let_be", "coordinator", reason="Daar is nu een markt.")
    answer_signal(planned.workspace, answer, at=MONDAY_AFTER)
    planned.went("a")
    again = find_unvisited(planned.workspace, WEEK, at=MONDAY_AFTER + timedelta(days=1))
    assert not any(one.new for one in again)
    assert {one.signal_id for one in again} <= {one.signal_id for one in first}
    assert len(signals_of(planned.workspace)) == len(first)


def test_a_week_without_an_outlook_asks_nothing(desk: Desk) -> None:
    assert find_unvisited(desk.workspace, WEEK, at=MONDAY_AFTER) == []


def test_the_tier_is_a_setting(desk: Desk) -> None:
    desk.top_cells(0, tiers={60: 3, 150: 5})
    assert set(numbers(desk)) == {"BU0"}
    desk.rules(tier=3)
    assert set(numbers(desk)) == {"BU0", "BU1"}


def test_a_cell_with_few_dwellings_counts_and_is_not_named(planned: Desk) -> None:
    cells = read_cells(planned.workspace)
    few = cells["cell"].isin([int(planned.town.cells[n]) for n in (60, 150)])
    cells["dwellings"] = pd.array(cells["dwellings"].mask(few, 3), dtype="Int32")
    write_cells(planned.workspace, cells)
    assert numbers(planned) == {"BU0": [0, 1], "BU1": [61], "BU3": []}
    found = find_unvisited(planned.workspace, WEEK, at=MONDAY_AFTER)
    assert len(found) == 3
    assert not any(one.new for one in find_unvisited(planned.workspace, WEEK, at=MONDAY_AFTER))


def test_without_neighbourhoods_cells_are_enough(planned: Desk) -> None:
    cells = read_cells(planned.workspace)
    cells["area_code"] = pd.array([None] * len(cells), dtype="string")
    write_cells(planned.workspace, cells)
    assert numbers(planned) == {"": [0, 1, 60, 61, 150]}
    assert [one.new for one in find_unvisited(planned.workspace, WEEK, at=MONDAY_AFTER)] == [True]
    assert [one.new for one in find_unvisited(planned.workspace, WEEK, at=MONDAY_AFTER)] == [False]


def test_a_district_may_have_more_top_cells_than_people_may_name(
    planned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stip.signals.places._MOST_CELLS", 1)
    assert numbers(planned) == {"BU0": [0, 1], "BU1": [60, 61], "BU3": [150]}
    with pytest.raises(SignalError, match="noemt hooguit 1 vakken; dit zijn er 2"):
        planned.knows(cells=tuple(int(cell) for cell in planned.town.cells[:2]))
