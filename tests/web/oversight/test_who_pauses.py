# SPDX-License-Identifier: EUPL-1.2
"""Who may put things on hold: the roles that hold the permission, also where Stip was before; no other is named."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.test import Client

from stip_web.accounts.models import Role


def test_the_board_of_an_installation_of_before_can_stop_it_too(as_role: Callable[[str], Client]) -> None:
    policy = Role.objects.get(code="policy")
    policy.permissions = ["plan.read"]
    policy.save()
    assert as_role("policy").get("/toezicht/pauze").status_code == 403
    import_module("stip_web.accounts.migrations.0004_let_the_board_pause").grant(apps, None)
    assert Role.objects.get(code="policy").permissions == ["pause", "plan.read"]
    assert "pause" not in Role.objects.get(code="analyst").permissions
    assert as_role("policy").get("/toezicht/pauze").status_code == 200


def test_who_cannot_stop_it_reads_which_roles_can(as_role: Callable[[str], Client], own_site: Path) -> None:
    as_role("policy").post("/toezicht/pauze/stilzetten", {"what": "outlook", "reason": "eerst overleg"})
    assert (
        "De FG of het bestuur kan dat opheffen." in as_role("analyst").get("/vooruitblik/2026-w37").content.decode()
    )
    officer = Role.objects.get(code="privacy_officer")
    officer.permissions = sorted({*officer.permissions} - {"pause"})
    officer.save()
    page = as_role("privacy_officer").get("/toezicht/pauze").content.decode()
    assert "kan wie een van deze rollen heeft: Bestuur en beleid.</p>" in page and "Stilzetten</button>" not in page
