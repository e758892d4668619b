# SPDX-License-Identifier: EUPL-1.2
"""While the outlook is on hold: briefing, list and calendar keep the places, and say nothing of what it expects."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from stip.agreements import record_pause
from stip.plan import PlannedPlace
from stip.store import read_areas
from stip_web.briefings.gather import briefing_of
from stip_web.briefings.reader import Reader

from .conftest import NOW, Fix
from .said import PAGE, WEEK, bare, on_page

pytestmark = pytest.mark.django_db
REASON = "proef van de schakelaar"
ALL = Reader(fine=True, concept=True)


def test_nothing_that_the_outlook_says_is_shown(fix: Fix, as_role: Callable[[str], Client]) -> None:
    def own(place: PlannedPlace) -> PlannedPlace:
        changed = replace(place, slots=(), when=("wo–vr 16–20 uur",))
        return replace(changed, origin="person", reason="Wijkagent noemt hangplek") if place.number == 2 else changed

    workspace, client = fix(own), as_role("coordinator")
    places = briefing_of(workspace, WEEK, ALL, root="").places
    lists = [f"/weekplan/{WEEK.lower()}.csv", f"/weekplan/{WEEK.lower()}.ics"]
    words = ["wo–vr 16–20 uur", *places[0].why]

    def told() -> list[str]:
        calendar = client.get(lists[1]).content.decode().replace("\r\n ", "").replace("\\,", ",")
        return [on_page(client.get(PAGE).content), client.get(lists[0]).content.decode(), calendar]

    for text in told():
        assert all(bare(word) in bare(text) for word in words)
    record_pause(workspace, "outlook", paused=True, reason=REASON, role="fg", at=NOW)

    held = briefing_of(workspace, WEEK, ALL, root="")
    assert [(place.place_id, place.where, place.hours) for place in held.places] == [
        (place.place_id, place.where, place.hours) for place in places
    ]
    assert {place.when for place in held.places} == {"nog geen dagdeel, kies zelf"}
    assert [place.why for place in held.places if place.why] == [("Eigen inzicht: Wijkagent noemt hangplek",)]
    assert held.notes == ()
    assert any(REASON in each.text for each in held.warnings)
    page, listed, calendar = told()
    for text in (page, listed, calendar):
        assert [word for word in (*words, "meest verwacht") if bare(word) in bare(text)] == []
    assert bare("De vooruitblik staat stil") in page
    table = "\n".join(line for line in listed.splitlines() if "Plek;" in line or line[:1].isdigit())
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert len(rows) == len(places)
    assert {row["Verwacht"] for row in rows} == {""}


def test_neither_the_api_nor_the_page_of_an_own_place_says_it(fix: Fix, as_role: Callable[[str], Client]) -> None:
    workspace, client = fix(lambda place: place), as_role("coordinator")
    area = read_areas(workspace).frame["area_code"].iloc[0]
    api, own = f"/api/v1/weeks/{WEEK}/plan", f"/weekplan/{WEEK.lower()}/eigen?buurt={area}"
    told = client.get(api).json()
    assert told["why"] and all(each["properties"]["reasons"] for each in told["features"])
    assert bare("wat er wordt verwacht") in on_page(client.get(own).content)
    record_pause(workspace, "outlook", paused=True, reason=REASON, role="fg", at=NOW)
    held = client.get(api).json()
    assert held["why"] == held["warnings"] == []
    for each, before in zip(held["features"], told["features"], strict=True):
        assert each["geometry"] == before["geometry"]
        said = each["properties"]
        assert {said["expected"], said["low"], said["high"]} == {None}
        assert said["reasons"] == said["when"] == []
    assert bare("wat er wordt verwacht") not in on_page(client.get(own).content)
