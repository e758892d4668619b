# SPDX-License-Identifier: EUPL-1.2
"""From proposal to plan by people: their places, judgements and reasons, frozen, fixed and told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plan.made_town import QUICK, STATED, WEEK, open_with, past_plan
from stip.errors import PlanError
from stip.plan import (
    Decided,
    VisitKind,
    changes_between,
    fix_board,
    hours_of,
    make_plan,
    proposal_of,
    shown_plan,
    versions_of,
)
from stip.space import shift_week
from stip.store import latest_run, read_decisions, record

AT = datetime(2026, 9, 7, 9, tzinfo=UTC)
CAPACITY = {"flexteam": {"ma-dag": 48.0, "di-avond": 48.0}}
OWN_ID, LESS_ID = "a" * 32, "b" * 32


@pytest.fixture
def base(filled):
    return make_plan(filled, WEEK, hours=hours_of(CAPACITY))


def as_proposed(base):
    return [
        Decided(p.cells, p.number, p.kind, p.visits, p.hours, p.origin, p.probability)
        for p in proposal_of(base).places
    ]


def free_cells(filled, base, count=2):
    """Cells side by side in the last row of the town, of no place."""
    taken = {cell for place in proposal_of(base).places for cell in place.cells}
    outlook = filled.grid
    cells = sorted(
        int(cell) for cell in latest_run(filled, "outlook", WEEK).table("outlook")["cell"] if cell not in taken
    )
    for cell in cells:
        beside = cell + int(outlook.cell_from(1, 0)) - int(outlook.cell_from(0, 0))
        if beside in cells:
            return (cell, beside)[:count]
    raise AssertionError("no room")


def own(filled, base, **more):
    given = {"reason": "De wijkagent ziet hier meer.", "judged": "add", "decision_id": OWN_ID} | more
    return Decided(free_cells(filled, base), 9, VisitKind.TALK, 1, 4.5, "person", **given)


def fix(filled, base, decided, *, at=AT, reasons=None, **more):
    return fix_board(
        filled, base, decided, capacity=CAPACITY, reasons=reasons or {}, role="coordinator", at=at, **more
    )


def drawn_in(decided):
    return next(each for each in decided if each.origin == "random")


def test_a_plan_of_people_is_frozen_fixed_and_shown(filled, base):
    decided = as_proposed(base)
    decided[0] = replace(decided[0], kind=VisitKind.LIGHT, slots=("di-avond",), team="flexteam")
    done = fix(filled, base, [*decided, own(filled, base, slots=("ma-dag",))])
    assert done.adopted.version == 1
    assert done.run.intact()
    shown = shown_plan(filled, latest_run(filled, "plan", WEEK))
    assert (shown.run.run_id, shown.version) == (done.run.run_id, 1)
    first, mine = shown.proposal.places[0], shown.proposal.places[-1]
    assert (first.kind, first.when, first.team) == (VisitKind.LIGHT, ("dinsdag avond (16–24 uur)",), "flexteam")
    assert (mine.number, mine.origin, mine.slots) == (9, "person", ("ma-dag",))
    assert mine.reasons[0] == "Eigen inzicht: De wijkagent ziet hier meer."
    assert mine.expected > 0
    [override] = read_decisions(filled, "override").to_dict("records")
    assert (override["kind"], override["decision_id"], list(override["cells"])) == ("add", OWN_ID, list(mine.cells))


def test_the_plan_stays_what_was_fixed_when_a_newer_proposal_comes(filled, base):
    done = fix(filled, base, [*as_proposed(base), own(filled, base)])
    make_plan(filled, WEEK, hours=40)
    shown = shown_plan(filled, latest_run(filled, "plan", WEEK))
    assert shown.run.run_id == done.run.run_id
    assert "er is een nieuwer voorstel" in shown.status


def test_fixing_twice_is_one_version(filled, base):
    decided = [*as_proposed(base), own(filled, base)]
    one = fix(filled, base, decided)
    two = fix(filled, base, decided, at=AT + timedelta(minutes=1))
    assert (one.run.run_id, 1) == (two.run.run_id, two.adopted.version)
    assert len(read_decisions(filled, "override", history=True)) == 1
    assert len(read_decisions(filled, "plan", history=True)) == len(decided)


def test_no_hours_is_no_judgement_and_expecting_less_is_one(filled, base):
    first, second, *rest = as_proposed(base)
    out = replace(first, visits=0, reason="Geen uren.")
    less = replace(second, visits=0, reason="De tunnel is dicht.", judged="drop", decision_id=LESS_ID)
    fix(filled, base, [out, less, *rest])
    rows = read_decisions(filled, "plan", week=WEEK).set_index("place_id")
    assert rows.loc[first.place_id, ["visits", "hours", "reason"]].tolist() == [0, 0.0, "Geen uren."]
    [override] = read_decisions(filled, "override").to_dict("records")
    assert (override["kind"], override["decision_id"]) == ("drop", LESS_ID)
    fix(filled, base, [out, replace(less, visits=1, reason=""), *rest], at=AT + timedelta(hours=1))
    assert read_decisions(filled, "override").empty  # taken back, and still to be read
    assert len(read_decisions(filled, "override", history=True)) == 2


def test_a_drawn_place_is_refused_only_with_a_reason_and_keeps_its_chance(filled, base):
    decided = as_proposed(base)
    drawn = drawn_in(decided)
    rest = [each for each in decided if each is not drawn]
    with pytest.raises(PlanError, match=f"Plek {drawn.number} vervalt zonder reden"):
        fix(filled, base, [*rest, replace(drawn, visits=0)])
    done = fix(filled, base, [*rest, replace(drawn, visits=0, reason="De straat is opgebroken.")])
    proposal = proposal_of(done.run)
    [refused] = proposal.refused
    assert (refused.origin, refused.probability) == ("random", drawn.probability)
    assert {patch.state for patch in proposal.frame if patch.place_id == drawn.place_id} == {"refused"}
    row = read_decisions(filled, "plan").set_index("place_id").loc[drawn.place_id]
    assert (row["visits"], row["probability"], row["reason"]) == (0, drawn.probability, "De straat is opgebroken.")
    assert len(proposal.frame) == len(proposal_of(base).frame)


def test_a_drawn_place_is_never_lost(filled, base):
    decided = [each for each in as_proposed(base) if each.origin != "random"]
    with pytest.raises(PlanError, match="is geloot en staat er niet bij"):
        fix(filled, base, decided)


def test_a_moved_place_is_one_judgement_of_two_ends(filled, base):
    first, *rest = as_proposed(base)
    there = own(filled, base, judged="move", moved_from=first.cells, reason="Het is om de hoek.")
    fix(filled, base, [replace(first, visits=0, reason="Verplaatst."), *rest, there])
    [override] = read_decisions(filled, "override").to_dict("records")
    assert override["kind"] == "move"
    assert (list(override["cells"]), list(override["to_cells"])) == (list(first.cells), list(there.cells))


def test_an_own_place_where_people_now_expect_less_is_taken_back(filled, base):
    mine = own(filled, base)
    decided = as_proposed(base)
    fix(filled, base, [*decided, mine])
    fix(filled, base, [*decided, replace(mine, visits=0, reason="Geen uren.")], at=AT + timedelta(hours=1))
    assert len(read_decisions(filled, "override")) == 1
    gone = replace(mine, visits=0, reason="Het feest gaat niet door.", judged="drop")
    fix(filled, base, [*decided, gone], at=AT + timedelta(hours=2))
    assert read_decisions(filled, "override").empty


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"visits": 9}, "9 bezoeken kan niet"),
        ({"hours": 0.0}, "0 uur kan niet"),
        ({"team": "noord"}, "dit team ken ik niet. Bekend zijn flexteam"),
        ({"slots": ("di-avond",) * 5}, "meer dagdelen dan bezoeken"),
        ({"slots": ("di-thee",)}, "Dit dagdeel ken ik niet"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_nothing_is_written(filled, base, change, said):
    first, *rest = as_proposed(base)
    with pytest.raises(PlanError, match=said):
        fix(filled, base, [replace(first, **change), *rest])
    assert read_decisions(filled, "plan").empty


def test_two_places_share_no_cell_and_an_own_place_hangs_together(filled, base):
    decided = as_proposed(base)
    with pytest.raises(PlanError, match="delen een vak"):
        fix(filled, base, [*decided, replace(own(filled, base), cells=decided[0].cells[:1])])
    far = (free_cells(filled, base)[0], decided[0].cells[0])
    with pytest.raises(PlanError, match="aan elkaar liggen|delen een vak"):
        fix(filled, base, [*decided, replace(own(filled, base), cells=far)])
    assert read_decisions(filled, "override").empty


def test_more_hours_than_there_are_ask_a_reason(filled, base):
    first, *rest = as_proposed(base)
    much = [replace(first, visits=1, hours=60.0, slots=("di-avond",)), *rest]
    with pytest.raises(PlanError, match=r"Te veel op dinsdag avond: 60 uur, en er zijn er 48\. Schrijf een reden"):
        fix(filled, base, much)
    done = fix(filled, base, much, reasons={"hours": "Er komen twee mensen bij."})
    warned = " ".join(proposal_of(done.run).warnings)
    assert "Meer uren dan er zijn, met deze reden: Er komen twee mensen bij." in warned


def test_the_same_place_weeks_running_asks_a_reason_that_stands_with_the_place(filled, base):
    first, *rest = as_proposed(base)
    before = past_plan({shift_week(WEEK, -weeks): [first.cells] for weeks in (2, 3)}, origin="person")
    record(filled, "plan", before.drop(columns=["decision_id", "at"]), at=AT - timedelta(days=20))
    with pytest.raises(PlanError, match="Plek 1 stond al in 2 van de laatste 4 weken"):
        fix(filled, base, [first, *rest])
    fix(filled, base, [first, *rest], reasons={"spread": "De bewoners vroegen erom."})
    row = read_decisions(filled, "plan", week=WEEK).set_index("place_id").loc[first.place_id]
    assert row["reason"] == "De bewoners vroegen erom."


def test_a_version_says_what_it_changed(filled, base):
    decided = as_proposed(base)
    first, second, *rest = decided
    fix(filled, base, decided)
    assert [(each.version, each.changed) for each in versions_of(filled, WEEK)] == [(1, ())]
    changed = [
        replace(first, visits=0, reason="Geen uren."),
        replace(second, kind=VisitKind.WASTE, slots=("ma-dag",)),
        *rest,
        own(filled, base),
    ]
    fix(filled, base, changed, at=AT + timedelta(days=2))
    one, two = versions_of(filled, WEEK)
    assert len(one.visited) == len(decided)
    told = two.changed
    assert len(told) == 3
    assert told[0].startswith("Plek 1 (Buurt ")
    assert told[0].endswith("vervalt: Geen uren.")
    assert f"afval in plaats van {second.kind.label}; maandag overdag" in told[1]
    assert "Plek 9" in told[2]
    assert "is nieuw: praten, 1 bezoek, 4,5 uur." in told[2]
    assert changes_between(two.lines, two.lines, {}) == ()


def test_a_dry_run_writes_no_decision(filled, base):
    done = fix(filled, base, [*as_proposed(base), own(filled, base)], dry_run=True)
    assert done.adopted.version == 1
    assert read_decisions(filled, "plan").empty
    assert read_decisions(filled, "override").empty


def test_hours_of_one_team_are_not_there_for_another(workspace, town):
    teams = {"flexteam": "Flexteam", "noord": "Noord"}
    filled = open_with(workspace, town, plan=QUICK.model_copy(update={"teams": teams}), learn=STATED)
    base = make_plan(filled, WEEK, hours=hours_of(CAPACITY))
    first, *rest = as_proposed(base)
    north = [replace(first, team="noord", hours=6.0), *rest]  # without a moment
    capacity = {"flexteam": {"ma-dag": 200.0}, "noord": {"ma-dag": 4.0}}
    asked = {"capacity": capacity, "role": "coordinator", "at": AT}
    with pytest.raises(PlanError, match=r"^Noord krijgt 6 uur werk, en heeft er 4\. Schrijf een reden"):
        fix_board(filled, base, north, reasons={}, **asked)
    done = fix_board(filled, base, north, reasons={"hours": "Noord leent een collega."}, **asked)
    assert done.passed == {"hours": "Noord leent een collega."}
    enough = [replace(first, team="noord", hours=4.0), *rest]
    assert fix_board(filled, base, enough, reasons={}, **asked).passed == {}


def test_a_judgement_that_stands_under_another_name_is_not_written_twice(filled, base):
    decided, mine = as_proposed(base), own(filled, base)
    fix(filled, base, [*decided, mine])
    fix(filled, base, [*decided, replace(mine, visits=2, decision_id="c" * 32)], at=AT + timedelta(hours=1))
    assert list(read_decisions(filled, "override")["decision_id"]) == [OWN_ID]
