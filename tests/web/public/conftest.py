# SPDX-License-Identifier: EUPL-1.2
"""The public site in the process of the tests, on a folder of its own: as ``stip_web.public_settings`` has it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.urls import set_urlconf

from stip.publish import approve, open_quarters, propose
from stip.store import Workspace, last_known_at
from stip_web.inbox.sealing import new_private_key, public_of
from stip_web.public.environment import PublicEnvironment
from stip_web.public.throttle import Throttle
from stip_web.public.views import reacting

TAKEN_OVER = ("INSTALLED_APPS", "MIDDLEWARE", "ROOT_URLCONF", "TEMPLATES", "FORM_RENDERER", "CONTENT_SECURITY_POLICY")
MONDAY = datetime.fromisoformat("2026-09-07T09:30:00+02:00")


@pytest.fixture(scope="session")
def published_town(sample_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the last three quarters of a copy of the sample town public, once; gives the workspace, to read."""
    folder = tmp_path_factory.mktemp("published_town")
    shutil.copytree(sample_demo / "werkmap", folder / "werkmap")
    shutil.copytree(sample_demo / "sleutels", folder / "sleutels")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STIP_KEYS", str(folder / "sleutels"))
        workspace = Workspace.open(folder / "werkmap")
        known = last_known_at(workspace, known_before=datetime.now(MONDAY.tzinfo))
        at = (known or MONDAY) + timedelta(hours=2)
        for quarter in open_quarters(workspace, at=at)[-3:]:
            run = propose(workspace, quarter, at=at)
            approve(workspace, run, role="fg", reason="Nagekeken voor de proef.", at=at)
    return folder / "werkmap"


@pytest.fixture(autouse=True)
def site() -> None:
    """Stand in the place of the desk's site: these pages have no workspace."""


@pytest.fixture
def private_key() -> bytes:
    return new_private_key()


@pytest.fixture
def published(tmp_path: Path, private_key: bytes) -> Path:
    """Give a folder in which nothing is published but the key of the inbox."""
    folder = tmp_path / "published"
    folder.mkdir()
    (folder / "inbox.pub").write_text(public_of(private_key).hex())
    return folder


@pytest.fixture
def full(published: Path, published_town: Path) -> Path:
    """Give a folder with all that the sample town published, to change."""
    shutil.copytree(published_town / "published", published, dirs_exist_ok=True)
    return published


@pytest.fixture
def public(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Give a browser without scripts on the public site."""
    (tmp_path / "inbox").mkdir()
    monkeypatch.setattr(reacting, "throttle", Throttle())
    said = PublicEnvironment(mode="demo", published=published, inbox=tmp_path / "inbox")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STIP_MODE", "demo")
        for name in ("STIP_WORKSPACE", "STIP_KEYS", "STIP_STATE", "DATABASE_URL"):
            patch.delenv(name, raising=False)
        assert "STIP_WORKSPACE" not in os.environ
        from stip_web import public_settings
    with override_settings(
        STIP_PUBLIC=said,
        ALLOWED_HOSTS=["testserver"],
        SECURE_SSL_REDIRECT=False,
        **{name: getattr(public_settings, name) for name in TAKEN_OVER},
    ):
        set_urlconf(None)
        yield Client()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"
