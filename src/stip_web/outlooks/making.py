# SPDX-License-Identifier: EUPL-1.2
"""Asking for an outlook to be made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from django.db import IntegrityError, transaction

from stip.agreements import check_not_paused
from stip.errors import WorkspaceBusy
from stip.space import monday
from stip.store import Workspace
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.outlooks.models import Making
from stip_web.outlooks.tasks import give_up_on_the_dead, make


@dataclass
class MakeOutlook(Action[Making]):
    """Put the making of an outlook in the queue; with ``plain`` that of the plain count, marked as such."""

    action: ClassVar[str] = "outlook.make"
    label: ClassVar[str] = "Vooruitblik laten maken"
    permission: ClassVar[May] = May.OUTLOOK_RUN
    workspace: Workspace = field(kw_only=True)
    week: str = field(kw_only=True)
    plain: bool = field(default=False, kw_only=True)

    def check(self) -> None:
        """Refuse what is no week, and any while the outlook is paused."""
        monday(self.week)
        check_not_paused(self.workspace, "outlook")
        give_up_on_the_dead()

    def change(self) -> Making:
        """Put it in the queue, when it is the only one of its week."""
        try:
            with transaction.atomic():
                making = Making.objects.create(week=self.week, plain=self.plain)
        except IntegrityError:
            raise WorkspaceBusy(
                f"De vooruitblik van {self.week.lower()} wordt al gemaakt. Wacht tot die klaar is."
            ) from None
        transaction.on_commit(lambda: make.enqueue(making.id))
        self.subject = self.week
        self.details = {"making": making.id, "plain": self.plain}
        return making
