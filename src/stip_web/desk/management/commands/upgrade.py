# SPDX-License-Identifier: EUPL-1.2
"""``stip_web upgrade``: bring database and keys to what this version of the program needs."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from stip.errors import StipError
from stip.publish import published_quarters, secret_of
from stip_web.audit.settling import settle_if_possible
from stip_web.workspaces.current import current_workspace
from stip_web.workspaces.outside import tell_pauses_if_possible


class Command(BaseCommand):
    """Bring database and keys up to date; does nothing when they are."""

    help = "Brengt de database bij: tabellen, rollen en de tabel voor tellers. Kan altijd nog eens."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, settle what a kill cut off, tell pauses outside, and draw the secret of the rounding once."""
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        settle_if_possible()
        tell_pauses_if_possible()
        self._draw_secret()
        self.stdout.write("De database is bij.")

    def _draw_secret(self) -> None:
        """Draw the secret of the rounding where there never was one: no page that reads may do so."""
        try:
            workspace = current_workspace()
            secret_of(workspace, published=bool(published_quarters(workspace)))
        except StipError as error:  # the database is up to date all the same
            self.stderr.write(str(error))
