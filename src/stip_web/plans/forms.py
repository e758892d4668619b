# SPDX-License-Identifier: EUPL-1.2
"""Forms of this app: what must be filled in. What is right of a place and of a reason, the library says."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from stip.errors import PlanError
from stip.plan import EVERY_SLOT, Slot, VisitKind
from stip.settings import PlanSettings
from stip_web.plans.hours import read_hours
from stip_web.plans.spots import OUT_CHOICES, Spot

_LETTERS = 140
_CHOOSE = {"required": "Kies er een.", "invalid_choice": "Kies er een uit de lijst."}
_WHY = {
    "required": "Schrijf in één zin waarom.",
    "max_length": f"Maak de reden korter: hoogstens {_LETTERS} tekens.",
}
_ID = r"[0-9a-f]{32}"


def usual_hours(settings: PlanSettings, visits: int) -> float:
    """Give what so many visits to a place take, with the way there."""
    return visits * settings.hours_per_visit + settings.travel_hours


class PlaceForm(forms.Form):
    """What the visits to a place are for, how many, how long, by whom and when; alike for every place."""

    kind = forms.ChoiceField(
        label="Soort bezoek", choices=[(str(kind), kind.label) for kind in VisitKind], error_messages=_CHOOSE
    )
    visits = forms.TypedChoiceField(label="Bezoeken", coerce=int, error_messages=_CHOOSE)
    hours = forms.CharField(label="Uren samen", max_length=6, required=False)
    team = forms.ChoiceField(label="Team", error_messages=_CHOOSE)

    def __init__(self, *args: Any, settings: PlanSettings, **more: Any) -> None:
        super().__init__(*args, **more)
        self._settings = settings
        self.fields["visits"].choices = [(n, str(n)) for n in range(1, settings.max_visits + 1)]  # type: ignore[attr-defined]
        self.fields["team"].choices = list(settings.teams.items())  # type: ignore[attr-defined]
        self.fields["team"].initial = next(iter(settings.teams))
        every = [("", "nog geen dagdeel"), *((slot.code, slot.label) for slot in EVERY_SLOT)]
        for n in range(1, settings.max_visits + 1):
            label = "Dagdeel" if settings.max_visits == 1 else f"Dagdeel van bezoek {n}"
            self.fields[f"slot_{n}"] = forms.ChoiceField(
                label=label, choices=every, required=False, error_messages=_CHOOSE
            )

    @property
    def slot_fields(self) -> list[forms.BoundField]:
        """The fields that say when."""
        return [self[name] for name in self.fields if name.startswith("slot_")]

    def clean_hours(self) -> float | None:
        """Read hours as people write them; nothing is what the visits usually take."""
        text = str(self.cleaned_data["hours"])
        if not text.strip():
            return None
        try:
            return read_hours(text)
        except PlanError as error:
            raise forms.ValidationError(str(error)) from None

    def filled(self) -> dict[str, Any]:
        """Give what an action takes."""
        found = self.cleaned_data
        hours = found["hours"] if found["hours"] is not None else usual_hours(self._settings, found["visits"])
        slots = [found[field.name] for field in self.slot_fields if found[field.name]]
        return {
            "kind": found["kind"],
            "visits": found["visits"],
            "hours": hours,
            "team": found["team"],
            "slots": tuple(sorted(slots, key=Slot.of)),
        }

    @staticmethod
    def first(spot: Spot, settings: PlanSettings) -> dict[str, Any]:
        """Give what stands there now."""
        usual = usual_hours(settings, spot.visits) == spot.hours
        slots = {f"slot_{n}": slot for n, slot in enumerate(spot.slots, start=1)}
        hours = "" if usual else f"{spot.hours:g}".replace(".", ",")
        return {"kind": spot.kind, "visits": spot.visits, "hours": hours, "team": spot.team, **slots}


class OwnForm(PlaceForm):
    """An own place: where, why, and the same as of any other."""

    reason = forms.CharField(label="Waarom hier?", max_length=_LETTERS, error_messages=_WHY)
    # A button that is pressed twice sends the same name twice, and one place is added.
    decision = forms.RegexField(_ID, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["decision"].initial = uuid4().hex

    def clean_decision(self) -> str:
        """Give the name that the form came with, or a new one when it was sent by hand."""
        return str(self.cleaned_data["decision"]) or uuid4().hex


class DropForm(forms.Form):
    """Why a place is not visited."""

    out = forms.ChoiceField(
        label="Waarom vervalt deze plek?", choices=list(OUT_CHOICES.items()), error_messages=_CHOOSE
    )
    why = forms.CharField(label="Toelichting", max_length=_LETTERS, required=False, error_messages=_WHY)
    decision = forms.RegexField(_ID, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["decision"].initial = uuid4().hex

    def clean_decision(self) -> str:
        """Give the name that the form came with, or a new one when it was sent by hand."""
        return str(self.cleaned_data["decision"]) or uuid4().hex
