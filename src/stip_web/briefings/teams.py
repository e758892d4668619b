# SPDX-License-Identifier: EUPL-1.2
"""Which team a place of the plan is of, and which team somebody works in."""

from __future__ import annotations

from stip.store import Workspace


def team_of(workspace: Workspace, code: str) -> str:
    """Give the code of a team, that of a place or a person: the first team of ``plan.teams`` when none was said."""
    return code or next(iter(workspace.settings.plan.teams))


def team_name(workspace: Workspace, code: str) -> str:
    """Give the name of a team; one that is no longer in the settings goes by its code."""
    return workspace.settings.plan.teams.get(code, code)
