# SPDX-License-Identifier: EUPL-1.2
"""The plan of a week in a workspace."""

from datetime import UTC, datetime

import numpy as np
import pytest

from plan.made_town import QUICK, WEEK, fill, make_town, open_with
from stip.errors import AgreementError, PlanError, SettingsError
from stip.plan import Override, adopt, look_up, make_plan, proposal_of, record_override, rhythm_before, seed_of
from stip.settings import PlanSettings
from stip.space import shift_week
from stip.store import OUTLOOK, Workspace, conform, freeze_run, latest_run

AT = datetime(2026, 9, 4, 12, tzinfo=UTC)


def test_a_plan_is_frozen_with_its_tables(filled):
    run = make_plan(filled, WEEK)
    proposal = proposal_of(run)
    plan = run.table("plan")
    assert list(plan["place_id"]) == [place.place_id for place in proposal.places]
    assert run.intact()
    cells = run.table("cells")
    for place in proposal.places:
        mine = cells[cells["place_id"] == place.place_id]
        assert mine["expected"].sum() == pytest.approx(place.expected)
    frame = run.table("frame")
    assert set(frame["state"]) == {"drawn", "not drawn"}
    assert frame["probability"].sum() == pytest.approx(1)
    assert list(run.table("parts")["state"])[0] == "chosen"
    assert proposal.seed == seed_of(WEEK, town="Proefstad|", grid_id=filled.grid.grid_id)


def test_the_same_question_finds_the_frozen_answer(filled):
    first = make_plan(filled, WEEK)
    assert make_plan(filled, WEEK).facts == first.facts
    assert make_plan(filled, WEEK, hours=60).run_id != first.run_id


def test_a_proposal_comes_back_as_it_was_frozen(filled):
    proposal = look_up(filled, WEEK).propose()
    read = proposal_of(make_plan(filled, WEEK))
    assert read.places == proposal.places
    assert read.frame == proposal.frame
    assert read.parts == proposal.parts
    assert read.warnings == proposal.warnings


def test_fewer_hours_give_a_smaller_plan(filled):
    plan = proposal_of(make_plan(filled, WEEK, hours=10))
    assert plan.hours == 10
    assert plan.planned_hours <= 10
    with pytest.raises(PlanError, match="--hours 96"):
        make_plan(filled, WEEK, hours=-1)


def test_a_chosen_seed_is_told(filled):
    plan = proposal_of(make_plan(filled, WEEK, seed=5))
    assert plan.seed == 5
    assert "met de hand gekozen" in plan.warnings[0]


def test_without_an_outlook_the_sentence_says_what_to_do(workspace):
    with pytest.raises(PlanError, match=f"stip outlook run --week {WEEK}"):
        make_plan(workspace, WEEK)


def test_a_pause_stops_the_plan(filled, workspace):
    from stip.agreements import record_pause

    record_pause(filled, "plan", paused=True, reason="Overleg met de raad.", role="coordinator", at=AT)
    with pytest.raises(AgreementError, match="weekplan"):
        make_plan(filled, WEEK)


def test_a_balance_for_an_unknown_type_is_refused(workspace, town):
    opened = open_with(workspace, town, plan=PlanSettings(balance={"fietsen": 2}))
    with pytest.raises(SettingsError, match="‘fietsen’"):
        make_plan(opened, WEEK)


def test_the_verdict_of_the_outlook_decides_what_is_planned_on(workspace, rng):
    opened = Workspace(workspace.root, workspace.settings.model_copy(update={"plan": QUICK}))
    verdicts = {"bicycle_theft": {"verdict": {"use": "model"}}, "home_burglary": {"verdict": {"use": "baseline"}}}
    dispersion = {"home_burglary": {"cell": 0.0, "zone": 0.0, "town": 0.1}}
    fill(opened, make_town(rng.random((2, 8, 12)), districts=2), by_type=verdicts, dispersion=dispersion)
    question = look_up(opened, WEEK).question
    assert question.baseline_types == ("home_burglary",)
    assert question.dispersion["home_burglary"].town == 0.1
    assert "Voor Woninginbraak" in proposal_of(make_plan(opened, WEEK)).warnings[0]


@pytest.mark.parametrize(("gauged", "burglary"), [({"home_burglary": 0.4, "bicycle_theft": 0.5}, 0.4), ({}, 0.1)])
def test_the_interval_goes_by_what_the_plan_is_made_on(workspace, rng, gauged, burglary):
    opened = Workspace(workspace.root, workspace.settings.model_copy(update={"plan": QUICK}))

    def sizes(towns):
        return {name: {"cell": 0.0, "zone": 0.0, "town": town} for name, town in towns.items()}

    verdicts = {"bicycle_theft": {"verdict": {"use": "model"}}, "home_burglary": {"verdict": {"use": "baseline"}}}
    notes = {"dispersion": sizes({"home_burglary": 0.1, "bicycle_theft": 0.2})}
    notes |= {"dispersion_baseline": sizes(gauged)} if gauged else {}  # outlooks of before have none
    fill(opened, make_town(rng.random((2, 8, 12)), districts=2), by_type=verdicts, **notes)
    found = look_up(opened, WEEK).question.dispersion
    assert {name: each.town for name, each in found.items()} == {"home_burglary": burglary, "bicycle_theft": 0.2}


def test_an_override_changes_the_next_plan_only(filled):
    before = make_plan(filled, WEEK)
    place = proposal_of(before).places[0]
    record_override(filled, Override(WEEK, "drop", place.cells, "Werk aan de straat.", "coordinator"), at=AT)
    after = make_plan(filled, WEEK)
    assert after.run_id != before.run_id
    taken = {cell for each in proposal_of(after).places for cell in each.cells}
    assert taken.isdisjoint(place.cells)
    assert before.intact()


def test_a_plan_like_last_week_needs_one(filled, town):
    later = shift_week(WEEK, 1)
    fill(filled, town, week=later)
    with pytest.raises(PlanError, match=f"geen plan vast voor {WEEK}"):
        make_plan(filled, later, like="last-week")
    first = proposal_of(make_plan(filled, WEEK))
    adopt(filled, first, at=AT)
    with pytest.raises(PlanError, match=rf"{WEEK} ging naar Wijk 0\d; daar was het team net.*--reason-rotation"):
        make_plan(filled, later, like="last-week")
    reason = {"rotation": "De kermis duurt twee weken."}
    like = proposal_of(make_plan(filled, later, like="last-week", passed_rules=reason))
    chosen = {place.place_id for place in first.places if place.origin == "outlook"}
    assert like.like_week == WEEK
    assert set(like.kept) <= chosen
    assert len(like.kept) >= len(chosen) - 1  # one may have to make room for the draw


def test_without_reports_there_is_no_rhythm(filled):
    assert rhythm_before(filled, WEEK) == {}


def test_the_rhythm_is_that_of_the_year_before(filled, monkeypatch):
    import stip.plan.run as room

    asked = {}

    def reports(workspace, **bounds):
        asked.update(bounds)
        import pandas as pd

        moments = pd.date_range("2026-08-05 15:00", periods=40, freq="7D", tz="UTC") - pd.Timedelta(weeks=38)
        return pd.DataFrame({"crime_type": "bicycle_theft", "from_at": moments, "to_at": moments})

    monkeypatch.setattr(room, "read_incidents", reports)
    rhythm = rhythm_before(filled, WEEK)
    assert asked["known_before"] == asked["to_at"]
    assert (asked["to_at"] - asked["from_at"]).days == 364
    week = rhythm["bicycle_theft"].reshape(7, 24)
    assert np.flatnonzero(week.sum(axis=1)).tolist() == [2]
    plan = proposal_of(make_plan(filled, WEEK))
    assert plan.places[0].when[0] in {"ma–wo 16–20 uur", "wo–vr 16–20 uur", "di–do 16–20 uur"}


def test_a_dry_look_writes_nothing(filled):
    look_up(filled, WEEK).propose()
    assert latest_run(filled, "plan", WEEK) is None


def test_a_plan_is_made_on_the_outlook_that_is_given(filled):
    given = latest_run(filled, "outlook", WEEK)
    tables = {"outlook": conform(given.table("outlook"), OUTLOOK)}
    later = freeze_run(
        filled, kind="outlook", week=WEEK, settings={}, inputs={"made": "later"}, tables=tables, notes=given.notes
    )
    assert look_up(filled, WEEK).outlook.run_id == later.run_id
    assert look_up(filled, WEEK, outlook=given).outlook.run_id == given.run_id
    run = make_plan(filled, WEEK, outlook=given)
    assert run.facts["inputs"]["outlook"] == given.run_id
    with pytest.raises(PlanError, match=f"is van {WEEK}; kies die van {shift_week(WEEK, 1)}"):
        make_plan(filled, shift_week(WEEK, 1), outlook=given)
