# SPDX-License-Identifier: EUPL-1.2
"""Taking a file off the disk: written over, then unlinked. On an SSD the first promises little; the key matters."""

from __future__ import annotations

import os
from pathlib import Path

_ZEROS = bytes(1 << 20)


def erase(path: Path) -> None:
    """Overwrite and remove a file; one that is not there is no fault."""
    try:
        with path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(_ZEROS[:left])
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)
