# SPDX-License-Identifier: EUPL-1.2
"""What may be done with a message; each leaves a line in the log, with its number and nothing of the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from stip.errors import AgreementError, StipError
from stip.store import Workspace
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.inbox.letters import MOST_SIGNS, Kind
from stip_web.inbox.terms import EXTENSION_DAYS
from stip_web.reactions.models import Message, Step
from stip_web.reactions.opening import letter_of, sealed_reason
from stip_web.reactions.reach import may_act, may_close
from stip_web.reactions.tasks import sweep_later
from stip_web.reactions.words import MARKS, OUTCOMES, ROLES, StepKind, outcomes_of
from stip_web.workspaces.clock import now, today
from stip_web.workspaces.current import current_workspace

_ANSWERED = "Dit bericht is al beantwoord."
_NO_RIGHT = "Dit bericht is geen bezwaar of verzoek. Kies een ander antwoord."
_NO_DECISION = "Op een bezwaar of verzoek hoort een besluit. Kies toegewezen, afgewezen, verwezen of geen adres."


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
        """Refuse who may not open it, a role that is none, and a message that was answered."""
        _let(self, may=may_act(self.actor, self.message))
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
    reason: str = field(default="", kw_only=True, repr=False)
    workspace: Workspace = field(default_factory=current_workspace, kw_only=True)

    def check(self) -> None:
        """Refuse who may not close it, and what is no answer, or no answer to this kind of message."""
        _let(self, may=may_close(self.actor, self.message))
        _check_open(self.message)
        if self.outcome not in OUTCOMES:
            raise MessageError("Kies hoe het bericht is beantwoord.")
        kind = Kind(self.message.kind)
        if self.outcome not in outcomes_of(kind):
            raise MessageError(_NO_DECISION if kind.is_right else _NO_RIGHT)
        if kind.is_right and self.outcome != "granted" and not self.reason.strip():
            raise MessageError("Schrijf waarom. Zonder reden mag dat niet, behalve als u toewijst.")
        if len(self.reason) > MOST_SIGNS:
            raise MessageError(f"De reden is te lang. Er passen {MOST_SIGNS} letters in. Maak haar korter.")
        if self.outcome == "no_address" and (letter := letter_of(self.workspace, self.message)) and letter.email:
            raise MessageError("Bij dit bericht staat een e-mailadres. Geef antwoord en kies dan hoe.")

    def change(self) -> Step:
        """Add the step; from now the term of keeping runs. Why stands with the message, and goes with it."""
        self.message.sealed_reason = sealed_reason(self.workspace, self.reason.strip())
        self.message.save(update_fields=["sealed_reason"])
        self.subject = self.message.number
        self.details = {"outcome": self.outcome, "in_time": today(self.workspace) <= self.message.answer_by}
        try:
            with transaction.atomic():
                answered = _step(self, StepKind.ANSWERED, outcome=self.outcome)
        except IntegrityError:  # somebody else answered after the check
            raise AgreementError(_ANSWERED) from None
        sweep_later()
        return answered


@dataclass
class MarkMessage(Action[Step]):
    """Write down what else happened: who it is was asked, the term was made longer, or destroying waits."""

    action: ClassVar[str] = "message.mark"
    label: ClassVar[str] = "Bij bericht vastgelegd"
    permission: ClassVar[May] = May.MESSAGE_ANSWER
    message: Message = field(kw_only=True)
    mark: str = field(kw_only=True)
    workspace: Workspace = field(default_factory=current_workspace, kw_only=True)

    def check(self) -> None:
        """Refuse who may not open it, and what does not fit.

        A term is made longer once, while it runs, and only what was answered waits.
        """
        _let(self, may=may_act(self.actor, self.message))
        answered = self.message.steps.filter(kind=StepKind.ANSWERED).exists()
        if self.mark not in MARKS or not may_mark(self.message, StepKind(self.mark), answered=answered):
            raise MessageError("Dit past niet bij dit bericht. Kies iets anders.")
        if self.mark == StepKind.EXTENDED and today(self.workspace) > self.message.answer_by:
            raise MessageError("De termijn is al voorbij en kan niet meer langer worden. Antwoord nu.")

    def change(self) -> Step:
        """Add the step, and what follows from it."""
        self.subject = self.message.number
        self.details = {"mark": self.mark}
        if self.mark == StepKind.EXTENDED:
            self.message.answer_by += timedelta(days=EXTENSION_DAYS)
        elif self.mark in (StepKind.HELD, StepKind.RELEASED):
            self.message.held = self.mark == StepKind.HELD
        self.message.save(update_fields=["answer_by", "held"])
        return _step(self, StepKind(self.mark))


def may_mark(message: Message, mark: StepKind, *, answered: bool) -> bool:
    """Tell whether a mark fits a message as it stands."""
    if mark is StepKind.HELD:
        return answered and not message.held and message.destroyed_at is None
    if mark is StepKind.RELEASED:
        return message.held
    if answered or not Kind(message.kind).is_right:
        return False
    return mark in (StepKind.ADVISED, StepKind.IDENTITY) or not message.steps.filter(kind=StepKind.EXTENDED).exists()


def _let(action: ForwardMessage | AnswerMessage | MarkMessage, *, may: bool) -> None:
    if not may:
        raise PermissionDenied(action.action)


def _check_open(message: Message) -> None:
    if message.steps.filter(kind=StepKind.ANSWERED).exists():
        raise AgreementError(_ANSWERED)


def _step(action: ForwardMessage | AnswerMessage | MarkMessage, kind: StepKind, **said: str) -> Step:
    return Step.objects.create(
        message=action.message,
        kind=str(kind),
        at=now(action.workspace),
        by_roles=action.actor.role_names[:200],
        **said,
    )
