# SPDX-License-Identifier: EUPL-1.2
"""The half-year report: what was known, and what was done with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
        The counts are rounded to a multiple of `COARSE`, are as they stood when the half year ended, and are None
        until then: who watches a rounded count that lives, sees the one signal that makes it jump.
    known : int or None
        Signals that became known in the half year; each is in exactly one of the next that follow.
    acted, handed_over, let_be, waiting : int or None
        How they stand: somebody acts, a partner was told, it was let be with a reason, nothing is decided or sent.
    taken_on : int or None
        Of those handed over: the partner takes it on, or is done.
    declined : int or None
        How often a partner said no.
    late : int or None
        Decided or sent after the date, or still waiting after it.
    """

    kind: str
    label: str
    coarse: bool
    known: int | None
    acted: int | None
    handed_over: int | None
    taken_on: int | None
    declined: int | None
    let_be: int | None
    waiting: int | None
    late: int | None

    @property
    def withheld(self) -> bool:
        """Whether its counts are not told yet."""
        return self.known is None


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
        a small town is as good as a name. They are told when the half year is over, as they stood then, and never
        change again. Of those kinds no reasons are told either.
    """
    first, last = half_bounds(half)
    zone = ZoneInfo(workspace.settings.town.time_zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)

    def within(signals: list[Known]) -> list[Known]:
        return [one for one in signals if first <= one.at.astimezone(zone).date() <= last]

    found = within(signals_of(workspace))
    ended = within(signals_of(workspace, before=end)) if coarse and on > last else []
    rows, reasons, shared = [], Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for kind in SignalKind:
        if kind in coarse:
            rows.append(_coarse(workspace, kind, ended, last, over=on > last))
            continue
        mine = [one for one in found if one.kind == kind]
        rows.append(ReportRow(str(kind), rule_of(workspace.settings, kind).label, False, **_counts(mine, on)))
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


def _coarse(workspace: Workspace, kind: SignalKind, ended: list[Known], last: date, *, over: bool) -> ReportRow:
    """Count as it stood on the last day, in steps; nothing while there is still something to watch."""
    exact = _counts([one for one in ended if one.kind == kind], last)
    told = {name: COARSE * round(count / COARSE) if over else None for name, count in exact.items()}
    return ReportRow(str(kind), rule_of(workspace.settings, kind).label, True, **told)


def _counts(mine: list[Known], on: date) -> dict[str, int]:
    return {
        "known": len(mine),
        "acted": sum(one.state is State.ACTED for one in mine),
        "handed_over": sum(one.state in _HANDED for one in mine),
        "taken_on": sum(one.state in (State.TAKEN, State.DONE) for one in mine),
        "declined": sum(step.taken_on == TakenOn.NO for one in mine for step in one.steps),
        "let_be": sum(one.state is State.LET_BE for one in mine),
        "waiting": sum(one.state.waits for one in mine),
        "late": sum(one.late or one.overdue(on) for one in mine),
    }


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
