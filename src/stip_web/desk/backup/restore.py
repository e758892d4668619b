# SPDX-License-Identifier: EUPL-1.2
"""Putting a backup back: everything is read and checked first, then moved into place."""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from stip.errors import FileError, SettingsError
from stip_web.audit.notes import note
from stip_web.desk.backup import database
from stip_web.desk.backup.make import MANIFEST
from stip_web.desk.backup.sealed import OpeningReader


def restore_backup(file: Path, key: bytes, root: Path, *, replace: bool = False) -> dict[str, Any]:
    """Put the workspace and the database back as they were.

    Parameters
    ----------
    file : Path
    key : bytes
    root : Path
        Where the workspace belongs; what is there is moved aside, never removed.
    replace : bool
        Also when there are accounts or a workspace already.

    Returns
    -------
    dict
        The manifest: ``version``, ``made_at``, ``counts`` of rows by table.

    Raises
    ------
    FileError
        When the backup is not whole; nothing has changed then.
    SettingsError
        When something is there already, and ``replace`` is not asked for.
    """
    there = root.exists() and any(root.iterdir())
    if not replace and (there or not database.is_empty()):
        raise SettingsError(
            "Hier staat al een werkmap of een database met gegevens. Weet u het zeker? Geef dan --replace; de oude "
            "werkmap blijft ernaast staan, de database wordt vervangen."
        )
    root.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=root.parent) as folder:
        opened = Path(folder)
        manifest = _open(file, key, opened)
        database.load_from(opened)
        if there:
            root.rename(root.with_name(f"{root.name}.voor-{timezone.now():%Y%m%dT%H%M%SZ}"))
        elif root.exists():
            root.rmdir()
        shutil.move(opened / "workspace", root)
    call_command("upgrade", stdout=_Nowhere())
    note("backup.restore", subject=file.name, made_at=manifest["made_at"])
    return manifest


class _Nowhere:
    """Takes what a command says, and drops it."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return None


def _open(file: Path, key: bytes, folder: Path) -> dict[str, Any]:
    """Unpack into a folder and compare every file with the manifest."""
    try:
        with file.open("rb") as sealed, OpeningReader(sealed, key) as content:
            with tarfile.open(fileobj=content, mode="r|") as archive:
                archive.extractall(folder, filter="data")
            while content.read(1 << 20):  # to the end, so that its seal is checked
                pass
    except (OSError, tarfile.TarError, EOFError) as error:
        raise FileError("Deze reservekopie is niet te lezen. Neem een andere.") from error
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    for name, digest in manifest["files"].items():
        with (folder / name).open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != digest:
                raise FileError("Een bestand in deze reservekopie is veranderd. Neem een andere.")
    (folder / "workspace").mkdir(exist_ok=True)
    return manifest
