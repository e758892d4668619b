# SPDX-License-Identifier: EUPL-1.2
"""``stip_web processing-log --from 2026-01-01 --to 2026-01-31``: the processing log as JSON lines on stdout."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stip_web.audit.export import lines_between


class Command(BaseCommand):
    """Write the processing log."""

    help = "Schrijft het logboek van dataverwerkingen als regels JSON (Logboek Dataverwerkingen 1.0)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the first and the last day."""
        parser.add_argument("--from", dest="first", required=True, help="eerste dag, als 2026-01-01")
        parser.add_argument("--to", dest="last", required=True, help="laatste dag, die telt mee")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line a span."""
        first, last = _day(options["first"], "--from"), _day(options["last"], "--to")
        if last < first:
            raise CommandError("De laatste dag ligt voor de eerste. Draai --from en --to om.")
        for line in lines_between(first, last):
            self.stdout.write(line)


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{name} is geen dag. Schrijf die als 2026-01-31.") from error
