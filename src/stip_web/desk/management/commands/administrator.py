# SPDX-License-Identifier: EUPL-1.2
"""``stip_web administrator NAME``: the first one who may manage users, by a link to choose a password."""

from __future__ import annotations

from typing import Any

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from stip_web.accounts.grants import ROLES
from stip_web.accounts.models import Role, User
from stip_web.audit.notes import note


class Command(BaseCommand):
    """Make an administrator, or let one in again."""

    help = "Maakt een beheerder, of laat hem weer binnen: geeft een link om een wachtwoord te kiezen, één dag geldig."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name to log in with."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account and print the link."""
        username = options["username"]
        with transaction.atomic():
            user = User.objects.filter(username=username).first() or User(username=username)
            if user.pk is None:
                user.set_unusable_password()
            elif any(role.code != "administrator" for role in user.roles.all()):
                raise CommandError("Dit account heeft al een andere rol. Kies een andere gebruikersnaam.")
            user.is_active = True
            try:
                user.full_clean()
            except ValidationError as error:
                raise CommandError("Deze naam kan niet. Gebruik letters, cijfers, punt en streepje.") from error
            user.save()
            name, permissions = ROLES["administrator"]
            defaults = {"name": name, "permissions": sorted(permissions)}
            role, _ = Role.objects.get_or_create(code="administrator", defaults=defaults)
            user.roles.add(role)
            note("user.administrator", subject=username)
        key = PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
        words = {"uidb36": user_pk_to_url_str(user), "key": key}
        host = settings.ENVIRONMENT.hosts[0] if settings.ENVIRONMENT.hosts else "localhost:8000"
        scheme = "http" if settings.DEMO else "https"
        self.stdout.write(f"{scheme}://{host}{reverse('account_reset_password_from_key', kwargs=words)}")
