# SPDX-License-Identifier: EUPL-1.2
"""What time it is for the site. The sample town lives in its own week, or a demo would always be late."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from stip.space import week_at
from stip.store import Workspace, day_in_town, now_in_its_week


def now(workspace: Workspace) -> datetime:
    """Give the time, in UTC; in a demo, two hours after the last file came in."""
    real = timezone.now()
    return now_in_its_week(workspace, real) if settings.DEMO else real


def today(workspace: Workspace) -> date:
    """Give the day that it is in the town: by UTC it would still be yesterday there for an hour or two."""
    return day_in_town(workspace, now(workspace))


def this_week(workspace: Workspace) -> str:
    """Give the ISO week that it is now."""
    return week_at(now(workspace), workspace.settings.town.time_zone)
