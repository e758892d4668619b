# SPDX-License-Identifier: EUPL-1.2
"""A mail when the worker was long at a file, so that nobody has to wait at the page. It holds no figures."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from stip_web.intakes.models import Step, Upload

log = logging.getLogger(__name__)

_SOON = timedelta(minutes=1)
"""Who waited no longer than this is still at the page."""

_SAYS = {
    Upload.State.MAPPING: "Kies welke kolom wat is.",
    Upload.State.CHECKED: "Het is nagekeken. U kunt het publiceren of weggooien.",
    Upload.State.PUBLISHED: "De meldingen staan in de werkmap.",
    Upload.State.REFUSED: "Het is niet te lezen. Op de pagina staat waarom.",
}


def mail_when_ready(step: Step) -> None:
    """Mail whoever asked for a step how it ended; a mail server that is away stops nothing."""
    step.refresh_from_db()
    upload = step.upload
    upload.refresh_from_db()
    person = upload.published_by or upload.brought_by
    if person is None or not person.email or step.state == Step.State.CANCELLED:
        return
    if timezone.now() - step.queued_at < _SOON:
        return
    failed = step.state == Step.State.FAILED and upload.is_open
    says = "Een stap is mislukt. Op de pagina staat waarom." if failed else _SAYS.get(Upload.State(upload.state))
    if says is None:
        return
    where = reverse("intakes:upload", args=[upload.pk])
    text = f"{upload.file_name}\n\n{says}\n\nOp de werkplek: {where}\n"
    try:
        send_mail(f"Stip: {upload.file_name}", text, None, [person.email])
    except (SMTPException, OSError) as error:
        log.warning("no mail about step %s: %s", step.pk, type(error).__name__)
