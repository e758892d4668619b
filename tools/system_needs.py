# SPDX-License-Identifier: EUPL-1.2
"""What the tests need that no Python package brings: a browser (Chromium) and PostgreSQL.

On Debian, as root, they are installed when they are missing; elsewhere one sentence says which command does it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDS = {"chromium": "a browser for the journeys", "postgresql": "the database of production"}
"""Debian package of each need, and what it is for."""


def missing() -> list[str]:
    """Give the packages of what is not there."""
    there = {
        "chromium": any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
        "postgresql": bool(shutil.which("initdb")) or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    }
    return [package for package, found in there.items() if not found]


def command_for(packages: list[str]) -> list[str]:
    """Give the command that installs them on Debian."""
    return ["apt-get", "install", "--yes", "--no-install-recommends", *packages]


def main() -> int:
    """Bring what is missing, or say how; give the exit code."""
    packages = missing()
    if not packages:
        return 0
    command = command_for(packages)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "--quiet"], check=False, env=quiet)  # noqa: S607
        if subprocess.run(command, env=quiet).returncode == 0 and not missing():  # noqa: S603
            return 0
    wanted = " and ".join(f"{package} ({NEEDS[package]})" for package in packages)
    sys.stderr.write(f"The tests need {wanted}. On Debian or Ubuntu: sudo {' '.join(command)}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
