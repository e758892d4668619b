# SPDX-License-Identifier: EUPL-1.2
"""What can be chosen on the phone: short codes, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping

from stip.learn import FeedbackCode
from stip.plan import VisitKind

HOW: Mapping[str, str] = {
    str(FeedbackCode.QUIET): "Rustig",
    str(FeedbackCode.AS_EXPECTED): "Zoals verwacht",
    str(FeedbackCode.BUSY): "Druk",
    str(FeedbackCode.OTHER): "Anders",
}
"""How it was, of who was there."""

WHY_NOT: Mapping[str, str] = {
    "andere_inzet": "Andere inzet",
    "geen_tijd": "Geen tijd",
    "onveilig_of_weer": "Onveilig of slecht weer",
    "anders": "Iets anders",
}
"""Why nobody went; no word of it blames anybody."""

REMARKS: Mapping[str, str] = {
    "lamp": "Lamp kapot",
    "afval": "Afval",
    "groen": "Groen dat het zicht wegneemt",
    "stuk": "Iets is stuk",
    "hulp": "Iemand heeft misschien hulp nodig",
}
"""What was seen that somebody else should know of; each becomes a signal of the kind that has it as category."""

HELP = "hulp"
"""The remark that is kept of a neighbourhood only: not of a place, and not beside the rest of the entry."""

TOWARDS: Mapping[str, tuple[str, int, int]] = {
    "n": ("het noorden", 0, 1),
    "no": ("het noordoosten", 1, 1),
    "o": ("het oosten", 1, 0),
    "zo": ("het zuidoosten", 1, -1),
    "z": ("het zuiden", 0, -1),
    "zw": ("het zuidwesten", -1, -1),
    "w": ("het westen", -1, 0),
    "nw": ("het noordwesten", -1, 1),
}
"""A direction: what it is called, and its steps east and north."""

STEPS: Mapping[int, str] = {1: "vlakbij", 2: "een straat verder", 4: "een paar straten verder", 8: "een wijk verder"}
"""How many cells away, as a person would say it."""

VISIT_WORDS: Mapping[str, str] = {str(kind): kind.to_do for kind in VisitKind}
"""What to do at a visit, by the code of its kind."""


def in_words(*, visited: bool, code: str, why: str) -> str:
    """Say what was told, without by whom."""
    return f"geweest, {HOW.get(code, code).lower()}" if visited else f"niet geweest: {WHY_NOT.get(why, why).lower()}"
