# SPDX-License-Identifier: EUPL-1.2
"""What was seen in the street becomes a signal, once: a lamp with its place, help with its neighbourhood only."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from uuid import UUID, uuid5

from stip.errors import StipError, WorkspaceBusy
from stip.settings import Settings
from stip.signals import NewSignal, SignalKind, Stream, place_of_plan, raise_signal, rule_of
from stip.store import Workspace, read_decisions
from stip_web.signals.actions import kind_of_remark
from stip_web.street.codes import HELP, REMARKS
from stip_web.street.models import AreaRemark, Entry
from stip_web.workspaces.clock import now

log = logging.getLogger(__name__)

_ROLE = "lid"
_NO_RULE = "De regels van de stad kennen geen soort voor hulp. Vul signals.rules.help in stip.toml aan."
_SIGNALS = UUID("7f6f2d0e-5a0e-4c55-9d43-0b6f3a2b8c11")
"""Names the signal of an entry after the entry, so that who tries again finds it there."""


def offered(settings: Settings) -> dict[str, str]:
    """Give what can be chosen: what the town's rules make a signal of, and always that somebody may need help."""
    return {code: said for code, said in REMARKS.items() if code == HELP or kind_of_remark(settings, code)}


def is_help(settings: Settings, code: str) -> bool:
    """Whether a remark is kept of its neighbourhood only."""
    return code == HELP or (code != "" and kind_of_remark(settings, code) == SignalKind.HELP)


def _as_ruled(settings: Settings, code: str) -> tuple[str, str]:
    """Give kind and category by the town's rules; no kind when they do not know it."""
    help_ = rule_of(settings, SignalKind.HELP).categories
    if code == HELP and help_:
        return str(SignalKind.HELP), code if code in help_ else next(iter(help_))
    return ("" if code == HELP else kind_of_remark(settings, code)), code


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
        if signal_id in known:
            continue
        if not kind:
            log.warning("the rules of the town know no remark like that of entry %s", entry.entry_id)
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
    """Raise the signal of each remark of help, and let go of it; nothing leads from it to an entry or a place.

    What the rules of the town do not know, or the library refuses, is marked with why, for who decides on help; the
    next sweep tries it again.

    Raises
    ------
    WorkspaceBusy
        When another program keeps writing.
    """
    waiting = list(AreaRemark.objects.all())
    known = _known(workspace) if waiting else set()
    for remark in waiting:
        kind, category = _as_ruled(workspace.settings, remark.code)
        if not kind:
            log.warning("the rules of the town know no category of help; a remark waits")
            _mark(remark, _NO_RULE)
            continue
        if remark.signal_id.hex not in known:
            new = NewSignal(kind, category, remark.week, _ROLE, Stream.STREET, area_code=remark.area_code)
            try:
                raise_signal(workspace, new, at=now(workspace), signal_id=remark.signal_id.hex)
            except WorkspaceBusy:
                raise
            except StipError as error:
                log.warning("a remark of a neighbourhood did not fit as a signal; it waits")
                _mark(remark, str(error))
                continue
        AreaRemark.objects.filter(pk=remark.pk).delete()


def _mark(remark: AreaRemark, why: str) -> None:
    """Keep why a remark could not be raised; the sentences of the library repeat no value."""
    AreaRemark.objects.filter(pk=remark.pk).update(trouble=why[:300])


def _known(workspace: Workspace) -> set[str]:
    return set(read_decisions(workspace, "signal", history=True)["decision_id"])
