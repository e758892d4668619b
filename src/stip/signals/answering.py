# SPDX-License-Identifier: EUPL-1.2
"""Deciding on a signal: act, hand it over, or let it be with a reason; and what the partner said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pandas as pd

from stip.agreements import personal_in, tidy_reason
from stip.errors import SignalError
from stip.settings import SHAREABLE
from stip.signals.handing import cells_to_name
from stip.signals.kinds import AnswerKind, State, TakenOn, role_name, rule_of
from stip.signals.standing import Known, signal_of
from stip.store import Workspace, record

WAYS = ("signalen", "form")
"""How a partner was told: through Signalen, or by a text that somebody sent."""

_RECEIPT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
_FIXED = (State.HANDED, State.TAKEN, State.DONE)


@dataclass(frozen=True)
class Answer:
    """What is decided on a signal.

    Attributes
    ----------
    signal_id : str
    kind : str
        ``act``, ``hand_over`` or ``let_be``.
    role : str
        Of whom decides; the rule of the kind says who may.
    partner : str
        To whom, for ``hand_over``.
    shared_what : tuple of str
        What the partner is told: ``category``, ``week``, ``area``, ``place``.
    reason : str
        Why, for ``let_be``; for the others it may be left out. At most 140 characters, about no person.
    follows : str, optional
        The answer that stood when this was decided, empty for none; another that came between is not passed over.
    """

    signal_id: str
    kind: str
    role: str
    partner: str = ""
    shared_what: tuple[str, ...] = ()
    reason: str = ""
    follows: str | None = None


def check_answer(workspace: Workspace, answer: Answer) -> Answer:
    """Return the answer, tidied.

    Raises
    ------
    SignalError
        When the rule of the kind does not allow it, or somebody decided in between.
    """
    known = signal_of(workspace, answer.signal_id)
    rule = rule_of(workspace.settings, known.kind)
    _check_decides(known, answer.role, rule.decides)
    if answer.kind not in tuple(AnswerKind):
        raise SignalError(f"Het besluit ‘{answer.kind}’ ken ik niet. Kies uit {', '.join(AnswerKind)}.")
    if answer.follows is not None and answer.follows != known.answer_id:
        raise SignalError(
            "Intussen is over dit signaal al iets besloten. Laad de pagina opnieuw en kijk wat er staat."
        )
    if known.state in _FIXED:
        raise SignalError(
            "Dit signaal is al overgedragen. Pas als de partner het niet op zich neemt, besluit u opnieuw."
        )
    if answer.kind == AnswerKind.LET_BE and not answer.reason.strip():
        raise SignalError("Niet handelen vraagt een reden. Schrijf in één zin waarom, zonder namen.")
    reason = tidy_reason(answer.reason, SignalError) if answer.reason.strip() else ""
    if answer.kind != AnswerKind.HAND_OVER:
        if answer.partner or answer.shared_what:
            raise SignalError("Een partner en wat hij te weten krijgt, horen alleen bij overdragen.")
        return replace(answer, reason=reason)
    if answer.partner not in rule.partners:
        known_to = ", ".join(rule.partners) or "geen"
        raise SignalError(f"Aan deze partner wordt ‘{rule.label}’ niet overgedragen. De regels noemen: {known_to}.")
    return replace(answer, reason=reason, shared_what=_shared(workspace, known, answer.shared_what, rule.may_share))


def answer_signal(workspace: Workspace, answer: Answer, *, at: datetime, answer_id: str = "") -> str:
    """Write down what was decided and return its id; a signal to hand over is not sent by this.

    Raises
    ------
    SignalError
        See `check_answer`.
    """
    with workspace.writing():
        tidy = check_answer(workspace, answer)
        known = signal_of(workspace, tidy.signal_id)
        row = _row(known) | {
            "kind": tidy.kind,
            "partner": tidy.partner or None,
            "shared_what": list(tidy.shared_what) or None,
            "sent_by": None,
            "receipt": None,
            "taken_on": None,
            "reason": tidy.reason or None,
            "role": tidy.role,
        }
        return _record(workspace, row, at, answer_id)


def check_sent(workspace: Workspace, signal_id: str, *, by: str, receipt: str, role: str) -> Known:
    """Return the signal of which a partner was told.

    Raises
    ------
    SignalError
        When it does not wait to be handed over, or the way or number will not do.
    """
    known = signal_of(workspace, signal_id)
    _check_decides(known, role, rule_of(workspace.settings, known.kind).decides)
    if known.state is not State.WANTS:
        raise SignalError("Dit signaal wacht niet op versturen. Laad de pagina opnieuw en kijk wat er staat.")
    if by not in WAYS:
        raise SignalError(f"Zo wordt een signaal niet verstuurd. Kies uit {', '.join(WAYS)}.")
    if receipt and not _RECEIPT.fullmatch(receipt):
        raise SignalError("Dit is geen nummer van een melding. Schrijf alleen letters, cijfers en streepjes.")
    kind = personal_in(receipt.replace("-", " ")) or personal_in(receipt)
    if kind not in (None, "adres"):  # a number behind letters is what a number of a partner looks like
        raise SignalError(f"Dit lijkt op een {kind}. Schrijf alleen het nummer dat de partner gaf, of laat het leeg.")
    return known


def record_sent(
    workspace: Workspace,
    signal_id: str,
    *,
    by: str,
    role: str,
    at: datetime,
    receipt: str = "",
    answer_id: str = "",
) -> str:
    """Write down that the partner was told, and under which number it knows the signal.

    Parameters
    ----------
    by : str
        ``signalen`` or ``form``.

    Raises
    ------
    SignalError
        See `check_sent`.
    """
    with workspace.writing():
        known = check_sent(workspace, signal_id, by=by, receipt=receipt, role=role)
        row = _row(known) | {"sent_by": by, "receipt": receipt or None, "role": role}
        return _record(workspace, row, at, answer_id)


def check_taken_on(
    workspace: Workspace, signal_id: str, taken_on: str, *, reason: str, role: str
) -> tuple[Known, str]:
    """Return the signal, and the reason, tidied.

    Raises
    ------
    SignalError
        When no partner was told of it, or what it said will not do.
    """
    known = signal_of(workspace, signal_id)
    _check_decides(known, role, rule_of(workspace.settings, known.kind).decides)
    if known.state not in (State.HANDED, State.TAKEN):
        raise SignalError("Dit signaal ligt niet bij een partner. Laad de pagina opnieuw en kijk wat er staat.")
    if taken_on not in tuple(TakenOn):
        raise SignalError(f"Dat antwoord ken ik niet. Kies uit {', '.join(TakenOn)}.")
    if known.state is State.TAKEN and taken_on == TakenOn.YES:
        raise SignalError("Dat de partner het op zich neemt, staat er al.")
    return known, tidy_reason(reason, SignalError) if reason.strip() else ""


def record_taken_on(
    workspace: Workspace,
    signal_id: str,
    taken_on: str,
    *,
    role: str,
    at: datetime,
    reason: str = "",
    answer_id: str = "",
) -> str:
    """Write down what the partner said: it takes the signal on, it does not, or it is done.

    After a no the signal is open again, with a new term.

    Raises
    ------
    SignalError
        See `check_taken_on`.
    """
    with workspace.writing():
        known, tidy = check_taken_on(workspace, signal_id, taken_on, reason=reason, role=role)
        row = _row(known) | {"taken_on": taken_on, "reason": tidy or None, "role": role}
        return _record(workspace, row, at, answer_id)


def _check_decides(known: Known, role: str, decides: tuple[str, ...]) -> None:
    if role not in decides:
        who = " of ".join(role_name(each) for each in decides)
        raise SignalError(f"Over dit signaal besluit: {who}. Dat zegt de tabel met regels van de gemeente.")


def _shared(workspace: Workspace, known: Known, shared: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
    wrong = [code for code in shared if code not in allowed]
    if wrong:
        told = SHAREABLE.get(wrong[0], "dit")
        raise SignalError(f"Van dit soort signaal mag een partner {told} niet weten. Dat zeggen de regels.")
    if "place" in shared and not cells_to_name(workspace, known):
        raise SignalError("Van dit signaal is geen precieze plek te noemen, dus die kan ook niet worden gedeeld.")
    return tuple(code for code in SHAREABLE if code in {"category", *shared})


def _row(known: Known) -> dict[str, Any]:
    """Return the answer that stands, as the beginning of the one that takes its place."""
    return {
        "signal_id": known.signal_id,
        "week": known.week,
        "supersedes": known.answer_id or None,
        "kind": known.answer_kind,
        "partner": known.partner or None,
        "shared_what": list(known.shared_what) or None,
        "sent_by": known.sent_by or None,
        "receipt": known.receipt or None,
        "taken_on": known.taken_on or None,
        "reason": known.reason or None,
    }


def _record(workspace: Workspace, row: dict[str, Any], at: datetime, answer_id: str) -> str:
    named = {"decision_id": answer_id} if answer_id else {}
    return record(workspace, "answer", pd.DataFrame([row | named]), at=at)[0]
