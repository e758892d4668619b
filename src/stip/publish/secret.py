# SPDX-License-Identifier: EUPL-1.2
"""The secret behind the draws: outside the workspace, beside the keys of the reports, and never rotated.

With another secret the same reports would get another draw, and two draws tell more than one.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from stip.agreements import key_folder, read_secret_file, workspace_id, write_secret_file
from stip.errors import WorkspaceError
from stip.store import Workspace, write_text

_BYTES = 32
_MARKER = "openbaar_geheim"
"""In the workspace: that a secret was drawn, and which. Rounded figures may be known long before a quarter is out."""
_GONE = (
    "Het geheim {path} is weg, terwijl er al mee is afgerond. Zet het terug uit de kluis. Met een nieuw geheim zou "
    "wie oude en nieuwe cijfers naast elkaar legt, te veel te weten komen."
)


def secret_of(workspace: Workspace, *, published: bool) -> bytes:
    """Return the secret; the first time, it is drawn.

    Parameters
    ----------
    published : bool
        Whether figures went out before: then a secret that is gone is not drawn again. Nor is it when the workspace
        says that one was ever drawn.

    Raises
    ------
    WorkspaceError
        When the secret is gone, damaged, another than before, lies in the workspace, or others can read it.
    """
    path, marker = _path(workspace), workspace.data / _MARKER
    if not path.exists():
        with workspace.writing():
            if not path.exists():
                if published or marker.exists():
                    raise WorkspaceError(_GONE.format(path=path))
                write_secret_file(path, secrets.token_bytes(_BYTES))
    secret = read_secret_file(path, _BYTES, name="Het geheim")
    _check_same(secret, marker, path)
    return secret


def _check_same(secret: bytes, marker: Path, path: Path) -> None:
    """Refuse another secret than the one that was drawn first; its mark, a hash, stays in the workspace."""
    mark = hashlib.blake2b(secret, digest_size=8, person=b"stip-mark").hexdigest()
    if not marker.exists():
        write_text(marker, f"{mark}\n")
    elif marker.read_text(encoding="ascii", errors="replace").strip() != mark:
        raise WorkspaceError(f"Het geheim {path} is een ander dan eerst. Zet het eerste terug uit de kluis.")


def existing_secret(workspace: Workspace) -> bytes:
    """Return the secret for who only reads: it is never drawn here.

    Raises
    ------
    WorkspaceError
        When there is none, or as `secret_of`.
    """
    if not _path(workspace).exists():
        raise WorkspaceError(
            "Het geheim waarmee aantallen worden afgerond is er niet. Daarom staan hier geen aantallen. De beheerder "
            "maakt het met ‘stip_web upgrade’, of zet het terug uit de kluis als het er eerder was."
        )
    return secret_of(workspace, published=True)


def _path(workspace: Workspace) -> Path:
    folder = key_folder()
    if folder == workspace.root or workspace.root in folder.parents:
        raise WorkspaceError(
            f"De map voor sleutels ({folder}) ligt in de werkmap. Wijs met STIP_KEYS een map daarbuiten aan."
        )
    return folder / f"{workspace_id(workspace)}.openbaar"
