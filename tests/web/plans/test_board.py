# SPDX-License-Identifier: EUPL-1.2
"""The board: hours first, a proposal that people decide on, and nothing undone unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip.agreements import record_pause
from stip.plan import VisitKind, hours_of, proposal_of
from stip.store import read_decisions
from stip_web.audit.models import AuditLine
from stip_web.plans.models import Draft
from stip_web.plans.opening import base_of
from stip_web.workspaces.clock import this_week

from .board import AT, OPENED, WEEK, Board, read, said, words


def test_the_proposal_fills_the_hours_before_anybody_touched_it(board: Board) -> None:
    page = board.read()
    told = said(page)
    assert "Concept: nog niet vastgesteld" in told
    assert "van 96 uur gepland" in told
    assert f"Nog te beslissen ({len(board.spots)})" in told
    assert "Een gelote plek vervalt alleen met een reden" in told
    assert Draft.objects.count() == 0  # looking changes nothing
    used = sum(spot.hours for spot in board.spots)
    assert used <= hours_of(board.draft.capacity) == 96
    placed = [slot for spot in board.spots for slot in spot.slots]
    assert len(placed) == sum(spot.visits for spot in board.spots)  # every visit has a moment


def test_the_board_tells_where_the_proposal_goes_and_what_going_round_costs(board: Board) -> None:
    run = base_of(board.town, board.draft)
    why = proposal_of(run).why
    price = next((sentence for sentence in why if "Dat is de prijs van het rondgaan" in sentence), "")
    assert " meldingen (gewogen naar soort) te bereiken, tegen " in price, why
    told = said(board.read())
    assert f"Het voorstel. {why[0]} {price}" in told
    record_pause(board.town, "outlook", paused=True, reason="Even kijken.", role="fg", at=datetime.now(UTC))
    told = said(board.read())
    assert price not in told and why[0] not in told  # the outlook says it
    place = proposal_of(run).places[0]
    assert not any(reason in told for each in proposal_of(run).places for reason in each.reasons)
    assert "Verwacht in deze week" not in said(board.read(f"/plek/{place.place_id}"))


def test_hours_without_a_day_part_are_said(board: Board) -> None:
    assert "heeft nog geen dagdeel. Het team ziet" not in said(board.read())
    first = board.of("outlook")
    assert board.on(first, "bewaren", **(OPENED | {"visits": "3"})).status_code == 302
    assert "12,5 uur heeft nog geen dagdeel. Het team ziet" in said(board.read())


def test_the_kinds_that_help_come_first_and_enforcing_is_last(board: Board) -> None:
    page = board.read(f"/plek/{board.spots[0].place_id}")
    kinds = [option["value"] for option in page.select("select[name=kind] option")]
    assert kinds == [str(kind) for kind in VisitKind]
    assert kinds[-1] == "enforce"


def test_hours_are_set_in_one_number_or_by_shift(board: Board) -> None:
    assert board.press("/uren", doen="verdelen", **{"totaal-flexteam": "60"}).status_code == 302
    assert hours_of(board.draft.capacity) == 60
    assert list(board.draft.capacity["flexteam"].values()) == [20, 20, 20]
    assert board.press("/uren", doen="bewaren", **{"flexteam:di-avond": "7,5"}).status_code == 302
    assert board.draft.capacity == {"flexteam": {"di-avond": 7.5}}
    assert "meer dan er is" in said(board.read())
    for wrong in ({"flexteam:di-avond": "veel"}, {"flexteam:di-avond": "-1"}, {}):
        answer = board.press("/uren", doen="bewaren", **wrong)
        assert answer.status_code == 400
        assert "uren" in words(answer).lower()
    assert board.draft.capacity == {"flexteam": {"di-avond": 7.5}}


def test_a_wrong_hour_keeps_what_was_typed_and_says_where(board: Board) -> None:
    typed = {"flexteam:di-avond": "veel", "flexteam:wo-dag": "6,5"}
    page = BeautifulSoup(board.press("/uren", doen="bewaren", **typed).content, "html.parser")
    boxes = {box["name"]: box for box in page.select("table.plan-hours input")}
    assert (boxes["flexteam:di-avond"]["value"], boxes["flexteam:wo-dag"]["value"]) == ("veel", "6,5")
    assert boxes["flexteam:di-avond"]["aria-invalid"] == "true" and not boxes["flexteam:wo-dag"].get("aria-invalid")
    told = page.find(id=boxes["flexteam:di-avond"]["aria-describedby"])
    assert "dinsdag avond" in told.text and "veel" not in told.text
    page = BeautifulSoup(board.press("/uren", doen="verdelen", **{"totaal-flexteam": "x"}).content, "html.parser")
    box = page.find(id="totaal-flexteam")
    assert (box["value"], box["aria-invalid"]) == ("x", "true")


def test_why_a_place_goes_is_chosen_by_a_person(board: Board) -> None:
    place = board.spots[0]
    assert not board.read(f"/plek/{place.place_id}").select("input[name=out][checked]")
    answer = board.on(place, "vervallen", why="")
    assert answer.status_code == 400 and "Kies er een." in words(answer)
    assert board.spots[0].state == place.state


def test_a_week_without_outlook_says_what_to_do(board: Board, as_role: Callable[[str], Client]) -> None:
    page = read(board.client, "/weekplan/2026-w39")
    assert "Voor week 39 is nog geen vooruitblik" in said(page) and "tot en met week 38 binnen" in said(page)
    assert "Vraag de analist" in said(page) and not page.find("button", string="Voorstel maken")
    here = this_week(board.town).lower()
    assert page.find("a", string=f"Naar het weekplan van week {here[-2:]}")["href"] == f"/weekplan/{here}"
    page = read(as_role("analyst"), "/weekplan/2026-w39")
    assert page.find("a", string="Vooruitblik maken")["href"] == "/vooruitblik/maken"


def test_a_place_is_taken_over_filled_in_dropped_and_put_back(board: Board) -> None:
    first = board.of("outlook")
    assert board.on(first, "overnemen")["Location"] == f"{AT}#plek-{first.place_id}"
    fields = {"kind": "light", "visits": "2", "hours": "6,5", "team": "flexteam", "slot_1": "di-avond", "slot_2": ""}
    assert board.on(first, "bewaren", **fields).status_code == 302
    [now] = [spot for spot in board.spots if spot.place_id == first.place_id]
    assert (now.state, now.kind, now.visits, now.hours, now.slots) == ("in", "light", 2, 6.5, ("di-avond",))
    assert "licht , 2 bezoeken, 6,5 uur" in said(board.read()).lower()
    assert board.on(first, "vervallen", out="no_hours", why="").status_code == 302
    assert "Geen uren." in said(board.read())
    assert board.on(first, "overnemen").status_code == 302
    [back] = [spot for spot in board.spots if spot.place_id == first.place_id]
    assert (back.state, back.kind, back.hours) == ("in", "light", 6.5)


def test_hours_left_open_are_what_the_visits_take(board: Board) -> None:
    first = board.of("outlook")
    board.on(first, "bewaren", **(OPENED | {"visits": "3"}))
    assert next(spot for spot in board.spots if spot.place_id == first.place_id).hours == 12.5


def test_expecting_less_and_refusing_a_drawn_place_ask_a_reason(board: Board) -> None:
    first, drawn = board.of("outlook"), board.of("random")
    answer = board.on(first, "vervallen", out="expect_less", why=" ")
    assert answer.status_code == 400
    assert "waarom u hier minder verwacht" in words(answer)
    answer = board.on(drawn, "vervallen", out="no_hours", why="")
    assert answer.status_code == 400
    assert "geloot. Zij kan alleen vervallen met een reden" in words(answer)
    answer = board.on(first, "vervallen", out="expect_less", why="Mevrouw Jansen woont er niet meer.")
    assert answer.status_code == 400
    assert "naam" in words(answer)
    assert board.on(drawn, "vervallen", out="no_hours", why="De straat is opgebroken.").status_code == 302
    [gone] = [spot for spot in board.spots if spot.origin == "random" and spot.state == "out"]
    assert gone.probability == drawn.probability
    assert f"kans 1 op {round(1 / drawn.probability)}" in said(board.read(f"/plek/{drawn.place_id}"))


def test_the_rest_is_handled_at_once_but_what_was_drawn_is_not_dropped(board: Board) -> None:
    board.on(board.of("outlook"), "overnemen")
    assert board.press("/rest", doen="vervallen").status_code == 302
    states = [(spot.origin, spot.state) for spot in board.spots]
    assert states.count(("outlook", "in")) == 1
    assert ("outlook", "suggested") not in states
    assert ("random", "suggested") in states
    assert "out" not in {state for origin, state in states if origin == "random"}


def test_an_own_place_has_the_same_form_and_card_and_another_mark(board: Board) -> None:
    name = board.free_cell()
    code = board.town.grid.cell_named(name)
    page = board.read("/eigen")
    assert [field["name"] for field in page.select("select")][1:] == [
        field["name"] for field in board.read(f"/plek/{board.spots[0].place_id}").select("select")
    ]
    assert board.add([name], kind="talk", slot_1="wo-dag").status_code == 302
    own = board.of("person")
    assert (own.cells, own.number, own.state, own.slots) == ((code,), len(board.spots), "in", ("wo-dag",))
    card = board.read().select_one(f"#plek-{own.place_id}")
    assert card is not None
    assert "✎" in card.get_text()
    assert "De wijkagent ziet hier meer." in card.get_text()
    assert read_decisions(board.town, "override").empty  # a draft is no decision yet
    assert board.on(own, "vervallen", out="no_hours", why="").status_code == 302
    assert not [spot for spot in board.spots if spot.origin == "person"]


def test_cells_are_chosen_in_a_table_as_they_lie(board: Board) -> None:
    page = board.read("/eigen")
    told = page.select_one("#help_meer")
    assert told and not re.search(r"E\d+N\d+", told.get_text()), "a code says nothing to who has none yet"
    assert told.find("a", href=f"/vooruitblik/{WEEK.lower()}/lijst")
    code = next(option["value"] for option in page.select("#buurt option") if option["value"])
    page = board.read(f"/eigen?buurt={code}")
    boxes = page.select("input[type=checkbox][name=vak]")
    assert boxes
    named = [re.match(r"Vak ([A-Z]+\d+) \(E\d+N\d+\)", box["aria-label"]) for box in boxes]
    assert all(named) and len({found[1] for found in named if found}) == len(boxes), "a name as on a street map"
    assert page.find("a", href=f"/gebied/{code}") and page.find("a", href=f"/vooruitblik/{WEEK.lower()}#kaart")
    chosen = boxes[0]["value"]
    page = board.read(f"/eigen?buurt={code}&vak={chosen}")
    assert [box["value"] for box in page.select("input[type=checkbox][checked]")] == [chosen]
    assert named[0] and f": vak {named[0][1]}." in said(page)
    taken = board.spots[0]
    code = next(option["value"] for option in page.select("#buurt option") if option.get_text() == taken.area)
    page = board.read(f"/eigen?buurt={code}")
    closed = page.select("input[type=checkbox][disabled]")
    names = {board.town.grid.name(cell) for cell in taken.cells}
    assert names & {box["value"] for box in closed if f"plek {taken.number}" in box["aria-label"]}


@pytest.mark.parametrize(
    ("cells", "told"),
    [([], "Noem ten minste één vak"), (["trees"], "trees"), (["E1N1"], "buiten het gebied")],
)
def test_a_place_that_is_none_is_refused_in_a_sentence(board: Board, cells: list[str], told: str) -> None:
    answer = board.add(cells)
    assert answer.status_code == 400
    assert told in words(answer) or "vak" in words(answer)
    assert Draft.objects.count() == 0


def test_a_visit_is_moved_to_cells_that_the_team_named(board: Board) -> None:
    first = board.of("outlook")
    board.accept_all()
    assert board.add([board.free_cell()], plek=first.place_id, reason="Het is om de hoek.").status_code == 302
    old, new = (
        next(s for s in board.spots if s.place_id == i) for i in (first.place_id, board.of("person").place_id)
    )
    assert (old.state, old.out, new.moved_from) == ("out", "moved", first.cells)
    assert f"Verplaatst naar plek {new.number}" in old.out_label


def test_a_move_is_undone_from_either_end(board: Board) -> None:
    first = board.of("outlook")
    board.accept_all()
    board.add([board.free_cell()], plek=first.place_id, reason="Het is om de hoek.")
    board.on(first, "overnemen")
    assert board.of("person").moved_from == ()  # now a place of its own
    second = next(spot for spot in board.spots if spot.origin == "outlook" and spot.place_id != first.place_id)
    board.on(board.of("person"), "vervallen", out="no_hours", why="")
    board.add([board.free_cell()], plek=second.place_id, reason="Het is om de hoek.")
    board.on(board.of("person"), "vervallen", out="no_hours", why="")
    assert {spot.state for spot in board.spots} == {"in"}
    assert not [spot for spot in board.spots if spot.origin == "person"]


def test_the_cells_of_a_place_are_not_another_place_too(board: Board) -> None:
    drawn = board.of("random")
    board.on(drawn, "vervallen", out="no_hours", why="De straat is opgebroken.")
    names = [board.town.grid.name(cell) for cell in drawn.cells]
    answer = board.add(names)
    assert answer.status_code == 400
    assert f"Deze vakken zijn al plek {drawn.number}" in words(answer)
    assert board.of("random").probability == drawn.probability


def test_a_second_press_changes_nothing(board: Board) -> None:
    first = board.of("outlook")
    fields = {"decision": "a" * 32}
    for _ in range(2):
        assert board.press(f"/plek/{first.place_id}", doen="overnemen", stand="0").status_code == 302
    assert board.draft.edition == 1
    name = board.free_cell()
    for _ in range(2):
        assert board.add([name], stand="1", **fields).status_code == 302
    assert board.draft.edition == 2
    assert len([spot for spot in board.spots if spot.origin == "person"]) == 1
    assert AuditLine.objects.filter(action__in=("plan.accept", "plan.add")).count() == 2


def test_two_people_at_once_do_not_undo_each_other(board: Board) -> None:
    first, second = board.spots[0], board.spots[1]
    board.on(first, "overnemen")
    answer = board.press(f"/plek/{second.place_id}", doen="overnemen", stand="0")
    assert answer.status_code == 400
    assert "Iemand anders heeft dit weekplan intussen veranderd" in words(answer)
    assert [spot.state for spot in board.spots[:2]] == ["in", "suggested"]
    assert board.press("/rest", doen="overnemen", stand="0").status_code == 409
    assert board.press("/rest", doen="overnemen", stand="niets").status_code == 409


def test_the_line_of_the_log_names_no_cells(board: Board) -> None:
    board.add([board.free_cell()])
    line = AuditLine.objects.get(action="plan.add")
    assert (line.subject, line.why) == (WEEK, "De wijkagent ziet hier meer.")
    assert set(line.details) == {"edition", "cells", "moved"}
    assert line.details["cells"] == 1
