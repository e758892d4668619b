# SPDX-License-Identifier: EUPL-1.2
"""Telling everybody what is wrong with a quarter that is out; its figures stay as they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from stip.agreements import check_not_paused, tidy_reason
from stip.errors import AgreementError, OnHold, WorkspaceError
from stip.publish import Quarter, published_facts, published_issues, tell_issue
from stip.store import Workspace
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.audit.models import Intent
from stip_web.oversight.publishing import approving_role
from stip_web.workspaces.clock import now


@dataclass
class TellIssue(Action[str]):
    """Tell in a sentence (``why``) what is wrong with a quarter that is out; gives the name of the quarter."""

    action: ClassVar[str] = "publication.issue"
    label: ClassVar[str] = "Verteld wat er niet klopt aan openbare cijfers"
    permission: ClassVar[May] = May.PUBLICATION_APPROVE
    workspace: Workspace = field(kw_only=True)
    quarter: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse while publishing is paused, a quarter that is not out, and a sentence that is no use or there."""
        check_not_paused(self.workspace, "publish")
        if not self.why.strip():
            raise AgreementError("Er staat nog niets. Schrijf in één zin wat er niet klopt.")
        self.why = tidy_reason(self.why, AgreementError)
        published = self.workspace.root / "published"
        if self.quarter not in {facts["quarter"] for facts in published_facts(published)}:
            raise WorkspaceError("Dit kwartaal is niet openbaar, of niet te lezen. Kies een kwartaal uit de lijst.")
        known = [issue for issue in published_issues(published) if issue["quarter"] == self.quarter]
        if any(issue["sentence"] == self.why for issue in known):
            raise AgreementError("Deze zin staat al bij dit kwartaal.")
        self._at = now(self.workspace)

    def foretell(self) -> None:
        """Name the quarter and the moment."""
        self.subject = self.quarter
        self.details = {"role": approving_role(self.actor), "at": self._at.isoformat()}

    def change(self) -> str:
        """Change nothing in the database."""
        return self.quarter

    def then(self, changed: str) -> str:
        """Write it beside the figures."""
        role = approving_role(self.actor)
        tell_issue(self.workspace, Quarter.named(self.quarter), self.why, role=role, at=self._at)
        return changed

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether this sentence stands beside the quarter."""
        wanted = (intent.subject, intent.details["at"], intent.why)
        known = published_issues(workspace.root / "published")
        return any((issue["quarter"], issue["since"], issue["sentence"]) == wanted for issue in known)


def may_tell_now(workspace: Workspace) -> bool:
    """Whether something can be told now: not while publishing is paused."""
    try:
        check_not_paused(workspace, "publish")
    except OnHold:
        return False
    return True


def told_already(workspace: Workspace) -> list[dict[str, Any]]:
    """Give what was told of each quarter, newest quarter first and within it as it was told."""
    known = published_issues(workspace.root / "published")
    return [
        {
            "label": Quarter.named(issue["quarter"]).label,
            "since": datetime.fromisoformat(issue["since"]),
            "sentence": issue["sentence"],
        }
        for issue in sorted(known, key=lambda issue: Quarter.named(issue["quarter"]), reverse=True)
    ]
