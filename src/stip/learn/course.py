# SPDX-License-Identifier: EUPL-1.2
"""The half-yearly decision: go on, change or stop, with what the stated measure said at that moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pandas as pd

from stip.agreements import tidy_reason
from stip.errors import PlanError
from stip.learn.measure import Outcome, measure_outcome
from stip.space import shift_week, week_at
from stip.store import Workspace, read_decisions, record

DECIDING_ROLES = ("bestuur", "fg")
"""Who may decide, by role; a name is never kept."""
_HALF_YEAR = 26


class CourseChoice(StrEnum):
    """What is decided."""

    GO = "go"
    CHANGE = "change"
    STOP = "stop"

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return {"go": "doorgaan", "change": "bijstellen", "stop": "stoppen"}[self.value]


@dataclass(frozen=True)
class Course:
    """A decision that may be written down.

    Attributes
    ----------
    choice : CourseChoice
    reason : str
    role : str
    week : str
        In which it is decided.
    outcome : Outcome
        What the measure says now; it is kept with the decision.
    """

    choice: CourseChoice
    reason: str
    role: str
    week: str
    outcome: Outcome


def check_course(workspace: Workspace, choice: str, *, reason: str, role: str, at: datetime) -> Course:
    """Return the decision, tidied, with what the measure says at this moment.

    Raises
    ------
    PlanError
        When there is no such choice or role, the reason may not be kept, or no measure was stated.
    """
    if choice not in tuple(map(str, CourseChoice)):
        raise PlanError(f"‘{choice}’ kan niet. Kies uit {', '.join(CourseChoice)}.")
    if role not in DECIDING_ROLES:
        raise PlanError(f"Deze rol beslist hier niet over. Kies uit {', '.join(DECIDING_ROLES)}; schrijf geen naam.")
    if not workspace.settings.learn.measure.is_stated:
        raise PlanError("Vul eerst in stip.toml in waaraan u afmeet of het werkt: learn.measure.")
    week = week_at(at, workspace.settings.town.time_zone)
    return Course(CourseChoice(choice), tidy_reason(reason, PlanError), role, week, measure_outcome(workspace))


def record_course(workspace: Workspace, course: Course, *, at: datetime, decision_id: str = "") -> str:
    """Write the decision down beside the earlier ones, and return its id; none is ever changed.

    Parameters
    ----------
    course : Course
        From `check_course`.
    at : aware datetime
    decision_id : str, optional
        What a log called it beforehand: 32 random hex digits.
    """
    found, measure = course.outcome.difference, course.outcome.measure
    row = {
        "week": course.week,
        "choice": str(course.choice),
        "reason": course.reason,
        "role": course.role,
        "measure": measure.kind,
        "threshold": measure.threshold,
        "from_week": measure.from_week,
        "weeks": len(course.outcome.weeks),
        "value": None if found is None else found.share,
        "low": None if found is None else found.low,
        "high": None if found is None else found.high,
        "outcome": str(course.outcome.met),
    } | ({"decision_id": decision_id} if decision_id else {})
    return record(workspace, "course", pd.DataFrame([row]), at=at)[0]


def courses(workspace: Workspace) -> pd.DataFrame:
    """Return every decision that was ever taken, oldest first."""
    return read_decisions(workspace, "course", history=True)


def course_due(workspace: Workspace) -> str:
    """Return the week in which the next decision is due, half a year after the last, or after the first week.

    Empty when no measure was stated, so that nothing has begun.
    """
    taken = courses(workspace)
    since = str(taken["week"].iloc[-1]) if len(taken) else workspace.settings.learn.measure.from_week
    return shift_week(since, _HALF_YEAR) if since else ""
