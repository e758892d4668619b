# SPDX-License-Identifier: EUPL-1.2
"""Forms of this app: what must be filled in. What is right of a place and of a reason, the library says."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

KINDS = {
    "add": "Toevoegen: een eigen plek, die even zwaar telt als een voorgestelde",
    "move": "Verplaatsen: weg uit deze vakken, en een eigen plek in andere",
    "lower": "Verlagen: wat hier wordt verwacht, telt half",
    "drop": "Laten vervallen: deze week geen plek hier",
}
_MOST_LETTERS = 140


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="Waarom?",
        max_length=_MOST_LETTERS,
        error_messages={
            "required": "Schrijf in één zin waarom.",
            "max_length": f"Maak de reden korter: hoogstens {_MOST_LETTERS} tekens.",
        },
    )


class ChangeForm(ReasonForm):
    """What is changed, where, and why."""

    kind = forms.ChoiceField(
        label="Wat wilt u doen?",
        error_messages={"required": "Kies wat u wilt doen.", "invalid_choice": "Kies wat u wilt doen."},
    )
    cells = forms.CharField(
        label="Welke vakken?",
        max_length=1000,
        error_messages={
            "required": "Noem ten minste één vak. Kies het in de lijst of op de kaart van de vooruitblik.",
            "max_length": "Noem er minder.",
        },
    )
    to_cells = forms.CharField(
        label="Waarheen?", max_length=1000, required=False, error_messages={"max_length": "Noem er minder."}
    )
    crime_type = forms.ChoiceField(
        label="Voor welke soort?", required=False, error_messages={"invalid_choice": "Kies een soort uit de lijst."}
    )

    # A button that is pressed twice sends the same name twice, and one decision is written down.
    decision = forms.RegexField(r"[0-9a-f]{32}", required=False, widget=forms.HiddenInput)

    field_order = ("kind", "cells", "to_cells", "crime_type", "reason")

    def __init__(self, *args: Any, kinds: dict[str, str], only_own: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["decision"].initial = uuid4().hex
        shown = {"add": KINDS["add"]} if only_own else KINDS
        self.fields["kind"].choices = list(shown.items())  # type: ignore[attr-defined]
        self.fields["crime_type"].choices = [("", "Alle soorten"), *kinds.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask where to for a move, and leave out what does not belong to the other kinds."""
        found = super().clean() or {}
        kind = found.get("kind")
        if kind == "move" and not found.get("to_cells", "").strip():
            self.add_error("to_cells", "Noem de vakken waarheen.")
        if kind and kind != "move":
            found["to_cells"] = ""
        if kind not in ("lower", "drop"):
            found["crime_type"] = ""
        return found

    def clean_decision(self) -> str:
        """Give the name that the form came with, or a new one when it was sent by hand."""
        return str(self.cleaned_data["decision"]) or uuid4().hex
