# SPDX-License-Identifier: EUPL-1.2
"""What a cell is worth, with types in balance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan.made_town import WEEK, make_town
from stip.errors import PlanError
from stip.plan.value import expectation, type_weights
from stip.settings import PlanSettings

TYPES = ("a", "b")


@given(st.floats(0.1, 100), st.floats(0.1, 100), st.floats(0, 1))
def test_the_town_keeps_its_number_of_incidents(one, two, power):
    totals = np.array([one, two])
    weight = type_weights(totals, TYPES, PlanSettings(balance_power=power))
    assert weight @ totals == pytest.approx(totals.sum())


def test_power_one_makes_types_equal_in_total_and_power_zero_each_incident():
    totals = np.array([90.0, 10.0])
    assert type_weights(totals, TYPES, PlanSettings(balance_power=1)) * totals == pytest.approx([50, 50])
    assert type_weights(totals, TYPES, PlanSettings(balance_power=0)) == pytest.approx([1, 1])


def test_the_default_lies_between():
    share = type_weights(np.array([90.0, 10.0]), TYPES, PlanSettings()) * [90, 10] / 100
    assert share == pytest.approx([0.75, 0.25])


def test_settings_weigh_types_and_can_leave_one_out():
    weight = type_weights(np.array([10.0, 10.0]), TYPES, PlanSettings(balance={"a": 3}))
    assert weight[0] / weight[1] == pytest.approx(3)
    assert type_weights(np.array([10.0, 10.0]), TYPES, PlanSettings(balance={"a": 0})).tolist() == [0, 1]


def test_one_type_alone_counts_each_incident_as_one():
    assert type_weights(np.array([7.0]), ("a",), PlanSettings(balance={"a": 5})) == pytest.approx([1])


@pytest.mark.parametrize("totals", [[0.0, 0.0], [0.0, 5.0]])
def test_nothing_to_weigh_is_refused(totals):
    with pytest.raises(PlanError, match="geen enkele melding"):
        type_weights(np.array(totals), TYPES, PlanSettings(balance={"b": 0}))


def test_the_baseline_can_take_the_place_of_the_model(rng):
    town = make_town(rng.random((2, 4, 4)))
    model = expectation(town.outlook, town.cells, week=WEEK, settings=PlanSettings())
    plain = expectation(
        town.outlook, town.cells, week=WEEK, settings=PlanSettings(), baseline_types=("bicycle_theft",)
    )
    assert plain.from_baseline == ("bicycle_theft",)
    assert not np.allclose(model.expected[:, 0], plain.expected[:, 0])
    assert np.array_equal(model.expected[:, 1], plain.expected[:, 1])
    assert model.total(model.cells) == pytest.approx(model.expected.sum())


def test_an_outlook_of_another_week_is_refused(rng):
    town = make_town(rng.random((3, 3)))
    with pytest.raises(PlanError, match="2026-W37, maar het plan is voor 2026-W38"):
        expectation(town.outlook, town.cells, week="2026-W38", settings=PlanSettings())


def test_an_outlook_that_misses_cells_is_refused(rng):
    town = make_town(rng.random((3, 3)))
    with pytest.raises(PlanError, match="mist 2 van de 9 vakken"):
        expectation(town.outlook.iloc[2:], town.cells, week=WEEK, settings=PlanSettings())


def test_cells_outside_the_study_area_are_left_out(rng):
    town = make_town(rng.random((3, 3)))
    cells = town.cells.assign(in_study=[True] * 4 + [False] * 5)
    assert len(expectation(town.outlook, cells, week=WEEK, settings=PlanSettings()).cells) == 4
