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
