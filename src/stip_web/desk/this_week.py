# SPDX-License-Identifier: EUPL-1.2
"""What this week asks of somebody: one question per role, answered from the workspace."""

from __future__ import annotations

from dataclasses import dataclass

from stip.store import Workspace
from stip_web.accounts.models import User


@dataclass(frozen=True)
class Task:
    """One line of the home page."""

    title: str
    text: str
    url: str = ""
    link: str = ""
    state: str = ""


def tasks_of(user: User, workspace: Workspace) -> list[Task]:
    """Give the lines for this person, most pressing first."""
    return []
