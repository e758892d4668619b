# SPDX-License-Identifier: EUPL-1.2
"""How much of a briefing somebody may read."""

from __future__ import annotations

from dataclasses import dataclass

from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.plans.seen import fine, own_only, own_team

READS = (May.PLAN_READ, May.PLAN_OWN)
"""One of these opens the briefing."""


@dataclass(frozen=True)
class Reader:
    """What a reader gets.

    Attributes
    ----------
    fine : bool
        Places with streets and facts; else neighbourhoods only.
    team : str
        Only the places of this team; empty for all.
    concept : bool
        Also a proposal that nobody fixed yet.
    """

    fine: bool
    team: str = ""
    concept: bool = False

    @classmethod
    def of(cls, user: User, workspace: Workspace) -> Reader:
        """Say it of somebody: all of it, the own team's part, or neighbourhoods."""
        if fine(user):
            return cls(fine=True, concept=True)
        if own_only(user):
            return cls(fine=True, team=own_team(user, workspace))
        return cls(fine=False)
