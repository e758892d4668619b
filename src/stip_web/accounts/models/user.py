# SPDX-License-Identifier: EUPL-1.2
"""A person who logs in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models

from stip_web.accounts.models.role import Role
from stip_web.accounts.permissions import Permission


def made_in_demo() -> bool:
    """Whether the site is a demo at this moment."""
    return bool(settings.DEMO)


class User(AbstractUser):
    """A person with roles; Django's own groups, permissions and superuser are not used."""

    roles = models.ManyToManyField(Role, verbose_name="rollen", related_name="users", blank=True)
    team = models.CharField("team", max_length=40, blank=True, default="")  # a code of plan.teams; blank: the first
    demo = models.BooleanField("van het voorbeeld", default=made_in_demo, editable=False)

    class Meta:
        """Ordered by name."""

        ordering = ("username",)
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"

    @cached_property
    def held(self) -> frozenset[str]:
        """Every permission of the roles, read once a request."""
        if not self.is_active:
            return frozenset()
        return frozenset(name for role in self.roles.all() for name in role.permissions)

    def may(self, *permissions: Permission) -> bool:
        """Whether one of these is held."""
        return not self.held.isdisjoint(permissions)

    def may_all(self, permissions: Iterable[Permission]) -> bool:
        """Whether each of these is held."""
        return self.held.issuperset(permissions)

    @property
    def role_names(self) -> str:
        """The roles in words."""
        return ", ".join(role.name for role in self.roles.all())
