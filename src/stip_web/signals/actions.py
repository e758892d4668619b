# SPDX-License-Identifier: EUPL-1.2
"""Raising a signal and deciding on it; each leaves a line in the log, and none names a place of help there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar
from uuid import uuid4

from django.core.exceptions import PermissionDenied

from stip.errors import SignalError
from stip.settings import Settings
from stip.signals import (
    Answer,
    Known,
    NewSignal,
    Raised,
    SignalKind,
    Stream,
    answer_signal,
    check_answer,
    check_sent,
    check_signal,
    check_taken_on,
    find_unvisited,
    place_of_plan,
    raise_signal,
    record_sent,
    record_taken_on,
    rule_of,
    signal_of,
    unvisited,
    waiting_signal,
)
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.audit.intents import stands
from stip_web.audit.models import Intent
from stip_web.signals.planned import check_place_open
from stip_web.workspaces.clock import now
from stip_web.workspaces.current import current_workspace
from stip_web.workspaces.deciders import kinds_seen, raising_role, role_for


def kind_of_remark(settings: Settings, code: str) -> str:
    """Give the kind of signal that a remark from the street is, by the categories of the rules; empty when none.

    A remark that could be two kinds is help before anything else, so that no place of it is kept.
    """
    order = (SignalKind.HELP, SignalKind.SPACE, SignalKind.OFFENCE)
    return next((str(kind) for kind in order if code in rule_of(settings, kind).categories), "")


@dataclass
class RaiseSignal(Action[Raised]):
    """Write down that something is known, about a place of the week's plan or a neighbourhood.

    Of help the place is looked up only for its neighbourhood, and not kept.
    """

    action: ClassVar[str] = "signal.raise"
    label: ClassVar[str] = "Signaal gemeld"
    permission: ClassVar[May] = May.SIGNAL_RAISE
    kind: str = field(kw_only=True)
    category: str = field(kw_only=True)
    week: str = field(kw_only=True)
    place_id: str = field(default="", kw_only=True)
    area_code: str = field(default="", kw_only=True)
    stream: str = field(default=str(Stream.STREET), kw_only=True)
    workspace: Workspace = field(default_factory=current_workspace, kw_only=True)
    signal_id: str = field(default_factory=lambda: uuid4().hex, kw_only=True)

    def check(self) -> None:
        """Refuse what the library refuses, a place of another team, and any place while the plan is on hold."""
        cells: tuple[int, ...] = ()
        area_code = self.area_code
        if self.place_id:
            check_place_open(self.actor, self.workspace, self.week, self.place_id)
            cells, area_code = place_of_plan(self.workspace, self.week, self.place_id)
        self._new = check_signal(
            self.workspace,
            NewSignal(
                kind=self.kind,
                category=self.category,
                week=self.week,
                role=raising_role(self.actor, self.workspace.settings),
                stream=self.stream,
                cells=() if self.kind == SignalKind.HELP else cells,
                area_code=area_code,
            ),
        )
        same = waiting_signal(self.workspace, self._new)
        self._again = same is not None
        self.signal_id = same or self.signal_id

    def foretell(self) -> None:
        """Say which signal it is, or waits already; of help no more than that, since the log tells who and when.

        A signal of help is stamped with its day, so that nobody can tell which team stood where: its name in the
        log, next to the minute and the person, would undo that.
        """
        if self.kind == SignalKind.HELP:
            self.details = {"kind": self.kind}
            return
        self.subject = f"S-{self.signal_id[:8]}"
        self.details = {"signal": self.signal_id, "kind": self.kind, "week": self.week, "stream": self.stream}
        self.details["category"] = self.category
        if self._again:
            self.details["again"] = True

    def change(self) -> None:
        """Change nothing in the database."""

    def then(self, changed: None) -> Raised:
        """Write it down."""
        return raise_signal(self.workspace, self._new, at=now(self.workspace), signal_id=self.signal_id)

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether the decision is there."""
        return stands(workspace, "signal", intent, "signal")


@dataclass
class FindSignals(Action[list[Raised]]):
    """Find the top cells of a past week that nobody visited."""

    action: ClassVar[str] = "signal.find"
    label: ClassVar[str] = "Vakken zonder bezoek gezocht"
    permission: ClassVar[May] = May.SIGNAL_DECIDE
    workspace: Workspace = field(kw_only=True)
    week: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse a week that is not over."""
        unvisited(self.workspace, self.week, at=now(self.workspace))

    def foretell(self) -> None:
        """Say of which week."""
        self.subject = self.week

    def change(self) -> None:
        """Change nothing in the database."""

    def then(self, changed: None) -> list[Raised]:
        """Write down what is new."""
        return find_unvisited(self.workspace, self.week, at=now(self.workspace))


def decided_by(user: User, workspace: Workspace, signal_id: str) -> tuple[Known, str]:
    """Give a signal and the role by which this person decides on it.

    Raises
    ------
    PermissionDenied
        When the person does not decide on this kind, by the table of the municipality, or may not see it.
    SignalError
        When there is no such signal.
    """
    known = signal_of(workspace, signal_id)
    role = role_for(user, workspace.settings, known.kind)
    if not role or known.kind not in kinds_seen(user, workspace.settings):
        raise PermissionDenied("signal")
    return known, role


@dataclass
class AnswerSignal(Action[str]):
    """Decide: act, hand over, or let it be with a reason (``why``); gives the id of the answer."""

    action: ClassVar[str] = "signal.answer"
    label: ClassVar[str] = "Over een signaal besloten"
    permission: ClassVar[May] = May.SIGNAL_DECIDE
    workspace: Workspace = field(kw_only=True)
    signal_id: str = field(kw_only=True)
    answer_id: str = field(default_factory=lambda: uuid4().hex, kw_only=True)
    kind: str = field(kw_only=True)
    partner: str = field(default="", kw_only=True)
    shared_what: tuple[str, ...] = field(default=(), kw_only=True)
    follows: str | None = field(default=None, kw_only=True)

    def check(self) -> None:
        """Refuse what the rule of the kind refuses; a button that was pressed twice says what stands."""
        known, role = decided_by(self.actor, self.workspace, self.signal_id)
        if any(step.answer_id == self.answer_id for step in known.steps):
            raise SignalError("Dit besluit is al vastgelegd.")
        asked = Answer(
            known.signal_id, self.kind, role, self.partner, self.shared_what, self.why, follows=self.follows
        )
        self._answer = check_answer(self.workspace, asked)
        self.why = self._answer.reason

    def foretell(self) -> None:
        """Say what was decided and what a partner is to be told."""
        self.subject = f"S-{self.signal_id[:8]}"
        self.details = {"signal": self.signal_id, "answer": self.answer_id, "decision": self.kind}
        if self.partner:
            self.details |= {"partner": self.partner, "shared": list(self._answer.shared_what)}

    def change(self) -> None:
        """Change nothing in the database."""

    def then(self, changed: None) -> str:
        """Write it down."""
        return answer_signal(self.workspace, self._answer, at=now(self.workspace), answer_id=self.answer_id)

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether the decision is there."""
        return stands(workspace, "answer", intent, "answer")


@dataclass
class TellPartner(Action[str]):
    """Say in the log, beforehand, that a partner is going to be told through Signalen."""

    action: ClassVar[str] = "signal.send"
    label: ClassVar[str] = "Signaal verstuurd naar Signalen, of dat geprobeerd"
    permission: ClassVar[May] = May.SIGNAL_DECIDE
    workspace: Workspace = field(kw_only=True)
    signal_id: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse what does not wait to be sent."""
        known, role = decided_by(self.actor, self.workspace, self.signal_id)
        check_sent(self.workspace, self.signal_id, by="signalen", receipt="", role=role)
        self._shared = list(known.shared_what)
        self._partner = known.partner

    def change(self) -> str:
        """Say to whom, and what."""
        self.subject = f"S-{self.signal_id[:8]}"
        self.details = {"signal": self.signal_id, "partner": self._partner, "shared": self._shared}
        return self.signal_id


@dataclass
class MarkSent(Action[str]):
    """Write down that the partner was told, and its number for it."""

    action: ClassVar[str] = "signal.sent"
    label: ClassVar[str] = "Overdracht van een signaal vastgelegd"
    permission: ClassVar[May] = May.SIGNAL_DECIDE
    workspace: Workspace = field(kw_only=True)
    signal_id: str = field(kw_only=True)
    answer_id: str = field(default_factory=lambda: uuid4().hex, kw_only=True)
    by: str = field(kw_only=True)
    receipt: str = field(default="", kw_only=True)

    def check(self) -> None:
        """Refuse what does not wait to be sent, and what is no number."""
        _, self._role = decided_by(self.actor, self.workspace, self.signal_id)
        check_sent(self.workspace, self.signal_id, by=self.by, receipt=self.receipt, role=self._role)

    def foretell(self) -> None:
        """Say how."""
        self.subject = f"S-{self.signal_id[:8]}"
        self.details = {"signal": self.signal_id, "answer": self.answer_id, "by": self.by, "receipt": self.receipt}

    def change(self) -> None:
        """Change nothing in the database."""

    def then(self, changed: None) -> str:
        """Write it down."""
        return record_sent(
            self.workspace,
            self.signal_id,
            by=self.by,
            receipt=self.receipt,
            role=self._role,
            at=now(self.workspace),
            answer_id=self.answer_id,
        )

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether the decision is there."""
        return stands(workspace, "answer", intent, "answer")


@dataclass
class RecordTakenOn(Action[str]):
    """Write down what the partner said: it takes the signal on, does not, or is done."""

    action: ClassVar[str] = "signal.taken_on"
    label: ClassVar[str] = "Antwoord van een partner vastgelegd"
    permission: ClassVar[May] = May.SIGNAL_DECIDE
    workspace: Workspace = field(kw_only=True)
    signal_id: str = field(kw_only=True)
    answer_id: str = field(default_factory=lambda: uuid4().hex, kw_only=True)
    taken_on: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse what no partner has, and a reason that names somebody."""
        _, self._role = decided_by(self.actor, self.workspace, self.signal_id)
        _, self.why = check_taken_on(self.workspace, self.signal_id, self.taken_on, reason=self.why, role=self._role)

    def foretell(self) -> None:
        """Say what it said."""
        self.subject = f"S-{self.signal_id[:8]}"
        self.details = {"signal": self.signal_id, "answer": self.answer_id, "taken_on": self.taken_on}

    def change(self) -> None:
        """Change nothing in the database."""

    def then(self, changed: None) -> str:
        """Write it down."""
        return record_taken_on(
            self.workspace,
            self.signal_id,
            self.taken_on,
            reason=self.why,
            role=self._role,
            at=now(self.workspace),
            answer_id=self.answer_id,
        )

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool | None:
        """Look whether the decision is there."""
        return stands(workspace, "answer", intent, "answer")
