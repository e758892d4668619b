# SPDX-License-Identifier: EUPL-1.2
"""A key for each upload, in a file of its own outside database, workspace and backups: without it nothing is left."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

from stip.errors import WorkspaceError
from stip_web.intakes.quarantine.erasing import erase

MASTER, NEXT, OLD = "quarantine.key", "quarantine.next", "quarantine.old"
"""The installation's own key; and while it is changed, the one that comes and the one that goes."""


def keys_folder() -> Path:
    """Give the folder of keys, which only its owner may open."""
    folder = Path(settings.STIP_STATE) / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def make_key(upload: str) -> bytes:
    """Make the key of an upload, and keep it locked by the installation's own."""
    key = secrets.token_bytes(32)
    write_once(keys_folder() / f"{upload}.key", aes_key_wrap(masters()[0], key))
    return key


def key_of(upload: str) -> bytes:
    """Give the key of an upload.

    Raises
    ------
    WorkspaceError
        When it was destroyed, or was locked by another installation's key.
    """
    try:
        locked = (keys_folder() / f"{upload}.key").read_bytes()
    except FileNotFoundError:
        raise WorkspaceError(
            "Dit bestand is al vernietigd. Lever het opnieuw aan als u het nog nodig hebt."
        ) from None
    for master in masters():
        with suppress(InvalidUnwrap):
            return aes_key_unwrap(master, locked)
    raise WorkspaceError(
        "De sleutel van dit bestand past niet bij deze installatie. Gooi het weg en lever het opnieuw aan."
    )


def drop_key(upload: str) -> None:
    """Destroy the key of an upload; what it sealed can never be read again."""
    erase(keys_folder() / f"{upload}.key")


def masters() -> list[bytes]:
    """Give the installation's own key, from the environment or made once, and behind it the ones that still open."""
    if settings.STIP_QUARANTINE_KEY:
        given = (settings.STIP_QUARANTINE_KEY, settings.STIP_OLD_QUARANTINE_KEY)
        return [bytes.fromhex(key) for key in given if key]
    found = []
    for name in (NEXT, MASTER, OLD):
        with suppress(FileNotFoundError):
            found.append((keys_folder() / name).read_bytes())
    if not found:
        write_once(keys_folder() / MASTER, secrets.token_bytes(32))
        return masters()
    return found


def write_once(path: Path, content: bytes) -> None:
    """Write a file that is whole when it appears; when another process was first, its file stays."""
    half = path.with_name(f".{secrets.token_hex(8)}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    try:
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()
