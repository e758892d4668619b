# SPDX-License-Identifier: EUPL-1.2
"""How far the deliveries reach: one answer for what is looked ahead to and for what may be scored."""

from __future__ import annotations

from datetime import UTC, datetime

from stip.space import shift_week, week_at, week_start
from stip.store.incidents import batches, last_known_at
from stip.store.workspace import Workspace


def first_open_week(workspace: Workspace, *, at: datetime | None = None, sources: tuple[str, ...] = ()) -> str | None:
    """Return the first week that the deliveries do not cover wholly: the week to look ahead to.

    That is the week after the one in which the newest report became known; or that week itself when the last delivery
    came in before it was over, because then the rest of it is still to come. The clock has no say: a file that was
    not delivered is no quiet week.

    Parameters
    ----------
    at : aware datetime, optional
        As things stood then: what came in or became known later does not exist.
    sources : tuple of str
        Only what these brought; all sources together when empty.

    Returns
    -------
    str or None
        An ISO week; every earlier one lies wholly before the last delivery. None without reports.
    """
    zone = workspace.settings.town.time_zone
    newest = last_known_at(workspace, known_before=at or datetime.max.replace(tzinfo=UTC), sources=sources)
    if newest is None:
        return None
    week = week_at(newest, zone)
    after = shift_week(week, 1)
    received = [
        datetime.fromisoformat(str(manifest["received_at"]))
        for manifest in batches(workspace)
        if manifest.get("received_at") and (not sources or manifest.get("source", sources[0]) in sources)
    ]
    in_time = [moment for moment in received if at is None or moment <= at]
    return week if in_time and max(in_time) < week_start(after, zone) else after
