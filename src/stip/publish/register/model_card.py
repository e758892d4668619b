# SPDX-License-Identifier: EUPL-1.2
"""The model card for everybody: of the card on the desk only what may go out, with the facts of now beside it."""

from __future__ import annotations

from typing import Any

from stip.outlook import LIMITS, NO_GROUND
from stip.publish.register.card import Card
from stip.publish.register.entry import name_of, text_of
from stip.publish.register.facts import Facts

PUBLIC = ("run", "week", "version", "program", "model", "baseline", "planUses")
"""What of the card on the desk goes out. Its totals, warnings, weights and hashes of inputs do not: they rest on true
counts, or can be guessed back to them."""


def model_card_of(card: Card, facts: Facts) -> dict[str, Any]:
    """Return the card as JSON can hold it."""
    named = facts.named
    inside = facts.model or {}
    return {
        "lang": "nld",
        "name": name_of(card, facts),
        "organisation": card.organisation.name,
        "contact": card.organisation.contact_email,
        "madeOn": facts.on,
        "intendedUse": text_of(card, facts, "goal"),
        "notFor": [NO_GROUND, "Zij wijst geen mensen aan, en geen woningen."],
        "outlook": {key: inside[key] for key in PUBLIC if key in inside},
        "crimeTypes": named["soorten"].text,
        "excludedTypes": named["soorten_niet"].text,
        "method": list(facts.formula),
        "limits": list(LIMITS),
        "data": [
            {
                "source": source.name,
                "title": source.agreement.title,
                "kind": source.kind,
                "purposes": [str(purpose) for purpose in source.agreement.purposes],
                "retention": source.kept,
                "precisionM": source.agreement.precision_m if source.holds_incidents else None,
            }
            for source in facts.sources
        ],
        "settings": [fact.figure for fact in named.values()],
        "record": list(facts.record),
        "recordNote": facts.record_note,
        "humanIntervention": text_of(card, facts, "human_intervention"),
        "risks": text_of(card, facts, "risks"),
    }
