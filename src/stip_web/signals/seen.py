# SPDX-License-Identifier: EUPL-1.2
"""The signals that a person may see, as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from stip.agreements import is_held
from stip.errors import SignalError
from stip.settings import SHAREABLE
from stip.signals import (
    AnswerKind,
    Known,
    SignalKind,
    State,
    Step,
    Stream,
    TakenOn,
    area_names,
    category_label,
    cells_to_name,
    role_name,
    rule_of,
    signal_of,
    visited_cells,
)
from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.workspaces.clock import today
from stip_web.workspaces.deciders import kinds_decided, kinds_seen
from stip_web.workspaces.known import known_signals


@dataclass(frozen=True)
class Told:
    """One step of the history, in words."""

    step: Step
    what: str
    partner: str
    shared: tuple[str, ...]
    said: str
    way: str
    role: str


@dataclass(frozen=True)
class Shown:
    """A signal with the words that a page needs.

    Attributes
    ----------
    workspace : Workspace
    known : Known
    on : date
        Today.
    may_decide : bool
        Whether who looks decides on it.
    names : mapping of str to str
        Of neighbourhoods and districts, by code.
    held : bool
        The outlook is on hold: nothing that it said is told.
    """

    workspace: Workspace
    known: Known
    on: date
    may_decide: bool
    names: Mapping[str, str]
    held: bool

    @property
    def kind(self) -> str:
        """The kind, as the rules call it."""
        return rule_of(self.workspace.settings, self.known.kind).label

    @property
    def category(self) -> str:
        """What is the matter."""
        return category_label(self.workspace.settings, self.known.kind, self.known.category, held=self.held)

    @property
    def area(self) -> str:
        """The neighbourhood or district by its name."""
        return self.names.get(self.known.area_code, self.known.area_code)

    @property
    def stream(self) -> str:
        """Where it came from."""
        return Stream(self.known.stream).label

    @property
    def role(self) -> str:
        """Who raised it."""
        return role_name(self.known.role)

    @property
    def of_help(self) -> bool:
        """Whether it is about somebody."""
        return self.known.kind == SignalKind.HELP

    @property
    def asks(self) -> bool:
        """Whether it waits for a decision, rather than for being sent."""
        return self.known.state in (State.OPEN, State.DECLINED)

    @property
    def overdue(self) -> bool:
        """Whether its date is past and somebody still has to do something."""
        return self.known.overdue(self.on)

    @property
    def soon(self) -> bool:
        """Whether its date is near."""
        return self.known.soon(self.on, self.workspace.settings.signals.soon_days)

    @property
    def mark(self) -> str:
        """The mark of a card or a row."""
        if self.overdue:
            return "late"
        return "attention" if self.soon else "todo" if self.known.state.waits else ""

    @property
    def word(self) -> str:
        """That mark in words."""
        return {"late": "Te laat", "attention": "Bijna", "todo": "Wacht"}.get(self.mark, "")

    @property
    def partner(self) -> str:
        """Who has it, or is to have it."""
        return self._partner(self.known.partner)

    @property
    def cells(self) -> tuple[str, ...]:
        """Names of its cells, as far as people and partners may be told."""
        return tuple(self.workspace.grid.name(cell) for cell in cells_to_name(self.workspace, self.known))

    @cached_property
    def visited_since(self) -> int:
        """Of how many of its cells a visit in that week was told after all; none while the outlook is on hold."""
        if self.held or self.known.kind != SignalKind.UNVISITED:
            return 0
        return len(set(self.known.cells) & visited_cells(self.workspace, self.known.week))

    @property
    def history(self) -> list[Told]:
        """Give every step, oldest first."""
        return [self._told(step) for step in self.known.steps]

    def _told(self, step: Step) -> Told:
        what = AnswerKind(step.kind).label
        if step.kind == AnswerKind.HAND_OVER:
            what = (
                "overdragen" if not step.sent_by else "antwoord van de partner" if step.taken_on else "overgedragen"
            )
        return Told(
            step,
            what,
            self._partner(step.partner),
            tuple(SHAREABLE[code] for code in step.shared_what),
            TakenOn(step.taken_on).label if step.taken_on else "",
            {"signalen": "via Signalen", "form": "met een tekst"}.get(step.sent_by, ""),
            role_name(step.role),
        )

    def _partner(self, code: str) -> str:
        found = self.workspace.settings.signals.partners.get(code)
        return found.label if found else code


@dataclass(frozen=True)
class Together:
    """Signals that the list shows in one line: of one week, where nobody went, that stand alike."""

    each: tuple[Shown, ...]

    @property
    def first(self) -> Shown:
        """The one that must be decided first: the line shows its date."""
        return min(self.each, key=lambda one: one.known.due_on)

    @property
    def areas(self) -> str:
        """Their districts."""
        return ", ".join(sorted({one.area for one in self.each if one.area}))


def lines_of(shown: Iterable[Shown]) -> list[Shown | Together]:
    """Give the lines of the list, in order: where nobody went in a week in one, so that it buries nothing else."""
    found: dict[tuple[str, ...], list[Shown]] = {}
    for one in shown:
        known = one.known
        loose = known.kind != SignalKind.UNVISITED
        found.setdefault((known.signal_id,) if loose else (known.week, known.state, known.partner), []).append(one)
    return [each[0] if len(each) == 1 else Together(tuple(each)) for each in found.values()]


def shown_to(user: User, workspace: Workspace) -> list[Shown]:
    """Give the signals that a person may see, those that wait first."""
    seen = kinds_seen(user, workspace.settings)
    return _shown(user, workspace, [known for known in known_signals(workspace) if known.kind in seen])


def one_shown_to(user: User, workspace: Workspace, signal_id: str) -> Shown | None:
    """Give one signal, None when there is none or this person may not know of it."""
    try:
        known = signal_of(workspace, signal_id)
    except SignalError:
        return None
    if known.kind not in kinds_seen(user, workspace.settings):
        return None
    return _shown(user, workspace, [known])[0]


def _shown(user: User, workspace: Workspace, found: list[Known]) -> list[Shown]:
    names, on = area_names(workspace), today(workspace)
    decides, held = kinds_decided(user, workspace.settings), is_held(workspace, "outlook")
    return [Shown(workspace, known, on, known.kind in decides, names, held) for known in found]
