# SPDX-License-Identifier: EUPL-1.2
"""What every page of the phone starts from: who, which team, which week, which plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from stip.errors import AgreementError, OnHold, PlanError, SettingsError
from stip.space import monday
from stip.store import Workspace
from stip_web.accounts.door import user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.briefings.streets import Street, streets_of
from stip_web.plans.seen import own_team
from stip_web.plans.views.frame import open_workspace
from stip_web.street import shell
from stip_web.street.plan import TeamPlan, team_plan
from stip_web.workspaces.clock import this_week, today
from stip_web.workspaces.current import current_workspace

_P = ParamSpec("_P")

READS = (May.PLAN_OWN, May.PLAN_WRITE)
"""Who may see the plan on the phone: the team, and who makes the plan."""
TELLS = (May.FEEDBACK_OWN, May.FEEDBACK_WRITE)
"""Who may tell how it was."""


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes
    ----------
    workspace : Workspace
    team, week : str
    plan : TeamPlan or None
        None when no plan was fixed for that week.
    """

    workspace: Workspace
    team: str
    week: str
    plan: TeamPlan | None


def asked(request: HttpRequest, *, shows_plan: bool = True) -> Asked:
    """Give the plan of a person's team: of this week, or of the week that a QR code names.

    Parameters
    ----------
    shows_plan : bool
        Whether the plan is shown; taking in what was seen goes on while the plan is on hold.

    Raises
    ------
    AgreementError
        When the plan is shown, and it or a source of its reports is on hold.
    """
    workspace = open_workspace() if shows_plan else current_workspace()
    team = own_team(user_of(request), workspace)
    week = _week(request.GET.get("week", "")) or this_week(workspace)
    return Asked(workspace, team, week, team_plan(workspace, week, team))


def frame(request: HttpRequest, found: Asked, **more: Any) -> dict[str, Any]:
    """Give what the templates need."""
    return {
        "asked": found,
        "week_shown": found.week,
        "plan": found.plan,
        "team_name": found.workspace.settings.plan.teams.get(found.team, found.team),
        "tells": user_of(request).may(*TELLS),
        "owner": owner_of(request),
        "build": shell.build(),
        **more,
    }


def streets(found: Asked) -> dict[str, list[Street]]:
    """Give the streets of each place of the plan, by its id; of none while the addresses may not be used."""
    planned = [one.place for one in found.plan.places] if found.plan else []
    named = streets_of(found.workspace, [place.cells for place in planned], on=today(found.workspace))
    return {place.place_id: each for place, each in zip(planned, named, strict=True)}


def or_still(
    view: Callable[Concatenate[HttpRequest, _P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, _P], HttpResponse]:
    """Show, while the plan may not be shown, a screen of Straat that says so: from there what waits is still sent."""

    @wraps(view)
    def shown(request: HttpRequest, /, *args: _P.args, **named: _P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except AgreementError as error:
            title = "Dit staat stil" if isinstance(error, OnHold) else "Dit mag niet volgens de afspraak"
            found = replace(asked(request, shows_plan=False), plan=None)
            more = {"title": title, "said": str(error), "screen": "still", "banners": []}
            return render(request, "street/still.html", frame(request, found, **more), status=403)

    return shown


def owner_of(request: HttpRequest) -> str:
    """Give what tells one person's entries on a phone from another's; it says nothing of who it is."""
    return salted_hmac("stip.street.owner", str(user_of(request).pk)).hexdigest()[:16]


def _week(text: str) -> str:
    """Give a week that was asked for; nothing when it is none."""
    week = text.strip().upper()
    try:
        monday(week)
    except (SettingsError, PlanError, ValueError):
        return ""
    return week
