# SPDX-License-Identifier: EUPL-1.2
"""Writing a signal down: what will do, what will not, and what is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from learn.conftest import WEEK
from signals.conftest import MONDAY_AFTER, Desk
from stip.errors import SettingsError, SignalError
from stip.signals import Answer, NewSignal, answer_signal, check_signal, place_of_plan, raise_signal, signals_of
from stip.store import read_cells, write_cells

LAMP = NewSignal("space", "lamp", WEEK, "lid", "street", area_code="BU1")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "person"}, "De soort ‘person’ ken ik niet"),
        ({"category": "jansen"}, "Deze categorie ken ik niet bij space. Kies uit lamp, afval"),
        ({"kind": "unvisited", "category": "lamp"}, "Deze categorie ken ik niet bij unvisited"),
        ({"role": "jansen"}, "Deze rol ken ik niet"),
        ({"stream": "roddel"}, "De herkomst ‘roddel’ ken ik niet"),
        ({"area_code": ""}, "Deze buurt ken ik niet"),
        ({"area_code": "BU99"}, "Deze buurt ken ik niet"),
        ({"cells": (1,)}, "ligt buiten het gebied van Proefstad"),
    ],
)
def test_what_will_not_do(desk: Desk, change: dict[str, object], said: str) -> None:
    with pytest.raises(SignalError, match=said) as caught:
        raise_signal(desk.workspace, replace(LAMP, **change), at=MONDAY_AFTER)  # type: ignore[arg-type]
    assert "jansen" not in str(caught.value)
    assert signals_of(desk.workspace) == []


def test_a_week_is_a_week(desk: Desk) -> None:
    with pytest.raises(SettingsError, match="is geen week"):
        raise_signal(desk.workspace, replace(LAMP, week="2026-W54"), at=MONDAY_AFTER)


def test_the_same_lamp_is_one_signal_until_something_is_decided(desk: Desk) -> None:
    first = raise_signal(desk.workspace, LAMP, at=MONDAY_AFTER)
    again = raise_signal(desk.workspace, LAMP, at=MONDAY_AFTER + timedelta(hours=2))
    assert first.new and not again.new and again.signal_id == first.signal_id
    other = raise_signal(desk.workspace, replace(LAMP, category="afval"), at=MONDAY_AFTER)
    assert other.new
    answer_signal(desk.workspace, Answer(first.signal_id, "act", "coordinator"), at=MONDAY_AFTER)
    assert raise_signal(desk.workspace, LAMP, at=MONDAY_AFTER).new


def test_a_place_gives_its_neighbourhood(desk: Desk) -> None:
    cells = tuple(int(cell) for cell in desk.town.cells[[61, 60, 60, 49]])
    found = check_signal(desk.workspace, replace(LAMP, cells=cells, area_code=""))
    assert found.cells == tuple(sorted(set(cells))) and found.area_code == "BU1"


def test_a_place_of_a_plan_by_its_name_also_when_a_later_version_left_it_out(planned: Desk) -> None:
    cells, area_code = place_of_plan(planned.workspace, WEEK, "b")
    assert cells == tuple(int(cell) for cell in planned.town.cells[[10, 11]]) and area_code == "BU0"
    with pytest.raises(SignalError, match="staat niet in het plan"):
        place_of_plan(planned.workspace, WEEK, "z")


def test_a_place_with_few_dwellings_is_not_named_unless_it_is_about_the_street(desk: Desk) -> None:
    few = int(desk.town.cells[60])
    cells = read_cells(desk.workspace)
    cells["dwellings"] = pd.array(cells["dwellings"].mask(cells["cell"] == few, 3), dtype="Int32")
    write_cells(desk.workspace, cells)
    with pytest.raises(SignalError, match="minder dan 10 woningen"):
        check_signal(desk.workspace, replace(LAMP, kind="offence", category="sporen", cells=(few,)))
    assert check_signal(desk.workspace, replace(LAMP, cells=(few,))).cells == (few,)


def test_help_in_a_small_neighbourhood_is_kept_by_district(desk: Desk) -> None:
    desk.areas()
    cells = read_cells(desk.workspace)
    inside = cells["area_code"] == "BU1"
    cells["dwellings"] = pd.array(cells["dwellings"].mask(inside, 0), dtype="Int32")
    cells.loc[cells.index[inside][:1], "dwellings"] = 4
    write_cells(desk.workspace, cells)
    found = desk.knows("help", "hulp")
    assert found.area_code == "WK0" and found.cells == ()
    assert desk.knows("help", "hulp", area_code="BU2").area_code == "BU2"
