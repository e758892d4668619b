# SPDX-License-Identifier: EUPL-1.2
"""The four screens of the phone. Each is a plain page too: without script it is read and sent as any form."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from pydantic import ValidationError

from stip_web.accounts.door import needs, user_of
from stip_web.audit.processing import reads_incidents
from stip_web.briefings.streets import in_words
from stip_web.desk.errors import refuse
from stip_web.street.codes import HOW, STEPS, TOWARDS, WHY_NOT
from stip_web.street.drawing import drawing
from stip_web.street.payload import Sent
from stip_web.street.plan import Place, TeamPlan
from stip_web.street.receiving import take, told_this_week
from stip_web.street.remarks import offered
from stip_web.street.throttle import may_send
from stip_web.street.towards import cell_towards
from stip_web.street.views.frame import READS, TELLS, Asked, asked, frame, or_still, streets

_ROUND_ALL_M = 500


@needs(*READS)
@reads_incidents("weekplan")
@require_safe
@or_still
def today(request: HttpRequest) -> HttpResponse:
    """List the places of this week."""
    found = asked(request)
    told = told_this_week(found.week, found.team)
    places = found.plan.places if found.plan else ()
    named = streets(found)
    rows = [
        (one, in_words(named[one.place.place_id]), [said["words"] for said in told.get(one.place.place_id, [])])
        for one in places
    ]
    loose = any(not one.place.slots for one in places)
    return render(request, "street/today.html", frame(request, found, rows=rows, loose=loose, screen="today"))


@needs(*READS)
@reads_incidents("weekplan")
@require_safe
@or_still
def blank(request: HttpRequest) -> HttpResponse:
    """Give a page without a place: the phone fills it from its data while the page of a place is not kept yet."""
    found = asked(request)
    return render(request, "street/place.html", frame(request, found, **_choices(found), screen="place"))


@needs(*READS)
@reads_incidents("weekplan")
@require_http_methods(["GET", "HEAD", "POST"])
@or_still
def place(request: HttpRequest, place_id: str) -> HttpResponse:
    """Show one place, and take what is told about it by a form without script."""
    found = asked(request, shows_plan=request.method != "POST")
    one = found.plan.place(place_id) if found.plan else None
    if found.plan is None or one is None:
        raise Http404
    wrong, status = "", 200
    if request.method == "POST":
        if not user_of(request).may(*TELLS):
            return refuse(request, 403)
        if not may_send(request)[0]:
            return refuse(request, 429)
        wrong = _take(request, found, found.plan, one)
        if not wrong:
            messages.success(request, "Opgeslagen. Dank u wel.")
            return HttpResponseRedirect(f"{reverse('street:today')}")
        status = 400
        asked(request)  # refuses while the plan is on hold: from here on it is shown
    told = told_this_week(found.week, found.team).get(place_id, [])
    margin_m = (max(STEPS) + 1) * found.workspace.grid.cell_m
    named = streets(found)[place_id]
    more = _choices(found) | {
        "one": one,
        "streets": in_words(named),
        "chart": drawing(found.workspace, found.plan.places, margin_m=margin_m, around=one, streets=named),
        "told": [said["words"] for said in told],
        "number": uuid.uuid4(),
        "wrong": wrong,
        "given": request.POST,
        "screen": "place",
    }
    return render(request, "street/place.html", frame(request, found, **more), status=status)


@needs(*READS)
@reads_incidents("weekplan")
@require_safe
@or_still
def chart(request: HttpRequest) -> HttpResponse:
    """Draw the places of the week."""
    found = asked(request)
    drawn = None
    if found.plan and found.plan.places:
        drawn = drawing(found.workspace, found.plan.places, margin_m=_ROUND_ALL_M)
    return render(request, "street/map.html", frame(request, found, chart=drawn, screen="map"))


@needs(*READS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits on the phone; the server does not know it."""
    return render(request, "street/queue.html", frame(request, asked(request, shows_plan=False), screen="queue"))


def _choices(found: Asked) -> dict[str, Any]:
    """Give what can be chosen on the page of a place, whichever it is."""
    side = found.workspace.grid.cell_m
    return {
        "how": HOW.items(),
        "why_not": WHY_NOT.items(),
        "remarks": offered(found.workspace.settings).items(),
        "towards": [(code, name) for code, (name, _, _) in TOWARDS.items()],
        "steps": [(steps, f"{said}, {steps * side} meter") for steps, said in STEPS.items()],
    }


def _take(request: HttpRequest, found: Asked, plan: TeamPlan, one: Place) -> str:
    """Take a form in; gives what is wrong with it, or nothing."""
    form = request.POST
    visited = form.get("geweest") == "ja"
    if form.get("geweest") not in ("ja", "nee"):
        return "Kies eerst of u er geweest bent."
    better = form.get("beter", "") or _better(found, one, form)
    try:
        sent = Sent.model_validate(
            {
                "id": form.get("nummer", ""),
                "plan_id": plan.plan_id,
                "place_id": one.place.place_id,
                "visited": visited,
                "code": form.get("hoe", "") if visited else "",
                "why": "" if visited else form.get("waarom", ""),
                "better": [better] if better else [],
                "remark": form.get("gezien", ""),
                "note": form.get("opmerking", ""),
            }
        )
    except ValidationError:
        return "Kies hoe het was." if visited else "Kies waarom u er niet geweest bent."
    (outcome,) = take(user_of(request), found.workspace, [sent])
    return outcome.said if outcome.result == "refused" else ""


def _better(found: Asked, one: Place, form: Any) -> str:
    steps = form.get("afstand", "")
    return cell_towards(
        found.workspace, one, form.get("richting", ""), int(steps) if steps.isdecimal() and len(steps) < 4 else 0
    )
