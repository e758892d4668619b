# SPDX-License-Identifier: EUPL-1.2
"""Messages as a list shows them: what waits first, with its term and who answers. Nothing of the text is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone

from stip.store import Workspace
from stip_web.desk.twins import Listing
from stip_web.inbox.letters import Kind
from stip_web.reactions.models import Message
from stip_web.reactions.words import ROLES, StepKind
from stip_web.workspaces.clock import today

_SOON_DAYS = 5
STANDINGS = {"open": "Wat wacht", "late": "Te laat", "all": "Alles"}
COLUMNS = {
    "number": "Nummer",
    "kind": "Soort",
    "sent_on": "Binnen sinds",
    "answer_by": "Uiterlijk",
    "days_left": "Dagen over",
    "answers": "Wie antwoordt",
    "state": "Stand",
}


@dataclass(frozen=True)
class Row:
    """One message.

    Attributes
    ----------
    days_left : int or None
        Fewer than 0 when late; None when answered.
    answers : str
        The role that has it.
    """

    message: Message
    kind: str
    sent_on: date
    answer_by: date
    days_left: int | None
    answers: str
    state: str

    @property
    def number(self) -> str:
        """Its number."""
        return self.message.number

    @property
    def late(self) -> bool:
        """Whether it should have been answered."""
        return self.days_left is not None and self.days_left < 0

    @property
    def forgotten(self) -> bool:
        """Whether it is late for as long as an answered one would be kept: it is never destroyed unanswered."""
        return self.days_left is not None and -self.days_left > settings.STIP_MESSAGE_DAYS

    @property
    def mark(self) -> str:
        """How urgent it is: ``late``, ``attention`` or nothing."""
        if self.days_left is None or self.days_left > _SOON_DAYS:
            return ""
        return "late" if self.late else "attention"

    @property
    def left(self) -> str:
        """The days that are left, in words."""
        if self.days_left is None:
            return ""
        days = abs(self.days_left)
        said = "1 dag" if days == 1 else f"{days} dagen"
        return f"{said} te laat" if self.late else "vandaag" if days == 0 else f"nog {said}"


def rows_of(workspace: Workspace, standing: str) -> list[Row]:
    """Give the messages of a choice of `STANDINGS`, what is due first first."""
    messages = list(Message.objects.defer("sealed", "sealed_reason"))
    prefetch_related_objects(messages, "steps")
    day = today(workspace)
    rows = [row_of(message, day) for message in messages]
    if standing == "all":
        return rows
    return [row for row in rows if (row.late if standing == "late" else row.days_left is not None)]


def row_of(message: Message, today: date) -> Row:
    """Give one message as it stands on a day."""
    steps = list(message.steps.all())
    answered = next((step for step in steps if step.kind == StepKind.ANSWERED), None)
    forwarded = [step for step in steps if step.kind == StepKind.FORWARDED]
    state = "beantwoord" if answered else "doorgestuurd" if forwarded else "wacht"
    return Row(
        message,
        Kind(message.kind).short,
        timezone.localtime(message.sent_at).date(),
        message.answer_by,
        None if answered else (message.answer_by - today).days,
        ROLES[forwarded[-1].to_role] if forwarded else _answers(message),
        state,
    )


def _answers(message: Message) -> str:
    is_right = Kind(message.kind).is_right
    return str(settings.STIP_OBJECTION_ANSWERS if is_right else settings.STIP_ANSWERS)


def messages_listing(rows: list[Row], standing: str) -> Listing:
    """Give the same rows for a file."""
    told = [{name: getattr(row, name) for name in COLUMNS} for row in rows]
    return Listing("berichten", COLUMNS, told, {"Keuze": STANDINGS[standing]})
