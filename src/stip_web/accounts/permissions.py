# SPDX-License-Identifier: EUPL-1.2
"""Everything that may be permitted. Code asks for these, never for a role or a title."""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum


class Permission(StrEnum):
    """One thing that somebody may do; the value is kept in roles and tokens, the label is what a person reads."""

    label: str

    def __new__(cls, value: str, label: str) -> Permission:
        """Keep the label beside the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    DOTS_FINE = "dots.fine", "De kaart zien, elke stip op zijn plek"
    DOTS_COARSE = "dots.coarse", "De kaart zien, grof"
    DOTS_EXPORT = "dots.export", "Meldingen meenemen als bestand"
    OUTLOOK_READ = "outlook.read", "De vooruitblik zien"
    OUTLOOK_COARSE = "outlook.coarse", "De vooruitblik per buurt zien"
    OUTLOOK_CHANGE = "outlook.change", "Plekken van de vooruitblik wijzigen, met een reden"
    OUTLOOK_OWN = "outlook.own", "Eigen plekken toevoegen, met een reden"
    OUTLOOK_RUN = "outlook.run", "De vooruitblik maken"
    PAUSE = "pause", "Een bron of alles stilzetten"
    PLAN_READ = "plan.read", "Het weekplan zien"
    PLAN_OWN = "plan.own", "Het eigen deel van het weekplan zien"
    PLAN_WRITE = "plan.write", "Het weekplan maken"
    PLAN_PUBLISH = "plan.publish", "Het weekplan vaststellen"
    FEEDBACK_READ = "feedback.read", "Terugkoppeling lezen"
    FEEDBACK_WRITE = "feedback.write", "Terugkoppeling verwerken"
    FEEDBACK_OWN = "feedback.own", "Terugkoppeling geven"
    LEARN_READ = "learn.read", "De evaluatie lezen"
    LEARN_WRITE = "learn.write", "De evaluatie maken"
    LEARN_TEAM = "learn.team", "De evaluatie van het team lezen"
    SIGNAL_READ = "signal.read", "Signalen zien"
    SIGNAL_RAISE = "signal.raise", "Een signaal melden"
    SIGNAL_DECIDE = "signal.decide", "Over signalen besluiten"
    DATA_READ = "data.read", "Bronnen, afspraken en kwaliteit zien"
    DATA_IMPORT = "data.import", "Bestanden inlezen en terugdraaien"
    RULES_PROPOSE = "rules.propose", "Afspraken en termijnen voorstellen"
    RULES_APPROVE = "rules.approve", "Afspraken en termijnen goedkeuren"
    RETENTION_RUN = "retention.run", "Bewaartermijnen uitvoeren"
    PUBLICATION_PROPOSE = "publication.propose", "Openbaarmaking voorstellen"
    PUBLICATION_APPROVE = "publication.approve", "Openbaarmaking goedkeuren"
    MESSAGE_READ = "message.read", "De lijst van berichten zien, en bezwaren en verzoeken van burgers lezen"
    MESSAGE_QUESTIONS = "message.questions", "Vragen en fouten van burgers lezen, ook als zij niet zijn doorgestuurd"
    MESSAGE_ANSWER = "message.answer", "Berichten van burgers beantwoorden en doorsturen"
    MESSAGE_DECIDE = "message.decide", "Over bezwaren en verzoeken van burgers beslissen"
    USERS_MANAGE = "users.manage", "Gebruikers en rollen beheren"
    JOBS_MANAGE = "jobs.manage", "Taken beheren"
    HEALTH_READ = "health.read", "De toestand van het systeem zien"
    LOG_READ = "log.read", "Alle regels van het logboek lezen"


def in_words(held: Container[str]) -> list[str]:
    """Give the labels of what is held, in the order of the list above."""
    return [permission.label for permission in Permission if permission in held]
