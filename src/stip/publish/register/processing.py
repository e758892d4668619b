# SPDX-License-Identifier: EUPL-1.2
"""What a privacy notice tells (AVG articles 13 and 14): who, why, on what ground, how long, and who receives it."""

from __future__ import annotations

from typing import TypedDict

from stip.agreements import Purpose
from stip.publish.register.card import Card
from stip.publish.register.entry import RegisterEntry
from stip.publish.register.facts import Facts

NOT_SAID = "nog niet ingevuld"
_PURPOSES = {
    Purpose.DOT_MAP: "Zien waar en wanneer er meldingen zijn (de kaart met stippen).",
    Purpose.OUTLOOK: "Schatten waar volgende week meldingen te verwachten zijn (de vooruitblik).",
    Purpose.PLAN: "De uren van het team verdelen (het weekplan).",
    Purpose.EVALUATION: "Nameten of het werkt (de evaluatie).",
    Purpose.PUBLICATION: "Aan inwoners laten zien wat ervan komt (cijfers per buurt).",
}


class Notice(TypedDict):
    """The part of ``explanation.json`` that a privacy notice is made of; what is not known says so."""

    controller: str
    controller_contact: str
    privacy_officer_contact: str
    purposes: list[str]
    basis: str
    retention: list[str]
    recipients: list[str]


def notice_of(card: Card, facts: Facts, entry: RegisterEntry) -> Notice:
    """Return what a privacy notice tells of the reports.

    Parameters
    ----------
    entry : RegisterEntry
        As `stip.publish.register.entry_of` made it: its text of the law is used as it is.
    """
    organisation = card.organisation
    return Notice(
        controller=organisation.controller or NOT_SAID,
        controller_contact=organisation.contact_email or NOT_SAID,
        privacy_officer_contact=organisation.privacy_officer or NOT_SAID,
        purposes=_purposes(facts) or [NOT_SAID],
        basis=entry.lawful_basis or NOT_SAID,
        retention=_retention(facts) or [NOT_SAID],
        recipients=_recipients(facts),
    )


def _purposes(facts: Facts) -> list[str]:
    agreed = {purpose for source in facts.sources if source.holds_incidents for purpose in source.agreement.purposes}
    return [said for purpose, said in _PURPOSES.items() if purpose in agreed]


def _retention(facts: Facts) -> list[str]:
    return [
        f"{source.agreement.title}: {source.kept} na het voorval. Daarna worden de meldingen vernietigd."
        for source in facts.sources
        if source.holds_incidents
    ]


def _recipients(facts: Facts) -> list[str]:
    found = ["Medewerkers van de gemeente met een rol in Stip."]
    if facts.partners:
        found.append(
            f"Partners aan wie de gemeente een signaal overdraagt: {', '.join(facts.partners)}. Zij krijgen een plek "
            "of een buurt, nooit een melding."
        )
    if any(Purpose.PUBLICATION in s.agreement.purposes for s in facts.sources if s.holds_incidents):
        found.append("Iedereen: alleen afgeronde cijfers per buurt en kwartaal.")
    return found
