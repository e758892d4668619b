# SPDX-License-Identifier: EUPL-1.2
"""What the worker does for the phone: bring what was not brought, and destroy notes that are old enough."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from stip.errors import WorkspaceBusy
from stip_web.street.mirror import mirror
from stip_web.street.notes import destroy_old
from stip_web.workspaces.current import current_workspace

_AGAIN = timedelta(minutes=1)


@task()
def sweep() -> None:
    """Bring entries to the workspace; when that is busy, again in a minute."""
    destroy_old(timezone.now())
    try:
        mirror(current_workspace())
    except WorkspaceBusy:
        sweep.using(run_after=timezone.now() + _AGAIN).enqueue()
