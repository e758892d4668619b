# SPDX-License-Identifier: EUPL-1.2
"""The form of Reageer."""

from __future__ import annotations

import secrets

from django import forms

from stip_web.inbox.letters import MOST_SIGNS, Kind

TRAP = "website"
"""A field that people do not see. Who fills it in is a program; that is kinder than a puzzle."""

FORM = "formulier"
"""A field that people do not see, in which stands what was drawn for this form: see `drawn`."""
_BYTES = 16


def drawn(given: str = "") -> str:
    """Give what a form was drawn, or draw anew for one that has nothing, or something else."""
    return given if len(given) == 2 * _BYTES and set(given) <= set("0123456789abcdef") else secrets.token_hex(_BYTES)


class LetterForm(forms.Form):
    """A question, an objection, a request about own data or an error report. Only kind and text are asked for."""

    kind = forms.ChoiceField(
        label="Wat wilt u doen?",
        choices=[(str(kind), kind.label) for kind in Kind],
        error_messages={"required": "Kies wat u wilt doen.", "invalid_choice": "Kies wat u wilt doen."},
    )
    text = forms.CharField(
        label="Uw bericht",
        max_length=MOST_SIGNS,
        error_messages={
            "required": "Schrijf uw bericht in het vak.",
            "max_length": f"Uw bericht is te lang. Er passen {MOST_SIGNS} letters in. Maak het korter.",
        },
    )
    name = forms.CharField(
        label="Uw naam", required=False, max_length=100, error_messages={"max_length": "Deze naam is te lang."}
    )
    email = forms.EmailField(
        label="Uw e-mailadres",
        required=False,
        max_length=254,
        error_messages={"invalid": "Dit is geen e-mailadres. Het lijkt op naam@voorbeeld.nl."},
    )
