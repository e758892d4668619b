# SPDX-License-Identifier: EUPL-1.2
"""Reading: every version, what the team told, and the plan to take along as list or calendar."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stip.plan import versions_of
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.errors import refuse
from stip_web.desk.twins import twin
from stip_web.plans.calendar import calendar_of
from stip_web.plans.feedback import told_of
from stip_web.plans.listing import outline_listing, plan_listing
from stip_web.plans.seen import check_fine, fine, outline_of, own_only, standing_for
from stip_web.plans.views.frame import frame_of, open_workspace

_NONE = "Voor deze week staat nog geen weekplan vast. Vraag het de coördinator."


@needs(May.PLAN_WRITE, May.OUTLOOK_READ)
@require_safe
@reads_incidents("weekplan")
def versions(request: HttpRequest, week: str) -> HttpResponse:
    """Show every version as it was fixed, newest first, with what it changed."""
    check_fine(user_of(request))
    workspace = open_workspace()
    context = frame_of(request, workspace, week, "versions") | {"versions": versions_of(workspace, week)[::-1]}
    return render(request, "plans/versions.html", context)


@needs(May.FEEDBACK_READ)
@require_safe
@reads_incidents("weekplan")
def feedback(request: HttpRequest, week: str) -> HttpResponse:
    """Show what the team told, with what asks for a change on top.

    Notes and reasons stand beside the places of the plan, so reading them is part of the activity ``weekplan`` in the
    processing register, and each call writes its span there.
    """
    check_fine(user_of(request))
    workspace = open_workspace()
    found, silent = told_of(workspace, week)
    context = frame_of(request, workspace, week, "feedback") | {
        "wrong": [each for each in found if each.wrong],
        "rest": [each for each in found if not each.wrong],
        "silent": silent,
    }
    return render(request, "plans/feedback.html", context)


@needs(May.PLAN_READ, May.PLAN_OWN)
@require_safe
@reads_incidents("weekplan")
def twin_of(request: HttpRequest, week: str, form: str) -> HttpResponse:
    """Give the plan that stands as a list: places, those of the own team, or neighbourhoods."""
    workspace, user = open_workspace(), user_of(request)
    if not (fine(user) or own_only(user)):
        outline = outline_of(workspace, week)
        return twin(request, outline_listing(week, outline), form) if outline else refuse(request, 404, _NONE)
    standing = standing_for(user, workspace, week)
    if standing is None:
        return refuse(request, 404, _NONE)
    return twin(request, plan_listing(workspace, week, standing), form)


@needs(May.PLAN_OWN, May.PLAN_WRITE, May.OUTLOOK_READ)
@require_safe
@reads_incidents("weekplan")
def calendar(request: HttpRequest, week: str) -> HttpResponse:
    """Give the visits for a calendar; those without a moment as the whole week."""
    workspace, user = open_workspace(), user_of(request)
    standing = standing_for(user, workspace, week) if fine(user) or own_only(user) else None
    if standing is None:
        return refuse(request, 404, _NONE)
    answer = HttpResponse(calendar_of(workspace, week, standing), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="weekplan-{week.lower()}.ics"'
    return answer
