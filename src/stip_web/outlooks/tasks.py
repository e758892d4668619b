# SPDX-License-Identifier: EUPL-1.2
"""What runs in the background: making an outlook, and drawing the week's files again after a decision."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from stip.errors import StipError
from stip.outlook import make_outlook
from stip.store import Workspace
from stip.week import remake_files
from stip_web.audit.processing import processing
from stip_web.desk.workers import Beat, Stopped, this_worker
from stip_web.outlooks.models import Making
from stip_web.outlooks.models.making import State
from stip_web.workspaces.current import current_workspace

log = logging.getLogger(__name__)

UNEXPECTED = (
    "Het maken van de vooruitblik brak af door een fout in Stip. Er is niets half opgeslagen. "
    "De beheerder vindt de fout terug in het logboek."
)
_KILLED = (
    "De werker is halverwege gestopt, bijvoorbeeld doordat de computer opnieuw startte. Er is niets half opgeslagen. "
    "Probeer het nog eens."
)
_DROPPED = "Deze taak staat niet meer in de wachtrij: de beheerder heeft haar geschrapt. Probeer het nog eens."
_ON_ITS_WAY = timedelta(minutes=1)
"""So long a making may stand in the database before its job is in the queue."""


@task()
def make(making_id: int) -> None:
    """Make the outlook that was asked for, and keep how it goes.

    Nothing is raised: the queue would keep the words of an error, which may hold a value.
    """
    give_up_on_the_dead()  # it may be this one, begun again
    making = Making.objects.get(id=making_id)
    now = timezone.now()
    start = {"started_at": now, "beat_at": now, "worker": this_worker(), "step": "Beginnen", "reason": ""}
    try:
        with transaction.atomic():
            begun = making.move(State.RUNNING, **start)
    except IntegrityError:  # another one of this week goes on
        return
    if begun:
        _make(making)


def _make(making: Making) -> None:
    try:
        workspace = current_workspace()
        with processing("vooruitblik", week=making.week), Heart(making) as heart:
            run = make_outlook(plainly(workspace) if making.plain else workspace, making.week, progress=heart.told)
    except Stopped:  # given up, or begun again by another worker: the row is no longer ours
        return
    except StipError as error:
        making.move(State.FAILED, reason=str(error))
    except Exception as error:  # the kind is logged; its words may hold a value
        log.error("outlook of %s failed: %s", making.week, type(error).__name__)
        making.move(State.FAILED, reason=UNEXPECTED)
    else:
        making.move(State.DONE, run_id=run.run_id, step="Vastgelegd")


class Heart(Beat):
    """Beats for a making that runs."""

    def __init__(self, making: Making) -> None:
        super().__init__(f"making {making.pk}")
        self._making = making

    def told(self, said: str) -> None:
        """Keep how far it is.

        Raises
        ------
        Stopped
            When it was given up, or another worker began it again.
        """
        with suppress(DatabaseError):  # busy: the next word tries again
            if not self._making.change({"step": said, "beat_at": timezone.now()}):
                self.stop()
        self.go_on()

    def once(self) -> None:
        """Say that it goes on."""
        with suppress(DatabaseError):  # busy: the next beat tries again
            if not self._making.as_here().update(beat_at=timezone.now()):
                self.stop()


def give_up_on_the_dead() -> None:
    """Call failed what says that it runs but does not, and what waits for a job that is no longer in the queue."""
    now = timezone.now()
    for making in Making.objects.filter(state=State.RUNNING):
        if making.dead(now):
            making.move(State.FAILED, reason=_KILLED)
    for making in Making.objects.filter(state=State.WAITING, asked_at__lt=now - _ON_ITS_WAY):
        jobs = DBTaskResult.objects.filter(task_path=make.module_path, args_kwargs__args=[making.pk])
        if not jobs.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)).exists():
            making.move(State.FAILED, reason=_DROPPED)


@task()
def remake(week: str) -> None:
    """Draw map and list of a week again after people decided something; what was decided stands in any case."""
    try:
        with processing("vooruitblik", week=week):
            remake_files(current_workspace(), week)
    except StipError as error:
        log.warning("files of %s are the old ones: %s", week, type(error).__name__)


def plainly(workspace: Workspace) -> Workspace:
    """Give the workspace with its plain count as the model: what can be made when the model fails."""
    settings = workspace.settings
    plain = settings.outlook.model_copy(update={"model": settings.outlook.baseline})
    return replace(workspace, settings=settings.model_copy(update={"outlook": plain}))
