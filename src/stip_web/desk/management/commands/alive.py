# SPDX-License-Identifier: EUPL-1.2
"""``stip_web alive``: asks the site on this machine whether it works, for a container that watches itself."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Ask, and end with 1 when it does not work."""

    help = "Vraagt of de site op deze machine werkt (voor een container die zichzelf bewaakt)."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own shape

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the page of health, under the name that the site knows itself by."""
        host = settings.ENVIRONMENT.hosts[0] if settings.ENVIRONMENT.hosts else "localhost"
        connection = HTTPConnection("127.0.0.1", options["port"], timeout=5)
        try:
            connection.request("GET", "/gezondheid/klaar", headers={"Host": host})
            status = connection.getresponse().status
        except (OSError, HTTPException) as error:
            raise CommandError("De site antwoordt niet.") from error
        finally:
            connection.close()
        if status != 200:
            raise CommandError(f"De site antwoordt met {status}.")
