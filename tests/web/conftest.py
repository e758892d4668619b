# SPDX-License-Identifier: EUPL-1.2
"""Fixtures of the site: a sample town that is made once, a workspace to read or to change, a user a role."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from stip_web.accounts.grants import ROLES
from stip_web.accounts.models import Role, User


@pytest.fixture(autouse=True)
def site(settings: object, sample_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the site at the sample town, and give it a folder of its own; gives the workspace's folder."""
    monkeypatch.setenv("STIP_KEYS", str(sample_demo / "sleutels"))
    settings.STIP_WORKSPACE = sample_demo / "werkmap"  # type: ignore[attr-defined]
    settings.STIP_STATE = tmp_path / "site"  # type: ignore[attr-defined]
    settings.STIP_STATE.mkdir()  # type: ignore[attr-defined]
    return sample_demo / "werkmap"


@pytest.fixture
def own_site(settings: object, site: Path, tmp_path: Path) -> Path:
    """Point the site at a copy of the sample town that this test may change; gives the workspace's folder."""
    copy = tmp_path / "werkmap"
    shutil.copytree(site, copy)
    settings.STIP_WORKSPACE = copy  # type: ignore[attr-defined]
    return copy


@pytest.fixture
def user_in(db: None) -> Callable[[str], User]:
    """Give a user in a role, by its code."""

    def make(code: str) -> User:
        user, made = User.objects.get_or_create(username=f"{code}-test")
        if made:
            user.set_unusable_password()
            user.save()
            user.roles.add(Role.objects.get(code=code))
        return user

    return make


@pytest.fixture
def as_role(user_in: Callable[[str], User]) -> Callable[[str], Client]:
    """Give a browser without scripts, logged in as a user in this role; the empty code is logged in by nobody."""

    def log_in(code: str) -> Client:
        client = Client()
        if code:
            client.force_login(user_in(code), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


@pytest.fixture(params=[*ROLES, ""])
def each_role(request: pytest.FixtureRequest) -> str:
    """Give the code of each role in turn, and of nobody."""
    return str(request.param)
