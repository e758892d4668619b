# SPDX-License-Identifier: EUPL-1.2
"""Asking for an outlook to be made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from django.db import transaction
from django.utils import timezone

from stip.agreements import check_not_paused
from stip.errors import WorkspaceBusy
from stip.space import monday
from stip.store import Workspace
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.outlooks.models import Making
from stip_web.outlooks.models.making import State
from stip_web.outlooks.tasks import UNEXPECTED, make

_GIVEN_UP = timedelta(minutes=30)


@dataclass
class MakeOutlook(Action[Making]):
    """Put the making of an outlook in the queue; with ``plain`` that of the plain count, marked as such."""

    action: ClassVar[str] = "outlook.make"
    permission: ClassVar[May] = May.OUTLOOK_RUN
    workspace: Workspace = field(kw_only=True)
    week: str = field(kw_only=True)
    plain: bool = field(default=False, kw_only=True)

    def check(self) -> None:
        """Refuse a second one beside one that goes on, and any while the outlook is paused."""
        monday(self.week)
        check_not_paused(self.workspace, "outlook")
        give_up_on_the_dead()
        if any(making.busy for making in Making.objects.filter(week=self.week)):
            raise WorkspaceBusy(f"De vooruitblik van {self.week.lower()} wordt al gemaakt. Wacht tot die klaar is.")

    def change(self) -> Making:
        """Put it in the queue."""
        making = Making.objects.create(week=self.week, plain=self.plain)
        transaction.on_commit(lambda: make.enqueue(making.id))
        self.subject = self.week
        self.details = {"making": making.id, "plain": self.plain}
        return making


def give_up_on_the_dead() -> None:
    """Call failed what has not moved for half an hour: its worker was stopped."""
    for making in Making.objects.filter(
        state__in=(State.WAITING, State.RUNNING), moved_at__lt=timezone.now() - _GIVEN_UP
    ):
        making.move(State.FAILED, reason=f"{UNEXPECTED} (De taak bewoog een half uur niet.)")
