# SPDX-License-Identifier: EUPL-1.2
"""``stip_web worker``: does the work in the background. One at a time, so what it finds half done is an orphan."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from filelock import FileLock, Timeout

from stip.errors import StipError
from stip.store import sweep_incidents
from stip_web.audit.settling import settle_if_possible
from stip_web.desk.jobs import resume_orphans
from stip_web.workspaces.current import current_workspace

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Do the work until it is interrupted."""

    help = "Doet het werk in de achtergrond, zoals een bestand inlezen. Stop met Ctrl+C."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to stop when nothing is left."""
        parser.add_argument("--batch", action="store_true", help="stop als er niets meer te doen is")

    def handle(self, *args: Any, **options: Any) -> None:
        """Begin again what a killed worker left, then go on."""
        lock = FileLock(Path(settings.STIP_STATE) / "worker.lock")
        try:
            with lock.acquire(timeout=0):
                _sweep()
                settle_if_possible()
                again, given_up = resume_orphans()
                if again or given_up:
                    self.stderr.write(f"Opnieuw begonnen: {again} taken. Opgegeven na drie keer: {given_up}.")
                call_command("db_worker", batch=options["batch"], startup_delay=False, verbosity=0)
        except Timeout:
            raise CommandError("Er draait al een werker op deze map. Eén is genoeg.") from None


def _sweep() -> None:
    """Remove the reports that a killed process left half destroyed; when that cannot be now, the work goes on."""
    try:
        if swept := sweep_incidents(current_workspace()):
            log.warning("%s halves of incidents of a killed process are swept", swept)
    except (StipError, OSError) as error:
        log.warning("halves of incidents are not swept yet: %s", type(error).__name__)
