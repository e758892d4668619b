# SPDX-License-Identifier: EUPL-1.2
"""An upload in the clear, for the library's readers: in memory only, under a name that is a link to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

from stip.errors import WorkspaceError
from stip_web.intakes.quarantine.keeping import folder, plain


@contextmanager
def in_memory(upload: UUID, name: str) -> Iterator[Path]:
    """Give a path at which the library can read an upload.

    The bytes lie in an anonymous file in memory (``memfd_create``), which is gone when this process is; on the disk
    is only a link to it. A machine that swaps must encrypt its swap.

    Parameters
    ----------
    upload : UUID
    name : str
        As `stip.intake.shown_name` gives it.

    Raises
    ------
    WorkspaceError
        When the upload is damaged or gone, or this system has no such files.
    """
    if not hasattr(os, "memfd_create"):
        raise WorkspaceError("Bestanden inlezen op de site kan alleen op Linux. Gebruik hier ‘stip intake’.")
    held = os.memfd_create("stip", os.MFD_CLOEXEC)
    place = folder() / f"{upload.hex}.read"
    link = place / name.replace("/", "_")
    try:
        for piece in plain(upload):
            view = memoryview(piece)
            while view:
                view = view[os.write(held, view) :]
        place.mkdir(mode=0o700, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(f"/proc/self/fd/{held}")
        yield link
    finally:
        os.close(held)
        with suppress(OSError):
            link.unlink()
            place.rmdir()
