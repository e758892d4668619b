# SPDX-License-Identifier: EUPL-1.2
"""Who sees what: the whole board, the places of the own team, or neighbourhoods alone; and the off switch."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from icalendar import Calendar

from stip.agreements import record_pause
from stip.plan import Slot, proposal_of
from stip.space import monday
from stip.store import Workspace, latest_run
from stip_web.accounts.models import Role, User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.models import AccessLine
from stip_web.workspaces.clock import now

from .board import AT, OPENED, WEEK, Board, read, said

CELL = re.compile(r"E\d{6}N\d{6}")


@pytest.fixture
def teams(own_site: Path) -> None:
    """Give the town two teams."""
    file = own_site / "stip.toml"
    file.write_text(
        re.sub(
            r"\[plan\.teams\]\n[^\[]*", '[plan.teams]\nflexteam = "Flexteam"\nnoord = "Noord"\n\n', file.read_text()
        )
    )


@pytest.fixture
def fixed(board: Board) -> Board:
    """Fix the plan, with an own place that begins with what a spreadsheet would run."""
    board.accept_all()
    board.add([board.free_cell()], reason="=2+3 is geen formule.", slot_1="wo-dag")
    assert board.fix(**{"reden-hours": "Er komt een collega bij."}).status_code == 302
    return board


def test_who_reads_sees_the_board_without_a_button(board: Board, as_role: Callable[[str], Client]) -> None:
    for role in ("analyst", "privacy_officer"):
        page = read(as_role(role), AT)
        assert page.select("main .plan-card")
        assert not page.select("main form")
        assert as_role(role).get(f"{AT}/plek/{board.spots[0].place_id}").status_code == 200
        answer = as_role(role).post(f"{AT}/plek/{board.spots[0].place_id}", {"doen": "overnemen", "stand": "0"})
        assert answer.status_code == 403


def test_a_team_sees_nothing_before_the_plan_stands(board: Board, as_role: Callable[[str], Client]) -> None:
    assert "Nog geen weekplan" in said(read(as_role("member"), AT))
    assert "Nog geen weekplan" in said(read(as_role("policy"), AT))
    for form in ("csv", "json", "ics"):
        assert as_role("member").get(f"{AT}.{form}").status_code == 404


def test_a_member_sees_the_places_of_the_own_team_alone(
    teams: None, board: Board, as_role: Callable[[str], Client], user_in: Callable[[str], User]
) -> None:
    mine, other = board.spots[0], board.spots[1]
    board.accept_all()
    board.on(mine, "bewaren", **(OPENED | {"team": "noord"}))
    board.fix(**{"reden-hours": "Noord heeft zijn eigen uren."})
    member = user_in("member")
    member.team = "noord"
    member.save()
    client = as_role("member")
    told = said(read(client, AT))
    assert f"Plek {mine.number}," in told
    assert f"Plek {other.number}," not in told
    assert "De plekken van Noord" in told
    assert client.get(f"{AT}/plek/{mine.place_id}").status_code == 200
    assert client.get(f"{AT}/plek/{other.place_id}").status_code == 404
    assert client.post(f"{AT}/plek/{mine.place_id}", {"doen": "vervallen", "out": "no_hours"}).status_code == 405
    assert [row["number"] for row in client.get(f"{AT}.json").json()["rows"]] == [mine.number]
    member.team = ""
    member.save()
    assert f"Plek {other.number}," in said(read(as_role("member"), AT))


def test_an_alderman_sees_neighbourhoods_and_nothing_finer(fixed: Board, as_role: Callable[[str], Client]) -> None:
    client = as_role("policy")
    page = read(client, AT)
    told = said(page)
    newest = latest_run(fixed.town, "plan", WEEK)
    assert newest is not None
    places = proposal_of(newest).places
    assert all(place.areas[0] in told for place in places)
    for answer in (client.get(AT), client.get(f"{AT}.csv"), client.get(f"{AT}.json")):
        text = answer.content.decode()
        assert not CELL.search(text)
        assert not any(place.place_id in text for place in places)
        assert " uur" not in text.split("<main", 1)[-1].split("</main", 1)[0].replace("Plekken, uren", "")
        assert "avond" not in text
    for path in (f"{AT}.ics", f"{AT}/plek/{places[0].place_id}", f"{AT}/versies", f"{AT}/terugkoppeling"):
        assert client.get(path).status_code == 403


def test_the_list_to_take_along_runs_nothing(fixed: Board) -> None:
    answer = fixed.client.get(f"{AT}.csv")
    text = answer.content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=";") if not row[0].startswith("#")]
    assert rows[0][:3] == ["Plek", "Buurt", "Wijk"]
    assert len(rows) - 1 == len([spot for spot in fixed.spots if spot.goes])
    assert not [cell for row in rows for cell in row if cell and cell[0] in "=+@"]


def test_a_calendar_reads_it_and_knows_its_events_again(fixed: Board) -> None:
    first = Calendar.from_ical(fixed.client.get(f"{AT}.ics").content)
    events = {str(event["uid"]): event for event in first.walk("VEVENT")}
    assert len(events) == sum(spot.visits for spot in fixed.spots if spot.goes)
    own = fixed.of("person")
    event = events[f"{WEEK.lower()}-{own.place_id}-1@stip"]
    begin, end = Slot.of("wo-dag").span(WEEK, fixed.town.settings.town.time_zone)
    assert (event.decoded("dtstart"), event.decoded("dtend"), int(event["sequence"])) == (begin, end, 1)
    assert str(event["summary"]) == f"Plek {own.number}: praten, {own.area}"
    fixed.on(own, "bewaren", **(OPENED | {"slot_1": "do-dag"}))
    fixed.fix(**{"reden-hours": "Er komt een collega bij."})
    second = Calendar.from_ical(fixed.client.get(f"{AT}.ics").content)
    again = {str(event["uid"]): event for event in second.walk("VEVENT")}
    assert set(again) == set(events)
    assert int(again[str(event["uid"])]["sequence"]) == 2
    fixed.on(own, "bewaren", **(OPENED | {"slot_1": ""}))
    fixed.fix(**{"reden-hours": "Er komt een collega bij."})
    third = Calendar.from_ical(fixed.client.get(f"{AT}.ics").content)
    loose = {str(each["uid"]): each for each in third.walk("VEVENT")}[str(event["uid"])]
    assert (loose.decoded("dtstart"), loose.decoded("dtend")) == (monday(WEEK), monday(WEEK) + timedelta(days=7))
    assert str(loose["summary"]) == f"Nog geen dagdeel, plek {own.number}: praten, {own.area}"
    assert str(loose["transp"]) == "TRANSPARENT" and "Nog geen dagdeel" in str(loose["description"])


def test_a_pause_closes_every_page_with_its_sentence(
    fixed: Board, as_role: Callable[[str], Client], town: Workspace
) -> None:
    place = fixed.spots[0].place_id
    record_pause(town, "plan", paused=True, reason="proef van de schakelaar", role="fg", at=now(town))
    pages = (
        "",
        ".csv",
        ".json",
        ".ics",
        "/uren",
        "/voorstel",
        "/eigen",
        "/vaststellen",
        "/versies",
        "/terugkoppeling",
    )
    for path in (*pages, "/terugkoppeling", f"/plek/{place}"):
        answer = fixed.client.get(f"{AT}{path}")
        assert answer.status_code == 403, path
        assert "proef van de schakelaar" in answer.content.decode(), path
    for path in ("/rest", "/vaststellen", "/afsluiten", "/opnieuw", "/voorstel", "/eigen", f"/plek/{place}", "/uren"):
        assert fixed.client.post(f"{AT}{path}", {"stand": "1"}).status_code == 403, path
    for role in ("member", "policy", "analyst"):
        assert as_role(role).get(AT).status_code == 403


def test_the_address_without_a_week_goes_to_the_week_at_hand(board: Board) -> None:
    assert board.client.get("/weekplan")["Location"] == AT
    assert board.client.get("/weekplan/2026-w99").status_code == 404
    assert "Eerst een vooruitblik" in said(read(board.client, "/weekplan/2026-w40"))


def test_a_right_to_the_outlook_or_to_feedback_alone_opens_no_place(
    board: Board, user_in: Callable[[str], User]
) -> None:
    user = user_in("policy")
    user.roles.set([Role.objects.create(code="half", name="Half", permissions=[May.OUTLOOK_READ, May.FEEDBACK_READ])])
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in ("/versies", "/terugkoppeling"):
        assert client.get(f"{AT}{path}").status_code == 403


def test_pages_that_name_places_are_logged_as_reading_the_plan(board: Board) -> None:
    for path in ("/versies", "/terugkoppeling"):
        board.read(path)
    board.press("/rest", doen="overnemen")
    assert list(AccessLine.objects.values_list("activity", flat=True)) == ["weekplan"] * 3
