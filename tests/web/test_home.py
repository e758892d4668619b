# SPDX-License-Identifier: EUPL-1.2
"""The home page answers each role's own question, and asks nothing of who may not see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from stip.store import Workspace, read_decisions
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.home import tasks
from stip_web.workspaces.clock import now

CARDS = {
    "analyst": ["Bestand met meldingen", "Vooruitblik week", "Weekplan", "Vorige week", "Heeft de vooruitblik nut?"],
    "coordinator": ["Vooruitblik week", "Weekplan", "Vorige week", "Heeft de vooruitblik nut?"],
    "member": ["Weekplan", "Heeft de vooruitblik nut?"],
    "privacy_officer": ["Bestand met meldingen", "Vooruitblik week", "Weekplan", "Toezicht"],
    "policy": ["Vooruitblik week", "Weekplan", "Heeft de vooruitblik nut?"],
    "administrator": ["Systeem"],
}
EVERY = frozenset(title for titles in CARDS.values() for title in titles)


@pytest.mark.parametrize("role", CARDS)
def test_each_role_sees_its_own_cards(role: str, as_role: Callable[[str], Client]) -> None:
    page = as_role(role).get("/").content.decode().partition("<main")[2]  # the menu names some of them too
    for title in CARDS[role]:
        assert title in page
    if role == "administrator":
        assert not any(title in page for title in EVERY - {"Systeem"})


def test_a_plan_without_day_parts_is_not_called_in_order(as_role: Callable[[str], Client], site: Path) -> None:
    fixed = read_decisions(Workspace.open(site), "plan")["week"].max()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stip_web.desk.home.week.this_week", lambda workspace: fixed)
        page = as_role("coordinator").get("/").content.decode()
        other = as_role("policy").get("/").content.decode()
    assert "uur heeft nog geen dagdeel." in page  # it was fixed with stip plan adopt
    assert "dagdeel" not in other.partition("<main")[2]


def test_a_missing_file_is_late(
    as_role: Callable[[str], Client], own_site: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stip_web.desk.home.week.this_week", lambda workspace: "2026-W40")
    page = as_role("analyst").get("/").content.decode()
    assert "Een later bestand ontbreekt." in page
    assert "Er is nog geen vooruitblik voor deze week." in page


@pytest.mark.parametrize("role", CARDS)
def test_a_late_source_is_said_on_each_page_to_who_sees_what_comes_in(
    role: str, as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_role(role)
    page = client.get("/privacy").content.decode()
    assert 'class="banner"' not in page
    monkeypatch.setattr("stip_web.desk.context.now", lambda workspace: now(workspace) + timedelta(days=30))
    page = client.get("/privacy").content.decode()
    assert ("is te laat: de laatste levering kwam op" in page) is (role != "administrator")


def test_who_has_no_role_is_told_so(db: None) -> None:
    from stip_web.accounts.models import User

    client = Client()
    client.force_login(
        User.objects.create(username="nieuw"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert "nog geen rol" in client.get("/").content.decode()


def test_what_somebody_sees_stays_in_no_cache(as_role: Callable[[str], Client]) -> None:
    assert as_role("analyst").get("/")["Cache-Control"] == "private, no-store"
    assert "no-store" not in as_role("").get("/thema.css").headers.get("Cache-Control", "")


@pytest.mark.parametrize("damaged", ["data/retention/20991231.json", "agreements/bvh.toml"])
def test_what_cannot_be_read_takes_only_its_own_card_away(
    damaged: str, as_role: Callable[[str], Client], own_site: Path
) -> None:
    (own_site / damaged).parent.mkdir(exist_ok=True)
    (own_site / damaged).write_text("[broken", encoding="utf-8")
    officer = as_role("privacy_officer")
    answer = officer.get("/")
    assert answer.status_code == 200
    page = answer.content.decode().partition("<main")[2]
    assert all(title in page for title in CARDS["privacy_officer"])
    answer = officer.get("/toezicht")
    assert answer.status_code == 200 and "Open juridische vragen" in answer.content.decode()
    if damaged.endswith(".toml"):
        assert answer.content.decode().count("Niet te lezen</h2>") == 1, "said once, not by each sign"
    if damaged.startswith("data"):
        for address in ("/toezicht/bewaren", "/toezicht/poort", "/gegevens/afspraken/bvh"):
            assert officer.get(address).status_code == 200, address
        assert f"{damaged} is niet te lezen." in officer.get("/toezicht/bewaren").content.decode()


def test_a_card_that_falls_over_says_no_value(
    as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Kerkstraat 5")

    cards = [(May.HEALTH_READ,), "", broken]
    monkeypatch.setattr("stip_web.desk.home.tasks.CARDS", [*tasks.CARDS, tuple(cards)])
    page = as_role("administrator").get("/").content.decode()
    assert "Systeem" in page and "Iets in de werkmap klopt niet." in page and "Kerkstraat" not in page
    assert "broken cannot be shown: ValueError" in caplog.text and "Kerkstraat" not in caplog.text


@pytest.mark.parametrize("damaged", ["stip.toml", "agreements/bvh.toml"])
def test_a_damaged_file_of_the_workspace_is_no_fault_of_who_asks(
    damaged: str, as_role: Callable[[str], Client], own_site: Path
) -> None:
    (own_site / damaged).write_text("[broken", encoding="utf-8")
    answer = as_role("privacy_officer").get("/toezicht/bewaren")
    said = answer.content.decode()
    assert answer.status_code == 500 and f"{damaged} is geen geldig TOML-bestand" in said
    assert str(own_site) not in said
