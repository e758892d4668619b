# SPDX-License-Identifier: EUPL-1.2
"""What is filled in on the pages of Beheer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from stip_web.accounts.models import Role, User
from stip_web.accounts.permissions import Permission as May

USUAL, LONGEST = 31, 366
"""Days of a log that are given when nobody says which, and at most."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
_WHY = "Komt in het logboek. Noem geen namen van anderen."


def _choices(permissions: Iterable[May]) -> list[tuple[str, str]]:
    return [(permission.value, permission.label) for permission in permissions]


class NewUserForm(forms.Form):
    """A new account."""

    username = forms.CharField(label="Gebruikersnaam", max_length=150, help_text="Zoals noor.dewit")
    first_name = forms.CharField(label="Voornaam", max_length=150, required=False)
    last_name = forms.CharField(label="Achternaam", max_length=150, required=False)
    email = forms.EmailField(label="E-mailadres", required=False)


class RolesForm(forms.Form):
    """Which roles a person has."""

    roles = forms.ModelMultipleChoiceField(
        Role.objects.all(), label="Rollen", required=False, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(label="Waarom", max_length=400, required=False, help_text=_WHY)


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label="Waarom", max_length=400, required=False, help_text=_WHY)


class RoleForm(forms.Form):
    """What a role may do."""

    name = forms.CharField(label="Naam van de rol", max_length=80)
    permissions = forms.MultipleChoiceField(
        label="Rechten", choices=_choices(May), required=False, widget=forms.CheckboxSelectMultiple
    )


class TokenForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(label="Waarvoor", max_length=80, help_text="Zoals: maandoverzicht in Excel")
    scopes = forms.MultipleChoiceField(label="Wat deze sleutel mag", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, owner: User, without: frozenset[May], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = [permission for permission in May if permission in owner.held and permission not in without]
        self.fields["scopes"].choices = _choices(offered)  # type: ignore[attr-defined]


_NO_DAY = "Dit is geen datum. Schrijf die als 2026-01-31."


class SearchForm(forms.Form):
    """What is looked for in a log, and in which days: at most a year, the last 31 days when nobody says."""

    q = forms.CharField(
        label="Zoek",
        max_length=80,
        required=False,
        error_messages={"max_length": "Zoek op ten hoogste 80 tekens; dit zijn er %(show_value)d."},
    )
    van = forms.DateField(
        label="Vanaf",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _NO_DAY},
    )
    tot = forms.DateField(
        label="Tot en met",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _NO_DAY},
    )

    def clean_van(self) -> date | None:
        """Refuse a year of long ago or far away."""
        return _known(self.cleaned_data["van"])

    def clean_tot(self) -> date | None:
        """Refuse a year of long ago or far away."""
        return _known(self.cleaned_data["tot"])

    def clean(self) -> dict[str, Any]:
        """Fill in the days that were not said, and refuse more than a year."""
        asked = self.cleaned_data
        if self.errors:
            return asked
        asked["q"] = asked["q"].strip()
        asked["tot"] = asked["tot"] or (
            min(asked["van"] + timedelta(days=LONGEST - 1), _today()) if asked["van"] else _today()
        )
        asked["van"] = asked["van"] or asked["tot"] - timedelta(days=USUAL - 1)
        if asked["tot"] < asked["van"]:
            self.add_error("tot", "Deze dag ligt voor ‘Vanaf’. Kies een latere dag.")
        elif asked["tot"] - asked["van"] >= timedelta(days=LONGEST):
            self.add_error("van", f"Kies ten hoogste een jaar ({LONGEST} dagen). Haal het in delen op.")
        return asked

    def told(self) -> str:
        """Give what is wrong, each with the name of its field."""
        return " ".join(
            f"{self.fields[name].label}: {' '.join(map(str, said))}" for name, said in self.errors.items()
        )


def _known(day: date | None) -> date | None:
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(f"Kies een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}.")
    return day


def _today() -> date:
    return timezone.localdate()
