# SPDX-License-Identifier: EUPL-1.2
"""The fixed words of what may be done with a message."""

from __future__ import annotations

from enum import StrEnum


class StepKind(StrEnum):
    """What was done."""

    FORWARDED = "forwarded"
    ANSWERED = "answered"
    IDENTITY = "identity"
    EXTENDED = "extended"
    HELD = "held"
    RELEASED = "released"

    @property
    def label(self) -> str:
        """As people read it."""
        return _STEPS[self]


_STEPS = {
    StepKind.FORWARDED: "Doorgestuurd",
    StepKind.ANSWERED: "Beantwoord",
    StepKind.IDENTITY: "Gevraagd wie de afzender is",
    StepKind.EXTENDED: "De termijn is twee maanden langer; dat is de afzender gezegd, met de reden",
    StepKind.HELD: "Wissen wacht: er loopt bezwaar of beroep",
    StepKind.RELEASED: "Wissen gaat weer door",
}
MARKS = (StepKind.IDENTITY, StepKind.EXTENDED, StepKind.HELD, StepKind.RELEASED)
"""What may be written down besides forwarding and answering."""
REMEDY = (
    "Bent u het niet eens met dit besluit? Dan kunt u binnen zes weken bezwaar maken bij de gemeente. Daarna kunt u "
    "naar de rechter. U kunt ook een klacht sturen naar de Autoriteit Persoonsgegevens: "
    "autoriteitpersoonsgegevens.nl."
)
"""Belongs under each answer to an objection or a request: it is a decision (UAVG, article 34)."""
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
    "granted": "bezwaar of verzoek toegewezen",
    "refused": "bezwaar of verzoek afgewezen, met reden",
    "elsewhere": "verwezen naar wie er wel over gaat",
    "no_address": "gelezen; antwoorden kan niet, want er is geen adres",
}
"""How a message was answered."""
