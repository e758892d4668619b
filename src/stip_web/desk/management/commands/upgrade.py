# SPDX-License-Identifier: EUPL-1.2
"""``stip_web upgrade``: bring the database to what this version of the program needs."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from stip_web.audit.settling import settle_if_possible


class Command(BaseCommand):
    """Bring the database up to date; does nothing when it is."""

    help = "Brengt de database bij: tabellen, rollen en de tabel voor tellers. Kan altijd nog eens."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make the cache table and the default roles; write down what a kill cut off."""
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        settle_if_possible()
        self.stdout.write("De database is bij.")
