# SPDX-License-Identifier: EUPL-1.2
"""Destroying what has waited for 24 hours, and seeing to steps whose worker is gone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from stip.words import number
from stip_web.audit.notes import STIP, note
from stip_web.audit.processes import is_gone
from stip_web.intakes import quarantine
from stip_web.intakes.actions.following import record_if_stored
from stip_web.intakes.models import Step, Upload
from stip_web.intakes.watch import too_long

_STREAMING = timedelta(hours=2)
"""An upload that nobody knows of may still be on its way in for so long."""

_KILLED = (
    "De werker is halverwege gestopt, bijvoorbeeld doordat de computer opnieuw startte. Er is niets opgeslagen. "
    "Begin deze stap opnieuw."
)


def sweep(now: datetime) -> int:
    """Destroy every upload that is past its time, and what nobody knows of.

    Returns
    -------
    int
        How many were destroyed.
    """
    settle(now)
    gone = sum(_expire(upload, now) for upload in Upload.objects.filter(state__in=Upload.OPEN, expires_at__lte=now))
    left = quarantine.sealed_uploads()
    known = dict(Upload.objects.filter(pk__in=list(left)).values_list("pk", "state"))
    for upload, since in left.items():
        # Of an upload that has ended nothing may be left: whoever ended it was killed before it was destroyed.
        if known.get(upload) not in Upload.OPEN and (upload in known or now - since > _STREAMING):
            quarantine.destroy(upload)
            gone += upload not in known
    return gone


def settle(now: datetime) -> None:
    """Give every step whose worker is gone its end: failed with a reason, or done when the rows are there."""
    for step in Step.objects.filter(state__in=(Step.State.RUNNING, Step.State.SAVING)).select_related("upload"):
        late = step.ends_before is not None and now > step.ends_before and step.state == Step.State.RUNNING
        if not (late or step.silent(now) or is_gone(step.worker)):
            continue
        upload = step.upload
        if step.state == Step.State.SAVING and record_if_stored(upload, step):
            continue
        if step.move(Step.State.FAILED, reason=too_long() if late else _KILLED, ended_at=now):
            note("upload.step-failed", subject=f"{step.kind} {upload.pk}", by=STIP)


def _expire(upload: Upload, now: datetime) -> int:
    if (step := upload.stored_by) is not None and record_if_stored(upload, step):
        return 0
    with transaction.atomic():
        if not upload.stop_steps(reason="Het bestand is verlopen.", ended_at=now) or not upload.move(
            Upload.State.EXPIRED, ended_at=now, sentence=_expired(upload)
        ):
            transaction.set_rollback(True)
            return 0
        note("upload.expire", subject=str(upload.pk), by=STIP)
    quarantine.destroy(upload.pk)
    return 1


def _expired(upload: Upload) -> str:
    hours = (upload.expires_at - upload.made_at).total_seconds() / 3600
    return (
        f"Dit bestand wachtte langer dan {number(hours)} uur en is vernietigd. Er is niets van opgeslagen. Lever het "
        "opnieuw aan als u het nog nodig hebt."
    )
