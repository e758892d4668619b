# SPDX-License-Identifier: EUPL-1.2
"""Whether the machine runs well, for the administrator."""

from __future__ import annotations

from django.urls import reverse

from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.desk.home.task import Task


def system_task(user: User, workspace: Workspace) -> Task:
    """Lead to the pages of the administrator; no incident is counted here."""
    return Task(
        "Systeem",
        ("Gebruikers, rollen, taken en de toestand van het systeem.",),
        "",
        "Naar Beheer",
        reverse("administration:index"),
    )
