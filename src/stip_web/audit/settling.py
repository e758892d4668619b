# SPDX-License-Identifier: EUPL-1.2
"""What was begun and cut off: a process that is killed between the workspace and the log leaves its intent behind.

The workspace and the database cannot be written in one stroke. So what is going to be written is said first, in a
transaction of its own (`Intent`). When its line is missing afterwards, the workspace tells whether it happened, and
the line is written after all, with the moment and the person of then.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.urls import get_resolver
from django.utils import timezone

from stip.errors import StipError
from stip.store import Workspace, sweep_incidents
from stip_web.audit.actions import Action, kinds
from stip_web.audit.intents import is_open, was_ours
from stip_web.audit.models import AuditLine, Intent
from stip_web.audit.processes import is_gone
from stip_web.workspaces.current import current_workspace

log = logging.getLogger(__name__)

LONGEST = timedelta(minutes=15)
"""No request lasts so long: an intent of another machine that is older was cut off."""

UNCERTAIN = "afgebroken; kijk na of het is gebeurd"


def settle() -> int:
    """Write the lines of what was cut off; gives how many. Costs one question when nothing was."""
    left = [intent for intent in Intent.objects.all() if _is_left(intent)]
    if not left:
        return 0
    get_resolver().url_patterns  # noqa: B018 - every action is known once every page is
    workspace, known = current_workspace(), kinds()
    sweep_incidents(workspace)  # a line that says that reports are gone must be true
    return sum(_settle_one(workspace, intent, known.get(intent.action)) for intent in left)


def settle_if_possible() -> None:
    """Do so where a process begins; without a workspace or a database it begins too, and does it the next time."""
    try:
        settle()
    except (StipError, DatabaseError) as error:
        log.warning("what was cut off is not settled yet: %s", type(error).__name__)


def _is_left(intent: Intent) -> bool:
    if is_open(intent):
        return False
    return is_gone(intent.process) or was_ours(intent) or timezone.now() - intent.at > LONGEST


def _settle_one(workspace: Workspace, intent: Intent, kind: type[Action[Any]] | None) -> bool:
    """Find out whether it happened, and write that down; only who is first does."""
    with transaction.atomic():
        if not Intent.objects.filter(pk=intent.pk).delete()[0]:
            return False
        landed = kind.landed(workspace, intent) if kind is not None else None
        if landed is False:
            return False
        told = {} if landed else {"zeker": UNCERTAIN}
        if landed and kind is not None:
            kind.mend(workspace, intent)
        AuditLine.objects.create(
            at=intent.at,
            actor_id=intent.actor_id,
            actor_name=intent.actor_name,
            roles=intent.roles,
            action=intent.action,
            subject=intent.subject,
            why=intent.why,
            details=intent.details | told | {"nageschreven": timezone.now().isoformat(timespec="seconds")},
        )
    log.warning("%s was cut off; its line is written now", intent.action)
    return True
