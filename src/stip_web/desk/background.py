# SPDX-License-Identifier: EUPL-1.2
"""Work that a worker does in the background: how far it is, why it failed, and a heart that beats meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from stip.errors import StipError
from stip.store import Run
from stip_web.answers.own_faults import without_places
from stip_web.audit.processes import is_gone, this_worker
from stip_web.audit.processing import processing
from stip_web.desk.jobs import RUNS
from stip_web.desk.moving import Moving
from stip_web.desk.workers import SILENCE, Beat, Stopped

log = logging.getLogger(__name__)

KILLED = (
    "De werker is halverwege gestopt, bijvoorbeeld doordat de computer opnieuw startte. Er is niets half opgeslagen. "
    "Probeer het nog eens."
)
DROPPED = "Deze taak staat niet meer in de wachtrij: de beheerder heeft haar geschrapt. Probeer het nog eens."
_ON_ITS_WAY = timedelta(minutes=1)
"""So long a row may stand in the database before its job is in the queue."""
_ROOM = {"step": 200, "reason": 600, "run_id": 16}


class State(models.TextChoices):
    """How far it is."""

    WAITING = "waiting", "staat klaar"
    RUNNING = "running", "bezig"
    DONE = "done", "klaar"
    FAILED = "failed", "mislukt"


BUSY = (State.WAITING, State.RUNNING)
"""While it is in one of these, the same week is not made a second time."""


class Background(Moving):
    """Something of a week in the making. Holds no value out of an incident; who asked for it is in the audit log."""

    MOVES = {
        State.WAITING: frozenset({State.RUNNING, State.FAILED}),
        State.RUNNING: frozenset({State.DONE, State.FAILED}),
        State.DONE: frozenset(),
        State.FAILED: frozenset({State.RUNNING}),  # its job is begun again
    }

    week = models.CharField(max_length=8)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=_ROOM["step"], blank=True)
    reason = models.CharField(max_length=_ROOM["reason"], blank=True)
    run_id = models.CharField(max_length=_ROOM["run_id"], blank=True)
    worker = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)

    class Meta:
        """No table of its own."""

        abstract = True

    def __str__(self) -> str:
        """Return the week and how far it is."""
        return f"{self.week}: {State(self.state).label}"

    @property
    def busy(self) -> bool:
        """Whether it still goes on."""
        return self.state in BUSY

    def as_here(self) -> QuerySet[Any]:
        """Give its row, as long as nobody else began it again."""
        return super().as_here().filter(started_at=self.started_at)

    def change(self, fields: Any) -> bool:
        """Change fields as long as the row stands as it does here; texts are cut to what fits."""
        return super().change(
            {name: value[: _ROOM[name]] if name in _ROOM else value for name, value in fields.items()}
        )

    def dead(self, now: datetime) -> bool:
        """Whether it runs no longer although it says so: its worker is gone, silent, or at it for too long."""
        if self.state != State.RUNNING or self.started_at is None:
            return False
        silent = self.beat_at is not None and now - self.beat_at > SILENCE
        return silent or is_gone(self.worker) or now - self.started_at > RUNS


class Heart(Beat):
    """Beats for something that runs."""

    def __init__(self, work: Background) -> None:
        super().__init__(f"{type(work).__name__.lower()} {work.pk}")
        self._work = work

    def told(self, said: str) -> None:
        """Keep how far it is.

        Raises
        ------
        Stopped
            When it was given up, or another worker began it again.
        """
        with suppress(DatabaseError):  # busy: the next word tries again
            if not self._work.change({"step": said, "beat_at": timezone.now()}):
                self.stop()
        self.go_on()

    def once(self) -> None:
        """Say that it goes on."""
        with suppress(DatabaseError):  # busy: the next beat tries again
            if not self._work.as_here().update(beat_at=timezone.now()):
                self.stop()


def carry_out(
    work: Background, todo: Callable[[Heart], Run], *, activity: str, begins: str, ends: str, broke: str
) -> None:
    """Do what was asked for, and keep how it goes; nothing when another worker has it.

    Nothing is raised: the queue would keep the words of an error, which may hold a value.

    Parameters
    ----------
    todo : callable
        Does it, tells the heart each step, and gives the run that came of it.
    activity : str
        For the processing log.
    begins, ends : str
        The first step and the last, in Dutch.
    broke : str
        What is said when it breaks by an error of our own, of which the kind is logged.
    """
    now = timezone.now()
    start = {"started_at": now, "beat_at": now, "worker": this_worker(), "step": begins, "reason": ""}
    try:
        with transaction.atomic():
            begun = work.move(State.RUNNING, **start)
    except IntegrityError:  # another one of this week goes on
        return
    if not begun:
        return
    try:
        with processing(activity, week=work.week), Heart(work) as heart:
            run = todo(heart)
    except Stopped:  # given up, or begun again by another worker: the row is no longer ours
        return
    except StipError as error:
        work.move(State.FAILED, reason=without_places(error))
    except Exception as error:  # the kind is logged; its words may hold a value
        log.error("%s of %s failed: %s", type(work).__name__.lower(), work.week, type(error).__name__)
        work.move(State.FAILED, reason=broke)
    else:
        work.move(State.DONE, run_id=run.run_id, step=ends)


def bury_the_dead(table: Any, task_path: str) -> None:
    """Call failed what says that it runs but does not, and what waits for a job that is no longer in the queue."""
    now = timezone.now()
    for work in table.objects.filter(state=State.RUNNING):
        if work.dead(now):
            work.move(State.FAILED, reason=KILLED)
    for work in table.objects.filter(state=State.WAITING, asked_at__lt=now - _ON_ITS_WAY):
        jobs = DBTaskResult.objects.filter(task_path=task_path, args_kwargs__args=[work.pk])
        if not jobs.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)).exists():
            work.move(State.FAILED, reason=DROPPED)
