# SPDX-License-Identifier: EUPL-1.2
"""What cannot be planned, and weeks at the edge of the year: each ends in a plan or in one clear sentence."""

from datetime import UTC, datetime

import numpy as np
import pytest

from plan.made_town import QUICK, STATED, WEEK, fill, make_town, open_with
from stip.errors import AgreementError, PlanError, SettingsError
from stip.plan import Override, adopt, make_plan, proposal_of, record_override
from stip.settings import Reporting
from stip.store import Workspace

AT = datetime(2026, 12, 24, 12, tzinfo=UTC)
LAST, NEXT = "2026-W53", "2027-W01"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"hours": 3}, "Met 3,0 uur kan het team geen enkele plek bezoeken: één bezoek kost 4,5 uur"),
        ({"hours": 0}, "0 uur kan niet"),
        ({"hours": float("nan")}, "nan uur kan niet"),
        ({"hours": 20_000}, "20000 uur kan niet. Geef een getal boven 0 en hooguit 10.000"),
        ({"like": WEEK}, f"{WEEK} komt niet vóór {WEEK}"),
        ({"like": NEXT}, f"{NEXT} komt niet vóór {WEEK}"),
        ({"like": "2026-W30"}, "Er staat geen plan vast voor 2026-W30"),
        ({"passed_rules": {"rotation": " "}}, "Een reden ontbreekt"),
    ],
)
def test_what_cannot_be_asked_is_said(filled, asked, sentence):
    with pytest.raises(PlanError, match=sentence):
        make_plan(filled, WEEK, **asked)


@pytest.mark.parametrize(("week", "like"), [("2025-W53", ""), ("week 37", ""), (WEEK, "vorige")])
def test_what_is_no_week_is_said(filled, week, like):
    with pytest.raises(SettingsError, match="is geen week. Schrijf een ISO-week, zoals 2026-W37"):
        make_plan(filled, week, like=like)


def test_own_places_that_take_more_than_the_hours_are_refused(filled, town):
    for column in (1, 4, 8):
        cells = (town.cell(column, 1), town.cell(column, 2))
        record_override(filled, Override(WEEK, "add", cells, "Kermis.", "lid"), at=AT)
    with pytest.raises(PlanError, match="De 3 eigen plekken vragen samen ten minste 13,5 uur, maar er zijn er"):
        make_plan(filled, WEEK, hours=12)


def test_a_type_that_the_police_find_themselves_is_not_planned_on(filled):
    make_plan(filled, WEEK)
    types = dict(filled.settings.crime_types)
    types["bicycle_theft"] = types["bicycle_theft"].model_copy(update={"reporting": Reporting.POLICE})
    since = Workspace(filled.root, filled.settings.model_copy(update={"crime_types": types}))
    with pytest.raises(AgreementError, match="De politie vindt dit vooral waar zij zelf kijkt"):
        make_plan(since, WEEK)


def test_a_year_of_53_weeks_hands_over_to_the_next(filled, town):
    fill(filled, town, week=LAST)
    first = proposal_of(make_plan(filled, LAST))
    adopt(filled, first, at=AT)
    fill(filled, town, week=NEXT)
    second = proposal_of(make_plan(filled, NEXT))
    assert second.parts[0].codes != first.parts[0].codes
    assert next(part.weeks_ago for part in second.parts if part.codes == first.parts[0].codes) == 1
    with pytest.raises(PlanError, match=f"Het plan van {LAST} ging naar {first.districts[0]}; daar was het team net"):
        make_plan(filled, NEXT, like="last-week")
    like = proposal_of(make_plan(filled, NEXT, like="last-week", passed_rules={"rotation": "De kermis duurt voort."}))
    assert like.like_week == LAST
    assert like.parts[0].codes == first.parts[0].codes
    assert like.warnings[0] == "Tegen de spreiding in, met deze reden: De kermis duurt voort."


def test_a_town_of_one_district_can_have_the_same_plan_twice_without_a_reason(workspace, rng):
    town = make_town(rng.random((8, 8)), districts=1)
    opened = open_with(workspace, town, plan=QUICK, learn=STATED)
    adopt(opened, proposal_of(make_plan(opened, WEEK)), at=AT)
    fill(opened, town, week="2026-W38")
    again = proposal_of(make_plan(opened, "2026-W38", like="last-week"))
    assert again.kept
    assert any("maar één wijk" in sentence for sentence in again.warnings)
    assert adopt(opened, again, at=AT).version == 1


@pytest.mark.parametrize("districts", [0, 1])
def test_a_town_where_no_place_may_be_says_which_settings_decide_that(workspace, districts):
    town = make_town(np.full((6, 8), 0.1), districts=2, dwellings=np.full((6, 8), 1.0))
    settings = {"place_cells": (1, 3), "districts_per_week": districts}
    opened = open_with(workspace, town, plan=settings)
    with pytest.raises(PlanError, match="Kijk plan.place_cells en dwellings.minimum na"):
        make_plan(opened, WEEK)


def test_a_town_where_nothing_is_expected_says_so(workspace):
    opened = open_with(workspace, make_town(np.zeros((6, 8)), districts=2), plan=QUICK)
    with pytest.raises(PlanError, match="verwacht geen enkele melding"):
        make_plan(opened, WEEK)


def test_when_the_baseline_did_better_for_all_the_plan_says_so(workspace, rng):
    opened = Workspace(workspace.root, workspace.settings.model_copy(update={"plan": QUICK}))
    town = make_town(rng.random((2, 8, 12)), districts=2)
    fill(opened, town, use="baseline", by_type={})
    plan = proposal_of(make_plan(opened, WEEK))
    assert plan.use == "baseline"
    assert plan.warnings[0] == ("De vooruitblik was niet beter dan de telling ernaast. Dit plan rekent daarmee.")
    usual = town.outlook.pivot(index="cell", columns="crime_type", values="baseline").sum(axis=1)
    for place in plan.places:
        assert place.expected == pytest.approx(usual.loc[list(place.cells)].sum())
