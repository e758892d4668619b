# SPDX-License-Identifier: EUPL-1.2
"""The app of accounts; after each migration the default roles are there."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "stip_web.accounts"
    verbose_name = "Gebruikers en rollen"

    def ready(self) -> None:
        """Make the default roles after a migration, and watch how people log in."""
        from stip_web.accounts.grants import make_default_roles
        from stip_web.accounts.second_factor import watch_log_ins

        post_migrate.connect(make_default_roles, sender=self)
        watch_log_ins()
