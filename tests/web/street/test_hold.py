# SPDX-License-Identifier: EUPL-1.2
"""While the plan is on hold, and for who has no team any more: what is shown, and what can still be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from stip.agreements import record_pause
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.audit.models import AccessLine
from stip_web.street.models import Entry
from stip_web.workspaces.clock import now

from .conftest import Phone

pytestmark = pytest.mark.django_db
REASON = "proef van de schakelaar"


@pytest.fixture
def on_hold(phone: Phone, town: Workspace) -> Phone:
    """Give a phone in a town where the plan is on hold."""
    at = now(town) - timedelta(hours=1)
    record_pause(town, "plan", paused=True, reason=REASON, role="analist", at=at)
    return phone


def test_while_the_plan_is_on_hold_what_was_seen_is_still_sent(on_hold: Phone) -> None:
    told = on_hold.client.get("/straat/gegevens.json")
    assert (told.status_code, REASON in told.json()["detail"]) == (403, True)
    assert {"owner", "token", "now_ms"} <= set(told.json())
    assert not {"places", "plan_id", "pages", "told"} & set(told.json())
    assert on_hold.send(on_hold.entry())[0]["result"] == "stored"
    assert on_hold.client.get("/straat/wachtrij").status_code == 200


@pytest.mark.parametrize("page", ["", "/kaart", "/plek/PLACE"])
def test_what_is_on_hold_is_a_screen_of_straat_also_when_the_service_worker_fetches_it(
    on_hold: Phone, page: str
) -> None:
    """A worker that fetches the page somebody opens names no destination; the answer was JSON on the screen."""
    address = f"/straat{page}".replace("PLACE", on_hold.plan.places[0].place.place_id)
    for asked in ({}, {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "navigate"}):
        answer = on_hold.client.get(address, headers=asked)
        said = answer.content.decode()
        assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/html; charset=utf-8")
        assert "<h1" in said and said.count(REASON) == 1
        assert 'data-screen="still"' in said  # the frame of Straat, whose script sends what waits
        assert on_hold.plan.places[0].place.place_id not in said


def test_without_script_too_and_what_is_wrong_with_it_shows_no_plan(on_hold: Phone) -> None:
    place = f"/straat/plek/{on_hold.plan.places[0].place.place_id}"
    form = {"nummer": "4a64cf7f-6bd8-4bd9-8a67-1d4ac7b9d6a7", "geweest": "ja", "hoe": "druk"}
    assert on_hold.client.post(place, form | {"hoe": ""}).status_code == 403
    assert on_hold.client.post(place, form).status_code == 302
    assert Entry.objects.get().code == "druk"


def test_while_the_outlook_is_on_hold_the_places_stay_without_what_it_says(phone: Phone, town: Workspace) -> None:
    place = phone.plan.places[0].place
    pages = ("/straat", f"/straat/plek/{place.place_id}", "/straat/gegevens.json")
    words = (*place.reasons, *place.when)
    said = "".join(phone.client.get(page).content.decode() for page in pages)
    assert place.reasons and place.when and all(word in said for word in words)
    record_pause(town, "outlook", paused=True, reason=REASON, role="fg", at=now(town))
    answers = [phone.client.get(page) for page in pages]
    said = "".join(answer.content.decode() for answer in answers)
    assert [answer.status_code for answer in answers] == [200] * 3
    assert [word for word in (*words, "meest") if word in said] == []
    assert answers[2].json()["held"] is True  # by which the phone throws the pages of before away
    assert answers[2].json()["places"][0]["id"] == place.place_id
    record_pause(town, "outlook", paused=False, reason=REASON, role="fg", at=now(town))
    assert all(reason in phone.client.get(pages[1]).content.decode() for reason in place.reasons)


def test_whose_team_is_gone_sees_nothing(phone: Phone, user_in: Callable[[str], User]) -> None:
    User.objects.filter(pk=user_in("member").pk).update(team="opgeheven")
    assert phone.client.get("/straat/gegevens.json").json()["places"] == []
    page = phone.client.get("/straat")
    assert (page.status_code, "straat-place" in page.content.decode()) == (200, False)
    assert phone.client.get(f"/straat/plek/{phone.plan.places[0].place.place_id}").status_code == 404
    assert phone.send(phone.entry())[0]["result"] == "refused"


def test_the_processing_log_calls_it_the_week_plan(phone: Phone) -> None:
    for page in ("", "/kaart", "/gegevens.json", f"/plek/{phone.plan.places[0].place.place_id}"):
        phone.client.get(f"/straat{page}")
    assert [line.activity for line in AccessLine.objects.all()] == ["weekplan"] * 4
