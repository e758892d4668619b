# SPDX-License-Identifier: EUPL-1.2
"""The logs as lists: who changed what, and who looked; searched with the same words on page and twin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from stip.agreements import pause_name
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import labels
from stip_web.audit.models import AccessLine, AuditLine
from stip_web.audit.processing import ACTIVITIES
from stip_web.workspaces.current import current_workspace

OF_ADMINISTRATION = ("user.", "role.", "token.", "job.", "log.", "backup.")
"""What an administrator sees of the changes: accounts, jobs and the site itself, nothing about places."""

CHANGES = {"at": "Wanneer", "actor": "Wie", "roles": "Als", "action": "Wat", "subject": "Waarover", "why": "Waarom"}
IN_CHANGES = ("actor_name", "action", "subject", "why")
IN_LOOKS = ("actor_name", "activity", "trace_id")
"""Where words are looked for."""
LOOKS = {"at": "Wanneer", "actor": "Wie", "activity": "Wat", "fine": "Hoe fijn", "trace_id": "Spoor"}
FINENESS = {True: "tot op de plek", False: "grof, of alleen eigen plekken", None: "niet bijgehouden"}
"""How finely somebody looked, in words."""


@dataclass(frozen=True)
class Search:
    """What is looked for; empty means everything.

    Attributes
    ----------
    words : str
        Somewhere in who, what, about what or why.
    first, last : date, optional
        Both inclusive.
    """

    words: str = ""
    first: date | None = None
    last: date | None = None

    def of(self, lines: QuerySet[Any], *fields: str) -> QuerySet[Any]:
        """Narrow a log down."""
        if self.words:
            anywhere = Q()
            for name in fields:
                anywhere |= Q(**{f"{name}__icontains": self.words})
            lines = lines.filter(anywhere)
        if self.first:
            lines = lines.filter(at__gte=_midnight(self.first))
        if self.last:
            lines = lines.filter(at__lt=_midnight(self.last + timedelta(days=1)))
        return lines


def changes(user: User, search: Search) -> QuerySet[AuditLine]:
    """Give the changes that this person may see: all, or those of administration."""
    lines = AuditLine.objects.all()
    if not user.may(May.LOG_READ):
        allowed = Q()
        for start in OF_ADMINISTRATION:
            allowed |= Q(action__startswith=start)
        lines = lines.filter(allowed)
    return search.of(lines, *IN_CHANGES)


def looks(search: Search) -> QuerySet[AccessLine]:
    """Give who looked; only for who may read the whole log."""
    return search.of(AccessLine.objects.all(), *IN_LOOKS)


def about(user: User) -> tuple[QuerySet[AuditLine], QuerySet[AccessLine]]:
    """Give what is logged about one person: by him, or about his account."""
    mine = Q(actor=user) | Q(action__startswith="user.", subject=user.username)
    return AuditLine.objects.filter(mine), AccessLine.objects.filter(actor=user)


def change_row(line: AuditLine) -> dict[str, Any]:
    """Give a line as a row."""
    what = labels().get(line.action) or line.action
    row = {"at": line.at, "actor": line.actor_name, "roles": line.roles, "action": what}
    subject = pause_name(current_workspace(), line.subject) if line.action.startswith("pause.") else line.subject
    return {**row, "subject": subject, "why": line.why}


def look_row(line: AccessLine) -> dict[str, Any]:
    """Give a line as a row."""
    what = ACTIVITIES.get(line.activity, line.activity)
    row = {"at": line.at, "actor": line.actor_name, "activity": what, "fine": FINENESS[line.fine]}
    return {**row, "trace_id": line.trace_id}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
