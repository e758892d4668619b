# SPDX-License-Identifier: EUPL-1.2
"""Text, name, address and reason of a message go a fixed number of days after the answer; number, kind and term stay.

One that is held, because an objection to the answer or a case in court goes on, waits for that.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from stip_web.audit.notes import STIP, note
from stip_web.reactions.models import Message, Step
from stip_web.reactions.words import StepKind


def destroy_old(at: datetime) -> int:
    """Destroy what people wrote in messages that were answered long enough ago; gives how many messages."""
    limit = at - timedelta(days=settings.STIP_MESSAGE_DAYS)
    answered = Step.objects.filter(kind=StepKind.ANSWERED, at__lt=limit).values("message_id")
    with transaction.atomic():
        old = Message.objects.filter(destroyed_at=None, held=False, pk__in=answered)
        gone = old.update(sealed=b"", sealed_reason=b"", destroyed_at=at)
        if gone:
            note("message.destroyed", by=STIP, messages=gone)
    return gone
