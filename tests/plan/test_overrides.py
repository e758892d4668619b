# SPDX-License-Identifier: EUPL-1.2
"""What people know better."""

import numpy as np
import pandas as pd
import pytest

from plan.made_town import WEEK, make_town
from stip.errors import PlanError
from stip.plan import Question, propose
from stip.plan.overrides import apply_overrides
from stip.plan.value import expectation
from stip.settings import PlanSettings

QUIET = PlanSettings(random_share=0, gap=0, max_places=3, place_cells=(2, 3))


def override(kind, cells, *, to=None, crime_type=None, reason="Werk aan de straat.", week=WEEK, minute=0):
    return {
        "decision_id": f"d{minute}", "at": pd.Timestamp("2026-09-01", tz="UTC") + pd.Timedelta(minutes=minute),
        "supersedes": None, "week": week, "crime_type": crime_type, "kind": kind, "cells": list(cells),
        "to_cells": None if to is None else list(to), "reason": reason, "role": "coordinator",
    }  # fmt: skip


def plan_with(town, *decisions, settings=QUIET, **asked):
    return propose(
        town.outlook,
        town.cells,
        town.areas,
        Question(WEEK, settings, **asked),
        overrides=pd.DataFrame(list(decisions)),
    )


@pytest.fixture
def town(rng):
    return make_town(rng.random((6, 8)) + 0.1)


def test_an_own_place_is_in_the_plan_as_it_was_given(town):
    cells = (town.cell(0, 0), town.cell(1, 0))
    plan = plan_with(town, override("add", cells, reason="Bewoners vragen erom."))
    own = [place for place in plan.places if place.origin == "person"]
    assert [place.cells for place in own] == [tuple(sorted(cells))]
    assert own[0].reasons[0] == "Eigen inzicht: Bewoners vragen erom."
    assert own[0].visits >= 1
    assert len(plan.places) == 3
    assert plan.planned_hours <= 96


def test_a_dropped_cell_is_in_no_place(town):
    best = plan_with(town).places[0]
    plan = plan_with(town, override("drop", best.cells[:1]))
    assert all(best.cells[0] not in place.cells for place in plan.places)


def test_dropping_one_type_leaves_the_other(rng):
    town = make_town(rng.random((2, 5, 5)))
    cell = town.cell(2, 2)
    expected = expectation(town.outlook, town.cells, week=WEEK, settings=PlanSettings())
    wishes = apply_overrides(pd.DataFrame([override("drop", [cell], crime_type="home_burglary")]), expected)
    assert wishes.factor[expected.rows(np.array([cell]))[0]].tolist() == [1.0, 0.0]
    assert not wishes.dropped


def test_lowering_halves_and_twice_quarters(rng):
    town = make_town(rng.random((2, 5, 5)))
    cell = town.cell(1, 1)
    expected = expectation(town.outlook, town.cells, week=WEEK, settings=PlanSettings())
    decisions = [override("lower", [cell]), override("lower", [cell], crime_type="home_burglary", minute=1)]
    wishes = apply_overrides(pd.DataFrame(decisions), expected)
    assert wishes.factor[expected.rows(np.array([cell]))[0]].tolist() == [0.5, 0.25]
    assert wishes.factor.sum() == 2 * 25 - 1.25


def test_lowering_leaves_what_is_told_as_expected(town):
    best = plan_with(town).places[0]
    lowered = plan_with(town, *(override("lower", best.cells, minute=n) for n in range(1)))
    same = [place for place in lowered.places if place.place_id == best.place_id]
    assert not same or same[0].expected == pytest.approx(best.expected)


def test_moving_takes_a_place_away_and_puts_one_there(town):
    best = plan_with(town).places[0]
    target = (town.cell(0, 5), town.cell(1, 5))
    plan = plan_with(town, override("move", best.cells, to=target))
    assert any(place.origin == "person" and place.cells == tuple(sorted(target)) for place in plan.places)
    free = set(best.cells) - set(target)
    assert all(free.isdisjoint(place.cells) for place in plan.places)


def test_the_last_word_counts(town):
    cells = (town.cell(0, 0), town.cell(1, 0))
    dropped = plan_with(town, override("add", cells), override("drop", cells, minute=1))
    assert all(place.origin != "person" for place in dropped.places)
    back = plan_with(town, override("add", cells, minute=2), override("drop", cells, minute=1))
    assert any(place.origin == "person" for place in back.places)


def test_decisions_for_another_week_do_not_count(town):
    cells = (town.cell(0, 0), town.cell(1, 0))
    assert plan_with(town, override("add", cells, week="2026-W36")).places == plan_with(town).places


def test_an_own_place_outside_the_district_is_told(rng):
    values = np.full((6, 12), 0.01)
    values[:, :6] = 0.3
    town = make_town(values, districts=2)
    plan = plan_with(town, override("add", (town.cell(8, 1), town.cell(9, 1))))
    assert plan.parts[0].codes == ("WK00",)
    assert any(warning.startswith("Eigen plek") and "buiten Wijk 00" in warning for warning in plan.warnings)


def test_more_own_places_than_hours_is_refused(town):
    decisions = [
        override("add", (town.cell(column, 0), town.cell(column, 1)), minute=column) for column in range(0, 6, 2)
    ]
    with pytest.raises(PlanError, match="De 3 eigen plekken vragen samen ten minste 13,5 uur"):
        plan_with(town, *decisions, settings=QUIET.model_copy(update={"hours": 10.0}))


@pytest.mark.parametrize(
    ("spots", "homes", "sentence"),
    [
        ([(0, 0), (3, 3)], 50, "met een zijde aan elkaar"),
        ([(0, 0), (1, 0), (2, 0), (3, 0)], 50, "hoogstens 3 vakken"),
        ([(0, 0), (1, 0)], 2, "wijst zij een huis aan"),
    ],
)
def test_an_own_place_must_be_a_place(rng, spots, homes, sentence):
    town = make_town(rng.random((6, 6)), dwellings=np.full((6, 6), float(homes)))
    settings = QUIET.model_copy(update={"place_cells": (1, 3)})
    with pytest.raises(PlanError, match=sentence):
        plan_with(town, override("add", [town.cell(*spot) for spot in spots]), settings=settings)


def test_people_cannot_choose_the_draw_only_refuse_it(town):
    settings = QUIET.model_copy(update={"random_share": 0.3})
    drawn = next(place for place in plan_with(town, settings=settings, seed=2).places if place.origin == "random")
    plan = plan_with(town, override("drop", drawn.cells[:1], reason="De straat is open."), settings=settings, seed=2)
    assert [place.place_id for place in plan.refused] == [drawn.place_id]
    assert (plan.refused[0].visits, plan.refused[0].hours) == (0, 0)
    assert plan.refused[0].probability == drawn.probability
    assert plan.refused[0].reason == "De straat is open."
    assert [patch.state for patch in plan.frame].count("refused") == 1
    assert len(plan.frame) == round(1 / drawn.probability)
    assert not any(place.origin == "random" for place in plan.places)
    assert any("vervalt: De straat is open." in warning for warning in plan.warnings)


def test_an_own_place_over_a_drawn_one_takes_it_over_and_that_is_told(town):
    settings = QUIET.model_copy(update={"random_share": 0.3, "place_cells": (2, 4)})
    drawn = next(place for place in plan_with(town, settings=settings, seed=2).places if place.origin == "random")
    plan = plan_with(town, override("add", drawn.cells, reason="Zelf gezien."), settings=settings, seed=2)
    assert plan.refused[0].place_id == drawn.place_id
    assert plan.refused[0].reason == "valt samen met eigen plek: Zelf gezien."
    assert any(place.origin == "person" and place.cells == drawn.cells for place in plan.places)


def test_what_people_change_never_touches_the_draw_and_their_overlap_is_recorded(town):
    settings = QUIET.model_copy(update={"random_share": 0.3, "place_cells": (2, 4)})
    before = plan_with(town, settings=settings, seed=2)
    not_drawn = next(patch for patch in before.frame if patch.state == "not drawn")
    changed = plan_with(town, override("add", not_drawn.cells[:2]), settings=settings, seed=2)
    told = [(patch.cells, patch.probability, patch.state) for patch in changed.frame]
    assert told == [(patch.cells, patch.probability, patch.state) for patch in before.frame]
    assert {patch.overlap for patch in before.frame} == {0}
    overlap = {patch.cells: patch.overlap for patch in changed.frame}
    assert overlap[not_drawn.cells] == 2
    assert any("bezoek die niet geloot" in warning for warning in changed.warnings)


def test_a_place_that_people_drop_sends_the_team_elsewhere_and_that_is_recorded(town):
    settings = QUIET.model_copy(update={"random_share": 0.3})
    before = plan_with(town, settings=settings, seed=2)
    dropped = next(place for place in before.places if place.origin == "outlook")
    after = plan_with(town, override("drop", dropped.cells), settings=settings, seed=2)
    assert [patch.cells for patch in after.frame] == [patch.cells for patch in before.frame]
    visited = {cell for place in after.places if place.origin != "random" for cell in place.cells}
    for patch in after.frame:
        assert patch.overlap == len(visited & set(patch.cells))
