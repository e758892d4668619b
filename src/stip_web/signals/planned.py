# SPDX-License-Identifier: EUPL-1.2
"""The places of the week's plan about which somebody may raise a signal: those of the own team, or of every team."""

from __future__ import annotations

from stip.agreements import check_stage
from stip.errors import SignalError
from stip.signals import team_of_place
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.plans.seen import Seen, fine, own_team, standing_for


def check_plan_open(workspace: Workspace) -> None:
    """Refuse to name places of a plan that people have put on hold.

    Raises
    ------
    AgreementError
        When the plan, or a source of its reports, is on hold.
    """
    check_stage(workspace, "plan")


def places_for(user: User, workspace: Workspace, week: str) -> tuple[Seen, ...]:
    """Give the places of the plan that stands, as far as somebody sees them on the pages of the plan too."""
    standing = standing_for(user, workspace, week) if _sees_places(user) else None
    return standing.places if standing else ()


def check_place_open(user: User, workspace: Workspace, week: str, place_id: str) -> None:
    """Refuse a place that is not this person's to see, in the words of one that does not exist.

    Raises
    ------
    AgreementError
        When the plan, or a source of its reports, is on hold.
    SignalError
        When the plan never had the place, or it is of another team.
    """
    check_plan_open(workspace)
    own = fine(user) or (_sees_places(user) and team_of_place(workspace, week, place_id) == own_team(user, workspace))
    if not own:
        raise SignalError(f"Plek ‘{place_id}’ staat niet in het plan van {week}.")


def _sees_places(user: User) -> bool:
    return fine(user) or user.may(May.PLAN_OWN)
