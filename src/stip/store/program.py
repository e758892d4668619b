# SPDX-License-Identifier: EUPL-1.2
"""Which program makes the runs: a hash of its own sources, because a version number stays while the code changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

ABOVE = ("samples", "week", "cli")
"""Rooms that lie above every stage that freezes a run; no stage imports them, so no result depends on them."""

_KINDS = (".py", ".toml")


@cache
def program_hash() -> str:
    """Return a hash of the sources that results depend on: the same from a checkout, a wheel or a zip.

    Names and contents of every ``.py`` and ``.toml`` file of the package, without the rooms of `ABOVE`. It is
    reckoned once a process, in some hundredths of a second.
    """
    return hash_of(resources.files("stip"))


def hash_of(package: Traversable) -> str:
    """Return the hash of the sources in a package's folder."""
    digest = hashlib.sha256()
    for name, content in sorted(_sources(package, "")):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, below: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if below or entry.name not in ABOVE:
                yield from _sources(entry, f"{below}{entry.name}/")
        elif entry.name.endswith(_KINDS):
            yield f"{below}{entry.name}", entry.read_bytes().replace(b"\r\n", b"\n")
