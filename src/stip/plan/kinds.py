# SPDX-License-Identifier: EUPL-1.2
"""What a visit is for. Kinds that help come first; enforcing is last and never suggested."""

from __future__ import annotations

import re
from enum import StrEnum


class VisitKind(StrEnum):
    """The goal of a visit."""

    LOOK = "look"
    TALK = "talk"
    LIGHT = "light"
    WASTE = "waste"
    REPAIR = "repair"
    ENFORCE = "enforce"

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return _LABELS[self]

    @property
    def to_do(self) -> str:
        """What to do on such a visit: the same sentence on paper, page and phone."""
        return _TO_DO[self]


_LABELS = {
    VisitKind.LOOK: "kijken",
    VisitKind.TALK: "praten",
    VisitKind.LIGHT: "licht",
    VisitKind.WASTE: "afval",
    VisitKind.REPAIR: "herstel",
    VisitKind.ENFORCE: "handhaven",
}

_TO_DO = {
    VisitKind.LOOK: "Loop rond en kijk wat opvalt.",
    VisitKind.TALK: "Spreek bewoners en ondernemers.",
    VisitKind.LIGHT: "Kijk of de lampen het doen en waar het donker is.",
    VisitKind.WASTE: "Kijk naar containers en zwerfvuil.",
    VisitKind.REPAIR: "Kijk wat kapot is en geef het door.",
    VisitKind.ENFORCE: "Alleen bij wat u zelf ziet gebeuren.",
}

_SIGNS = (
    (VisitKind.LIGHT, re.compile(r"lantaarn|lichtmast|straatlicht|straatverlichting|\blamp", re.IGNORECASE)),
    (VisitKind.WASTE, re.compile(r"container|afval|vuilnis|prullenbak", re.IGNORECASE)),
)

_NIGHT = ("0–4 uur", "4–8 uur")


def suggest_kind(reasons: tuple[str, ...], dwellings: int | None, when: tuple[str, ...] = ()) -> VisitKind:
    """Suggest what a visit is for.

    Light or waste when a reason speaks of it; else talking where people live, and looking where nobody does or when
    one of the day parts lies at night: nobody rings a bell then.
    """
    for kind, sign in _SIGNS:
        if any(sign.search(reason) for reason in reasons):
            return kind
    asleep = any(part.endswith(night) for part in when for night in _NIGHT)
    return VisitKind.TALK if dwellings and not asleep else VisitKind.LOOK
