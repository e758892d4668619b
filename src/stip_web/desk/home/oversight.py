# SPDX-License-Identifier: EUPL-1.2
"""Whether anything is unusual (privacy officer), and whether the machine runs well (administrator)."""

from __future__ import annotations

from django.urls import reverse

from stip.agreements import Weight, pauses, review
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.desk.home.task import Task
from stip_web.workspaces.clock import now


def oversight_task(user: User, workspace: Workspace) -> Task:
    """Tell what is on hold, and what the agreements still lack."""
    remarks = [remark for remark in review(workspace, on=now(workspace).date()) if remark.weight is not Weight.GOOD]
    held = len(pauses(workspace))
    lines = [f"{held} bron of onderdeel staat op pauze." if held == 1 else f"{held} staan op pauze."] if held else []
    lines += [f"{len(remarks)} opmerkingen bij de afspraken."] if remarks else ["De afspraken zijn in orde."]
    mark = "todo" if remarks or held else "good"
    return Task("Toezicht", tuple(lines), mark, "Naar Toezicht", reverse("oversight:index"))


def system_task(user: User, workspace: Workspace) -> Task:
    """Lead to the pages of the administrator; no incident is counted here."""
    return Task(
        "Systeem",
        ("Gebruikers, rollen, taken en de toestand van het systeem.",),
        "",
        "Naar Beheer",
        reverse("administration:index"),
    )
