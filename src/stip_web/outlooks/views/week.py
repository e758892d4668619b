# SPDX-License-Identifier: EUPL-1.2
"""The outlook of a week: in cells, or by neighbourhood for who may see no more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stip.outlook import judgement_of
from stip.store import Run, Workspace, first_open_week
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.twins import Listing, twin
from stip_web.outlooks.changes import changes_of, marks_of
from stip_web.outlooks.choice import Choice
from stip_web.outlooks.coarse import coarse_sheet
from stip_web.outlooks.labels import labels_of
from stip_web.outlooks.listing import cells_listing, coarse_listing
from stip_web.outlooks.models import Making
from stip_web.outlooks.record import record_of, record_rows
from stip_web.outlooks.runs import outlook_of, weeks_with_outlook
from stip_web.outlooks.sheet import sheet_of
from stip_web.outlooks.views.cells import rows_of
from stip_web.outlooks.views.frame import frame_of
from stip_web.workspaces.current import current_workspace

_TOP = 25


@needs(May.OUTLOOK_READ, May.OUTLOOK_COARSE)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """Go to the newest week; without any outlook, say how the first is made."""
    workspace = current_workspace()
    weeks = weeks_with_outlook(workspace)
    if weeks:
        return HttpResponseRedirect(reverse("outlooks:week", args=[weeks[-1]]))
    return render(
        request,
        "outlooks/none.html",
        {"may_run": user_of(request).may(May.OUTLOOK_RUN), "open_week": first_open_week(workspace)},
    )


@needs(May.OUTLOOK_READ, May.OUTLOOK_COARSE)
@require_safe
@reads_incidents("vooruitblik")
def page(request: HttpRequest, week: str) -> HttpResponse:
    """Show the outlook beside its baseline, with its record."""
    workspace = current_workspace()
    choice = Choice.of(request, workspace)
    run = outlook_of(workspace, week, choice.run_id)
    choice = choice.within(run)
    labels, fine = labels_of(workspace), user_of(request).may(May.OUTLOOK_READ)
    context = frame_of(request, workspace, run, choice, "week") | {
        "judgement": judgement_of(run, labels, crime_type=choice.crime_type, exact=fine),
        "record": record_of(
            record_rows(workspace, run, fine=fine), run, labels, crime_type=choice.crime_type, exact=fine
        ),
        "open_week": first_open_week(workspace),
        "failed": Making.objects.filter(week=week).first(),
    }
    if not context["fine"]:
        return render(request, "outlooks/coarse.html", context | {"sheet": coarse_sheet(workspace, run, choice)})
    sheet = sheet_of(workspace, run, choice)
    changes = changes_of(workspace, week)
    marks = marks_of(changes)
    changed = sheet.squares[sheet.squares["name"].isin(list(marks))]
    top = sheet.squares[~sheet.squares["name"].isin(list(marks))].head(_TOP)
    if choice.difference:
        order = sheet.squares["difference"].abs().sort_values(ascending=False, kind="stable").index
        top = sheet.squares.loc[order].head(_TOP)
    context |= {
        "sheet": sheet,
        "rows": rows_of(sheet, changed, marks) + rows_of(sheet, top, marks),
        "changes": [each for each in changes if each.stands],
        "small": sum(each.cells for each in sheet.classes if each.kind.number > 1),
    }
    return render(request, "outlooks/week.html", context)


@needs(May.OUTLOOK_READ, May.OUTLOOK_COARSE)
@require_safe
@reads_incidents("vooruitblik")
def twin_of(request: HttpRequest, week: str, form: str) -> HttpResponse:
    """Give the same as a list: cells, or neighbourhoods for who may see no more."""
    workspace = current_workspace()
    choice = Choice.of(request, workspace)
    run = outlook_of(workspace, week, choice.run_id)
    return twin(request, _listing(request, workspace, run, choice), form)


def _listing(request: HttpRequest, workspace: Workspace, run: Run, choice: Choice) -> Listing:
    if not user_of(request).may(May.OUTLOOK_READ):
        return coarse_listing(workspace, coarse_sheet(workspace, run, choice))
    return cells_listing(workspace, sheet_of(workspace, run, choice), marks_of(changes_of(workspace, run.week)))
