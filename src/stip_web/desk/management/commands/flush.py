# SPDX-License-Identifier: EUPL-1.2
"""``stip_web flush``: Django's command that empties the database; never in production, where the logs are locked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections

from stip_web.audit.locks import lock_logs, unlock_logs


class Command(flush.Command):
    """Empty a demo's database."""

    help = "Maakt de database van het voorbeeld leeg. In productie weigert dit."

    def handle(self, **options: Any) -> None:
        """Unlock the logs, empty every table, lock them again."""
        if not settings.DEMO:
            raise CommandError("In productie blijft het logboek staan. Maak liever een nieuwe database.")
        connection = connections[options["database"]]
        unlock_logs(connection)
        try:
            super().handle(**options)
        finally:
            lock_logs(connection)
