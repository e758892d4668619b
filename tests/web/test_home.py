# SPDX-License-Identifier: EUPL-1.2
"""The home page answers each role's own question, and asks nothing of who may not see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

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
