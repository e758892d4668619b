# SPDX-License-Identifier: EUPL-1.2
"""What follows from a step of the worker: a delivery that is there, or a file that cannot be read.

Somebody who may asked for it; that the worker finished is written down whatever that person may do by then.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from stip_web.audit.notes import STIP, note
from stip_web.intakes import quarantine, reading
from stip_web.intakes.models import Step, Upload
from stip_web.workspaces.current import current_workspace


def record_if_stored(upload: Upload, step: Step) -> bool:
    """Write down a delivery whose rows are in the workspace while the database does not know it yet.

    Between the two the worker can be killed, or the database can be away: only the workspace says which it was.

    Returns
    -------
    bool
        Whether the rows are there.
    """
    batch_id = reading.batch_of(current_workspace(), upload)
    if batch_id:
        record_published(upload, step, {"batch_id": batch_id, "report": upload.report | {"batch_id": batch_id}})
    return bool(batch_id)


def record_published(upload: Upload, step: Step, found: dict[str, Any]) -> None:
    """Write down that the rows are in the workspace, and destroy the file; only who is first writes it down.

    Parameters
    ----------
    found : dict
        Fields of the upload, ``batch_id`` among them.
    """
    now, actor = timezone.now(), upload.published_by
    with transaction.atomic():
        if upload.move(Upload.State.PUBLISHED, ended_at=now, sentence="", **found):
            step.move(Step.State.DONE, progress=1.0, ended_at=now)
            counted = {name: upload.report.get(name) for name in ("new", "corrected", "refused")}
            facts = {"source": upload.source, "upload": str(upload.pk)} | counted
            note("delivery.publish", subject=str(found["batch_id"]), by=actor, **facts)
    quarantine.destroy(upload.pk)


def refuse_upload(upload: Upload, step: Step, sentence: str) -> None:
    """End an upload that cannot be read, with the reason, and destroy it."""
    now = timezone.now()
    with transaction.atomic():
        if not step.move(Step.State.FAILED, reason=sentence, ended_at=now):
            return
        upload.move(Upload.State.REFUSED, ended_at=now, sentence=sentence)
        note("upload.refuse", subject=str(upload.pk), by=STIP)
    quarantine.destroy(upload.pk)
