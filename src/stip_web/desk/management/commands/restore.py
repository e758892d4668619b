# SPDX-License-Identifier: EUPL-1.2
"""``stip_web restore FILE``: put a backup back. Stop the site first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from stip.words import number
from stip_web.desk.backup import restore_backup
from stip_web.desk.backup.sealed import read_key
from stip_web.desk.management.commands.backup import key_path


class Command(BaseCommand):
    """Restore a backup."""

    help = "Zet een reservekopie terug: eerst wordt alles nagezien, dan pas vervangen. Stop eerst de site."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the key."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", default="", help="bestand met de sleutel")
        parser.add_argument("--replace", action="store_true", help="ook als hier al gegevens staan")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and say what is back."""
        key = read_key(key_path(options["key"]))
        manifest = restore_backup(options["file"], key, Path(settings.STIP_WORKSPACE), replace=options["replace"])
        rows = sum(manifest["counts"].values())
        self.stdout.write(f"Teruggezet: {len(manifest['files'])} bestanden en {number(rows)} rijen van de database.")
