# SPDX-License-Identifier: EUPL-1.2
"""What the team goes by: the plan that was fixed, or the proposal as long as none is."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow.parquet as pq
import pytest

from plan.made_town import QUICK, STATED, WEEK, make_town, open_with
from stip.errors import PlanError
from stip.plan import (
    Override,
    VisitKind,
    adopt,
    make_plan,
    place_of,
    proposal_of,
    record_override,
    shown_plan,
    versions_of,
)

LATER = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def filled(workspace):
    town = make_town(np.random.default_rng(5).random((8, 12)), districts=2)
    return open_with(workspace, town, plan=QUICK, learn=STATED)


def drop(workspace, run):
    cells = proposal_of(run).places[0].cells[:1]
    return record_override(workspace, Override(WEEK, "drop", cells, "Werk aan de straat.", "lid"), at=LATER)


def test_a_proposal_says_that_it_is_one_and_when_it_is_behind(filled):
    run = make_plan(filled, WEEK)
    assert shown_plan(filled, run).status == "Voorstel, nog niet vastgesteld"
    assert shown_plan(filled, run).proposal == proposal_of(run)
    drop(filled, run)
    assert shown_plan(filled, run).status.endswith(
        "daarna is één keer eigen inzicht vastgelegd, maak het plan opnieuw"
    )


def test_a_fixed_plan_is_shown_as_it_was_fixed(filled):
    run = make_plan(filled, WEEK)
    first, second, third = proposal_of(run).places
    adopt(
        filled,
        proposal_of(run),
        at=LATER - timedelta(hours=2),
        leave_out={second.place_id: "De brug is open."},
        kinds={third.place_id: VisitKind.LIGHT},
    )
    shown = shown_plan(filled, run)
    assert (shown.version, shown.status) == (1, "Vastgesteld weekplan, versie 1")
    assert [place.number for place in shown.proposal.places] == [first.number, third.number]
    assert shown.proposal.places[1].kind is VisitKind.LIGHT
    assert {place.team for place in shown.proposal.places} == {""}
    drop(filled, run)
    newer = make_plan(filled, WEEK)
    shown = shown_plan(filled, newer)
    assert shown.run.run_id == run.run_id
    assert "er is een nieuwer voorstel; daarna is één keer" in shown.status


def test_a_plan_of_before_there_were_teams_is_of_no_team(filled):
    run = make_plan(filled, WEEK)
    adopt(filled, proposal_of(run), at=LATER)
    [file] = (filled.root / "decisions" / "plan").iterdir()
    pq.write_table(pq.read_table(file).drop_columns(["team", "slots", "run_id"]), file)
    shown = shown_plan(filled, run)
    assert {(place.team, place.slots) for place in shown.proposal.places} == {("", ())}
    assert [line.team for line in versions_of(filled, WEEK)[0].lines] == [""] * len(shown.proposal.places)


def test_a_place_has_a_number(filled):
    assert place_of(filled, WEEK, "1") == "1"  # no plan yet: the name as it was given
    run = make_plan(filled, WEEK)
    adopt(filled, proposal_of(run), at=LATER)
    third = proposal_of(run).places[2]
    assert place_of(filled, WEEK, "3") == third.place_id == place_of(filled, WEEK, third.place_id)
    with pytest.raises(PlanError, match=r"Plek 9 staat niet in het plan van 2026-W37\. Wel: 1, 2, 3"):
        place_of(filled, WEEK, "9")
