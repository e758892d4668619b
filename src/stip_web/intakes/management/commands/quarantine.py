# SPDX-License-Identifier: EUPL-1.2
"""``stip_web quarantine``: what waits in the quarantine; ``--sweep`` destroys what has waited too long."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from stip.words import number
from stip_web.audit.notes import note
from stip_web.intakes.models import Upload
from stip_web.intakes.quarantine.rotating import rotate_key
from stip_web.intakes.sweep import sweep


class Command(BaseCommand):
    """Show or sweep the quarantine."""

    help = (
        "Toont welke bestanden in de quarantaine wachten. Met --sweep wordt vernietigd wat er langer dan 24 uur ligt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        parser.add_argument("--sweep", action="store_true", help="vernietig wat te lang wacht of van niemand is")
        parser.add_argument("--rotate", action="store_true", help="neem een nieuwe sleutel voor wat er ligt")
        parser.add_argument("--json", action="store_true", help="antwoord als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and tell."""
        if options["rotate"]:
            again = rotate_key()
            note("quarantine.rotate", keys=again)
            self.stderr.write(f"{number(again)} sleutels zijn opnieuw op slot gedaan. De oude opent niets meer.")
        gone = sweep(timezone.now()) if options["sweep"] else 0
        waiting = Upload.objects.filter(state__in=Upload.OPEN)
        if options["json"]:
            rows = [
                {"upload": str(one.pk), "state": one.state, "expires_at": one.expires_at.isoformat()}
                for one in waiting
            ]
            self.stdout.write(json.dumps({"destroyed": gone, "waiting": rows}))
            return
        if options["sweep"]:
            self.stdout.write(f"{number(gone)} bestanden zijn vernietigd.")
        self.stdout.write(f"{number(len(waiting))} bestanden wachten.")
        for one in waiting:
            expires = timezone.localtime(one.expires_at)
            self.stdout.write(f"  {one.pk}  {one.get_state_display()}, tot {expires:%d-%m-%Y %H:%M}")
