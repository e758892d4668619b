# SPDX-License-Identifier: EUPL-1.2
"""``stip_web reactions``: the key of the inbox, what waits, and destroying what is old."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stip.errors import StipError
from stip.words import number
from stip_web.reactions.arriving import make_inbox, take_in, unreadable
from stip_web.reactions.destroying import destroy_old
from stip_web.reactions.keys import make_key
from stip_web.reactions.listing import rows_of
from stip_web.workspaces.clock import now
from stip_web.workspaces.current import current_workspace


class Command(BaseCommand):
    """Make the key, or take in and sweep."""

    help = (
        "Haalt berichten van burgers uit de postbus en wist wat lang genoeg is beantwoord. Met --key maakt het "
        "alleen de sleutel van de postbus, als zij er nog niet is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        parser.add_argument("--key", action="store_true", help="maak alleen de sleutel")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and tell; nothing of a message."""
        workspace = current_workspace()
        try:
            made = make_key(workspace)
            make_inbox()
            if options["key"]:
                self.stdout.write("De postbus heeft een sleutel." if made else "De sleutel van de postbus was er al.")
                return
            new, gone = take_in(workspace), destroy_old(now(workspace))
        except StipError as error:
            raise CommandError(str(error)) from error
        rows = rows_of(workspace, "open")
        late = sum(row.late for row in rows)
        self.stdout.write(
            f"{number(new)} nieuw, {number(len(rows))} wachten op antwoord, {number(late)} te laat, "
            f"{number(gone)} gewist, {number(unreadable())} niet te openen."
        )
