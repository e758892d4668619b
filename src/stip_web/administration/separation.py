# SPDX-License-Identifier: EUPL-1.2
"""Who hands out keys does not look: nobody both manages users and sees places, also not through two roles."""

from __future__ import annotations

from collections.abc import Iterable

from stip.errors import StipError
from stip_web.accounts.grants import READS_PLACES
from stip_web.accounts.models import Role, User
from stip_web.accounts.permissions import Permission as May

APART = (
    "Wie gebruikers beheert, ziet geen meldingen of plekken, ook niet met een tweede rol. Geef de ene rol aan de ene "
    "persoon, en de andere aan een ander."
)
LAST = "Dit is de laatste die gebruikers kan beheren. Geef die rol eerst aan iemand anders."
SELF = "Uw eigen rollen en rechten kan alleen een andere beheerder veranderen."


def keep_apart(held: Iterable[str]) -> None:
    """Refuse permissions that do not go together.

    Raises
    ------
    StipError
    """
    together = set(held)
    if May.USERS_MANAGE in together and together & READS_PLACES:
        raise StipError(APART)


def lock_managers() -> None:
    """Let nobody else change who manages users, until this transaction ends.

    Two administrators who each take the last-but-one away would otherwise both find the other still there. On SQLite
    a transaction keeps everybody else from writing as it is.
    """
    held = Role.objects.select_for_update().order_by("pk")
    managing = [role.pk for role in held if May.USERS_MANAGE in role.permissions]
    list(User.objects.select_for_update().filter(roles__in=managing).order_by("pk"))


def keep_a_manager() -> None:
    """Refuse to be left with nobody who can manage users: asked after a change, inside its transaction.

    Raises
    ------
    StipError
    """
    for user in User.objects.filter(is_active=True).prefetch_related("roles"):
        if user.may(May.USERS_MANAGE):
            return
    raise StipError(LAST)
