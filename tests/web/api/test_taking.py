# SPDX-License-Identifier: EUPL-1.2
"""Incidents over the API: a person looks, up to a thousand rows an answer; a program, or more rows, takes along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.models import AccessLine, AuditLine, ProcessingSpan

ASKED = {"crimeType": "bicycle_theft", "limit": 5}


def lines() -> list[tuple[str, str]]:
    """Give what the log of actions and that of who looked say of it."""
    taken = [("taken", each.actor_name) for each in AuditLine.objects.filter(action="dots.export")]
    return taken + [(each.activity, each.actor_name) for each in AccessLine.objects.all()]


def test_a_person_looks_up_to_a_thousand_rows(browser: Callable[[str], Any]) -> None:
    for role in ("analyst", "privacy_officer", "policy"):
        assert browser(role).json("/incidents", {"limit": 1000})["numberReturned"] > 5
    assert {activity for activity, _ in lines()} == {"kaart"}


@pytest.mark.parametrize("role", ["privacy_officer", "policy", "member"])
def test_who_may_take_nothing_along_gets_no_row(role: str, program: Any, browser: Callable[[str], Any]) -> None:
    for answer in (program(role).get("/incidents", ASKED), browser(role).get("/incidents", {"limit": 1001})):
        assert answer.status_code == 403
        assert "1.000 rijen" in answer.json()["detail"]
        assert "features" not in answer.json()
    assert lines() == []
    assert not ProcessingSpan.objects.exists()
    assert program(role).get("/incidents/counts", {"groupBy": "type"}).status_code == 200


def test_a_token_takes_along_only_with_that_permission_itself(program: Callable[..., Any]) -> None:
    assert program("analyst", May.DOTS_FINE).get("/incidents", ASKED).status_code == 403
    assert program("analyst", May.DOTS_FINE, May.DOTS_EXPORT).get("/incidents", ASKED).status_code == 200


def test_taking_along_is_written_like_a_file_of_the_map(
    program: Callable[..., Any], browser: Callable[[str], Any], user_in: Callable[[str], User]
) -> None:
    body = program("analyst").json("/incidents", ASKED)
    line = AuditLine.objects.get(action="dots.export")
    assert line.actor == user_in("analyst")
    assert line.details["count"] == body["numberReturned"] == 5
    assert (line.details["form"], line.details["fine"]) == ("api", True)
    assert line.details["query"] == "crimeType=bicycle_theft&limit=5"
    program("analyst").json("/incidents", ASKED | {"cursor": body["next"]})
    browser("analyst").json("/incidents", {"limit": 1001})
    assert lines() == [("taken", "analyst-test")] * 3 + [("kaart-uitvoer", "analyst-test")] * 3


def test_the_token_s_owner_takes_along_not_who_is_logged_in(
    as_role: Callable[[str], Client], token_of: Callable[..., str]
) -> None:
    headers = {"Authorization": f"Bearer {token_of('coordinator')}"}
    assert as_role("analyst").get("/api/v1/incidents", ASKED, headers=headers).status_code == 200
    assert lines() == [("taken", "coordinator-test"), ("kaart-uitvoer", "coordinator-test")]
