# SPDX-License-Identifier: EUPL-1.2
"""What the worker is asked to do; it is told numbers only, so that its own table holds nothing of a file."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from stip_web.intakes.models import Step, Upload


@task()
def do_step(step_id: int) -> None:
    """Do a step of an upload."""
    from stip_web.intakes.steps import do

    do(step_id)


@task()
def sweep_quarantine() -> None:
    """Destroy what has waited too long."""
    from stip_web.intakes.sweep import sweep

    sweep(timezone.now())


def begin(upload: Upload, kind: Step.Kind) -> Step:
    """Ask for a step, as soon as what was decided is in the database."""
    step = Step.objects.create(upload=upload, kind=kind)
    transaction.on_commit(lambda: do_step.enqueue(step.pk))
    return step


def sweep_at(moment: datetime) -> None:
    """Ask for a sweep just after a moment, when the queue can wait."""
    if do_step.get_backend().supports_defer:
        later = sweep_quarantine.using(run_after=moment + timedelta(minutes=1))
        transaction.on_commit(lambda: later.enqueue())
