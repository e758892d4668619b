# SPDX-License-Identifier: EUPL-1.2
"""The pages of the evaluation: sentences to quote, who pointed better, and no names and no league table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup
from django.test import Client

from stip.learn import weeks_table
from stip.store import Workspace

WEEK = "2026-w20"


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
    assert "zijn er 1 voorlopig en 0 nog niet nagemeten" in said
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
