# SPDX-License-Identifier: EUPL-1.2
"""Doing one step of an upload, whatever happens: it ends done, failed with a reason, or stopped; never half."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection
from django.utils import timezone

from stip.errors import AgreementError, FileError, StipError
from stip.store import Workspace
from stip_web.accounts.permissions import Permission as May
from stip_web.answers.own_faults import without_places
from stip_web.audit.processes import this_worker
from stip_web.audit.processing import processing
from stip_web.desk.workers import Stopped
from stip_web.intakes import reading
from stip_web.intakes.actions.following import record_if_stored, record_published, refuse_upload
from stip_web.intakes.models import Step, Upload
from stip_web.intakes.notice import mail_when_ready
from stip_web.intakes.watch import Watch, limit
from stip_web.workspaces.current import current_workspace

log = logging.getLogger(__name__)

_WRONG = (
    "Er ging iets mis; dit ligt aan Stip, niet aan u. Er is niets half opgeslagen. Probeer het nog eens, of vraag de "
    "beheerder naar het logboek."
)
_TOO_BIG = (
    "Dit bestand past niet in het geheugen van de werker. Er is niets opgeslagen. Lever het in delen aan, of als "
    "Parquet."
)


def do(step_id: int) -> None:
    """Do a step that waits; one that was stopped or taken already is left alone. Never raises for what is in a file.

    The queue keeps the words of an exception, which may hold a value: so none gets there.
    """
    step = Step.objects.select_related("upload", "upload__brought_by", "upload__published_by").get(pk=step_id)
    now = timezone.now()
    started = {"started_at": now, "beat_at": now, "ends_before": now + limit(), "worker": this_worker()}
    if not step.move(Step.State.RUNNING, **started):
        return
    _run(step)
    mail_when_ready(step)


def _run(step: Step) -> None:
    try:
        with Watch(step) as watch:
            _do(step, watch)
    except Stopped:
        return
    except StipError as error:
        _end(step, without_places(error))
    except MemoryError:
        _end(step, _TOO_BIG)
    except Exception as error:
        log.error("step %s of kind %s failed: %s", step.pk, step.kind, type(error).__name__)
        _end(step, _WRONG)


def _do(step: Step, watch: Watch) -> None:
    upload, workspace = step.upload, current_workspace()
    actor = upload.published_by or upload.brought_by
    if actor is None or not actor.may(May.DATA_IMPORT):
        raise AgreementError(
            "Wie dit bestand bracht, mag geen bestanden meer inlezen. Vraag een collega het te doen."
        )
    if step.kind == Step.Kind.LOOK:
        _look(step, upload, workspace)
    elif step.kind == Step.Kind.CHECK:
        _check(step, upload, workspace, watch)
    else:
        _store(step, upload, workspace, watch)


def _look(step: Step, upload: Upload, workspace: Workspace) -> None:
    try:
        found = reading.look(workspace, upload)
    except (FileError, AgreementError) as error:
        refuse_upload(upload, step, str(error))
        return
    if not _done(step):
        return
    if found["recognised"]:
        if upload.move(Upload.State.CHECKING, **found):
            from stip_web.intakes.tasks import begin

            begin(upload, Step.Kind.CHECK)
    else:
        upload.move(Upload.State.MAPPING, **found)


def _check(step: Step, upload: Upload, workspace: Workspace, watch: Watch) -> None:
    try:
        with processing("inlezen"):
            found = reading.check(workspace, upload, watch)
    except (FileError, AgreementError) as error:
        if _done(step):  # another choice of columns, or another agreement, may do
            upload.move(Upload.State.MAPPING, sentence=str(error), recognised=False)
        return
    if _done(step):
        upload.move(Upload.State.CHECKED, **found)


def _store(step: Step, upload: Upload, workspace: Workspace, watch: Watch) -> None:
    try:
        with processing("inlezen"):
            found = reading.store(workspace, upload, watch)
    except StipError as error:
        if record_if_stored(upload, step):
            return
        if step.move(Step.State.FAILED, reason=without_places(error), ended_at=timezone.now()):
            upload.move(Upload.State.CHECKED)
        return
    record_published(upload, step, found)


def _done(step: Step) -> bool:
    return step.move(Step.State.DONE, progress=1.0, ended_at=timezone.now())


def _end(step: Step, reason: str) -> None:
    """Let a step fail, unless its rows turn out to be in the workspace; what cannot be told now `settle` tells."""
    try:
        if not connection.in_atomic_block:  # a server that began again needs a new connection
            connection.close_if_unusable_or_obsolete()
        step.refresh_from_db()  # what was moved in a transaction that went back is ahead of its row
        if step.state == Step.State.SAVING and record_if_stored(step.upload, step):
            return
        step.move(Step.State.FAILED, reason=reason, ended_at=timezone.now())
    except (DatabaseError, StipError, OSError) as error:
        log.error("step %s waits for its end: %s", step.pk, type(error).__name__)
