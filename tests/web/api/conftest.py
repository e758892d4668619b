# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of the API: a program with a token, and counters that are not in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from stip_web.accounts.grants import ROLES
from stip_web.accounts.models import Token, User
from stip_web.api.throttle import PER_CALLER


class Program:
    """Asks the API with a token; answers of 200 as JSON."""

    def __init__(self, secret: str, client: Client | None = None) -> None:
        self.client = client or Client()
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path: str, query: Any = None, **headers: str) -> Any:
        """Ask, and give the answer."""
        return self.client.get(f"/api/v1{path}", query, headers=self.headers | headers)

    def json(self, path: str, query: Any = None, **headers: str) -> Any:
        """Ask, and give the body of an answer that must be good."""
        answer = self.get(path, query, **headers)
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def token_of(user_in: Callable[[str], User]) -> Callable[..., str]:
    """Give the secret of a token of somebody in a role, with all that the role may or with these scopes."""

    def make(code: str, *scopes: str) -> str:
        return Token.make(user_in(code), "proef", sorted(scopes or ROLES[code][1]))[1]

    return make


@pytest.fixture
def program(token_of: Callable[..., str]) -> Callable[..., Program]:
    """Give a program with such a token; without one for the empty code."""
    return lambda code="analyst", *scopes: Program(token_of(code, *scopes) if code else "")


@pytest.fixture
def browser(as_role: Callable[[str], Client]) -> Callable[[str], Program]:
    """Give a script of the site's own pages, with the session of somebody in a role."""
    return lambda code: Program("", as_role(code))


@pytest.fixture
def many_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test ask more than one caller may."""
    monkeypatch.setattr(PER_CALLER, "num_requests", 10**9)


@pytest.fixture
def secrets_by_role(token_of: Callable[..., str]) -> Callable[[str], str]:
    """Give the secret of one token a role, the same each time in a test; empty for the empty code."""
    made: dict[str, str] = {"": ""}

    def secret(code: str) -> str:
        if code not in made:
            made[code] = token_of(code)
        return made[code]

    return secret
