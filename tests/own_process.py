# SPDX-License-Identifier: EUPL-1.2
"""A process of its own on the database, the workspace and the folders of this test; it can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def environment() -> dict[str, str]:
    """Say where this test's database and folders are."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{facts['NAME']}"
    else:
        who, where = quote(f"{facts['USER']}"), quote(f"{facts['HOST']}", safe="")  # a folder, when it is a socket
        secret = f":{quote(str(facts['PASSWORD']))}" if facts["PASSWORD"] else ""
        port = f":{facts['PORT']}" if facts["PORT"] else ""
        url = f"postgresql://{who}{secret}@{where}{port}/{facts['NAME']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "stip_web.settings",
        "STIP_MODE": "demo",
        "STIP_WORKSPACE": str(settings.STIP_WORKSPACE),
        "STIP_STATE": str(settings.STIP_STATE),
        "DATABASE_URL": url,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONWARNINGS": "ignore",
    }


def run_until_killed(code: str) -> None:
    """Run lines in a process of its own that kills itself half-way; anything else it does is an error."""
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True)
    assert done.returncode == -9, done.stderr[-2000:]
