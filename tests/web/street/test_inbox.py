# SPDX-License-Identifier: EUPL-1.2
"""The coordinator reads why nobody went, and the note as long as it is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from stip_web.street.beside import beside
from stip_web.street.notes import WEEKS, destroy_old

from .conftest import Phone

pytestmark = pytest.mark.django_db
SAID = "Veel fietsen <b> op de stoep"


def inbox(phone: Phone, client: Client) -> str:
    answer = client.get(f"/weekplan/{phone.plan.week.lower()}/terugkoppeling")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_inbox_shows_the_note_and_why_not_until_the_note_is_destroyed(
    phone: Phone, as_role: Callable[[str], Client]
) -> None:
    coordinator = as_role("coordinator")
    phone.send(phone.entry(note=SAID), phone.entry(1, visited=False, code="", why="andere_inzet"))
    page = inbox(phone, coordinator)
    assert "Opmerking: Veel fietsen &lt;b&gt; op de stoep" in page
    assert "Waarom niet: andere inzet." in page
    destroy_old(timezone.now() + timedelta(weeks=WEEKS + 1))
    assert "Veel fietsen" not in inbox(phone, coordinator)


def test_a_message_of_before_the_phone_has_nothing_beside_it(db: None) -> None:
    assert beside(["", "f1", "0" * 32, "decision-é"]) == {}
