# SPDX-License-Identifier: EUPL-1.2
"""All stages of a week in order.

Nothing here keeps state: each step looks in the workspace whether its result is there already, so a week that
was killed half-way is finished by starting it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from stip.agreements import check_not_paused
from stip.intake import IntakeReport, read_incident_file
from stip.learn import due_weeks, score_week
from stip.link import Linked, link_workspace
from stip.outlook import make_outlook
from stip.plan import make_plan
from stip.space import week_number
from stip.store import Run, Workspace
from stip.week.files import write_files
from stip.week.gather import gather
from stip.week.view import WeekView


def _silent(what: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class WeekResult:
    """What a week brought.

    Attributes
    ----------
    intake : tuple of IntakeReport
        One for each file.
    link : Linked
    scored : tuple of str
        Weeks whose outlook was scored (again).
    outlook, plan : Run
    view : WeekView
    files : dict of str to Path
        What was written for people, by kind.
    """

    intake: tuple[IntakeReport, ...]
    link: Linked
    scored: tuple[str, ...]
    outlook: Run
    plan: Run
    view: WeekView
    files: dict[str, Path]

    def to_dict(self) -> dict[str, Any]:
        """Return the result as JSON can hold it."""
        return {
            "week": self.view.week,
            "intake": [report.to_dict() for report in self.intake],
            "scored": list(self.scored),
            "outlook": self.outlook.run_id,
            "plan": self.plan.run_id,
            "used": self.view.used,
            "warnings": list(self.view.warnings),
            "places": [asdict(place) for place in self.view.places],
            "record": [asdict(line) for line in self.view.record],
            "files": {kind: str(path) for kind, path in self.files.items()},
        }


def run_week(
    workspace: Workspace,
    week: str,
    *,
    files: tuple[Path, ...] = (),
    source: str = "bvh",
    received_at: datetime,
    accept_refused: bool = False,
    progress: Callable[[str], None] = _silent,
) -> WeekResult:
    """Run a week: read the files, link, score the weeks before, look ahead, plan, write what people need.

    Parameters
    ----------
    week : str
        The ISO week to look ahead to.
    received_at : aware datetime
        When the files were delivered.
    progress : callable
        Is told each step in a few Dutch words.

    Raises
    ------
    StipError
        From the first step that cannot be done; what was finished before stays.
    """
    check_not_paused(workspace, "all")
    reports = []
    for path in files:
        progress(f"Inlezen: {path.name}")
        reports.append(
            read_incident_file(workspace, path, source, received_at=received_at, accept_refused=accept_refused)
        )
    progress("Koppelen: vakken, gebieden en omgeving")
    link = link_workspace(workspace)
    progress("Nameten: wat kwam er uit?")
    scored = _score_before(workspace, week, received_at)
    progress("Vooruitzien")
    outlook = make_outlook(workspace, week, progress=progress)
    progress("Plannen")
    plan = make_plan(workspace, week, outlook=outlook)
    progress("Kaart en lijst maken")
    view = gather(workspace, outlook, plan)
    return WeekResult(tuple(reports), link, scored, outlook, plan, view, write_files(workspace, view, plan))


def _score_before(workspace: Workspace, week: str, at: datetime) -> tuple[str, ...]:
    """Score the weeks before that are due; one whose file did not come in yet waits for it."""
    due = tuple(earlier for earlier in due_weeks(workspace, at=at) if week_number(earlier) < week_number(week))
    for earlier in due:
        score_week(workspace, earlier, at=at)
    return due
