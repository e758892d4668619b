# SPDX-License-Identifier: EUPL-1.2
"""What the desk sees to where it begins, so that the off switch works.

What stands still is told to the public process: a pause may be older than that notice. And room on the disk is kept
for the next one, where the workspace is and where the site keeps its own.
"""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings

from stip.agreements import publish_pauses
from stip.errors import StipError
from stip.store import free_reserve, keep_reserve
from stip_web.workspaces.current import current_workspace

log = logging.getLogger(__name__)


def tell_pauses_if_possible() -> None:
    """Write ``published/pauses.json``; without a workspace the desk begins too, and the public site stays still."""
    try:
        publish_pauses(current_workspace())
    except (StipError, OSError) as error:
        log.warning("what stands still is not told outside: %s", type(error).__name__)
    keep_room_to_pause()


def disks() -> tuple[Path, Path]:
    """Give a folder on each disk that the site writes to: of the workspace, and of the site itself."""
    return Path(settings.STIP_WORKSPACE), Path(settings.STIP_STATE)


def make_room_to_pause() -> None:
    """Give up the reserve of the site: the log is written before the workspace, whose own goes once it is locked."""
    free_reserve(Path(settings.STIP_STATE))


def keep_room_to_pause() -> None:
    """Make the reserves again, where there is room; a folder that is no workspace yet stays empty."""
    workspace, state = disks()
    if (workspace / "stip.toml").is_file():
        keep_reserve(workspace)
    keep_reserve(state)
