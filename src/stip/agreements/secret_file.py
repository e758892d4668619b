# SPDX-License-Identifier: EUPL-1.2
"""A secret in a file of its own, in the folder of the keys: drawn once, read by nobody but its owner."""

from __future__ import annotations

import os
from pathlib import Path

from stip.errors import WorkspaceError
from stip.store import new_file


def write_secret_file(path: Path, secret: bytes) -> None:
    """Write a secret in hex, where nobody else can read it at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with new_file(path) as half:
        half.touch(mode=0o600)  # before the secret is in it
        half.write_text(secret.hex(), encoding="ascii")


def read_secret_file(path: Path, n_bytes: int, *, name: str) -> bytes:
    """Read a secret of so many bytes.

    Parameters
    ----------
    name : str
        What it is called in a sentence, with its article, such as ``Het geheim``.

    Raises
    ------
    WorkspaceError
        When others can read it, or it is damaged.
    """
    check_only_owner(path)
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        secret = b""
    if len(secret) != n_bytes:
        raise WorkspaceError(f"{name} {path} is beschadigd. Zet de kopie uit de kluis terug.")
    return secret


def check_only_owner(path: Path) -> None:
    """Refuse a file that others can read.

    Raises
    ------
    WorkspaceError
    """
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise WorkspaceError(f"Anderen kunnen {path} lezen. Doe ‘chmod 600 {path}’ en kijk wie er bij kon.")
