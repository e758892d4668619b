# SPDX-License-Identifier: EUPL-1.2
"""Making a backup: one sealed file, of one moment."""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from stip.errors import SettingsError
from stip.store import RESERVE, Workspace
from stip.store.atomic import TEMPORARY, new_file
from stip_web.audit.notes import note
from stip_web.desk.backup.database import counts, dump_to
from stip_web.desk.backup.sealed import SealingWriter

MANIFEST = "manifest.json"


def make_backup(workspace: Workspace, folder: Path, key: bytes) -> Path:
    """Write a backup of the workspace and the database to a folder.

    Nobody writes in the workspace meanwhile, so tables and database are of one moment; readers go on.

    Raises
    ------
    SettingsError
        When the folder lies in the workspace.
    WorkspaceBusy
        When somebody keeps writing in the workspace.
    """
    if folder.resolve().is_relative_to(workspace.root):
        raise SettingsError("De reservekopie kan niet in de werkmap zelf liggen. Kies een andere map, liefst elders.")
    at = timezone.now()
    path = folder / f"stip-{at:%Y%m%dT%H%M%SZ}.backup"
    _private(folder)
    with workspace.writing(wait_seconds=120), _beside() as beside:
        note("backup.make", subject=path.name)
        dump = dump_to(Path(beside))
        with new_file(path) as half, half.open("wb") as out, SealingWriter(out, key) as sealed:
            half.chmod(0o600)
            # The manifest comes last, with the hash of each file as it was put in.
            with tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT) as archive:
                hashes = {
                    f"workspace/{name}": _add(archive, file, f"workspace/{name}") for name, file in _of(workspace)
                }
                hashes[dump.name] = _add(archive, dump, dump.name)
                facts = {"version": version("stip"), "made_at": at.isoformat(), "database": connection.vendor}
                _write(archive, json.dumps({**facts, "counts": counts(), "files": hashes}).encode())
    return path


def _private(folder: Path) -> None:
    """Make the folder, and sweep what a kill left of an earlier backup: sealed, and without an end."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for half in folder.glob(f"{TEMPORARY}*.backup"):
        half.unlink(missing_ok=True)


@contextmanager
def _beside() -> Iterator[str]:
    """Give a folder for the dump, which is not sealed: in the site's own folder, never where backups are copied from.

    What a kill left there of an earlier one goes first. One backup at a time is made: the workspace is held.
    """
    top = Path(settings.STIP_STATE) / "dump"
    shutil.rmtree(top, ignore_errors=True)
    top.mkdir(mode=0o700)
    try:
        yield str(top)
    finally:
        shutil.rmtree(top, ignore_errors=True)


def _of(workspace: Workspace) -> Iterator[tuple[str, Path]]:
    """Give what belongs to the workspace, of which the library keeps keys out.

    No lock, no reserve, nothing that a kill left.
    """
    for file in sorted(workspace.root.rglob("*")):
        inside = file.relative_to(workspace.root)
        left_out = file.name in (".lock", RESERVE) or any(part.startswith(TEMPORARY) for part in inside.parts)
        if file.is_file() and not file.is_symlink() and not left_out:
            yield inside.as_posix(), file


def _add(archive: tarfile.TarFile, file: Path, name: str) -> str:
    """Add a file; gives its SHA-256."""
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        archive.addfile(archive.gettarinfo(arcname=name, fileobj=content), content)
    return digest


def _write(archive: tarfile.TarFile, content: bytes) -> None:
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(content)
    archive.addfile(entry, BytesIO(content))
