# SPDX-License-Identifier: EUPL-1.2
"""Who hands out keys does not look: nobody both manages users and sees places, also not through two roles."""

from __future__ import annotations

from collections.abc import Iterable

from stip.errors import StipError
from stip_web.accounts.grants import READS_PLACES
from stip_web.accounts.models import User
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


def keep_a_manager(without: User | None = None) -> None:
    """Refuse to be left with nobody who can manage users.

    Parameters
    ----------
    without : User, optional
        Who will no longer count.
    """
    for user in User.objects.filter(is_active=True).prefetch_related("roles"):
        if (without is None or user.pk != without.pk) and user.may(May.USERS_MANAGE):
            return
    raise StipError(LAST)
