# SPDX-License-Identifier: EUPL-1.2
"""Another key for the installation: every key that it locks is locked anew, and nothing is out of reach meanwhile.

The new key lies beside the old one while the others are locked anew, and each of both opens. A kill at any point
leaves it so, and doing it again goes on. With ``STIP_QUARANTINE_KEY`` the administrator gives the new key there and
the one before it in ``STIP_OLD_QUARANTINE_KEY``, until this is done.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from django.conf import settings

from stip_web.intakes.quarantine.erasing import erase
from stip_web.intakes.quarantine.keys import MASTER, NEXT, OLD, key_of, keys_folder, masters, write_once


def rotate_key() -> int:
    """Put a new key in the place of the installation's own.

    Returns
    -------
    int
        Number of keys that were locked anew.

    Raises
    ------
    WorkspaceError
        When one of them fits none of the installation's keys; nothing is lost then, and nothing is opened either.
    """
    if settings.STIP_QUARANTINE_KEY:
        return _lock_anew()
    folder = keys_folder()
    masters()  # so that there is one to put aside
    if not (folder / OLD).exists():
        write_once(folder / NEXT, secrets.token_bytes(32))
        done = _lock_anew()
        (folder / MASTER).rename(folder / OLD)
    else:  # killed here before
        done = 0
    if (folder / NEXT).exists():
        (folder / NEXT).rename(folder / MASTER)
    done = max(done, _lock_anew())  # what another process made meanwhile
    erase(folder / OLD)
    return done


def _lock_anew() -> int:
    paths = [path for path in sorted(keys_folder().glob("*.key")) if path.name != MASTER]
    for path in paths:
        _replace(path, aes_key_wrap(masters()[0], key_of(path.stem)))
    return len(paths)


def _replace(path: Path, content: bytes) -> None:
    """Put a key in place in one stroke; it stays as old as it was, since age decides when an upload goes."""
    stood = path.stat()
    half = path.with_name(f".{secrets.token_hex(8)}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.utime(half, ns=(stood.st_atime_ns, stood.st_mtime_ns))
    half.replace(path)
