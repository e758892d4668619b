# SPDX-License-Identifier: EUPL-1.2
"""Work in the background that is late: nobody does it, or it never ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

WAITS = timedelta(minutes=10)
"""A job that waits longer has no worker."""

RUNS = timedelta(hours=2)
"""A job that runs longer hangs, or its worker died."""


def late_jobs() -> QuerySet[DBTaskResult[..., Any]]:
    """Give the jobs that are late."""
    now = timezone.now()
    waiting = Q(status=TaskResultStatus.READY, enqueued_at__lt=now - WAITS) & (
        Q(run_after__lt=now - WAITS) | Q(run_after__year=9999)
    )
    return DBTaskResult.objects.filter(waiting | Q(status=TaskResultStatus.RUNNING, started_at__lt=now - RUNS))


TRIES = 3
"""How often a job whose worker was killed begins again."""


def resume_orphans() -> tuple[int, int]:
    """Put back in the queue what a worker that is gone left half done; call it when no worker runs.

    Returns
    -------
    tuple of int
        How many begin again, and how many are given up because they killed their worker too often.
    """
    orphans = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    again = given_up = 0
    for job in orphans:
        if len(job.worker_ids) < TRIES:
            orphans.filter(pk=job.pk).update(status=TaskResultStatus.READY, started_at=None)
            again += 1
        else:
            fields = {"finished_at": timezone.now(), "exception_class_path": "builtins.SystemExit"}
            orphans.filter(pk=job.pk).update(status=TaskResultStatus.FAILED, **fields)
            given_up += 1
    return again, given_up
