# SPDX-License-Identifier: EUPL-1.2
"""Changes to roles. A role is data; what may be permitted is code."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from stip.errors import StipError
from stip_web.accounts.models import Role
from stip_web.accounts.permissions import Permission as May
from stip_web.administration.separation import SELF, keep_a_manager, keep_apart, lock_managers
from stip_web.audit.actions import Action


def _checked(role: Role) -> None:
    try:
        role.full_clean()
    except ValidationError as error:
        raise StipError(" ".join(error.messages)) from error


@dataclass
class MakeRole(Action[Role]):
    """Make a role."""

    action = "role.make"
    label = "Rol gemaakt"
    permission = May.USERS_MANAGE
    name: str = field(kw_only=True)
    permissions: list[str] = field(kw_only=True)

    def change(self) -> Role:
        """Make it; nobody has it yet."""
        role = Role(
            code=slugify(self.name)[:40] or "rol", name=self.name.strip(), permissions=sorted(self.permissions)
        )
        if Role.objects.filter(code=role.code).exists():
            raise StipError("Er is al een rol met deze naam. Kies een andere naam.")
        _checked(role)
        role.save()
        self.subject, self.details = role.code, {"after": role.permissions}
        return role


@dataclass
class ChangeRole(Action[None]):
    """Change what a role may do, for everybody who has it."""

    action = "role.change"
    label = "Rol gewijzigd"
    permission = May.USERS_MANAGE
    role: Role = field(kw_only=True)
    name: str = field(kw_only=True)
    permissions: list[str] = field(kw_only=True)

    def check(self) -> None:
        """Refuse to give oneself something."""
        more = set(self.permissions) - set(self.role.permissions)
        if more and self.actor.roles.filter(pk=self.role.pk).exists():
            raise StipError(SELF)

    def change(self) -> None:
        """Change it; nobody who has it may end up with what does not go together."""
        lock_managers()
        before = list(self.role.permissions)
        self.role.name, self.role.permissions = self.name.strip(), sorted(self.permissions)
        _checked(self.role)
        self.role.save()
        for user in self.role.users.prefetch_related("roles"):
            keep_apart(name for role in user.roles.all() for name in role.permissions)
        keep_a_manager()
        self.subject, self.details = self.role.code, {"before": before, "after": self.role.permissions}


@dataclass
class RemoveRole(Action[None]):
    """Remove a role that nobody has."""

    action = "role.remove"
    label = "Rol weggehaald"
    permission = May.USERS_MANAGE
    role: Role = field(kw_only=True)

    def check(self) -> None:
        """Refuse while somebody has it."""
        if self.role.users.exists():
            raise StipError("Deze rol is nog van iemand. Geef die mensen eerst een andere rol.")

    def change(self) -> None:
        """Remove it."""
        self.subject = self.role.code
        self.role.delete()
