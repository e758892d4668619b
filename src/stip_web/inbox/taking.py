# SPDX-License-Identifier: EUPL-1.2
"""Looking into the inbox, at the desk. What lies there came from outside: it is not trusted to be a message."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from stip_web.inbox.dropping import SEALED
from stip_web.inbox.letters import NUMBER

_MOST_BYTES = 64 * 1024
_NAME = re.compile(rf"({NUMBER}){re.escape(SEALED)}", re.ASCII)


def waiting(inbox: Path) -> Iterator[tuple[Path, bytes]]:
    """Give each file that may be a message, oldest first, with what is in it.

    A link, a folder, a file with another name or one that is too large is passed over.
    """
    if not inbox.is_dir():
        return
    with os.scandir(inbox) as entries:
        found = [
            Path(one.path) for one in entries if _NAME.fullmatch(one.name) and one.is_file(follow_symlinks=False)
        ]
    for path in sorted(found, key=lambda one: one.lstat().st_mtime_ns):
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            continue
        with os.fdopen(handle, "rb") as file:
            facts = os.fstat(file.fileno())
            if stat.S_ISREG(facts.st_mode) and facts.st_size <= _MOST_BYTES:
                yield path, file.read(_MOST_BYTES)
