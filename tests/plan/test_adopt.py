# SPDX-License-Identifier: EUPL-1.2
"""Fixing the plan: versions, reasons, and what must come first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plan.made_town import QUICK, STATED, WEEK, open_with, past_plan
from stip.errors import PlanError
from stip.plan import Override, VisitKind, adopt, make_plan, proposal_of, record_override, standing_plan
from stip.settings import LearnSettings, Measure
from stip.space import shift_week
from stip.store import read_decisions, record

AT = datetime(2026, 9, 4, 12, tzinfo=UTC)


@pytest.fixture
def proposal(filled):
    return proposal_of(make_plan(filled, WEEK))


def test_each_place_becomes_a_decision(filled, proposal):
    done = adopt(filled, proposal, at=AT)
    rows = standing_plan(filled, WEEK)
    assert (done.plan_id, done.version, done.visited, done.left_out) == (f"plan-{WEEK}", 1, len(proposal.places), 0)
    assert list(rows["place_id"]) == [place.place_id for place in proposal.places]
    assert rows["hours"].sum() == pytest.approx(proposal.planned_hours)
    drawn = rows[rows["origin"] == "random"]
    assert drawn["probability"].tolist() == [
        place.probability for place in proposal.places if place.origin == "random"
    ]


def test_a_draw_that_was_chosen_by_hand_is_not_adopted(filled, proposal):
    chosen = proposal_of(make_plan(filled, WEEK, seed=7))
    assert any(place.origin == "random" for place in chosen.places)
    with pytest.raises(PlanError, match="niet geloot met het lot van de stad en de week.*zonder --seed"):
        adopt(filled, chosen, at=AT)
    assert read_decisions(filled, "plan").empty
    adopt(filled, proposal, at=AT)
    undrawn = replace(chosen, places=tuple(place for place in chosen.places if place.origin != "random"))
    assert adopt(filled, undrawn, at=AT).version == 2


@pytest.mark.parametrize(
    ("learn", "named"),
    [
        (LearnSettings(), "learn.goal, learn.success en learn.measure"),
        (LearnSettings(goal="Minder."), "learn.success en learn.measure"),
        (STATED.model_copy(update={"goal": "  "}), "learn.goal"),
        (STATED.model_copy(update={"measure": Measure(kind="reported_change")}), "learn.measure"),
    ],
)
def test_a_plan_is_not_fixed_before_goal_and_measure(workspace, town, learn, named):
    opened = open_with(workspace, town, plan=QUICK, learn=learn)
    with pytest.raises(PlanError, match=f"Vul eerst.*: {named}"):
        adopt(opened, proposal_of(make_plan(opened, WEEK)), at=AT)
    assert read_decisions(opened, "plan").empty


def test_the_same_plan_twice_is_one_version(filled, proposal):
    adopt(filled, proposal, at=AT)
    again = adopt(filled, proposal, at=AT + timedelta(hours=1))
    assert again.version == 1
    assert len(read_decisions(filled, "plan")) == len(proposal.places)


def test_a_later_version_takes_the_place_of_the_one_before(filled, proposal):
    adopt(filled, proposal, at=AT)
    gone = proposal.places[0]
    record_override(filled, Override(WEEK, "drop", gone.cells, "Werk aan de straat.", "coordinator"), at=AT)
    second = proposal_of(make_plan(filled, WEEK))
    done = adopt(filled, second, at=AT + timedelta(days=2))
    assert done.version == 2
    assert done.withdrawn == len({p.place_id for p in proposal.places} - {p.place_id for p in second.places})
    assert set(standing_plan(filled, WEEK)["place_id"]) == {place.place_id for place in second.places}
    rows = read_decisions(filled, "plan", week=WEEK)
    assert set(rows["version"]) == {2}
    left = rows[rows["visits"] == 0].set_index("place_id")
    assert left.loc[gone.place_id, "reason"] == "Vervallen in versie 2."


def test_a_withdrawn_place_can_come_back(filled, proposal):
    adopt(filled, proposal, at=AT)
    gone = proposal.places[0].place_id
    adopt(filled, proposal, at=AT + timedelta(days=1), leave_out={gone: "Te weinig mensen."})
    third = adopt(filled, proposal, at=AT + timedelta(days=2))
    assert third.version == 3
    assert gone in set(standing_plan(filled, WEEK)["place_id"])
    assert len(read_decisions(filled, "plan")) == len(proposal.places)


def test_a_place_left_out_stays_on_record_with_reason_and_chance(filled, proposal):
    drawn = next(place for place in proposal.places if place.origin == "random")
    done = adopt(filled, proposal, at=AT, leave_out={drawn.place_id: "De brug is open."})
    assert (done.visited, done.left_out) == (len(proposal.places) - 1, 1)
    row = read_decisions(filled, "plan").set_index("place_id").loc[drawn.place_id]
    assert (row["visits"], row["hours"], row["origin"]) == (0, 0, "random")
    assert row["probability"] == pytest.approx(drawn.probability)
    assert row["reason"] == "De brug is open."


def test_a_dry_run_checks_everything_and_writes_nothing(filled, proposal):
    assert adopt(filled, proposal, at=AT, dry_run=True).visited == len(proposal.places)
    assert read_decisions(filled, "plan").empty
    with pytest.raises(PlanError):
        adopt(filled, proposal, at=AT, leave_out={proposal.places[0].place_id: ""}, dry_run=True)


def test_another_kind_of_visit_is_another_version(filled, proposal):
    adopt(filled, proposal, at=AT)
    name = proposal.places[0].place_id
    assert adopt(filled, proposal, at=AT, kinds={name: VisitKind.WASTE}).version == 2
    assert standing_plan(filled, WEEK).set_index("place_id").loc[name, "kind"] == "waste"


def test_a_place_that_is_not_in_the_plan_cannot_be_left_out(filled, proposal):
    with pytest.raises(PlanError, match="p0 staat niet in het plan"):
        adopt(filled, proposal, at=AT, leave_out={"p0": "Weg."})


def test_a_reason_may_not_point_at_a_person(filled, proposal):
    told = "Bel Bakker op 06-12345678."
    with pytest.raises(PlanError) as refused:
        adopt(filled, proposal, at=AT, leave_out={proposal.places[0].place_id: told})
    assert "06-12345678" not in str(refused.value)
    assert read_decisions(filled, "plan").empty


def test_a_refused_draw_is_written_down(filled, proposal):
    drawn = next(place for place in proposal.places if place.origin == "random")
    record_override(filled, Override(WEEK, "drop", drawn.cells, "De straat is open.", "lid"), at=AT)
    adopt(filled, proposal_of(make_plan(filled, WEEK)), at=AT)
    row = read_decisions(filled, "plan").set_index("place_id").loc[drawn.place_id]
    assert (row["visits"], row["reason"]) == (0, "De straat is open.")
    assert row["probability"] == pytest.approx(drawn.probability)


def test_turns_taken_since_the_proposal_ask_for_a_reason(filled, proposal):
    place = proposal.places[0]
    before = past_plan({shift_week(WEEK, -1): [place.cells]}).drop(columns=["decision_id", "at", "supersedes"])
    record(filled, "plan", before, at=AT - timedelta(weeks=1))
    with pytest.raises(PlanError, match="was vorige week al aan de beurt"):
        adopt(filled, proposal, at=AT)
    adopt(filled, proposal, at=AT, reason_rotation="Kermis op het plein.")
    rows = read_decisions(filled, "plan", week=WEEK)
    assert set(rows["reason"]) == {"Tegen de spreiding in: Kermis op het plein."}
