# SPDX-License-Identifier: EUPL-1.2
"""Forwarding and answering a message; each leaves a line in the log, with its number and nothing of the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from stip.errors import AgreementError, StipError
from stip.store import Workspace
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.inbox.letters import Kind
from stip_web.reactions.models import Message, Step
from stip_web.reactions.tasks import sweep_later
from stip_web.reactions.words import OUTCOMES, ROLES, StepKind
from stip_web.workspaces.clock import now
from stip_web.workspaces.current import current_workspace

_OF_OBJECTIONS = ("granted", "refused")


class MessageError(StipError):
    """A step that does not fit a message."""


@dataclass
class ForwardMessage(Action[Step]):
    """Hand a message to another role; the term goes on."""

    action: ClassVar[str] = "message.forward"
    label: ClassVar[str] = "Bericht doorgestuurd"
    permission: ClassVar[May] = May.MESSAGE_ANSWER
    message: Message = field(kw_only=True)
    to_role: str = field(kw_only=True)
    workspace: Workspace = field(default_factory=current_workspace, kw_only=True)

    def check(self) -> None:
        """Refuse a role that is none, and a message that was answered."""
        if self.to_role not in ROLES:
            raise MessageError("Kies aan wie het bericht gaat.")
        _check_open(self.message)

    def change(self) -> Step:
        """Add the step."""
        self.subject = self.message.number
        self.details = {"to": self.to_role}
        return _step(self, StepKind.FORWARDED, to_role=self.to_role)


@dataclass
class AnswerMessage(Action[Step]):
    """Write down that a message was answered, and how."""

    action: ClassVar[str] = "message.answer"
    label: ClassVar[str] = "Bericht beantwoord"
    permission: ClassVar[May] = May.MESSAGE_ANSWER
    message: Message = field(kw_only=True)
    outcome: str = field(kw_only=True)
    workspace: Workspace = field(default_factory=current_workspace, kw_only=True)

    def check(self) -> None:
        """Refuse what is no answer, or no answer to this kind of message."""
        if self.outcome not in OUTCOMES:
            raise MessageError("Kies hoe het bericht is beantwoord.")
        if self.outcome in _OF_OBJECTIONS and self.message.kind != Kind.OBJECTION:
            raise MessageError("Dit bericht is geen bezwaar. Kies een ander antwoord.")
        if self.outcome == "no_address" and self.message.email:
            raise MessageError("Bij dit bericht staat een e-mailadres. Geef antwoord en kies dan hoe.")
        _check_open(self.message)

    def change(self) -> Step:
        """Add the step; from now the term of keeping runs."""
        self.subject = self.message.number
        self.details = {"outcome": self.outcome, "in_time": now(self.workspace).date() <= self.message.answer_by}
        sweep_later()
        return _step(self, StepKind.ANSWERED, outcome=self.outcome)


def _check_open(message: Message) -> None:
    if message.steps.filter(kind=StepKind.ANSWERED).exists():
        raise AgreementError("Dit bericht is al beantwoord.")


def _step(action: ForwardMessage | AnswerMessage, kind: StepKind, **said: str) -> Step:
    return Step.objects.create(
        message=action.message,
        kind=str(kind),
        at=now(action.workspace),
        by_roles=action.actor.role_names[:200],
        **said,
    )
