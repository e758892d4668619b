# SPDX-License-Identifier: EUPL-1.2
"""What the worker does for messages: destroy them when their term is past."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from stip_web.reactions.destroying import destroy_old
from stip_web.workspaces.clock import now
from stip_web.workspaces.current import current_workspace


@task()
def sweep_messages() -> None:
    """Destroy what was answered long enough ago."""
    destroy_old(now(current_workspace()))


def sweep_later() -> None:
    """Ask for a sweep just after the term of what is answered now, when the queue can wait."""
    if sweep_messages.get_backend().supports_defer:
        after = timezone.now() + timedelta(days=settings.STIP_MESSAGE_DAYS, minutes=1)
        later = sweep_messages.using(run_after=after)
        transaction.on_commit(lambda: later.enqueue())
