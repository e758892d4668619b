# SPDX-License-Identifier: EUPL-1.2
"""The record: how often the best cells were right over the last weeks, beside plain counts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stip.agreements import check_stage
from stip.outlook import judgement_of, model_label
from stip.store import Run, Workspace
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.twins import twin
from stip_web.outlooks.choice import Choice
from stip_web.outlooks.converters import WeekConverter
from stip_web.outlooks.labels import labels_of
from stip_web.outlooks.listing import record_listing
from stip_web.outlooks.record import JUDGED, SHARES, by_week, record_of, record_rows
from stip_web.outlooks.runs import outlook_of, weeks_with_outlook
from stip_web.outlooks.views.frame import frame_of
from stip_web.workspaces.current import current_workspace


def asked_run(request: HttpRequest, workspace: Workspace) -> Run:
    """Give the outlook of the week in the address, or the newest.

    Raises
    ------
    Http404
        When there is none.
    """
    weeks = weeks_with_outlook(workspace)
    asked = request.GET.get("week", weeks[-1] if weeks else "")
    try:
        week = WeekConverter().to_python(asked)
    except ValueError:
        raise Http404("no week") from None
    return outlook_of(workspace, week, request.GET.get("uitkomst", "")[:16])


def asked_share(request: HttpRequest) -> float:
    """Give the share of the area in the address, in per cent, or the usual one."""
    asked = request.GET.get("deel", "")
    return next((share for share in SHARES if asked == f"{round(100 * share)}"), JUDGED)


@needs(May.OUTLOOK_READ, May.OUTLOOK_COARSE)
@require_safe
@reads_incidents("vooruitblik")
def page(request: HttpRequest) -> HttpResponse:
    """Show the record of the last twelve weeks, also when it is bad."""
    workspace = current_workspace()
    check_stage(workspace, "learn")  # how it turned out is what that stage makes
    run = asked_run(request, workspace)
    choice = Choice.of(request, workspace).within(run)
    share, labels = asked_share(request), labels_of(workspace)
    fine = user_of(request).may(May.OUTLOOK_READ)
    rows = record_rows(workspace, run, fine=fine)
    context = frame_of(request, workspace, run, choice, "record") | {
        "judgement": judgement_of(run, labels, crime_type=choice.crime_type, exact=fine),
        "record": record_of(rows, run, labels, area_share=share, crime_type=choice.crime_type, exact=fine),
        "by_week": by_week(rows, run, area_share=share, crime_type=choice.crime_type),
        "shares": [(f"{round(100 * each)}", each == share) for each in SHARES],
        "baseline": model_label(str(run.notes["baseline"])),
        "per_cent": f"{round(100 * share)}",
    }
    return render(request, "outlooks/record.html", context)


@needs(May.OUTLOOK_READ, May.OUTLOOK_COARSE)
@require_safe
@reads_incidents("vooruitblik")
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give the record as a list."""
    workspace = current_workspace()
    check_stage(workspace, "learn")  # how it turned out is what that stage makes
    run = asked_run(request, workspace)
    rows = record_rows(workspace, run, fine=user_of(request).may(May.OUTLOOK_READ))
    return twin(request, record_listing(workspace, run, rows, labels_of(workspace), asked_share(request)), form)
