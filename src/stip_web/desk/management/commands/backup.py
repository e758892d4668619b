# SPDX-License-Identifier: EUPL-1.2
"""``stip_web backup FOLDER``: workspace and database in one sealed file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from stip.errors import SettingsError
from stip_web.desk.backup import make_backup
from stip_web.desk.backup.sealed import read_or_make_key
from stip_web.workspaces.current import current_workspace


def key_path(said: str) -> Path:
    """Give where the key of backups lies.

    Raises
    ------
    SettingsError
        When nobody said.
    """
    path = said or os.environ.get("STIP_BACKUP_KEY", "")
    if not path:
        raise SettingsError("Zeg waar de sleutel van de reservekopieën ligt, met --key of STIP_BACKUP_KEY.")
    return Path(path)


class Command(BaseCommand):
    """Make a backup."""

    help = "Maakt een versleutelde reservekopie van de werkmap en de database in een map."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder and the key."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--key", default="", help="bestand met de sleutel; wordt gemaakt als het er niet is")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it and say where it is."""
        path, folder = key_path(options["key"]), Path(options["folder"])
        near = (folder, Path(settings.STIP_WORKSPACE), Path(settings.STIP_STATE))
        if any(path.resolve().is_relative_to(one.resolve()) for one in near):
            raise SettingsError("Leg de sleutel niet bij de reservekopie of bij de gegevens. Kies een andere map.")
        key, new = read_or_make_key(path)
        made = make_backup(current_workspace(), folder, key)
        if new:
            self.stderr.write(
                f"De sleutel {path} is nieuw. Bewaar een afschrift in de kluis: zonder sleutel is de reservekopie "
                "waardeloos. De sleutels van de meldingsnummers (STIP_KEYS) zitten er niet in."
            )
        self.stdout.write(str(made))
