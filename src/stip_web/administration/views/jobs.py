# SPDX-License-Identifier: EUPL-1.2
"""The page of jobs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe
from django_tasks_db.models import DBTaskResult

from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.administration import jobs as actions
from stip_web.administration.views.pages import done, page, part_of
from stip_web.desk.jobs import late_jobs
from stip_web.desk.twins import Listing, twin


@needs(May.JOBS_MANAGE)
@require_safe
def listed(request: HttpRequest, form: str = "") -> HttpResponse:
    """Show how the jobs stand."""
    jobs = actions.newest()
    if form:
        rows = actions.rows_of(jobs[: actions.MOST])
        return twin(request, Listing("taken", actions.COLUMNS, rows, {"ten hoogste": actions.MOST}), form)
    part = part_of(request, jobs)
    late = late_jobs().exists()
    return page(request, "jobs", {"rows": actions.rows_of(part), "part": part, "late": late})


@needs(May.JOBS_MANAGE)
@require_POST
def restart(request: HttpRequest, pk: str) -> HttpResponse:
    """Let a job begin again."""
    job = get_object_or_404(DBTaskResult, pk=pk)
    done(request, actions.RestartJob(user_of(request), job=job), "De taak staat weer klaar.")
    return redirect("administration:jobs")


@needs(May.JOBS_MANAGE)
@require_POST
def drop(request: HttpRequest, pk: str) -> HttpResponse:
    """Drop a job that waits."""
    job = get_object_or_404(DBTaskResult, pk=pk)
    done(request, actions.DropJob(user_of(request), job=job), "De taak is geschrapt.")
    return redirect("administration:jobs")
