# SPDX-License-Identifier: EUPL-1.2
"""What is filled in on the pages of Beheer."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from stip_web.accounts.models import Role, User
from stip_web.accounts.permissions import Permission as May

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


class SearchForm(forms.Form):
    """What is looked for in a log."""

    q = forms.CharField(label="Zoek", max_length=80, required=False)
    van = forms.DateField(label="Vanaf", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    tot = forms.DateField(label="Tot en met", required=False, widget=forms.DateInput(attrs={"type": "date"}))
