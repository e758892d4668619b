# SPDX-License-Identifier: EUPL-1.2
"""Looking into a zip file without unpacking it, and refusing one that would fill the memory."""

from __future__ import annotations

import zipfile
from pathlib import Path

from stip.errors import FileError
from stip.intake.file_name import shown_name
from stip.words import number

MOST_BYTES = 1_000_000_000
"""What a zip file (an XLSX too) may hold once unpacked."""

_SWELLS, _SWELLS_FROM = 250, 50_000_000
"""How many times larger a file may become, when it becomes that large; a table becomes ten to forty times larger."""


def members(path: Path) -> list[str]:
    """Return the names of the files in a zip file.

    Raises
    ------
    FileError
        When it is damaged, locked, or too large once unpacked.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise FileError(
            f"{shown_name(path)} is beschadigd: uitpakken lukt niet. Vraag het bestand opnieuw op."
        ) from None
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileError(
            f"{shown_name(path)} is met een wachtwoord vergrendeld. Haal dat eraf en probeer het opnieuw."
        )
    if any(entry.file_size > _SWELLS_FROM and entry.file_size > _SWELLS * entry.compress_size for entry in entries):
        raise FileError(
            f"{shown_name(path)} wordt uitgepakt meer dan {_SWELLS} keer zo groot; zo’n bestand lees ik niet. "
            "Lever de tabel aan als CSV of Parquet."
        )
    size = sum(entry.file_size for entry in entries)
    if size > MOST_BYTES:
        raise FileError(
            f"{shown_name(path)} is uitgepakt {number(size / 1e6)} MB; meer dan {number(MOST_BYTES / 1e6)} MB "
            "lees ik niet "
            "uit een ingepakt bestand. Lever de tabel aan als CSV of Parquet."
        )
    return [entry.filename for entry in entries]
