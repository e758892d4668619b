# SPDX-License-Identifier: EUPL-1.2
"""A site on an empty workspace: for what is about people, logs and the server, and needs no town."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from stip.settings import Settings, Town
from stip.store import Workspace


@pytest.fixture(autouse=True)
def site(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Point the site at an empty workspace of its own; gives its folder. Counters of attempts begin anew."""
    monkeypatch.setenv("STIP_KEYS", str(tmp_path / "keys"))
    root = Workspace.create(tmp_path / "werkmap", Settings(town=Town(name="Proefstad"))).root
    settings.STIP_WORKSPACE = root  # type: ignore[attr-defined]
    settings.STIP_STATE = tmp_path / "site"  # type: ignore[attr-defined]
    settings.STIP_STATE.mkdir()  # type: ignore[attr-defined]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # type: ignore[attr-defined]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined] # quick
    cache.clear()
    yield root
    cache.clear()
