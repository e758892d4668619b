# SPDX-License-Identifier: EUPL-1.2
"""The fixed words of what may be done with a message."""

from __future__ import annotations

from enum import StrEnum

from stip_web.inbox.letters import Kind


class StepKind(StrEnum):
    """What was done."""

    FORWARDED = "forwarded"
    ANSWERED = "answered"
    ADVISED = "advised"
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
    StepKind.ADVISED: "Advies gegeven aan wie besluit",
    StepKind.IDENTITY: "Gevraagd wie de afzender is",
    StepKind.EXTENDED: "De termijn is twee maanden langer; dat is de afzender gezegd, met de reden",
    StepKind.HELD: "Wissen wacht: er loopt bezwaar of beroep",
    StepKind.RELEASED: "Wissen gaat weer door",
}
MARKS = (StepKind.ADVISED, StepKind.IDENTITY, StepKind.EXTENDED, StepKind.HELD, StepKind.RELEASED)
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
DECISIONS = ("granted", "refused", "elsewhere", "no_address")
"""How an objection or a request may end: always by a decision (GDPR, article 12(4)), so explaining is not enough."""
_OF_RIGHTS = {"granted", "refused"}


def outcomes_of(kind: Kind) -> dict[str, str]:
    """Give how a message of this kind may be answered."""
    fit = DECISIONS if kind.is_right else OUTCOMES.keys() - _OF_RIGHTS
    return {code: said for code, said in OUTCOMES.items() if code in fit}
