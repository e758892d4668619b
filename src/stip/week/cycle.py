# SPDX-License-Identifier: EUPL-1.2
"""All stages of a week in order.

Nothing here keeps state: each step looks in the workspace whether its result is there already, so a week that
was killed half-way is finished by starting it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from stip.agreements import Purpose, check_not_paused, check_sources, load_agreement, retention
from stip.errors import HistoryError, StipError
from stip.intake import IntakeReport, check_received, read_incident_file, shown_name
from stip.learn import due_weeks, score_week
from stip.link import Linked, address_book, link_workspace
from stip.outlook import check_recent, make_outlook
from stip.plan import make_plan, standing_plan
from stip.signals import find_unvisited
from stip.space import monday, shift_week, week_at, week_number, week_start
from stip.store import Run, Workspace, day_in_town, first_open_week, incident_sources, last_known_at
from stip.week.files import write_files
from stip.week.gather import gather
from stip.week.view import WeekView


def _silent(what: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Looked:
    """What a week would bring, without anything written.

    Attributes
    ----------
    week : str
        The week to look ahead to, as far as that can be told before the files are in.
    destroyed : dict of str to int
        Reports past their retention, by source.
    intake : tuple of IntakeReport
        One for each file.
    due : tuple of str
        Weeks that can be scored with what is in the workspace now.
    """

    week: str
    destroyed: dict[str, int]
    intake: tuple[IntakeReport, ...]
    due: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self) | {"intake": [report.to_dict() for report in self.intake]}


@dataclass(frozen=True)
class WeekResult:
    """What a week brought.

    Attributes
    ----------
    destroyed : dict of str to int
        Reports that were destroyed because their retention is over, by source.
    intake : tuple of IntakeReport
        One for each file.
    link : Linked
    scored : tuple of str
        Weeks whose outlook was scored (again).
    signals : int
        Districts with top cells that nobody visited last week, and that are new as a signal.
    outlook, plan : Run
    view : WeekView
    files : dict of str to Path
        What was written for people, by kind.
    warnings : tuple of str
        What could not be done beside outlook and plan, in sentences.
    """

    destroyed: dict[str, int]
    intake: tuple[IntakeReport, ...]
    link: Linked
    scored: tuple[str, ...]
    signals: int
    outlook: Run
    plan: Run
    view: WeekView
    files: dict[str, Path]
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the result as JSON can hold it."""
        return {
            "week": self.view.week,
            "destroyed": self.destroyed,
            "intake": [report.to_dict() for report in self.intake],
            "scored": list(self.scored),
            "signals": self.signals,
            "outlook": self.outlook.run_id,
            "plan": self.plan.run_id,
            "status": self.view.status,
            "used": self.view.used,
            "warnings": [*self.view.warnings, *self.warnings],
            "places": [asdict(place) for place in self.view.places],
            "record": [asdict(line) for line in self.view.record],
            "files": {kind: str(path) for kind, path in self.files.items()},
        }


def run_week(
    workspace: Workspace,
    week: str = "",
    *,
    files: tuple[Path, ...] = (),
    source: str = "bvh",
    received_at: datetime,
    accept_refused: bool = False,
    progress: Callable[[str], None] = _silent,
) -> WeekResult:
    """Run a week: read the files, destroy what is too old, link, score, look ahead, plan, write what people need.

    Last it finds where nobody came. When that cannot be done, the outlook and the plan stand, and a warning says why.


    Parameters
    ----------
    week : str
        The ISO week to look ahead to; the first that is not delivered wholly when empty.
    received_at : aware datetime
        When the files were delivered.
    progress : callable
        Is told each step in a few Dutch words.

    Raises
    ------
    StipError
        From the first step that cannot be done; what was finished before stays.
    """
    check_received(received_at)
    if week:
        monday(week)
    check_not_paused(workspace, "all")
    reports = _read(workspace, files, source, received_at, progress, accept_refused=accept_refused, dry_run=False)
    progress("Bewaartermijnen nakijken")
    destroyed = _by_source(retention(workspace, on=_today(workspace)))
    progress("Koppelen: vakken, gebieden en omgeving")
    link = link_workspace(workspace)
    chosen = week or _open_week(workspace, received_at)
    progress("Nameten: wat kwam er uit?")
    scored = _due_before(workspace, chosen, received_at)
    for earlier in scored:
        score_week(workspace, earlier, at=received_at)
    progress(f"Vooruitzien naar {chosen}")
    outlook = make_outlook(workspace, chosen, progress=progress)
    progress("Plannen")
    plan = make_plan(workspace, chosen, outlook=outlook)
    progress("Kaart en lijst maken")
    view = gather(workspace, outlook, plan)
    files_made = write_files(workspace, view, plan)
    progress("Signalen: waar kwam niemand?")
    signals, warnings = _signals(workspace, shift_week(chosen, -1), received_at)
    return WeekResult(destroyed, reports, link, scored, signals, outlook, plan, view, files_made, warnings)


def look_at_week(
    workspace: Workspace,
    week: str = "",
    *,
    files: tuple[Path, ...] = (),
    source: str = "bvh",
    received_at: datetime,
    accept_refused: bool = False,
    progress: Callable[[str], None] = _silent,
) -> Looked:
    """Tell what `run_week` would do, and write nothing; the parameters are those of `run_week`.

    Raises
    ------
    StipError
        When `run_week` would refuse too, as far as that can be told before anything is done.
    """
    check_received(received_at)
    if week:
        monday(week)
    check_not_paused(workspace, "all")
    for purpose in (Purpose.OUTLOOK, Purpose.PLAN, Purpose.DOT_MAP):
        check_sources(workspace, incident_sources(workspace), purpose)
    if week:
        _check_week(workspace, week, received_at if files else None)
    destroyed = _by_source(retention(workspace, on=_today(workspace), dry_run=True))
    reports = _read(workspace, files, source, received_at, progress, accept_refused=accept_refused, dry_run=True)
    chosen = week or first_open_week(workspace, at=received_at) or ""
    return Looked(chosen, destroyed, reports, _due_before(workspace, chosen, received_at) if chosen else ())


def _check_week(workspace: Workspace, week: str, received_at: datetime | None) -> None:
    """Refuse a week for which no outlook can be made; reports in new files may be as new as their receipt."""
    zone = workspace.settings.town.time_zone
    newest = received_at or last_known_at(workspace, known_before=week_start(week, zone))
    if newest is None:
        raise HistoryError("Voor die week was er nog geen enkele melding bekend. Kies een latere week.")
    check_recent(week_number(week_at(newest, zone)), week_number(week))


def _read(
    workspace: Workspace,
    files: tuple[Path, ...],
    source: str,
    received_at: datetime,
    progress: Callable[[str], None],
    *,
    accept_refused: bool,
    dry_run: bool,
) -> tuple[IntakeReport, ...]:
    addresses = address_book(workspace, load_agreement(workspace, source)) if files else None
    reports = []
    for path in files:
        progress(f"Inlezen: {shown_name(path)}")
        reports.append(
            read_incident_file(
                workspace,
                path,
                source,
                received_at=received_at,
                accept_refused=accept_refused,
                addresses=addresses,
                dry_run=dry_run,
            )
        )
    return tuple(reports)


def _today(workspace: Workspace) -> date:
    """Return the day by which retention counts: today, whatever day of receipt was typed."""
    return day_in_town(workspace, datetime.now(UTC))


def _by_source(rows: pd.DataFrame) -> dict[str, int]:
    counted = rows.groupby("source")["destroyed"].sum()
    return {str(source): int(count) for source, count in counted.items() if count}


def _open_week(workspace: Workspace, at: datetime) -> str:
    week = first_open_week(workspace, at=at)
    if week is None:
        raise HistoryError("Er zijn nog geen meldingen. Geef een bestand mee: stip week BESTAND")
    return week


def _signals(workspace: Workspace, week: str, at: datetime) -> tuple[int, tuple[str, ...]]:
    """Find where nobody came in the week before, when it is over and had a plan: without one nobody was sent.

    Returns
    -------
    int
        How many are new.
    tuple of str
        Why it could not be done, when so.
    """
    over = at >= week_start(shift_week(week, 1), workspace.settings.town.time_zone)
    if not over or standing_plan(workspace, week).empty:
        return 0, ()
    try:
        return sum(one.new for one in find_unvisited(workspace, week, at=at)), ()
    except StipError as error:
        return 0, (f"Waar in {week} niemand kwam, is niet gezocht: {error} Zoek later met ‘stip signals find’.",)


def _due_before(workspace: Workspace, week: str, at: datetime) -> tuple[str, ...]:
    """Return the weeks before that are due; one that was not delivered wholly waits for it."""
    return tuple(earlier for earlier in due_weeks(workspace, at=at) if week_number(earlier) < week_number(week))
