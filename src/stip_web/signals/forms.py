# SPDX-License-Identifier: EUPL-1.2
"""Forms of this app: what must be filled in. What is right of it, the library says."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from stip.settings import SHAREABLE, Settings
from stip.signals import AnswerKind, Known, SignalKind, State, TakenOn, category_label, rule_of

_MOST_LETTERS = 140
_SELECT = "utrecht-select utrecht-select--html-select"


def _reason(label: str) -> forms.CharField:
    said = f"Maak de zin korter: hoogstens {_MOST_LETTERS} tekens."
    return forms.CharField(
        label=label,
        required=False,
        max_length=_MOST_LETTERS,
        error_messages={"max_length": said, "required": "Schrijf in één zin waarom."},
    )


class AnswerForm(forms.Form):
    """One of the three decisions."""

    kind = forms.ChoiceField(choices=[(kind, kind.label) for kind in AnswerKind], widget=forms.HiddenInput)
    partner = forms.ChoiceField(
        label="Aan wie?", required=False, error_messages={"invalid_choice": "Kies een partner uit de lijst."}
    )
    shared_what = forms.MultipleChoiceField(
        label="Wat krijgt de partner te weten?",
        required=False,
        error_messages={"invalid_choice": "Kies uit de lijst wat u deelt."},
    )
    reason = _reason("Waarom?")
    follows = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    # A button that is pressed twice sends the same name twice, and one decision is written down.
    answer = forms.RegexField(r"[0-9a-f]{32}", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, settings: Settings, known: Known, names_cells: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        rule = rule_of(settings, known.kind)
        partners = [(name, settings.signals.partners[name].label) for name in rule.partners]
        self.fields["partner"].choices = partners  # type: ignore[attr-defined]
        shown = [code for code in rule.may_share if code != "place" or names_cells]
        self.fields["shared_what"].choices = [(code, SHAREABLE[code]) for code in shown]  # type: ignore[attr-defined]
        # Of public space a partner needs the place; of the rest no more is ticked beforehand than where about.
        least = shown if known.kind == SignalKind.SPACE else [code for code in shown if code in ("category", "area")]
        self.fields["shared_what"].initial = least
        self.fields["follows"].initial = known.answer_id
        self.fields["answer"].initial = uuid4().hex

    @property
    def ticked(self) -> list[str]:
        """What is ticked to be shared: what was chosen, or as it began when another decision was sent."""
        chose = self.is_bound and self["kind"].value() == AnswerKind.HAND_OVER
        found: list[str] = self["shared_what"].value() if chose else self.fields["shared_what"].initial
        return found

    def clean(self) -> dict[str, Any]:
        """Ask a reason for not acting and a partner for handing over; leave out what belongs to neither."""
        found = super().clean() or {}
        kind = found.get("kind")
        if kind == AnswerKind.LET_BE and not found.get("reason"):
            self.add_error("reason", "Schrijf in één zin waarom er niet wordt gehandeld.")
        if kind == AnswerKind.HAND_OVER and not found.get("partner") and "partner" not in self.errors:
            self.add_error("partner", "Kies aan wie u overdraagt.")
        if kind != AnswerKind.HAND_OVER:
            found |= {"partner": "", "shared_what": []}
        return found

    def clean_answer(self) -> str:
        """Give the name that the form came with, or a new one when it was sent by hand."""
        return str(self.cleaned_data["answer"]) or uuid4().hex


class SentForm(forms.Form):
    """The partner was told by a text that somebody sent."""

    receipt = forms.CharField(label="Nummer bij de partner, als u dat kreeg", required=False, max_length=40)


class TakenOnForm(forms.Form):
    """What the partner said."""

    taken_on = forms.ChoiceField(
        label="Wat zei de partner?",
        error_messages={"required": "Kies wat de partner zei.", "invalid_choice": "Kies wat de partner zei."},
    )
    reason = _reason("Toelichting, als die nodig is")

    def __init__(self, *args: Any, known: Known, **more: Any) -> None:
        super().__init__(*args, **more)
        answers = [(each, each.label) for each in TakenOn if each != TakenOn.YES or known.state is not State.TAKEN]
        self.fields["taken_on"].choices = answers  # type: ignore[attr-defined]


class RaiseForm(forms.Form):
    """What is known, and where: a place of the week's plan, or a neighbourhood."""

    what = forms.ChoiceField(
        label="Wat is er?",
        widget=forms.Select(attrs={"class": _SELECT}),
        error_messages={"required": "Kies wat er is.", "invalid_choice": "Kies wat er is uit de lijst."},
    )
    where = forms.ChoiceField(
        label="Waar?",
        widget=forms.Select(attrs={"class": _SELECT}),
        error_messages={"required": "Kies waar.", "invalid_choice": "Kies een plek of buurt uit de lijst."},
    )
    signal = forms.RegexField(r"[0-9a-f]{32}", required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, settings: Settings, places: list[tuple[str, str]], areas: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        groups = [
            (rule.label, [(f"{kind}:{code}", category_label(settings, kind, code)) for code in rule.categories])
            for kind, rule in settings.signals.rules.by_kind().items()
            if kind != SignalKind.UNVISITED
        ]
        where = [("Een plek uit het weekplan", places), ("Een buurt", areas)]
        self.fields["what"].choices = [("", "Kies wat er is"), *groups]  # type: ignore[attr-defined]
        self.fields["where"].choices = [("", "Kies waar"), *[group for group in where if group[1]]]  # type: ignore[attr-defined]
        self.fields["signal"].initial = uuid4().hex

    def clean_signal(self) -> str:
        """Give the name that the form came with, or a new one when it was sent by hand."""
        return str(self.cleaned_data["signal"]) or uuid4().hex
