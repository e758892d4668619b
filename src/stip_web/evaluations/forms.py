# SPDX-License-Identifier: EUPL-1.2
"""The form of a decision: what, and why."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from stip.learn import CourseChoice

_MOST_LETTERS = 140
CHOICES = {
    CourseChoice.GO: "Doorgaan: de werkwijze blijft zoals zij is",
    CourseChoice.CHANGE: "Bijstellen: doorgaan, en iets anders doen; schrijf bij de reden wat",
    CourseChoice.STOP: "Stoppen: er worden geen weekplannen meer gemaakt met deze vooruitblik",
}


class CourseForm(forms.Form):
    """What is decided, and why."""

    choice = forms.ChoiceField(
        label="Wat besluit u?",
        choices=[(str(value), words) for value, words in CHOICES.items()],
        error_messages={"required": "Kies wat u besluit.", "invalid_choice": "Kies wat u besluit."},
    )
    reason = forms.CharField(
        label="Waarom?",
        max_length=_MOST_LETTERS,
        error_messages={
            "required": "Schrijf in één zin waarom.",
            "max_length": f"Maak de reden korter: hoogstens {_MOST_LETTERS} tekens.",
        },
    )
    # A button that is pressed twice sends the same name twice, and one decision is written down.
    decision = forms.RegexField(r"[0-9a-f]{32}", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["decision"].initial = uuid4().hex

    def clean_decision(self) -> str:
        """Give a name also when the form came without one."""
        return self.cleaned_data["decision"] or uuid4().hex
