# SPDX-License-Identifier: EUPL-1.2
"""Keys for programs: no more than their owner, shown once, taken back at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from stip.errors import StipError
from stip_web.accounts.models import Token, User
from stip_web.accounts.permissions import Permission as May
from stip_web.administration.tokens import MOST, MakeToken, RevokeToken
from stip_web.audit.models import AuditLine

pytestmark = pytest.mark.django_db


def test_a_key_is_shown_once_and_not_kept(as_role: Callable[[str], Client]) -> None:
    client = as_role("analyst")
    page = client.post("/account/sleutels", {"name": "Excel", "scopes": [May.DOTS_FINE]})
    assert page.status_code == 201
    [secret] = re.findall(r"stip_[\w-]{43}", page.content.decode())
    assert secret not in client.get("/account/sleutels").content.decode()
    assert secret not in str(list(Token.objects.values())) + str(list(AuditLine.objects.values()))
    token = Token.of(secret)
    assert token is not None
    assert token.permissions == {May.DOTS_FINE}


def test_a_key_can_no_more_than_its_owner(user_in: Callable[[str], User]) -> None:
    for code, scope in (("policy", May.DOTS_FINE), ("administrator", May.USERS_MANAGE)):
        with pytest.raises(StipError, match="niet meer dan uzelf"):
            MakeToken(user_in(code), name="x", scopes=[scope]).run()
    with pytest.raises(StipError, match="ten minste"):
        MakeToken(user_in("policy"), name="x", scopes=[]).run()


def test_a_key_loses_what_its_owner_loses(user_in: Callable[[str], User]) -> None:
    user = user_in("analyst")
    secret = MakeToken(user, name="x", scopes=[May.DOTS_FINE, May.OUTLOOK_READ]).run()
    user.roles.clear()
    token = Token.of(secret)
    assert token is not None
    assert not token.permissions


def test_there_is_a_bound(user_in: Callable[[str], User]) -> None:
    user = user_in("analyst")
    for number in range(MOST):
        MakeToken(user, name=str(number), scopes=[May.DOTS_FINE]).run()
    with pytest.raises(StipError, match="Trek er eerst een in"):
        MakeToken(user, name="meer", scopes=[May.DOTS_FINE]).run()


def test_only_its_owner_takes_a_key_back(as_role: Callable[[str], Client], user_in: Callable[[str], User]) -> None:
    secret = MakeToken(user_in("analyst"), name="x", scopes=[May.DOTS_FINE]).run()
    token = Token.objects.get()
    assert as_role("coordinator").post(f"/account/sleutels/{token.pk}/intrekken").status_code == 404
    with pytest.raises(StipError, match="niet van u"):
        RevokeToken(user_in("coordinator"), token=token).run()
    assert as_role("analyst").post(f"/account/sleutels/{token.pk}/intrekken").status_code == 302
    assert Token.of(secret) is None
    assert AuditLine.objects.filter(action="token.revoke").count() == 1
