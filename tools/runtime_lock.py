# SPDX-License-Identifier: EUPL-1.2
"""Write the part of requirements.lock that the program needs to run, without what only tests and builds need.

The lock says of each package by whom it is asked for; what nobody asks for but the group ``dev`` stays out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

_ENTRY = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==[^\n]*\n(?:[ ]{4}[^\n]*\n?)*", re.MULTILINE)
_VIA = re.compile(r"^ {4}# (?:via|  ) ?(?P<by>[^\n]+)$", re.MULTILINE)
_ASKED = "stip (pyproject.toml)"


def needed(lock: str) -> str:
    """Give the entries that the program asks for, by itself or by another package."""
    entries = {found["name"]: found[0] for found in _ENTRY.finditer(lock)}
    asked_by = {name: {found["by"].strip() for found in _VIA.finditer(entry)} for name, entry in entries.items()}
    kept: set[str] = set()
    while True:
        more = {name for name, by in asked_by.items() if name not in kept and (_ASKED in by or by & kept)}
        if not more:
            return "".join(entries[name] for name in sorted(kept))
        kept |= more


if __name__ == "__main__":
    sys.stdout.write(needed(Path(sys.argv[1]).read_text()))
