# SPDX-License-Identifier: EUPL-1.2
"""Letting the register out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from stip.agreements import check_not_paused, tidy_reason
from stip.errors import AgreementError, WorkspaceError
from stip.publish.register import let_out, make_register, published_register_facts
from stip.store import Workspace
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.audit.models import Intent
from stip_web.oversight.looking import DOCUMENT
from stip_web.oversight.publishing import approving_role
from stip_web.workspaces import clock

READS = (May.RULES_APPROVE, May.RULES_PROPOSE, May.PUBLICATION_APPROVE, May.PUBLICATION_PROPOSE)


@dataclass
class TakeDocument(Action[None]):
    """Take a document along that is not public. It is made before; without this line it is not handed out."""

    action: ClassVar[str] = DOCUMENT
    label: ClassVar[str] = "Document meegenomen als bestand"
    permission: ClassVar[tuple[May, ...]] = READS
    name: str = field(kw_only=True)
    form: str = field(kw_only=True)

    def change(self) -> None:
        """Write what was taken; nothing else changes."""
        self.subject = f"{self.name} als {self.form}"
        self.details = {"form": self.form}


class Changed(AgreementError):
    """What would go out now is not what was seen."""


@dataclass
class PublishRegister(Action[str]):
    """Put entry, model card and explanation in ``published``, with a reason; gives the name of the folder.

    Attributes
    ----------
    seen : str
        Fingerprint of what the person saw; nothing else goes out.
    """

    action: ClassVar[str] = "register.publish"
    label: ClassVar[str] = "Register van het algoritme openbaar gemaakt"
    permission: ClassVar[May] = May.PUBLICATION_APPROVE
    workspace: Workspace = field(kw_only=True)
    seen: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse while publishing is paused, without a reason that will do, or what is not what was seen."""
        check_not_paused(self.workspace, "publish")
        self.why = tidy_reason(self.why, AgreementError)
        self._at = clock.now(self.workspace)
        self._register = make_register(self.workspace, at=self._at)
        if self._register.fingerprint != self.seen:
            raise Changed(
                "Sinds u deze pagina opende, is er iets veranderd. Hieronder staat het nieuwste. Bekijk het, en maak "
                "het dan opnieuw openbaar."
            )

    def foretell(self) -> None:
        """Say which runs the figures come from."""
        self.subject = "register"
        role = approving_role(self.actor)
        self.details = {"runs": self._register.runs, "role": role, "at": self._at.isoformat()}

    def change(self) -> str:
        """Change nothing in the database."""
        return self.subject

    def then(self, changed: str) -> str:
        """Write it."""
        role = approving_role(self.actor)
        return let_out(self.workspace, self._register, role=role, reason=self.why, at=self._at).name

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether what is out was made at that moment; a later one says nothing of this one."""
        try:
            facts = published_register_facts(workspace.root / "published")
        except WorkspaceError:
            return None
        return facts is not None and facts["made_at"] == intent.details["at"]
