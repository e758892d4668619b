# SPDX-License-Identifier: EUPL-1.2
"""One user a role for the demo, with passwords that only this installation has."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

from stip.errors import SettingsError
from stip_web.accounts.grants import ROLES
from stip_web.accounts.models import Role, User

NAMES = {
    "analyst": ("analist", "Noor", "de Wit"),
    "coordinator": ("coordinator", "Sam", "Bakker"),
    "member": ("teamlid", "Robin", "Visser"),
    "privacy_officer": ("fg", "Anouk", "Smit"),
    "policy": ("wethouder", "Kees", "Jansen"),
    "administrator": ("beheerder", "Mila", "Mulder"),
}
"""User name and made-up name of the demo's user in each role."""


def password_of(username: str) -> str:
    """Give a demo user's password: from this installation's own key, so the same each time and known nowhere else."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"demo:{username}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:12].decode().lower()


def make_demo_users() -> list[tuple[str, str, str]]:
    """Make the users that are not there; return role, user name and password of each.

    Raises
    ------
    SettingsError
        Outside a demo, or when the database holds people from outside one: their passwords are theirs.
    """
    if not settings.DEMO:
        raise SettingsError("Voorbeeldgebruikers horen alleen bij het voorbeeld (STIP_MODE=demo).")
    if User.objects.filter(demo=False).exists():
        raise SettingsError(
            "In deze database staan accounts van buiten het voorbeeld. Geef het voorbeeld een eigen database: zet "
            "STIP_STATE of DATABASE_URL op een nieuwe."
        )
    made = []
    for code, (role_name, _) in ROLES.items():
        username, first, last = NAMES[code]
        user, _ = User.objects.get_or_create(username=username, defaults={"first_name": first, "last_name": last})
        user.set_password(password_of(username))
        user.save()
        user.roles.add(Role.objects.get(code=code))
        made.append((role_name, username, password_of(username)))
    return made
