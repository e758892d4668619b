# SPDX-License-Identifier: EUPL-1.2
"""Writing down whether to go on, change or stop."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from stip.learn import check_course, record_course
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.audit.intents import stands
from stip_web.audit.models import Intent
from stip_web.workspaces import clock


def role_of(user: User) -> str:
    """Give the role by which this person signs; a name never goes into the workspace."""
    return "fg" if user.may(May.RULES_APPROVE) else "bestuur"


@dataclass
class DecideCourse(Action[str]):
    """Go on, change or stop, with a reason; gives the id of the decision.

    Who approves what goes out to the public decides: they answer for the work, and neither made the plan nor its
    evaluation.
    """

    action: ClassVar[str] = "course.decide"
    label: ClassVar[str] = "Besluit over doorgaan vastgelegd"
    permission: ClassVar[May] = May.PUBLICATION_APPROVE
    workspace: Workspace = field(kw_only=True)
    choice: str = field(kw_only=True)
    decision_id: str = field(default_factory=lambda: uuid4().hex, kw_only=True)

    def check(self) -> None:
        """Refuse what the library refuses."""
        self._at: datetime = clock.now(self.workspace)
        self._course = check_course(
            self.workspace, self.choice, reason=self.why, role=role_of(self.actor), at=self._at
        )
        self.why = self._course.reason

    def foretell(self) -> None:
        """Name the decision, so that the line can."""
        self.subject = self._course.week
        self.details = {
            "decision": self.decision_id,
            "choice": str(self._course.choice),
            "role": self._course.role,
            "measure": str(self._course.outcome.met),
        }

    def change(self) -> str:
        """Change nothing in the database."""
        return self.decision_id

    def then(self, changed: str) -> str:
        """Write the decision down."""
        return record_course(self.workspace, self._course, at=self._at, decision_id=changed)

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether the decision is there."""
        return stands(workspace, "course", intent, "decision")
