# SPDX-License-Identifier: EUPL-1.2
"""What time it is for a workspace. The sample town lives in its own week, or it would always be late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from stip.settings import SAMPLE_TOWN
from stip.store.incidents import last_known_at
from stip.store.workspace import Workspace

_AFTER_THE_FILE = timedelta(hours=2)


def own_now(workspace: Workspace) -> datetime:
    """Give the time, in UTC; in a workspace of the sample town that of its own week."""
    now = datetime.now(UTC)
    return now_in_its_week(workspace, now) if workspace.settings.town.code == SAMPLE_TOWN else now


def now_in_its_week(workspace: Workspace, now: datetime) -> datetime:
    """Give two hours after the last file came in; the real time when none did.

    Parameters
    ----------
    now : aware datetime
        The real time: a file that is still to come does not count.
    """
    last = last_known_at(workspace, known_before=now)
    return now if last is None else last + _AFTER_THE_FILE


def day_in_town(workspace: Workspace, at: datetime) -> date:
    """Give the day of a moment on the clock of the town: by UTC it is still yesterday there for an hour or two."""
    return at.astimezone(ZoneInfo(workspace.settings.town.time_zone)).date()
