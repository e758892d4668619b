# SPDX-License-Identifier: EUPL-1.2
"""``stip_web openapi``: print the description of the API, or see whether a committed one still holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stip_web.api.openapi import as_text, document


class Command(BaseCommand):
    """Print the description of the API."""

    help = "Geeft de beschrijving van de API (OpenAPI). Met --check BESTAND: klopt dat bestand nog?"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file to compare with."""
        parser.add_argument("--check", type=Path, metavar="BESTAND", help="vergelijk met dit bestand")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print or compare.

        Raises
        ------
        CommandError
            When the file says something else.
        """
        text = as_text(document())
        path: Path | None = options["check"]
        if path is None:
            self.stdout.write(text, ending="")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            raise CommandError(f"{path} is niet meer de beschrijving van de API. Maak het opnieuw: make reference")
        else:
            self.stdout.write(f"{path} klopt.")
