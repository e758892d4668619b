# SPDX-License-Identifier: EUPL-1.2
"""Looking into the inbox, at the desk. What lies there came from outside: it is not trusted to be a message."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from stip_web.inbox.dropping import SEALED
from stip_web.inbox.letters import NUMBER

_MOST_BYTES = 64 * 1024
_NAME = re.compile(rf"({NUMBER}){re.escape(SEALED)}", re.ASCII)


def waiting(inbox: Path) -> Iterator[tuple[Path, bytes]]:
    """Give each file that may be a message, oldest first, with what is in it.

    A link, a folder, a file with another name or one that is too large is passed over; see `passed_over`.
    """
    found = []
    for one in _entries(inbox):
        if _is_message(one):
            with suppress(FileNotFoundError):  # somebody else just took it
                found.append((os.lstat(one.path).st_mtime_ns, Path(one.path)))
    for _, path in sorted(found):
        held = _read(path)
        if held is not None:
            yield path, held


def passed_over(inbox: Path) -> int:
    """Give how many entries are named as a message and are never given by `waiting`."""
    named = [one for one in _entries(inbox) if one.name.endswith(SEALED)]
    return sum(not _is_message(one) or _read(Path(one.path)) is None for one in named)


def _entries(inbox: Path) -> list[os.DirEntry[str]]:
    if not inbox.is_dir():
        return []
    with os.scandir(inbox) as entries:
        return list(entries)


def _is_message(entry: os.DirEntry[str]) -> bool:
    return _NAME.fullmatch(entry.name) is not None and entry.is_file(follow_symlinks=False)


def _read(path: Path) -> bytes | None:
    """Read a message; None when it cannot be opened or is too large."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(file.fileno())
        fits = stat.S_ISREG(facts.st_mode) and facts.st_size <= _MOST_BYTES
        return file.read(_MOST_BYTES) if fits else None
