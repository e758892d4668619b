# SPDX-License-Identifier: EUPL-1.2
"""The half-year report: what was known, and what was done with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from stip.errors import SignalError
from stip.settings import SHAREABLE
from stip.signals.kinds import AnswerKind, SignalKind, State, TakenOn, rule_of
from stip.signals.standing import Known, signals_of
from stip.store import Workspace

COARSE = 5
"""To a multiple of this a count is rounded for who may not see the signals themselves."""

COUNTS = ("known", "acted", "handed_over", "taken_on", "declined", "let_be", "waiting", "late")
_HALF = re.compile(r"(\d{4})-([12])", re.ASCII)
_HANDED = (State.HANDED, State.TAKEN, State.DONE)


@dataclass(frozen=True)
class ReportRow:
    """One kind of signal in a half year.

    Attributes
    ----------
    kind, label : str
    coarse : bool
        The counts are rounded to a multiple of `COARSE`.
    known : int
        Signals that became known in the half year; each is in exactly one of the next that follow.
    acted, handed_over, let_be, waiting : int
        How they stand: somebody acts, a partner was told, it was let be with a reason, nothing is decided or sent.
    taken_on : int
        Of those handed over: the partner takes it on, or is done.
    declined : int
        How often a partner said no.
    late : int
        Decided or sent after the date, or still waiting after it.
    """

    kind: str
    label: str
    coarse: bool
    known: int
    acted: int
    handed_over: int
    taken_on: int
    declined: int
    let_be: int
    waiting: int
    late: int


@dataclass(frozen=True)
class HalfYearReport:
    """What was known in a half year and what was done with it.

    Attributes
    ----------
    half : str
        Such as ``2026-1``.
    first, last : date
    rows : tuple of ReportRow
        One for each kind.
    reasons : tuple of (str, str, int)
        Kind, reason and how often: why a signal was let be. None of a kind that is coarse.
    shared : tuple of (str, str, int)
        Partner, what it was told, and how often. None of a kind that is coarse.
    """

    half: str
    first: date
    last: date
    rows: tuple[ReportRow, ...]
    reasons: tuple[tuple[str, str, int], ...]
    shared: tuple[tuple[str, str, int], ...]


def half_of(day: date) -> str:
    """Return the half year a day lies in.

    Examples
    --------
    >>> half_of(date(2026, 9, 7))
    '2026-2'
    """
    return f"{day.year}-{1 if day.month <= 6 else 2}"


def half_bounds(half: str) -> tuple[date, date]:
    """Return the first and the last day of a half year.

    Raises
    ------
    SignalError
        When the text is no half year.
    """
    form = _HALF.fullmatch(half)
    if form is None or not 1900 <= int(form[1]) <= 3000:
        raise SignalError("Dit is geen half jaar. Schrijf bijvoorbeeld 2026-1 of 2026-2.")
    year = int(form[1])
    return (date(year, 1, 1), date(year, 6, 30)) if form[2] == "1" else (date(year, 7, 1), date(year, 12, 31))


def report_of(
    workspace: Workspace, half: str, *, on: date, coarse: Collection[str] = (SignalKind.HELP,)
) -> HalfYearReport:
    """Count what became known in a half year, and what was done with it.

    Parameters
    ----------
    half : str
        Such as ``2026-1``; a signal counts where it became known, whenever it was decided on.
    on : date
        Today, for what is late.
    coarse : collection of str
        Kinds of which counts are rounded, because who reads may not see those signals: one remark about somebody in
        a small town is as good as a name. Of those no reasons are told either.
    """
    first, last = half_bounds(half)
    zone = ZoneInfo(workspace.settings.town.time_zone)
    found = [one for one in signals_of(workspace) if first <= one.at.astimezone(zone).date() <= last]
    rows, reasons, shared = [], Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for kind in SignalKind:
        mine = [one for one in found if one.kind == kind]
        rows.append(_row(workspace, kind, mine, on, coarse=kind in coarse))
        if kind in coarse:
            continue
        reasons.update((kind, one.reason) for one in mine if one.state is State.LET_BE)
        shared.update(told for one in mine for told in _told(workspace, one))
    return HalfYearReport(
        half,
        first,
        last,
        tuple(rows),
        tuple((kind, reason, count) for (kind, reason), count in sorted(reasons.items())),
        tuple((partner, what, count) for (partner, what), count in sorted(shared.items())),
    )


def _row(workspace: Workspace, kind: SignalKind, mine: list[Known], on: date, *, coarse: bool) -> ReportRow:
    counts = {
        "known": len(mine),
        "acted": sum(one.state is State.ACTED for one in mine),
        "handed_over": sum(one.state in _HANDED for one in mine),
        "taken_on": sum(one.state in (State.TAKEN, State.DONE) for one in mine),
        "declined": sum(step.taken_on == TakenOn.NO for one in mine for step in one.steps),
        "let_be": sum(one.state is State.LET_BE for one in mine),
        "waiting": sum(one.state.waits for one in mine),
        "late": sum(one.late or one.overdue(on) for one in mine),
    }
    if coarse:
        counts = {name: COARSE * round(count / COARSE) for name, count in counts.items()}
    return ReportRow(str(kind), rule_of(workspace.settings, kind).label, coarse, **counts)


def _told(workspace: Workspace, one: Known) -> list[tuple[str, str]]:
    """Return each time that a partner was really told, with what."""
    partners = workspace.settings.signals.partners
    seen, told = False, []
    for step in one.steps:
        if step.kind == AnswerKind.HAND_OVER and step.sent_by and not seen:
            label = partners[step.partner].label if step.partner in partners else step.partner
            told.append((label, ", ".join(SHAREABLE[code] for code in step.shared_what)))
        seen = bool(step.sent_by)
    return told
