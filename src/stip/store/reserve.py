# SPDX-License-Identifier: EUPL-1.2
"""A little room on the disk kept for the off switch: a file that is given up when people put something on hold.

On a full disk nothing can be written, and a pause is written. So a file of `RESERVE_BYTES` lies ready; who pauses
removes it first, and it is made again once the disk has room.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from stip.errors import WorkspaceError
from stip.store.atomic import new_file
from stip.words import number

RESERVE = ".reserve"
"""Its name, in the workspace and in the folder of the site."""
RESERVE_BYTES = 2**20
"""A pause, its notice and the lines of the log take some tens of kB."""
_AMPLE_BYTES = 16 * RESERVE_BYTES
"""With less free than this it is not made: what is left is for the pause itself."""
ROOM_GB = 1.0
"""With less free than this, a week may not fit any more."""


def keep_reserve(folder: Path) -> None:
    """Make the reserve when it is not there and the disk has room; what goes wrong is told by `room_left`."""
    path = folder / RESERVE
    with suppress(OSError, WorkspaceError):
        if not path.exists() and shutil.disk_usage(folder).free >= _AMPLE_BYTES:
            with new_file(path) as half:
                half.write_bytes(os.urandom(RESERVE_BYTES))  # zeros could be kept in no room at all


def free_reserve(folder: Path) -> None:
    """Give up the reserve, just before what must be written."""
    with suppress(OSError):
        (folder / RESERVE).unlink(missing_ok=True)


def room_left(folder: Path) -> tuple[bool, str]:
    """Tell whether the disk has room, and say in Dutch how much; when it is nearly full, what that means.

    Raises
    ------
    OSError
        When the folder is not there.
    """
    free = shutil.disk_usage(folder).free
    if free < _AMPLE_BYTES:
        held = (folder / RESERVE).exists()
        switch = "Stilzetten lukt nog één keer" if held else "Ook stilzetten kan nu mislukken"
        return False, f"De schijf is vol: er is niets meer op te slaan. {switch}. Maak nu ruimte op de schijf."
    room = f"Er is nog {number(free / 1e9, 1)} GB vrij."
    return (True, room) if free / 1e9 >= ROOM_GB else (False, f"{room} Maak ruimte op de schijf.")
