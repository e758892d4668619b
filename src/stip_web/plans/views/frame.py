# SPDX-License-Identifier: EUPL-1.2
"""What every page about the plan of a week shows: which week, how it stands, the other pages; and the off switch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from stip.agreements import check_stage, is_held
from stip.plan import proposal_of, shown_plan, where_and_price
from stip.space import shift_week
from stip.store import Workspace, latest_run
from stip_web.accounts.door import user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.plans.fixing import broken_on, is_over, not_fixed_yet
from stip_web.plans.hours import loads, slots_of, whole
from stip_web.plans.models import Draft, Proposing, Status
from stip_web.plans.opening import base_of, board_of, fixed_version, spots_of
from stip_web.plans.seen import fine
from stip_web.plans.spots import IN, OUT, SUGGESTED, Spot
from stip_web.workspaces.clock import this_week
from stip_web.workspaces.current import current_workspace

TABS = (
    ("plans:week", "Weekplan", (May.PLAN_READ, May.PLAN_OWN)),
    ("briefings:page", "Briefing", (May.PLAN_READ, May.PLAN_OWN)),
    ("plans:feedback", "Terugkoppeling", (May.FEEDBACK_READ,)),
    ("plans:versions", "Versies", (May.PLAN_WRITE, May.OUTLOOK_READ)),
)
_FINE = ("plans:feedback", "plans:versions")
"""Pages that name places of every team."""


def open_workspace() -> Workspace:
    """Give the workspace, as long as the plan and what it is made of may be shown.

    Raises
    ------
    AgreementError
        When the plan, or a source of its reports, is on hold.
    """
    workspace = current_workspace()
    check_stage(workspace, "plan")
    return workspace


def frame_of(request: HttpRequest, workspace: Workspace, week: str, tab: str) -> dict[str, Any]:
    """Give the frame of a page about a week."""
    user = user_of(request)
    return {
        "week_of": week,
        "previous_week": shift_week(week, -1),
        "next_week": shift_week(week, 1),
        "fine": fine(user),
        "may_write": user.may(May.PLAN_WRITE),
        "may_outlook": user.may(May.OUTLOOK_RUN),
        "may_fix": user.may(May.PLAN_PUBLISH),
        "teams": workspace.settings.plan.teams,
        "tabs": [
            {"label": label, "url": reverse(view, args=[week]), "current": view.endswith(f":{tab}")}
            for view, label, permissions in TABS
            if user.may(*permissions) and (view not in _FINE or fine(user))
        ],
    }


def board_context(workspace: Workspace, week: str) -> dict[str, Any]:
    """Give what the board shows: hours, places and rules, as they stand."""
    draft = board_of(workspace, week)
    spots = spots_of(draft)
    planned = [spot.decided.planned for spot in spots]
    teams = workspace.settings.plan.teams
    load = loads(planned, draft.capacity, teams)
    return {
        "draft": draft,
        "status": Status(draft.state).label,
        "spots": spots,
        "suggested": [spot for spot in spots if spot.state == SUGGESTED],
        "going": [spot for spot in spots if spot.state == IN],
        "out": [spot for spot in spots if spot.state == OUT],
        "whole": whole(planned, draft.capacity),
        "loose": sum(each.used for (_, slot), each in load.items() if not slot),
        "why_here": why_here(workspace, draft),
        "rows": _rows(spots, load, teams),
        "broken": broken_on(workspace, draft),
        "changes": not_fixed_yet(workspace, draft),
        "passed": _passed(workspace, draft),
        "elsewhere": fixed_version(workspace, week) != draft.version,
        "facts": facts_of(workspace, draft),
        "over": is_over(workspace, week),
        "busy": Proposing.objects.filter(week=week).first(),
        "drawn": [spot for spot in spots if spot.origin == "random"],
        "no_outlook": no_outlook(workspace, week),
        "at_hand": this_week(workspace),
    }


def no_outlook(workspace: Workspace, week: str) -> str:
    """Say that a proposal must wait for an outlook; empty when there is one."""
    if latest_run(workspace, "outlook", week) is not None:
        return ""
    named = f"week {int(week[-2:])}"
    if is_over(workspace, week):
        return f"Voor {named} is nooit een vooruitblik gemaakt, dus er was geen voorstel."
    here = this_week(workspace)
    wait = (
        ""
        if week <= here
        else f" Zij kan er komen als de meldingen tot en met week {int(shift_week(week, -1)[-2:])} binnen zijn."
    )
    return f"Voor {named} is nog geen vooruitblik. Zonder vooruitblik kan Stip geen plekken voorstellen.{wait}"


def facts_of(workspace: Workspace, draft: Draft) -> dict[str, Any]:
    """Give the proposal's own facts of each place that it holds, by id; none while the outlook is on hold."""
    if not draft.run_id or is_held(workspace, "outlook"):
        return {}
    proposal = proposal_of(base_of(workspace, draft))
    return {place.place_id: place for place in (*proposal.places, *proposal.refused)}


def why_here(workspace: Workspace, draft: Draft) -> tuple[str, ...]:
    """Give where the proposal goes and what going round costs; nothing while the outlook, which says it, is held."""
    if not draft.run_id or is_held(workspace, "outlook"):
        return ()
    return where_and_price(proposal_of(base_of(workspace, draft)))


def show_board(request: HttpRequest, week: str, *, error: str = "") -> HttpResponse:
    """Show the board; with what went wrong above it."""
    workspace = open_workspace()
    context = frame_of(request, workspace, week, "week") | board_context(workspace, week) | {"error": error}
    return render(request, "plans/board.html", context, status=409 if error else 200)


def _passed(workspace: Workspace, draft: Draft) -> Mapping[str, str]:
    """Give the rules that the plan that stands passes over, each with its reason."""
    newest = latest_run(workspace, "plan", draft.week) if draft.version else None
    return shown_plan(workspace, newest).proposal.passed_rules if newest is not None else {}


def _rows(spots: list[Spot], load: dict[tuple[str, str], Any], teams: dict[str, str]) -> list[dict[str, Any]]:
    """Give the rows of the board: a slot each, with what every team has and does there."""
    found = []
    loose = any(team_slot[1] == "" for team_slot in load)
    for code, label in [(slot.code, slot.label) for slot in slots_of(load)] + (
        [("", "Nog geen dagdeel")] if loose else []
    ):
        boxes = []
        for team in teams:
            here = [spot for spot in spots if spot.goes and spot.team == team and _is_at(spot, code)]
            boxes.append({"load": load.get((team, code)), "spots": here})
        found.append({"code": code, "label": label, "boxes": boxes})
    return found


def _is_at(spot: Spot, code: str) -> bool:
    return code in spot.slots if code else len(spot.slots) < spot.visits
