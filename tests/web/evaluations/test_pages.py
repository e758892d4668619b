# SPDX-License-Identifier: EUPL-1.2
"""The pages of the evaluation: sentences to quote, who pointed better, and no names and no league table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from stip.agreements import record_pause
from stip.learn import weeks_table
from stip.publish import BASE, coarse_weeks
from stip.store import Workspace
from stip_web.audit.models import AccessLine
from stip_web.workspaces.clock import now

WEEK = "2026-w20"
ADDRESSES = (
    "/evaluatie",
    "/evaluatie.json",
    f"/evaluatie/{WEEK}",
    f"/evaluatie/{WEEK}.csv",
    "/evaluatie/afwijkingen",
    "/evaluatie/afwijkingen.csv",
    "/evaluatie/besluit",
    "/evaluatie/besluit.json",
)


def page(client: Client, url: str) -> BeautifulSoup:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return BeautifulSoup(answer.content, "html.parser")


def text(found: BeautifulSoup) -> str:
    return " ".join(found.get_text(" ").split())


def test_each_sentence_can_be_quoted_with_its_source(as_role: Callable[[str], Client], lived: Path) -> None:
    found = page(as_role("policy"), "/evaluatie")
    cards = found.select("#zinnen ~ .cards article")
    assert len(cards) >= 3
    assert all(card.select_one("blockquote") and "Bron:" in text(card) for card in cards)
    said = text(found)
    assert "De vooruitblik was beter dan ‘de laatste 52 weken’" in said
    assert "Het verschil ligt met 95 % zekerheid tussen" in said
    assert "is er 1 voorlopig en 0 nog niet nagemeten" in said
    assert found.select_one("details#begrippen dl")


def test_the_table_and_its_twins_hold_the_figures_of_the_library(
    as_role: Callable[[str], Client], lived: Path
) -> None:
    client = as_role("analyst")
    known = weeks_table(Workspace.open(lived), 12)
    rows = page(client, "/evaluatie").select("tbody tr")
    twin = client.get("/evaluatie.json").json()["rows"]
    assert len(rows) == len(twin) == 12
    assert [row["week"] for row in twin] == known["week"].tolist()[::-1]
    assert [row["hits"] for row in twin] == known["hits"].tolist()[::-1]
    assert client.get("/evaluatie.csv").content.decode("utf-8-sig").count("\r\n") >= 13


def test_one_week_is_told_in_sentences_and_by_type(as_role: Callable[[str], Client], lived: Path) -> None:
    client = as_role("coordinator")
    found = page(client, f"/evaluatie/{WEEK}")
    said = text(found)
    for words in (
        "De vooruitblik verwachtte 32 meldingen",
        "in evenveel vakken van ‘de laatste 52 weken’",
        "Gepland: 8 uur",
        "op 1 wel, op 0 niet",
        "1 keer rustig",
        "Mensen wijzigden 0 keer iets",
    ):
        assert words in said
    kinds = client.get(f"/evaluatie/{WEEK}.json").json()["rows"]
    assert [row["label"] for row in kinds] == ["Fietsdiefstal", "Woninginbraak"]
    line = next(row for row in client.get("/evaluatie.json").json()["rows"] if row["week"] == "2026-W30")
    kinds = client.get("/evaluatie/2026-w30.json").json()["rows"]
    assert sum(row["reported"] for row in kinds) == line["reported"]
    assert sum(row["hits"] for row in kinds) == line["hits"]
    assert client.get("/evaluatie/2020-w10").status_code == 404


def test_who_pointed_better_is_said_per_team_and_without_names(as_role: Callable[[str], Client], lived: Path) -> None:
    found = page(as_role("coordinator"), "/evaluatie/afwijkingen")
    assert [head.get_text() for head in found.select("section > h2")] == [
        "Alle teams samen",
        "Team Noord",
        "Team Zuid",
    ]
    said = text(found)
    assert "De mensen deden het best, dan de vooruitblik, dan ‘de laatste 52 weken’." in said
    assert (
        "Geen uitspraak mogelijk over de plekken met ‘beter hier’: er zijn 0 oordelen en er zijn er 30 nodig." in said
    )
    rows = as_role("coordinator").get("/evaluatie/afwijkingen.json").json()["rows"]
    assert {row["team"] for row in rows} == {"alle teams samen", "Noord", "Zuid"}


def test_a_member_reads_all_together_and_the_own_team(
    as_role: Callable[[str], Client], user_in: Callable[[str], object], lived: Path
) -> None:
    user = user_in("member")
    user.team = "zuid"  # type: ignore[attr-defined]
    user.save()  # type: ignore[attr-defined]
    client = as_role("member")
    rows = client.get("/evaluatie/afwijkingen.json").json()["rows"]
    assert {row["team"] for row in rows} == {"alle teams samen", "Zuid"}
    assert client.get("/evaluatie/besluit").status_code == 403
    assert "Besluit" not in [tab.get_text() for tab in page(client, "/evaluatie").select(".tabs a")]


def test_only_the_whole_town_gets_a_verdict(as_role: Callable[[str], Client], lived: Path) -> None:
    """Seven cards that each spoke at five in a hundred would not keep what the page promises."""
    client = as_role("coordinator")
    found = page(client, "/evaluatie/afwijkingen")
    said = {(head.find_parent("section").h2.get_text(), head.get_text()): text(head.find_parent("article"))  # type: ignore[union-attr]
            for head in found.select("article h3")}  # fmt: skip
    verdicts = {card for card, words in said.items() if "% zeker" in words or "beter aan dan" in words}
    assert verdicts == {("Alle teams samen", "Eigen plekken en ‘beter hier’ samen")}
    assert sum("Ter vergelijking, zonder uitspraak" in words for words in said.values()) >= 4
    assert "Daarom hangt daar geen uitspraak aan." in text(found)
    assert "als week 9 van 2027 definitief is" in text(found)
    rows = client.get("/evaluatie/afwijkingen.json").json()["rows"]
    assert [row["order"] for row in rows].count("people, outlook, baseline") == 1
    assert {row["certainty"] for row in rows} == {0.955, None}
    assert all(row["people"] is None and row["total"] is None for row in rows if row["judgements"] == 0)


REPORTS = ("reported", "hits", "baseline_hits", "best_hits", "person_hits")


def test_who_sees_no_places_gets_the_same_multiples_of_five_everywhere(
    as_role: Callable[[str], Client], lived: Path
) -> None:
    workspace = Workspace.open(lived)
    known = weeks_table(workspace, 12)
    assert any(value % BASE for value in known["reported"])
    told = coarse_weeks(workspace, known)
    for code in ("policy", "member"):
        client = as_role(code)
        rows = client.get("/evaluatie.json").json()["rows"]
        for name in REPORTS:
            assert [row[name] for row in rows] == [None if value != value else value for value in told[name]][::-1]
            assert all(row[name] is None or row[name] % BASE == 0 for row in rows), name
        shown = page(client, "/evaluatie").select("tbody td:nth-of-type(3), tbody td:nth-of-type(4)")
        assert all(int(cell.get_text()) % BASE == 0 for cell in shown)
        line = rows[-1]
        kinds = client.get(f"/evaluatie/{line['week'].lower()}.json").json()["rows"]
        for name in ("reported", "hits", "baseline_hits"):
            assert sum(kind[name] for kind in kinds) == line[name]
        said = text(page(client, f"/evaluatie/{line['week'].lower()}"))
        assert f"Er kwamen {line['reported']:.0f} meldingen." in said
        assert "veelvouden van 5" in said
        assert "In 12 van de 12 weken lag" not in text(page(client, "/evaluatie"))
    exact = as_role("analyst").get("/evaluatie.json").json()["rows"]
    assert [row["reported"] for row in exact] == known["reported"].tolist()[::-1]
    assert "veelvouden van 5" not in text(page(as_role("analyst"), "/evaluatie"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_page_and_twin_is_written_in_the_processing_log(
    as_role: Callable[[str], Client], lived: Path, address: str
) -> None:
    client = as_role("analyst")
    assert client.get(address).status_code == 200
    assert [line.activity for line in AccessLine.objects.all()] == ["evaluatie"]


def test_what_is_on_hold_is_not_evaluated_on_screen(as_role: Callable[[str], Client], lived: Path) -> None:
    client, workspace = as_role("analyst"), Workspace.open(lived)
    for paused, status in ((True, 403), (False, 200)):
        at = now(workspace) - timedelta(hours=2 - (not paused))
        record_pause(workspace, "learn", paused=paused, reason="De cijfers kloppen niet", role="analist", at=at)
        for address in ADDRESSES:
            answer = client.get(address)
            assert answer.status_code == status, address
            assert ("De cijfers kloppen niet" in answer.content.decode()) == paused, address


def test_no_page_ranks_neighbourhoods(as_role: Callable[[str], Client], lived: Path) -> None:
    client = as_role("policy")
    for url in ("/evaluatie", f"/evaluatie/{WEEK}", "/evaluatie/afwijkingen", "/evaluatie/besluit"):
        said = text(page(client, url))
        assert "BU1" not in said
        assert "buurt" not in said.lower()


def test_before_the_first_week_the_pages_say_so(as_role: Callable[[str], Client], site: Path) -> None:
    client = as_role("policy")
    assert "Er is nog geen vooruitblik gemaakt" in text(page(client, "/evaluatie"))
    assert "er zijn 0 oordelen" in text(page(client, "/evaluatie/afwijkingen"))
    assert "Er is geen maat ingevuld" in text(page(client, "/evaluatie/besluit"))
