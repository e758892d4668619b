# SPDX-License-Identifier: EUPL-1.2
"""The words of a signal: what kind it is, where it came from, what was decided, what a partner took on."""

from __future__ import annotations

from enum import StrEnum

from stip.settings import Settings, SignalRule


class SignalKind(StrEnum):
    """Which rule holds; its name on screen stands in the rules of the town."""

    OFFENCE = "offence"
    HELP = "help"
    SPACE = "space"
    UNVISITED = "unvisited"


class Stream(StrEnum):
    """Where a signal came from."""

    OUTLOOK = "outlook"
    STREET = "street"
    DESK = "desk"

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return {"outlook": "vooruitblik", "street": "straat", "desk": "werkplek"}[self]


class AnswerKind(StrEnum):
    """What was decided."""

    ACT = "act"
    HAND_OVER = "hand_over"
    LET_BE = "let_be"

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return {"act": "handelen", "hand_over": "overdragen", "let_be": "niet handelen"}[self]


class TakenOn(StrEnum):
    """What a partner said to a signal that was handed over."""

    YES = "yes"
    NO = "no"
    DONE = "done"

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return {"yes": "neemt het op zich", "no": "neemt het niet op zich", "done": "is klaar"}[self]


class State(StrEnum):
    """How a signal stands."""

    OPEN = "open"
    DECLINED = "declined"
    WANTS = "wants_hand_over"
    HANDED = "handed_over"
    TAKEN = "taken_on"
    DONE = "done"
    ACTED = "acted"
    LET_BE = "let_be"

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return {
            "open": "wacht op een besluit",
            "declined": "partner doet het niet; besluit opnieuw",
            "wants_hand_over": "overdragen, nog niet verstuurd",
            "handed_over": "overgedragen, nog geen antwoord",
            "taken_on": "overgedragen, partner neemt het op zich",
            "done": "overgedragen, partner is klaar",
            "acted": "er wordt gehandeld",
            "let_be": "niet handelen, met een reden",
        }[self]

    @property
    def waits(self) -> bool:
        """Whether somebody here still has to do something before the date."""
        return self in (State.OPEN, State.DECLINED, State.WANTS)


ROLE_NAMES = {
    "coordinator": "coördinator",
    "analist": "analist",
    "lid": "teamlid",
    "fg": "functionaris gegevensbescherming",
    "bestuur": "bestuur",
    "stip": "Stip zelf",
}
"""Who can raise a signal or decide, by role; a name is never kept. ``stip`` is what it found of its own accord."""


def roles_known(settings: Settings) -> frozenset[str]:
    """Return every role that may stand in the workspace: the usual ones, and those that the rules name."""
    named = {role for rule in settings.signals.rules.by_kind().values() for role in rule.decides}
    return frozenset(ROLE_NAMES) | named


def role_name(role: str) -> str:
    """Return a role as people read it."""
    return ROLE_NAMES.get(role, role)


def rule_of(settings: Settings, kind: str) -> SignalRule:
    """Return the rule of a kind.

    Raises
    ------
    KeyError
        When there is no such kind.
    """
    return settings.signals.rules.by_kind()[kind]


def category_label(settings: Settings, kind: str, category: str, *, held: bool = False) -> str:
    """Return a category as people read it; one that the rules no longer name is shown by its code.

    Parameters
    ----------
    held : bool
        The outlook is on hold: what it expected where nobody went is not told.
    """
    if kind == SignalKind.UNVISITED:
        if held:
            return "Niet bezocht"
        found = settings.crime_types.get(category)
        return f"Niet bezocht: vooral {found.label.lower() if found else category} verwacht"
    return rule_of(settings, kind).categories.get(category, category)
