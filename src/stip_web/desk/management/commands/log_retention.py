# SPDX-License-Identifier: EUPL-1.2
"""``stip_web log-retention``: destroy the lines of the logs that are past their term."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from stip_web.audit.retention import destroy_before, log_limit


class Command(BaseCommand):
    """Destroy old lines."""

    help = "Vernietigt regels van de logboeken die ouder zijn dan de termijn (STIP_LOG_MONTHS)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take nothing but a rehearsal."""
        parser.add_argument("--dry-run", action="store_true", help="zeg alleen tot welke dag, vernietig niets")

    def handle(self, *args: Any, **options: Any) -> None:
        """Destroy, and say how many."""
        moment = log_limit(timezone.now())
        if options["dry_run"]:
            self.stdout.write(f"Regels van voor {moment:%Y-%m-%d} zouden worden vernietigd.")
            return
        gone = sum(destroy_before(moment).values())
        self.stdout.write(f"Vernietigd: {gone} regels van voor {moment:%Y-%m-%d}.")
