# SPDX-License-Identifier: EUPL-1.2
"""``stip_web street``: how many entries wait for the workspace; ``--sweep`` brings them and destroys old notes."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from stip.errors import StipError
from stip.words import number
from stip_web.street.mirror import mirror
from stip_web.street.models import Entry
from stip_web.street.notes import WEEKS, destroy_old
from stip_web.workspaces.current import current_workspace


class Command(BaseCommand):
    """Show or sweep."""

    help = (
        "Toont hoeveel meldingen van de straat nog niet in de werkmap staan. Met --sweep gaan zij erin, en worden "
        f"opmerkingen van meer dan {WEEKS} weken geleden vernietigd."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        parser.add_argument("--sweep", action="store_true", help="breng ze, en vernietig oude opmerkingen")
        parser.add_argument("--json", action="store_true", help="antwoord als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and tell."""
        brought = gone = 0
        if options["sweep"]:
            gone = destroy_old(timezone.now())
            try:
                brought = mirror(current_workspace())
            except StipError as error:
                raise CommandError(str(error)) from error
        waiting = Entry.objects.filter(mirrored=None).count()
        if options["json"]:
            self.stdout.write(json.dumps({"brought": brought, "notes_destroyed": gone, "waiting": waiting}))
            return
        if options["sweep"]:
            self.stdout.write(f"{number(brought)} meldingen gebracht, {number(gone)} opmerkingen vernietigd.")
        self.stdout.write(f"{number(waiting)} meldingen wachten.")
