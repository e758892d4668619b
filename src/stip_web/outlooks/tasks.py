# SPDX-License-Identifier: EUPL-1.2
"""What runs in the background: making an outlook, and drawing the week's files again after a decision."""

from __future__ import annotations

import logging
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from stip.errors import StipError
from stip.outlook import make_outlook
from stip.store import Workspace
from stip.week import remake_files
from stip_web.audit.processing import processing
from stip_web.desk.background import Heart, bury_the_dead
from stip_web.desk.workers import Stopped, this_worker
from stip_web.outlooks.models import Making
from stip_web.outlooks.models.making import State
from stip_web.workspaces.current import current_workspace

log = logging.getLogger(__name__)

UNEXPECTED = (
    "Het maken van de vooruitblik brak af door een fout in Stip. Er is niets half opgeslagen. "
    "De beheerder vindt de fout terug in het logboek."
)


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


def give_up_on_the_dead() -> None:
    """Call failed what says that it runs but does not, and what waits for a job that is no longer in the queue."""
    bury_the_dead(Making, make.module_path)


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
