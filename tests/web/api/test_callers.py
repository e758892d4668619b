# SPDX-License-Identifier: EUPL-1.2
"""Who calls: a token or a session, never one passed off for the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from stip_web.accounts.models import Token, User
from stip_web.accounts.permissions import Permission as May
from stip_web.api.throttle import PER_CALLER
from stip_web.audit.models import AccessLine


def test_a_session_of_the_site_may_look(as_role: Callable[[str], Client]) -> None:
    assert as_role("analyst").get("/api/v1/incidents", {"limit": 1}).status_code == 200
    assert as_role("administrator").get("/api/v1/incidents").status_code == 403


def test_a_bad_token_is_not_passed_over_for_the_session(as_role: Callable[[str], Client]) -> None:
    browser = as_role("analyst")
    for header in ("Bearer stip_none", "Bearer ", "Basic YTpi", "stip_none"):
        answer = browser.get("/api/v1/incidents", headers={"Authorization": header})
        assert answer.status_code == 401, header
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_goes_before_the_session(as_role: Callable[[str], Client], token_of: Callable[..., str]) -> None:
    headers = {"Authorization": f"Bearer {token_of('policy')}"}
    body = as_role("analyst").get("/api/v1/incidents/counts", {"groupBy": "type"}, headers=headers).json()
    assert body["precision"] == "coarse"


def test_of_a_token_and_a_session_it_is_written_that_the_token_looked(
    as_role: Callable[[str], Client], token_of: Callable[..., str], user_in: Callable[[str], User]
) -> None:
    headers = {"Authorization": f"Bearer {token_of('policy')}"}
    assert as_role("analyst").get("/api/v1/weeks/2026-W37/outlook", headers=headers).status_code == 200
    line = AccessLine.objects.get()
    assert (line.actor, line.actor_name) == (user_in("policy"), "policy-test")


def test_a_session_without_its_second_factor_sees_nothing(as_role: Callable[[str], Client], settings: Any) -> None:
    settings.STIP_REQUIRE_MFA = True
    assert as_role("analyst").get("/api/v1/incidents").status_code == 403


def test_a_token_ends(user_in: Callable[[str], User], program: Callable[..., Any]) -> None:
    caller = program("analyst")
    assert caller.get("/weeks").status_code == 200
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert caller.get("/weeks").status_code == 401


def test_a_token_ends_with_its_owner(user_in: Callable[[str], User], program: Callable[..., Any]) -> None:
    caller, owner = program("analyst"), user_in("analyst")
    owner.is_active = False
    owner.save()
    assert caller.get("/weeks").status_code == 401


def test_a_token_loses_what_its_owner_loses(user_in: Callable[[str], User], program: Callable[..., Any]) -> None:
    caller = program("analyst")
    user_in("analyst").roles.clear()
    assert caller.get("/weeks").status_code == 403


def test_it_is_kept_when_a_token_was_used(program: Callable[..., Any]) -> None:
    caller = program("analyst")
    assert Token.objects.get().used_at is None
    caller.get("/weeks")
    first = Token.objects.get().used_at
    caller.get("/weeks")
    assert first is not None
    assert Token.objects.get().used_at == first, "not written again within the minute"


def test_who_asks_too_much_waits(
    program: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, user_in: Callable[[str], User]
) -> None:
    monkeypatch.setattr(PER_CALLER, "num_requests", 2)
    caller = program("analyst")
    assert [caller.get("/weeks").status_code for _ in range(3)] == [200, 200, 429]
    answer = caller.get("/weeks")
    assert int(answer["Retry-After"]) > 0
    assert answer["Content-Type"] == "application/problem+json"
    assert program("analyst", May.PLAN_READ).get("/weeks").status_code == 200, "each token counts apart"
    assert caller.get("/health").status_code == 200
