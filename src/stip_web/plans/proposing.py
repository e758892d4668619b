# SPDX-License-Identifier: EUPL-1.2
"""Asking for a proposal to be made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from django.db import IntegrityError, transaction

from stip.agreements import check_not_paused, tidy_reason
from stip.errors import PlanError, WorkspaceBusy
from stip.plan import hours_of
from stip.store import Workspace, latest_run
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.plans.models import Proposing, Status
from stip_web.plans.opening import board_of
from stip_web.plans.tasks import give_up_on_the_dead, make


@dataclass
class AskProposal(Action[Proposing]):
    """Put the making of a proposal in the queue, for the hours that are on the board."""

    action: ClassVar[str] = "plan.propose"
    label: ClassVar[str] = "Voorstel voor het weekplan laten maken"
    permission: ClassVar[May] = May.PLAN_WRITE
    workspace: Workspace = field(kw_only=True)
    week: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse a week without outlook, one that is fixed, and any while the plan is paused."""
        check_not_paused(self.workspace, "plan")
        give_up_on_the_dead()
        if latest_run(self.workspace, "outlook", self.week) is None:
            raise PlanError("Er is nog geen vooruitblik voor deze week. Zonder vooruitblik komt er geen voorstel.")
        draft = board_of(self.workspace, self.week)
        if draft.state != Status.CONCEPT:
            raise PlanError("Het weekplan is al vastgesteld. Verander plekken één voor één.")
        self._hours = hours_of(draft.capacity)
        self.why = tidy_reason(self.why, PlanError) if self.why.strip() else ""

    def change(self) -> Proposing:
        """Put it in the queue, when it is the only one of its week."""
        try:
            with transaction.atomic():
                proposing = Proposing.objects.create(week=self.week, hours=self._hours, rotation=self.why)
        except IntegrityError:
            raise WorkspaceBusy("Het voorstel voor deze week wordt al gemaakt. Wacht tot het klaar is.") from None
        transaction.on_commit(lambda: make.enqueue(proposing.id))
        self.subject = self.week
        self.details = {"proposing": proposing.id, "hours": self._hours}
        return proposing
