# SPDX-License-Identifier: EUPL-1.2
"""The fixed words of what may be done with a message."""

from __future__ import annotations

from enum import StrEnum


class StepKind(StrEnum):
    """What was done."""

    FORWARDED = "forwarded"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        """As people read it."""
        return {"forwarded": "Doorgestuurd", "answered": "Beantwoord"}[self.value]


ROLES = {
    "privacy_officer": "de functionaris gegevensbescherming",
    "coordinator": "de coördinator",
    "analyst": "de analist",
    "policy": "bestuur en beleid",
    "other": "een andere afdeling van de gemeente",
}
"""Who a message may be forwarded to."""
OUTCOMES = {
    "explained": "uitgelegd",
    "corrected": "fout hersteld",
    "granted": "bezwaar toegewezen",
    "refused": "bezwaar afgewezen, met reden",
    "elsewhere": "verwezen naar wie er wel over gaat",
    "no_address": "gelezen; antwoorden kan niet, want er is geen adres",
}
"""How a message was answered."""
