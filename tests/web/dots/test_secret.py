# SPDX-License-Identifier: EUPL-1.2
"""``stip_web upgrade`` draws the secret of the rounding where there never was one; a page never does."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client


@pytest.mark.django_db
def test_a_coarse_page_waits_for_the_secret_that_an_upgrade_makes(
    as_role: Callable[[str], Client], own_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = tmp_path / "keys"
    monkeypatch.setenv("STIP_KEYS", str(keys))
    if (own_site / "published").exists():
        (own_site / "published").rename(own_site / "away")
    (own_site / "data" / "openbaar_geheim").unlink(missing_ok=True)  # as before a secret was ever drawn
    client = as_role("policy")
    answer = client.get("/kaart/lijst")
    assert answer.status_code == 500
    assert "stip_web upgrade" in answer.content.decode()
    assert not list(keys.glob("*.openbaar"))
    call_command("upgrade", stdout=io.StringIO())
    assert len(list(keys.glob("*.openbaar"))) == 1
    assert client.get("/kaart/lijst").status_code == 200
