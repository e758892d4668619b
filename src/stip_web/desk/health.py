# SPDX-License-Identifier: EUPL-1.2
"""Whether the site lives and can work, for the machine that watches it. Tells nothing else."""

from __future__ import annotations

import time

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from stip.errors import StipError
from stip.store import room_left
from stip_web.accounts.door import everybody
from stip_web.desk.jobs import late_jobs
from stip_web.workspaces.current import current_workspace
from stip_web.workspaces.outside import disks

LASTS = 5.0
"""Seconds that an answer about the database and the workspace stays good."""
_last: dict[str, tuple[float, dict[str, bool]]] = {}
"""By workspace, when it was looked at and what was found."""


@everybody
def alive(request: HttpRequest) -> JsonResponse:
    """Say that the server answers."""
    return JsonResponse({"status": "ok"})


@everybody
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether database and workspace can be used, 503 when one cannot."""
    found = recent_checks()
    good = all(found.values())
    named = {name: "ok" if works else "niet bereikbaar" for name, works in found.items()}
    return JsonResponse({"status": "ok" if good else "storing", **named}, status=200 if good else 503)


@everybody
def jobs(request: HttpRequest) -> JsonResponse:
    """Say whether work in the background gets done, 503 when some is late."""
    try:
        late = late_jobs().exists()
    except DatabaseError:
        late = True
    return JsonResponse({"status": "te laat" if late else "ok"}, status=503 if late else 200)


@everybody
def room(request: HttpRequest) -> JsonResponse:
    """Say whether the disks have room, 503 when one is nearly full: the site still works, but soon keeps nothing.

    No more than that: who asks is not known, and need not hear when the off switch may fail.
    """
    full = not all(room_left(folder)[0] for folder in disks() if folder.is_dir())
    return JsonResponse({"status": "bijna vol" if full else "ok"}, status=503 if full else 200)


def checks() -> dict[str, bool]:
    """Give what can be used."""
    return {"database": _database(), "workspace": _workspace()}


def recent_checks() -> dict[str, bool]:
    """Give `checks` of at most five seconds ago: anybody may ask, so asking often must cost nothing."""
    now, where = time.monotonic(), str(settings.STIP_WORKSPACE)
    since, found = _last.get(where, (0.0, {}))
    if not found or now >= since + LASTS:
        _last.clear()
        since, found = _last[where] = now, checks()
    return found


def _database() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _workspace() -> bool:
    try:
        current_workspace()
    except StipError:
        return False
    return True
