# SPDX-License-Identifier: EUPL-1.2
"""Laying a sealed message in the inbox: whole or not at all, and without looking at what lies there.

The folder may be one in which the process can add but not list (mode 1733): nothing here reads it, and only whether
one number lies there is asked.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

SEALED = ".sealed"
_HALF = ".half"
_ROOM_BYTES = 50_000_000
"""With less than this left on the disk nothing is taken: a flood must not stop the weekly run."""
_EVERYBODY_READS = 0o644  # the desk is another user; what is sealed nobody can read


def drop(inbox: Path, name: str, sealed: bytes) -> None:
    """Write one message to the inbox.

    Parameters
    ----------
    name : str
        Stem of the file: the number of the message.

    Raises
    ------
    FileExistsError
        When a whole message with this number lies there already.
    OSError
        When the folder is not there or cannot be written, or the disk is full.
    """
    room = os.statvfs(inbox)
    if room.f_bavail * room.f_frsize < _ROOM_BYTES + len(sealed):
        raise OSError("there is no room left on the disk of the inbox")
    half = inbox / f".{name}-{secrets.token_hex(8)}{_HALF}"  # two at once do not stand in each other's way
    try:
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _EVERYBODY_READS)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, _EVERYBODY_READS)  # whatever the umask
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        os.link(half, inbox / f"{name}{SEALED}", follow_symlinks=False)  # unlike a rename, never over another
    finally:
        with contextlib.suppress(OSError):
            half.unlink()
    _settle(inbox)


def lies_there(inbox: Path, name: str) -> bool:
    """Tell whether a whole message with this number waits to be taken out."""
    return os.path.lexists(inbox / f"{name}{SEALED}")


def _settle(inbox: Path) -> None:
    """Bring the name to the disk too, where the folder may be opened; in one that cannot be listed it may not."""
    with contextlib.suppress(PermissionError):
        folder = os.open(inbox, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
