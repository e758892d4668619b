# SPDX-License-Identifier: EUPL-1.2
"""Remarks of help that cannot become a signal: who decides on help sees them and why, and may let go of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from stip.agreements import tidy_reason
from stip.errors import SignalError
from stip.signals import SignalKind
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.street.models import AreaRemark
from stip_web.workspaces.current import current_workspace
from stip_web.workspaces.deciders import role_for


def decides_on_help(user: User, workspace: Workspace) -> bool:
    """Whether a person decides on signals of help."""
    return bool(role_for(user, workspace.settings, SignalKind.HELP))


def stuck_for(user: User, workspace: Workspace) -> list[AreaRemark]:
    """Give what could not be raised, oldest week first; nothing to who does not decide on help."""
    if not decides_on_help(user, workspace):
        return []
    return list(AreaRemark.objects.exclude(trouble="").order_by("week", "pk"))


def how_many(user: User, workspace: Workspace) -> tuple[int, str]:
    """Give how much is stuck for a person, and where it is read."""
    return len(stuck_for(user, workspace)), reverse("street:stuck")


@dataclass
class LetGoRemark(Action[None]):
    """Let go of a remark that cannot become a signal. The line names no neighbourhood, as of every signal of help."""

    action: ClassVar[str] = "street.let_go"
    label: ClassVar[str] = "Melding over hulp weggedaan die niet kon worden verwerkt"
    permission: ClassVar[May] = May.SIGNAL_DECIDE
    workspace: Workspace = field(default_factory=current_workspace, kw_only=True)
    remark_id: int = field(kw_only=True)

    def check(self) -> None:
        """Refuse who does not decide on help, what is not stuck, and letting go without a reason."""
        if not decides_on_help(self.actor, self.workspace):
            raise PermissionDenied("signal")
        self.why = tidy_reason(self.why, SignalError)

    def change(self) -> None:
        """Delete it."""
        gone, _ = AreaRemark.objects.filter(pk=self.remark_id).exclude(trouble="").delete()
        if not gone:
            raise SignalError("Deze melding staat er niet meer: zij is intussen verwerkt of weggedaan.")
        self.details = {"kind": str(SignalKind.HELP)}
