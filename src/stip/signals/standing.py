# SPDX-License-Identifier: EUPL-1.2
"""How each signal stands: what was decided, what still waits, by when, and what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from stip.errors import SignalError
from stip.signals.kinds import AnswerKind, State, TakenOn, rule_of
from stip.store import Workspace, read_decisions


@dataclass(frozen=True)
class Step:
    """One row of the history of a signal.

    Attributes
    ----------
    answer_id : str
    at : datetime
        In UTC.
    kind : str
        ``act``, ``hand_over`` or ``let_be``.
    partner, sent_by, receipt, taken_on, reason, role : str
        Empty when not so.
    shared_what : tuple of str
    """

    answer_id: str
    at: datetime
    kind: str
    partner: str
    shared_what: tuple[str, ...]
    sent_by: str
    receipt: str
    taken_on: str
    reason: str
    role: str

    @property
    def state(self) -> State:
        """How the signal stood after this."""
        if self.kind != AnswerKind.HAND_OVER:
            return State.ACTED if self.kind == AnswerKind.ACT else State.LET_BE
        if self.taken_on:
            return {TakenOn.YES: State.TAKEN, TakenOn.NO: State.DECLINED, TakenOn.DONE: State.DONE}[
                TakenOn(self.taken_on)
            ]
        return State.HANDED if self.sent_by else State.WANTS


@dataclass(frozen=True)
class Known:
    """A signal as it stands.

    Attributes
    ----------
    signal_id, kind, category, week, area_code, stream, role : str
    at : datetime
        When it became known, in UTC.
    cells : tuple of int
    due_on : date
        The last day on which it is in time: of the rule, or after a partner said no that many days later.
    steps : tuple of Step
        Oldest first.
    late : bool
        A step that had to be taken by the date was taken after it.
    """

    signal_id: str
    kind: str
    category: str
    week: str
    cells: tuple[int, ...]
    area_code: str
    at: datetime
    stream: str
    role: str
    due_on: date
    steps: tuple[Step, ...]
    late: bool

    @property
    def state(self) -> State:
        """How it stands now."""
        return self.steps[-1].state if self.steps else State.OPEN

    @property
    def answer_id(self) -> str:
        """The answer that stands; empty when there is none."""
        return self.steps[-1].answer_id if self.steps else ""

    @property
    def answer_kind(self) -> str:
        """What was decided last; empty when nothing was."""
        return self.steps[-1].kind if self.steps else ""

    @property
    def partner(self) -> str:
        """Who has it, or is to have it."""
        return self.steps[-1].partner if self.steps else ""

    @property
    def shared_what(self) -> tuple[str, ...]:
        """What that partner was, or is to be, told."""
        return self.steps[-1].shared_what if self.steps else ()

    @property
    def sent_by(self) -> str:
        """How the partner was told; empty when it was not."""
        return self.steps[-1].sent_by if self.steps else ""

    @property
    def receipt(self) -> str:
        """Under which number the partner knows it."""
        return self.steps[-1].receipt if self.steps else ""

    @property
    def taken_on(self) -> str:
        """What the partner said."""
        return self.steps[-1].taken_on if self.steps else ""

    @property
    def reason(self) -> str:
        """What was given as reason last."""
        return self.steps[-1].reason if self.steps else ""

    @property
    def mark(self) -> str:
        """How people and partners can name it: short, and the same for ever."""
        return f"S-{self.signal_id[:8]}"

    def overdue(self, on: date) -> bool:
        """Tell whether somebody still has to do something, and the date is past."""
        return self.state.waits and on > self.due_on

    def soon(self, on: date, days: int) -> bool:
        """Tell whether somebody still has to do something, and the date comes within so many days."""
        return self.state.waits and not self.overdue(on) and (self.due_on - on).days <= days


def signals_of(workspace: Workspace, *, week: str | None = None, before: datetime | None = None) -> list[Known]:
    """Return every signal, those that wait first and of them the first date first; the rest newest first.

    Parameters
    ----------
    week : str, optional
        Only those about this ISO week.
    before : aware datetime, optional
        As they stood then: what became known or was decided at this moment or later does not exist.
    """
    rows = read_decisions(workspace, "signal", week=week, before=before)
    answers = read_decisions(workspace, "answer", history=True, before=before)
    by_signal = {str(name): group for name, group in answers.groupby("signal_id", sort=False)}
    found = [_known(workspace, row, by_signal.get(str(row["decision_id"]))) for row in rows.to_dict("records")]
    waiting = sorted((one for one in found if one.state.waits), key=lambda one: (one.due_on, one.at, one.signal_id))
    rest = sorted((one for one in found if not one.state.waits), key=lambda one: (one.at, one.signal_id))
    return waiting + rest[::-1]


def signal_of(workspace: Workspace, signal_id: str) -> Known:
    """Return one signal, by its id or its short mark.

    Raises
    ------
    SignalError
        When there is none, or a mark fits more than one.
    """
    found = [one for one in signals_of(workspace) if signal_id in (one.signal_id, one.mark)]
    if len(found) != 1:
        said = "zijn er meer" if found else "is er niet"
        raise SignalError(f"Dit signaal {said}. Neem het nummer over uit de lijst met signalen.")
    return found[0]


def _known(workspace: Workspace, row: dict[Any, Any], answers: pd.DataFrame | None) -> Known:
    zone = ZoneInfo(workspace.settings.town.time_zone)
    steps = () if answers is None else tuple(_step(each) for each in _in_order(answers.to_dict("records")))
    due_on, late = _dates(row["due_on"], steps, rule_of(workspace.settings, str(row["kind"])).days, zone)
    return Known(
        signal_id=str(row["decision_id"]),
        kind=str(row["kind"]),
        category=str(row["category"]),
        week=str(row["week"]),
        cells=() if row["cells"] is None else tuple(int(cell) for cell in row["cells"]),
        area_code=_text(row["area_code"]),
        at=row["at"].to_pydatetime(),
        stream=str(row["stream"]),
        role=str(row["role"]),
        due_on=due_on,
        steps=steps,
        late=late,
    )


def _in_order(answers: list[dict[Any, Any]]) -> list[dict[Any, Any]]:
    """Return answers each behind the one it takes the place of: two of the same moment have an order too."""
    after = {_text(row["supersedes"]): row for row in answers}
    ordered: list[dict[Any, Any]] = []
    while (row := after.get(ordered[-1]["decision_id"] if ordered else "")) is not None:
        ordered.append(row)
    return ordered


def _dates(due_on: date, steps: Iterable[Step], days: int, zone: ZoneInfo) -> tuple[date, bool]:
    """Return the date that holds now, and whether an earlier step came too late."""
    late, before = False, State.OPEN
    for step in steps:
        day = step.at.astimezone(zone).date()
        late = late or (before.waits and day > due_on)
        if step.state is State.DECLINED:
            due_on = day + timedelta(days=days)
        before = step.state
    return due_on, late


def _step(row: dict[Any, Any]) -> Step:
    return Step(
        answer_id=str(row["decision_id"]),
        at=row["at"].to_pydatetime(),
        kind=str(row["kind"]),
        partner=_text(row["partner"]),
        shared_what=() if row["shared_what"] is None else tuple(map(str, row["shared_what"])),
        sent_by=_text(row["sent_by"]),
        receipt=_text(row["receipt"]),
        taken_on=_text(row["taken_on"]),
        reason=_text(row["reason"]),
        role=str(row["role"]),
    )


def _text(value: Any) -> str:
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - NaN
