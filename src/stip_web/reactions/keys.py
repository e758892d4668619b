# SPDX-License-Identifier: EUPL-1.2
"""The key of the inbox: the private half beside the other keys, the public half in ``published/``."""

from __future__ import annotations

from pathlib import Path

from stip.agreements import key_folder, read_secret_file, workspace_id, write_secret_file
from stip.errors import WorkspaceError
from stip.store import Workspace, write_text
from stip_web.inbox.sealing import new_private_key, public_of

_BYTES = 32


def make_key(workspace: Workspace) -> bool:
    """Make the key of the inbox when there is none, and lay its public half where the public site reads it.

    Returns
    -------
    bool
        Whether anything was made.

    Raises
    ------
    WorkspaceError
        When the private half is gone while the public half is out, or what is there cannot be used.
    """
    private, public = _path(workspace), _public_path(workspace)
    if not private.exists():
        if public.exists():
            raise WorkspaceError(
                f"De sleutel van de postbus ({private}) is weg. Zet hem terug uit de kluis. Is hij nergens meer? Dan "
                f"zijn de berichten van nu niet meer te lezen. Haal dan {public} weg en start opnieuw."
            )
        write_secret_file(private, new_private_key())
    told = public_of(private_key(workspace)).hex()
    if public.exists() and public.read_text(encoding="ascii").strip() == told:
        return False
    write_text(public, told)
    return True


def private_key(workspace: Workspace) -> bytes:
    """Give the private half.

    Raises
    ------
    WorkspaceError
        When it is not there, is damaged, or others can read it.
    """
    path = _path(workspace)
    if not path.exists():
        raise WorkspaceError("De postbus heeft nog geen sleutel. Doe ‘stip_web reactions --key’.")
    return read_secret_file(path, _BYTES, name="De sleutel")


def _path(workspace: Workspace) -> Path:
    return key_folder() / f"{workspace_id(workspace)}.berichten"


def _public_path(workspace: Workspace) -> Path:
    return workspace.root / "published" / "inbox.pub"
