# SPDX-License-Identifier: EUPL-1.2
"""A role: a name for a set of permissions."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from stip_web.accounts.grants import READS_PLACES
from stip_web.accounts.permissions import Permission


def known_permissions(value: object) -> None:
    """Refuse a permission that the code does not ask for."""
    if not isinstance(value, list):
        raise ValidationError("De rechten van een rol zijn een lijst.")
    unknown = sorted(set(map(str, value)) - set(Permission))
    if unknown:
        raise ValidationError(f"Het recht ‘{unknown[0]}’ bestaat niet. Kies een recht uit de lijst.")


class Role(models.Model):
    """A set of permissions with a name; data, so that a municipality can make its own."""

    code = models.SlugField(unique=True, max_length=40)
    name = models.CharField("naam", max_length=80)
    permissions = models.JSONField("rechten", default=list, validators=[known_permissions], blank=True)

    class Meta:
        """Ordered by name."""

        ordering = ("name",)
        verbose_name = "rol"
        verbose_name_plural = "rollen"

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def clean(self) -> None:
        """Refuse a role that both hands out keys and looks at places."""
        held = set(map(str, self.permissions or ()))
        if Permission.USERS_MANAGE in held and held & READS_PLACES:
            raise ValidationError(
                "Wie gebruikers beheert, ziet geen meldingen of plekken. Maak er twee rollen van, voor twee mensen."
            )
