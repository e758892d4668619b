# SPDX-License-Identifier: EUPL-1.2
"""Fixing: what it asks, what stands afterwards in the workspace, version by version, and closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.test import Client

from stip.plan import adopt, proposal_of, shown_plan, standing_plan, versions_of
from stip.store import Workspace, latest_run, read_decisions
from stip_web.audit.models import AuditLine
from stip_web.plans.models import Draft, Status
from stip_web.workspaces.clock import now

from .board import AT, OPENED, WEEK, Board, said, words

ALLOWED = {
    ("concept", "vastgesteld"),
    ("vastgesteld", "herzien"),
    ("vastgesteld", "afgesloten"),
    ("herzien", "herzien"),
    ("herzien", "afgesloten"),
}


@pytest.mark.parametrize(("old", "new"), list(product(Status.values, Status.values)))
def test_a_plan_goes_only_where_the_table_lets_it(old: str, new: str, db: None) -> None:
    draft = Draft.objects.create(week=WEEK, state=old, edition=3)
    assert draft.may_move(new) is ((old, new) in ALLOWED)
    assert draft.move(new) is ((old, new) in ALLOWED)
    draft.refresh_from_db()
    assert (draft.state, draft.edition) == ((new, 4) if (old, new) in ALLOWED else (old, 3))


def test_what_is_only_suggested_is_decided_first(board: Board) -> None:
    answer = board.fix()
    assert answer.status_code == 400
    assert "Beslis eerst over plek 1, 2" in words(answer)
    assert read_decisions(board.town, "plan", week=WEEK).empty


def test_a_plan_needs_a_goal(board: Board, own_site: Path) -> None:
    file = own_site / "stip.toml"
    file.write_text("\n".join(line for line in file.read_text().splitlines() if not line.startswith("success")))
    board.accept_all()
    assert "learn.success" in said(board.read("/vaststellen"))
    answer = board.fix()
    assert answer.status_code == 400
    assert "Vul eerst" in words(answer)
    assert board.draft.state == Status.CONCEPT


def test_the_plan_of_people_stands_in_the_workspace(board: Board) -> None:
    first = board.of("outlook")
    board.on(first, "vervallen", out="expect_less", why="De tunnel is dicht.")
    board.accept_all()
    board.add([board.free_cell()], slot_1="wo-dag")
    own = board.of("person")
    answer = board.fix(**{"reden-hours": "Er komt een collega bij."})
    assert answer.status_code == 302, words(answer)
    assert (board.draft.state, board.draft.version) == (Status.FIXED, 1)
    newest = latest_run(board.town, "plan", WEEK)
    assert newest is not None
    shown = shown_plan(board.town, newest)
    assert (shown.version, shown.run.run_id) == (1, newest.run_id)
    assert newest.intact()
    ids = {place.place_id for place in shown.proposal.places}
    assert own.place_id in ids
    assert first.place_id not in ids
    rows = standing_plan(board.town, WEEK).set_index("place_id")
    assert list(rows.loc[own.place_id, "slots"]) == ["wo-dag"]
    assert set(rows["team"]) == {"flexteam"}
    kinds = read_decisions(board.town, "override", week=WEEK)
    assert sorted(zip(kinds["kind"], kinds["role"], strict=True)) == [("add", "coordinator"), ("drop", "coordinator")]
    line = AuditLine.objects.get(action="plan.fix")
    assert line.details["version"] == 1
    assert "Versie 1, vastgesteld" in said(board.read())
    assert "Er is een nieuwer voorstel" not in said(board.read())


def test_the_second_press_of_fixing_changes_nothing(board: Board) -> None:
    board.accept_all()
    stand = str(board.draft.edition)
    for _ in range(2):
        assert board.fix(stand=stand).status_code == 302
    assert AuditLine.objects.filter(action="plan.fix").count() == 1
    assert [each.version for each in versions_of(board.town, WEEK)] == [1]
    answer = board.fix()
    assert answer.status_code == 400
    assert "niets veranderd sinds versie 1" in words(answer)


def test_more_hours_than_there_are_ask_a_reason_that_stays_with_the_plan(board: Board) -> None:
    board.press("/uren", doen="verdelen", **{"totaal-flexteam": "40"})
    board.accept_all()
    page = board.read("/vaststellen")
    assert "Het plan vraagt" in said(page)
    assert page.select_one("[name=reden-hours]") is not None
    answer = board.fix()
    assert answer.status_code == 400
    assert "Schrijf een reden" in words(answer)
    assert board.fix(**{"reden-hours": "Zaterdag is er kermis."}).status_code == 302
    newest = latest_run(board.town, "plan", WEEK)
    assert newest is not None
    assert proposal_of(newest).passed_rules == {"hours": "Zaterdag is er kermis."}


def test_a_change_on_wednesday_becomes_version_two_and_the_old_one_stays(board: Board) -> None:
    board.accept_all()
    board.fix()
    place = board.of("outlook")
    board.on(place, "bewaren", **(OPENED | {"kind": "waste", "slot_1": "wo-dag"}))
    page = board.read()
    assert "Anders dan versie 1" in said(page)
    assert "afval in plaats van" in said(page)
    assert shown_plan(board.town, latest_run(board.town, "plan", WEEK)).version == 1  # type: ignore[arg-type]
    board.fix(**{"reden-hours": "Woensdag is er extra hulp."})
    assert (board.draft.state, board.draft.version) == (Status.REVISED, 2)
    told = said(board.read("/versies"))
    assert "Versie 2" in told
    assert "Versie 1" in told
    assert "afval in plaats van" in told
    board.on(place, "vervallen", out="no_hours", why="")
    board.fix()
    assert (board.draft.state, board.draft.version) == (Status.REVISED, 3)
    assert "vervalt: Geen uren." in said(board.read("/versies"))


def test_a_plan_that_was_fixed_elsewhere_is_seen_and_loaded(board: Board) -> None:
    board.on(board.spots[0], "overnemen")
    newest = latest_run(board.town, "plan", WEEK)
    assert newest is not None
    adopt(board.town, proposal_of(newest), at=now(board.town), run_id=newest.run_id)
    assert "Niet meer actueel" in said(board.read())
    board.accept_all()
    answer = board.fix()
    assert answer.status_code == 400
    assert "elders een versie" in words(answer)
    assert board.press("/opnieuw").status_code == 302
    assert (board.draft.state, board.draft.version) == (Status.FIXED, 1)
    assert {spot.state for spot in board.spots} == {"in"}


def test_a_week_is_closed_when_it_is_over_and_then_changes_no_more(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "kan niet worden afgesloten" in words(board.press("/afsluiten"))
    board.accept_all()
    board.fix()
    assert "nog niet voorbij" in words(board.press("/afsluiten"))
    later = now(board.town) + timedelta(days=8)
    monkeypatch.setattr("stip_web.plans.fixing.now", lambda workspace: later)
    assert board.press("/afsluiten").status_code == 302
    assert board.draft.state == Status.CLOSED
    answer = board.on(board.spots[0], "vervallen", out="no_hours", why="")
    assert answer.status_code == 400
    assert "afgesloten" in words(answer)


def test_only_who_may_publish_fixes(board: Board, as_role: Callable[[str], Client], town: Workspace) -> None:
    for role in ("analyst", "member", "policy", "privacy_officer"):
        assert as_role(role).post(f"{AT}/vaststellen", {"stand": "0"}).status_code == 403


@pytest.mark.parametrize("edition", ["", "x", "-1"])
def test_a_form_without_an_edition_fixes_nothing_and_says_so(board: Board, edition: str) -> None:
    board.accept_all()
    answer = board.press("/vaststellen", stand=edition)
    assert answer.status_code >= 400
    assert board.draft.version == 0


def test_moments_are_kept_in_order_so_that_a_plan_that_stands_has_no_change(board: Board) -> None:
    board.accept_all()
    spot = board.of("outlook")
    chosen = {"kind": "look", "visits": "2", "hours": "", "team": "flexteam"}
    board.on(spot, "bewaren", **chosen, slot_1="di-avond", slot_2="ma-nacht")
    assert next(each for each in board.spots if each.place_id == spot.place_id).slots == ("ma-nacht", "di-avond")


def test_the_log_keeps_the_reasons_of_rules_that_were_passed_over_and_no_other_text(board: Board) -> None:
    board.press("/uren", doen="verdelen", **{"totaal-flexteam": "40"})
    board.accept_all()
    given = {"reden-hours": " Zaterdag is  er kermis. ", "reden-rotation": "Bel j.jansen@example.nl op 0612345678."}
    assert board.fix(**given).status_code == 302
    line = AuditLine.objects.get(action="plan.fix")
    assert line.why == "Zaterdag is er kermis."
    assert line.details["passed"] == ["hours"]


def test_an_own_place_that_is_taken_over_again_is_judged_again(board: Board) -> None:
    board.accept_all()
    board.add([board.free_cell()])
    given = {"reden-hours": "Er komt een collega bij."}
    board.fix(**given)
    assert list(_judged(board.town)) == ["add"]
    board.on(board.of("person"), "vervallen", out="expect_less", why="Het is er stil.")
    assert board.fix().status_code == 302
    assert not _judged(board.town)
    board.on(board.of("person"), "overnemen")
    assert board.fix(**given).status_code == 302
    assert list(_judged(board.town)) == ["add"]
    board.on(board.of("person"), "vervallen", out="expect_less", why="Het is er stil.")
    board.on(board.of("person"), "overnemen")  # before anything was fixed: the judgement stands as it was
    board.on(board.of("outlook"), "bewaren", **(OPENED | {"kind": "waste"}))
    board.fix(**given)
    assert list(_judged(board.town)) == ["add"]
    assert set(_judged(board.town).values()) == {"De wijkagent ziet hier meer."}


def test_loading_again_takes_no_judgement_back_and_makes_none(board: Board) -> None:
    board.accept_all()
    first, second, third = [spot for spot in board.spots if spot.origin == "outlook"][:3]
    given = {"reden-hours": "Er komt een collega bij."}
    board.add([board.free_cell()])
    board.fix(**given)
    own = board.of("person")
    board.add([board.free_cell()], plek=own.place_id, reason="Het is om de hoek.")
    board.on(first, "vervallen", out="expect_less", why="De tunnel is dicht.")
    board.on(second, "vervallen", out="no_hours", why="Er is een feest.")
    board.on(third, "vervallen", out="no_hours", why="")
    assert board.fix(**given).status_code == 302
    before = {spot.place_id: (spot.state, spot.out, spot.out_reason, spot.moved_from) for spot in board.spots}
    judged = read_decisions(board.town, "override", week=WEEK)
    assert sorted(judged["kind"]) == ["add", "drop", "move"]
    assert board.press("/opnieuw").status_code == 302
    assert {s.place_id: (s.state, s.out, s.out_reason, s.moved_from) for s in board.spots} == before
    assert "niets veranderd" in words(board.fix(**given))
    board.on(board.of("random"), "bewaren", **(OPENED | {"kind": "waste"}))
    assert board.fix(**given).status_code == 302
    after = read_decisions(board.town, "override", week=WEEK)
    assert set(after["decision_id"]) == set(judged["decision_id"])


def _judged(town: Workspace) -> dict[str, str]:
    rows = read_decisions(town, "override", week=WEEK)
    assert len(set(rows["kind"])) == len(rows)
    return dict(zip(rows["kind"], rows["reason"], strict=True))
