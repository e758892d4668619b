# SPDX-License-Identifier: EUPL-1.2
"""The plan of a week: the board for who makes it, the places of the own team, or neighbourhoods."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stip.errors import StipError
from stip.plan import EVERY_SLOT, check_goal, hours_of
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.plans.actions import DecideRest, SetHours, StartAgain
from stip_web.plans.fixing import CloseWeek, FixPlan
from stip_web.plans.hours import read_hours, wrong_boxes
from stip_web.plans.models import Proposing
from stip_web.plans.opening import board_of, week_to_make
from stip_web.plans.proposing import AskProposal
from stip_web.plans.seen import fine, outline_of, own_only, standing_for, team_name
from stip_web.plans.tasks import give_up_on_the_dead, remake
from stip_web.plans.views.edition import edition_of
from stip_web.plans.views.frame import board_context, frame_of, no_outlook, open_workspace, show_board
from stip_web.plans.views.grid import hours_grid
from stip_web.workspaces.clock import this_week

_BOX = 20  # letters of a box that are shown again


@needs(May.PLAN_READ, May.PLAN_OWN)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """Go to the week at hand; who makes the plan, to the first one that is not fixed yet."""
    workspace = open_workspace()
    week = week_to_make(workspace) if user_of(request).may(May.PLAN_WRITE) else this_week(workspace)
    return HttpResponseRedirect(reverse("plans:week", args=[week]))


@needs(May.PLAN_READ, May.PLAN_OWN)
@require_safe
@reads_incidents("weekplan")
def page(request: HttpRequest, week: str) -> HttpResponse:
    """Show the board, the places of the own team, or the neighbourhoods: by who looks."""
    user = user_of(request)
    if fine(user):
        return show_board(request, week)
    workspace = open_workspace()
    context = frame_of(request, workspace, week, "week")
    if own_only(user):
        name = team_name(workspace, user.team)
        return render(
            request,
            "plans/own_team.html",
            context | {"standing": standing_for(user, workspace, week), "team_name": name},
        )
    return render(request, "plans/outline.html", context | {"outline": outline_of(workspace, week)})


@needs(May.PLAN_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, week: str) -> HttpResponse:
    """Ask how many hours there are, by team, day and shift."""
    workspace = open_workspace()
    draft = board_of(workspace, week)
    teams, error = workspace.settings.plan.teams, ""
    typed = _typed(request, teams)
    wrong = wrong_boxes(typed)
    if request.method == "POST":
        try:
            spread = request.POST.get("doen") == "verdelen"
            SetHours(
                user_of(request),
                workspace=workspace,
                week=week,
                edition=edition_of(request),
                capacity=draft.capacity if spread else _posted(typed, teams),
                totals={team: read_hours(typed[f"totaal-{team}"]) for team in teams} if spread else {},
            ).run()
        except StipError as refusal:
            error = str(refusal)
        else:
            messages.success(request, "De uren zijn bewaard.")
            return HttpResponseRedirect(reverse("plans:hours" if spread else "plans:week", args=[week]))
    context = frame_of(request, workspace, week, "week") | {
        "draft": draft,
        "error": error,
        "grids": [hours_grid(team, name, draft.capacity.get(team, {}), typed, wrong) for team, name in teams.items()],
        "whole": hours_of(draft.capacity),
    }
    return render(request, "plans/hours.html", context, status=400 if error else 200)


@needs(May.PLAN_WRITE)
@require_POST
@reads_incidents("weekplan")
def rest(request: HttpRequest, week: str) -> HttpResponse:
    """Take all other suggestions over, or let them go."""
    accept = request.POST.get("doen") == "overnemen"
    try:
        DecideRest(
            user_of(request), workspace=open_workspace(), week=week, edition=edition_of(request), accept=accept
        ).run()
    except StipError as error:
        return show_board(request, week, error=str(error))
    return HttpResponseRedirect(reverse("plans:week", args=[week]) + "#plekken")


@needs(May.PLAN_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, week: str) -> HttpResponse:
    """Ask for a proposal, and show how far it is."""
    workspace, error = open_workspace(), ""
    if request.method == "POST":
        try:
            AskProposal(user_of(request), workspace=workspace, week=week, why=request.POST.get("rotatie", "")).run()
        except StipError as refusal:
            error = str(refusal)
        else:
            return HttpResponseRedirect(reverse("plans:propose", args=[week]))
    give_up_on_the_dead()
    context = frame_of(request, workspace, week, "week") | {
        "error": error,
        "draft": board_of(workspace, week),
        "no_outlook": no_outlook(workspace, week),
        "at_hand": this_week(workspace),
        "asked": Proposing.objects.filter(week=week).first(),
    }
    return render(request, "plans/propose.html", context, status=400 if error else 200)


@needs(May.PLAN_PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
@reads_incidents("weekplan")
def fix(request: HttpRequest, week: str) -> HttpResponse:
    """Show what would be fixed and which rules ask a reason; then fix it."""
    workspace, error = open_workspace(), ""
    if request.method == "POST":
        reasons = {name: request.POST.get(f"reden-{name}", "") for name in ("hours", "rotation", "spread")}
        try:
            draft = FixPlan(
                user_of(request),
                workspace=workspace,
                week=week,
                edition=edition_of(request),
                reasons=reasons,
            ).run()
        except StipError as refusal:
            error = str(refusal)
        else:
            transaction.on_commit(lambda: remake.enqueue(week))
            messages.success(request, f"Het weekplan staat vast: versie {draft.version}.")
            return HttpResponseRedirect(reverse("plans:week", args=[week]))
    context = frame_of(request, workspace, week, "week") | board_context(workspace, week)
    try:
        check_goal(workspace)
    except StipError as refusal:
        context["no_goal"] = str(refusal)
    context |= {
        "error": error,
        "rules": [(rule, request.POST.get(f"reden-{rule.rule}", "")) for rule in context["broken"]],
        "goal": workspace.settings.learn,
    }
    return render(request, "plans/fix.html", context, status=400 if error else 200)


@needs(May.PLAN_PUBLISH)
@require_POST
@reads_incidents("weekplan")
def close(request: HttpRequest, week: str) -> HttpResponse:
    """Close a week that is over."""
    try:
        CloseWeek(user_of(request), workspace=open_workspace(), week=week, edition=edition_of(request)).run()
    except StipError as error:
        return show_board(request, week, error=str(error))
    messages.success(request, "De week is afgesloten. Het weekplan verandert niet meer.")
    return HttpResponseRedirect(reverse("plans:week", args=[week]))


@needs(May.PLAN_WRITE)
@require_POST
@reads_incidents("weekplan")
def again(request: HttpRequest, week: str) -> HttpResponse:
    """Make the board anew from what stands in the workspace."""
    try:
        StartAgain(user_of(request), workspace=open_workspace(), week=week, edition=edition_of(request)).run()
    except StipError as error:
        return show_board(request, week, error=str(error))
    return HttpResponseRedirect(reverse("plans:week", args=[week]))


def _typed(request: HttpRequest, teams: dict[str, str]) -> dict[str, str]:
    """Give what somebody typed, box by box; nothing when nobody did."""
    if request.method != "POST":
        return {}
    if request.POST.get("doen") == "verdelen":
        return {f"totaal-{team}": request.POST.get(f"totaal-{team}", "")[:_BOX] for team in teams}
    return {
        f"{team}:{slot.code}": request.POST.get(f"{team}:{slot.code}", "")[:_BOX]
        for team in teams
        for slot in EVERY_SLOT
    }


def _posted(typed: dict[str, str], teams: dict[str, str]) -> dict[str, dict[str, float]]:
    return {team: {slot.code: read_hours(typed[f"{team}:{slot.code}"]) for slot in EVERY_SLOT} for team in teams}
