# SPDX-License-Identifier: EUPL-1.2
"""Who sees what: help only who decides on it and the privacy officer; counts, rounded, for the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip.agreements import record_pause
from stip.signals import Answer, Known, State, answer_signal, area_names, half_of, signals_of
from stip.store import Workspace, read_areas
from stip_web.audit.models import AuditLine
from stip_web.desk.templatetags.dutch import day
from stip_web.workspaces.clock import now
from stip_web.workspaces.known import known_signals

from .conftest import Town, read, said

HELP = "Iemand lijkt hulp te kunnen gebruiken"


@pytest.mark.parametrize(("code", "sees"), [("coordinator", True), ("privacy_officer", True), ("analyst", False)])
def test_help_is_seen_by_who_decides_and_the_privacy_officer(
    town: Town, as_role: Callable[[str], Client], code: str, sees: bool
) -> None:
    found = town.knows("help", "hulp")
    lamp = town.knows()
    client = as_role(code)
    marks = {row["mark"] for row in client.get("/signalen.json").json()["rows"]}
    assert lamp.mark in marks and (found.mark in marks) is sees
    assert (found.mark in client.get("/signalen.csv").content.decode()) is sees
    assert (HELP in said(read(client, "/signalen"))) is sees
    assert ("Verborgen om privacy" in said(read(client, "/signalen"))) is not sees
    for name in (found.signal_id, found.mark):
        assert client.get(f"/signalen/{name}").status_code == (200 if sees else 404)
    home = said(read(client, "/"))
    assert ("2 signalen wachten" in home) is sees


def test_a_privacy_officer_reads_and_does_not_decide(town: Town, as_role: Callable[[str], Client]) -> None:
    found = town.knows("help", "hulp")
    page = said(read(as_role("privacy_officer"), f"/signalen/{found.signal_id}"))
    assert "Wat besluit u?" not in page and "U kunt meelezen" in page
    assert "geen naam, geen adres, geen plek, geen tijdstip" in page


@pytest.mark.parametrize("code", ["member", "policy", "administrator"])
def test_who_may_not_read_sees_no_signal(town: Town, as_role: Callable[[str], Client], code: str) -> None:
    lamp = town.knows()
    for address in ("/signalen", "/signalen.json", "/signalen.csv", f"/signalen/{lamp.signal_id}"):
        assert as_role(code).get(address).status_code == 403


def rows_of(page: BeautifulSoup) -> dict[str, list[str]]:
    return {said(row.th): [said(cell) for cell in row.select("td")] for row in page.select("tbody tr") if row.th}


def test_an_alderman_reads_counts_and_of_help_rounded_ones(town: Town, as_role: Callable[[str], Client]) -> None:
    then = now(town.workspace) - timedelta(days=200)
    for days in (200, 200, 200, 0):
        known = town.knows("help", "hulp", days_ago=days)
        answer = Answer(known.signal_id, "let_be", "coordinator", reason="De wijkverpleging is er al.")
        answer_signal(town.workspace, answer, at=now(town.workspace) - timedelta(days=days))
    town.knows()
    client, half = as_role("policy"), half_of(then.date())
    page = read(client, "/signalen/verslag")
    rows = rows_of(page)
    assert rows["Openbare ruimte"][0] == "1"
    assert len(rows["Hulp *"]) == 1 and rows["Hulp *"][0].startswith("telt pas na")
    assert half not in [said(option) for option in page.select("#half option")], "only help was known then"
    assert {row["kind"]: row["known"] for row in client.get("/signalen/verslag.json").json()["rows"]}["Hulp"] is None
    page = read(client, f"/signalen/verslag?half={half}")
    rows = rows_of(page)
    assert rows["Hulp *"][0] == "5" and rows["Hulp *"][1] == "0–2"
    assert "wijkverpleging" not in said(page)
    told = client.get(f"/signalen/verslag.json?half={half}").json()
    assert {row["kind"]: row["known"] for row in told["rows"]}["Hulp"] == 5
    assert "wijkverpleging" not in client.get(f"/signalen/verslag.csv?half={half}").content.decode()
    exact = said(read(as_role("coordinator"), "/signalen/verslag"))
    assert "De wijkverpleging is er al." in exact and "afgerond op" not in exact


def test_a_half_year_that_is_none(town: Town, coordinator: Client) -> None:
    assert coordinator.get("/signalen/verslag?half=2026-9").status_code == 400
    assert coordinator.get("/signalen/verslag.json?half=x").status_code == 400
    assert "geen signaal bekend" in said(read(coordinator, "/signalen/verslag?half=1999-1"))


def test_the_rules_are_shown_as_the_town_set_them(town: Town, as_role: Callable[[str], Client]) -> None:
    town.rules(rules={"help": {"days": 3, "decides": ["fg", "coordinator"]}})
    page = said(read(as_role("member"), "/signalen/regels"))
    assert "Hulp 3 dagen functionaris gegevensbescherming, coördinator Zorg en welzijn" in page
    assert "Nooit de plek" in page and "Politie: met een tekst" in page


def test_a_member_raises_from_a_list_and_of_help_no_place_is_kept(
    town: Town, as_role: Callable[[str], Client]
) -> None:
    client = as_role("member")
    form = read(client, "/signalen/melden")
    assert form.select("textarea") == [] and form.select("main input[type=text]") == []
    assert HELP in said(form)
    where = f"buurt:{town.place['area_code']}"
    answer = client.post("/signalen/melden", {"what": "help:hulp", "where": where}, follow=True)
    assert answer.status_code == 200 and "is gemeld" in answer.content.decode()
    known = town.only()
    assert (known.kind, known.cells, known.area_code, known.role, known.stream) == (
        "help", (), town.place["area_code"], "lid", "street",
    )  # fmt: skip
    line = AuditLine.objects.get(action="signal.raise")
    assert town.place["area_code"] not in str(line.details) and "category" not in line.details
    for what, place in (("help:elders", where), ("unvisited:home_burglary", where), ("space:lamp", "buurt:BU1")):
        assert client.post("/signalen/melden", {"what": what, "where": place}).status_code == 400
    assert "Signaal melden" in said(read(client, "/"))


def test_a_filter_holds_for_the_page_and_its_twins(town: Town, coordinator: Client) -> None:
    lamp, seen = town.knows(), town.knows("offence", "sporen")
    answer_signal(town.workspace, Answer(seen.signal_id, "act", "coordinator"), at=now(town.workspace))
    for query, marks in (
        ("", {lamp.mark}),
        ("?stand=alles", {lamp.mark, seen.mark}),
        ("?stand=alles&soort=offence", {seen.mark}),
        ("?stand=te-laat", set()),
        ("?stand=onzin&soort=onzin", {lamp.mark}),
    ):
        rows = coordinator.get(f"/signalen.json{query}").json()["rows"]
        assert {row["mark"] for row in rows} == marks
        page = read(coordinator, f"/signalen{query}")
        assert {said(row.th) for row in page.select("tbody tr")} == marks
    assert coordinator.get("/signalen.xml").status_code == 404


def test_where_nobody_went_is_one_line_and_stays_as_many_signals(town: Town, coordinator: Client) -> None:
    districts = sorted(set(read_areas(town.workspace).district_of().values()))[:3]
    lone = town.knows("unvisited", "vandalism", area_code=districts[0], week="2026-W30", days_ago=40)
    gone = [town.knows("unvisited", "vandalism", area_code=code, days_ago=n) for n, code in enumerate(districts)]
    lamp = town.knows()
    page = read(coordinator, "/signalen")
    first = {said(row.th): said(row) for row in page.select("tbody tr")}
    assert set(first) == {lone.mark, lamp.mark, "3 signalen"}
    names = sorted(area_names(town.workspace)[code] for code in districts)
    assert ", ".join(names) in first["3 signalen"]
    assert day(min(one.due_on for one in gone)) in first["3 signalen"]
    page = read(coordinator, f"/signalen{page.find('a', string='3 signalen')['href']}")
    assert {said(row.th) for row in page.select("tbody tr")} == {one.mark for one in (lone, *gone)}
    rows = coordinator.get("/signalen.json").json()["rows"]
    assert {row["mark"] for row in rows} == {one.mark for one in (lone, lamp, *gone)}


def test_under_a_paused_outlook_a_signal_tells_nothing_that_it_said(town: Town, coordinator: Client) -> None:
    gone = town.knows("unvisited", "vandalism")
    share = Answer(gone.signal_id, "hand_over", "coordinator", partner="police", shared_what=("category", "area"))
    answer_signal(town.workspace, share, at=now(town.workspace))
    addresses = ("/signalen", "/signalen.json", "/signalen.csv", f"/signalen/{gone.mark}")
    for address in addresses:
        assert "ernieling verwacht" in coordinator.get(address).content.decode(), address
    record_pause(town.workspace, "outlook", paused=True, reason="Proef.", role="fg", at=datetime.now(UTC))
    for address in addresses:
        told = coordinator.get(address).content.decode()
        assert gone.mark in told and "Niet bezocht" in told, address
        assert "ernieling" not in told, address


def test_an_empty_town_says_so(town: Town, coordinator: Client) -> None:
    assert "Niets dat wacht" in said(read(coordinator, "/signalen"))
    assert "Nog geen signalen" in said(read(coordinator, "/signalen?stand=alles"))
    assert "Er wacht geen signaal" in said(read(coordinator, "/"))


def test_the_rows_are_read_again_only_when_one_was_written(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(workspace: Workspace) -> list[Known]:
        asked.append(1)
        return signals_of(workspace)

    monkeypatch.setattr("stip_web.workspaces.known.signals_of", counted)
    lamp = town.knows()
    assert known_signals(town.workspace) == known_signals(town.workspace) == [lamp]
    assert len(asked) == 1
    answer_signal(town.workspace, Answer(lamp.signal_id, "act", "coordinator"), at=now(town.workspace))
    assert [one.state for one in known_signals(town.workspace)] == [State.ACTED]
    town.rules(soon_days=1)
    known_signals(town.workspace)
    assert len(asked) == 3, "other rules give other dates"
