# SPDX-License-Identifier: EUPL-1.2
"""One place of the plan: why there, what to do and when; take over, change, let go, move, or add one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stip.agreements import is_held
from stip.errors import StipError
from stip.store import Workspace, latest_run, read_areas
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.plans.actions import Accept, AddPlace, ChangeBoard, Drop, EditPlace
from stip_web.plans.forms import DropForm, OwnForm, PlaceForm
from stip_web.plans.opening import board_of, spots_of
from stip_web.plans.seen import fine, standing_for
from stip_web.plans.spots import Spot
from stip_web.plans.views.edition import edition_of
from stip_web.plans.views.frame import facts_of, frame_of, open_workspace
from stip_web.plans.views.grid import cells_grid, column_names

_MOST_CELLS = 40


@needs(May.PLAN_OWN, May.PLAN_WRITE, May.OUTLOOK_READ)
@require_http_methods(["GET", "HEAD", "POST"])
@reads_incidents("weekplan")
def page(request: HttpRequest, week: str, place_id: str) -> HttpResponse:
    """Show a place, and change it on the board."""
    workspace, user = open_workspace(), user_of(request)
    if not fine(user):
        return _of_own_team(request, workspace, user, week, place_id)
    draft = board_of(workspace, week)
    spot = next((each for each in spots_of(draft) if each.place_id == place_id), None)
    if spot is None:
        raise Http404("no such place")
    settings = workspace.settings.plan
    posted = request.POST if request.method == "POST" else None
    doing = request.POST.get("doen", "")
    if posted is not None and not user.may(May.PLAN_WRITE):
        raise PermissionDenied("plan")
    form = PlaceForm(
        posted if doing == "bewaren" else None, settings=settings, initial=PlaceForm.first(spot, settings)
    )
    drop = DropForm(posted if doing == "vervallen" else None)
    error = ""
    if posted is not None:
        try:
            action = _asked(user, workspace, week, spot, doing, request, form, drop)
            if action is not None:
                action.run()
                back = reverse("plans:week", args=[week])
                return HttpResponseRedirect(f"{back}#plek-{place_id}")
        except StipError as refusal:
            error = str(refusal)
    context = frame_of(request, workspace, week, "week") | {
        "draft": draft,
        "spot": spot,
        "fact": facts_of(workspace, draft).get(place_id),
        "cells": [workspace.grid.name(cell) for cell in spot.cells],
        "form": form,
        "drop": drop,
        "error": error,
        "per_visit": settings.hours_per_visit,
        "travel": settings.travel_hours,
    }
    return render(request, "plans/place.html", context, status=400 if posted is not None else 200)


def _of_own_team(request: HttpRequest, workspace: Workspace, user: User, week: str, place_id: str) -> HttpResponse:
    """Show a place that stands, to who is in its team."""
    if request.method == "POST":
        return HttpResponse(status=405)
    standing = standing_for(user, workspace, week) if user.may(May.PLAN_OWN, May.PLAN_READ) else None
    found = [seen for seen in standing.places if seen.place.place_id == place_id] if standing else []
    if not found:
        raise Http404("no such place")
    context = frame_of(request, workspace, week, "week") | {"seen": found[0], "standing": standing}
    return render(request, "plans/seen_place.html", context)


def _asked(
    user: User,
    workspace: Workspace,
    week: str,
    spot: Spot,
    doing: str,
    request: HttpRequest,
    form: PlaceForm,
    drop: DropForm,
) -> ChangeBoard | None:
    on: dict[str, Any] = {
        "workspace": workspace,
        "week": week,
        "edition": edition_of(request),
        "place_id": spot.place_id,
    }
    if doing == "overnemen":
        return Accept(user, **on)
    if doing == "bewaren" and form.is_valid():
        return EditPlace(user, **on, **form.filled())
    if doing == "vervallen" and drop.is_valid():
        asked = drop.cleaned_data
        return Drop(user, **on, out=asked["out"], why=asked["why"], decision_id=asked["decision"])
    return None


@needs(May.PLAN_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
@reads_incidents("weekplan")
def own(request: HttpRequest, week: str) -> HttpResponse:
    """Ask where an own place lies and why, in the form that every place has; then put it on the board."""
    workspace, user = open_workspace(), user_of(request)
    draft = board_of(workspace, week)
    asked = request.POST if request.method == "POST" else request.GET
    areas = read_areas(workspace).names()
    names = [name for text in asked.getlist("vak")[:_MOST_CELLS] for name in text.split()][:_MOST_CELLS]
    code = asked.get("buurt", "")
    spots = spots_of(draft)
    instead = next((spot for spot in spots if spot.place_id == asked.get("plek", "")), None)
    settings = workspace.settings.plan
    first = PlaceForm.first(instead, settings) if instead else {"visits": 1, "kind": "look"}
    form = OwnForm(request.POST or None, settings=settings, initial=first)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            AddPlace(
                user,
                workspace=workspace,
                week=week,
                edition=edition_of(request),
                cells=tuple(dict.fromkeys(names)),
                instead=instead.place_id if instead else "",
                why=form.cleaned_data["reason"],
                decision_id=form.cleaned_data["decision"],
                **form.filled(),
            ).run()
        except StipError as refusal:
            error = str(refusal)
        else:
            messages.success(request, "De plek staat op het bord. Zij telt even zwaar als een voorgestelde.")
            return HttpResponseRedirect(reverse("plans:week", args=[week]) + "#plekken")
    taken = {cell: spot.number for spot in spots if spot.goes and spot is not instead for cell in spot.cells}
    grid = cells_grid(workspace, week, code, set(names), taken) if code in areas else []
    shown = {box.name for row in grid for box in row if box}
    context = frame_of(request, workspace, week, "week") | {
        "draft": draft,
        "form": form,
        "error": error,
        "areas": sorted(areas.items(), key=lambda item: item[1]),
        "code": code,
        "area": areas.get(code, ""),
        "grid": grid,
        "columns": column_names(grid),
        "chosen": [box.short for row in grid for box in row if box and box.chosen],
        "has_outlook": not is_held(workspace, "outlook") and latest_run(workspace, "outlook", week) is not None,
        "sees_map": user.may(May.DOTS_FINE, May.DOTS_COARSE),
        "sees_outlook": user.may(May.OUTLOOK_READ),
        "others": [name for name in names if name not in shown],
        "instead": instead,
        "per_visit": settings.hours_per_visit,
        "travel": settings.travel_hours,
    }
    return render(request, "plans/own.html", context, status=400 if request.method == "POST" else 200)
