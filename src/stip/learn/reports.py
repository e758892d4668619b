# SPDX-License-Identifier: EUPL-1.2
"""Reports from the street, many at once: each becomes feedback, and a visit when somebody was there, exactly once.

A report has its number before it is sent, and the decisions take that number: sent or mirrored again, it is the same
decision. So a caller that was killed half-way simply calls again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from stip.errors import PlanError
from stip.learn.feedback import LONGEST_HOURS, FeedbackCode, check_code, check_inside, check_moment
from stip.store import Workspace, read_decisions, record


@dataclass(frozen=True)
class Report:
    """How it was at one place, as one person told it; it does not say who.

    Attributes
    ----------
    report_id : str
        32 hex digits, given where the report was made.
    plan_id, place_id : str
    visited : bool
    at : aware datetime
        When it was told.
    code : str
        One of `stip.learn.CODES` when visited, else empty.
    better_cells : tuple of int
        Cells of the study area where the team would rather have gone.
    hours : float
        What the visit took, above 0; 0 leaves no visit on record.
    team : str
        A code of ``plan.teams``; empty for the first.
    """

    report_id: str
    plan_id: str
    place_id: str
    visited: bool
    at: datetime
    code: str = ""
    better_cells: tuple[int, ...] = ()
    hours: float = 0.0
    team: str = ""


class ReportCheck:
    """Says of reports whether they fit the plans of the workspace; reads the plans once.

    Parameters
    ----------
    workspace : Workspace
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        plans = read_decisions(workspace, "plan", history=True)
        first = next(iter(workspace.settings.plan.teams))
        named = plans.assign(team=plans["team"].fillna(first))
        self._planned = {
            (str(row["plan_id"]), str(row["place_id"])): (str(row["week"]), str(row["team"]))
            for row in named.to_dict("records")
        }

    def week_of(self, report: Report) -> str:
        """Give the week of a report that fits.

        Raises
        ------
        PlanError
            When its place was never in that plan, the week has not begun, the code does not fit, the hours cannot
            be, or a cell lies outside the study area.
        """
        planned = self._planned.get((report.plan_id, report.place_id))
        if planned is None:
            raise PlanError("Deze plek staat niet in dat weekplan. Open de lijst opnieuw en meld het daar.")
        week, _ = planned
        check_moment(self._workspace, week, report.at)
        check_code(report.code, visited=report.visited)
        if not 0 <= report.hours <= LONGEST_HOURS or (report.hours and not report.visited):
            raise PlanError(f"{report.hours} uur kan niet. Geef een getal van 0 tot {LONGEST_HOURS:.0f}.")
        check_inside(self._workspace, list(report.better_cells))
        return week

    def team_of(self, report: Report) -> str | None:
        """Give the code of the team whose place it is; None when it is in no plan."""
        planned = self._planned.get((report.plan_id, report.place_id))
        return planned[1] if planned else None


def record_reports(workspace: Workspace, reports: Iterable[Report]) -> dict[str, str]:
    """Record reports as feedback and visits; what stands already is left as it is.

    Returns
    -------
    dict of str to str
        For each ``report_id`` nothing, or the sentence why it does not fit: then nothing of it was recorded.
    """
    told: dict[str, str] = {}
    feedback: dict[str, dict[str, Any]] = {}
    visits: dict[str, dict[str, Any]] = {}
    with workspace.writing():
        checking = ReportCheck(workspace)
        for report in reports:
            try:
                week = checking.week_of(report)
            except PlanError as error:
                told[report.report_id] = str(error)
                continue
            told[report.report_id] = ""
            common = {
                "decision_id": report.report_id,
                "at": pd.Timestamp(report.at).tz_convert("UTC"),
                "plan_id": report.plan_id,
                "place_id": report.place_id,
                "week": week,
                "team": report.team or None,
            }
            feedback[report.report_id] = common | {
                "visited": report.visited,
                "code": report.code if report.visited else str(FeedbackCode.NOT_VISITED),
                "better_cells": sorted(set(report.better_cells)) or None,
            }
            if report.hours:
                visits[report.report_id] = common | {"hours": report.hours}
        _append(workspace, "visit", visits)  # first: feedback of a visit without its hours would be half a report
        _append(workspace, "feedback", feedback)
    return told


def _append(workspace: Workspace, kind: str, rows: dict[str, dict[str, Any]]) -> None:
    """Record the rows whose number is not taken yet, in one file."""
    if not rows:
        return
    taken = set(read_decisions(workspace, kind, history=True)["decision_id"])
    new = [row for number, row in rows.items() if number not in taken]
    if new:
        record(workspace, kind, pd.DataFrame(new), at=max(row["at"] for row in new).to_pydatetime())
