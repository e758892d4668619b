# SPDX-License-Identifier: EUPL-1.2
"""Bringing entries from the database to the workspace, each exactly once.

The database has an entry first; the workspace gets it under the same number. A kill in between leaves an entry
without its mark: the next sweep brings it again, and the number says that it stands already.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable

from stip.errors import StipError
from stip.learn import Report, record_reports
from stip.store import Workspace
from stip_web.street.models import AreaRemark, Entry, Mirrored
from stip_web.street.remarks import raise_area_remarks, raise_remarks

log = logging.getLogger(__name__)

AT_ONCE = 500

_NO_CELL = "Het vak bij ‘beter hier’ bestaat niet meer in dit raster."


def mirror(workspace: Workspace, *, wait_seconds: float = 10) -> int:
    """Bring what is not in the workspace yet, oldest first.

    Parameters
    ----------
    wait_seconds : float
        How long to wait for another program that writes.

    Returns
    -------
    int
        How many were brought.

    Raises
    ------
    WorkspaceBusy
        When another program keeps writing; what waits is brought by the next sweep.
    """
    brought = 0
    while True:
        waiting = list(Entry.objects.filter(mirrored=None).order_by("told_at", "entry_id")[:AT_ONCE])
        if not waiting:
            if not brought and AreaRemark.objects.exists():  # what waits for the rules of the town
                with workspace.writing(wait_seconds=wait_seconds):
                    raise_area_remarks(workspace)
            return brought
        with workspace.writing(wait_seconds=wait_seconds):
            told = record_reports(workspace, list(_reports(workspace, waiting)))
            raise_remarks(workspace, [entry for entry in waiting if not told.get(entry.entry_id.hex, _NO_CELL)])
            raise_area_remarks(workspace)
        for report_id, refused in told.items():
            if refused:
                log.warning("entry %s did not fit the workspace any more", uuid.UUID(hex=report_id))
        Mirrored.objects.bulk_create(
            [Mirrored(entry=entry, refused=told.get(entry.entry_id.hex, _NO_CELL)[:400]) for entry in waiting],
            ignore_conflicts=True,  # another process brought it at the same time
        )
        brought += len(waiting)


def _reports(workspace: Workspace, entries: Iterable[Entry]) -> Iterable[Report]:
    """Give each entry as the library takes it; one whose cell the grid no longer knows is left out."""
    for entry in entries:
        try:
            better = tuple(workspace.grid.cell_named(name) for name in entry.better)
        except StipError:
            continue
        yield Report(
            report_id=entry.entry_id.hex,
            plan_id=entry.plan_id,
            place_id=entry.place_id,
            visited=entry.visited,
            at=entry.told_at,
            code=entry.code,
            better_cells=better,
            hours=entry.hours,
            team=entry.team,
        )
