# SPDX-License-Identifier: EUPL-1.2
"""What was seen in the street becomes a signal, once: a lamp with its place, help with its neighbourhood only."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from uuid import UUID, uuid5

from stip.errors import StipError, WorkspaceBusy
from stip.signals import NewSignal, Stream, place_of_plan, raise_signal
from stip.store import Workspace, read_decisions
from stip_web.signals.actions import kind_of_remark
from stip_web.street.models import AreaRemark, Entry
from stip_web.workspaces.clock import now

log = logging.getLogger(__name__)

_ROLE = "lid"
_SIGNALS = UUID("7f6f2d0e-5a0e-4c55-9d43-0b6f3a2b8c11")
"""Names the signal of an entry after the entry, so that who tries again finds it there."""


def raise_remarks(workspace: Workspace, entries: Iterable[Entry]) -> None:
    """Raise the signal of each entry with a remark; one that stands already is left alone.

    Raises
    ------
    WorkspaceBusy
        When another program keeps writing.
    """
    marked = [(uuid5(_SIGNALS, str(entry.entry_id)).hex, entry) for entry in entries if entry.remark]
    known = _known(workspace) if marked else set()
    for signal_id, entry in marked:
        kind = kind_of_remark(workspace.settings, entry.remark)
        if not kind or signal_id in known:
            continue
        try:
            cells, area_code = place_of_plan(workspace, entry.week, entry.place_id)
            new = NewSignal(kind, entry.remark, entry.week, _ROLE, Stream.STREET, cells=cells, area_code=area_code)
            raise_signal(workspace, new, at=entry.told_at, signal_id=signal_id)
        except WorkspaceBusy:
            raise
        except StipError:
            log.warning("the remark of entry %s did not fit as a signal", entry.entry_id)


def raise_area_remarks(workspace: Workspace) -> None:
    """Raise the signal of each remark of help that has none yet; nothing leads from it to an entry or a place.

    Raises
    ------
    WorkspaceBusy
        When another program keeps writing.
    """
    waiting = list(AreaRemark.objects.filter(raised=False))
    known = _known(workspace) if waiting else set()
    for remark in waiting:
        kind = kind_of_remark(workspace.settings, remark.code)
        if kind and remark.signal_id.hex not in known:
            new = NewSignal(kind, remark.code, remark.week, _ROLE, Stream.STREET, area_code=remark.area_code)
            try:
                raise_signal(workspace, new, at=now(workspace), signal_id=remark.signal_id.hex)
            except WorkspaceBusy:
                raise
            except StipError:
                log.warning("a remark of a neighbourhood did not fit as a signal")
        AreaRemark.objects.filter(pk=remark.pk).update(raised=True)


def _known(workspace: Workspace) -> set[str]:
    return set(read_decisions(workspace, "signal", history=True)["decision_id"])
