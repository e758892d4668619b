# SPDX-License-Identifier: EUPL-1.2
"""The weeks that have an outlook or a plan, and what an operation about one week begins with."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from stip.agreements import check_stage
from stip.errors import SettingsError
from stip.learn import latest_score, outlook_that_counts
from stip.space import monday
from stip.store import Run, Workspace, latest_run, read_decisions, runs_of
from stip_web.accounts.permissions import Permission as May
from stip_web.answers.problems import Refused
from stip_web.api.operation import operation
from stip_web.api.schemas import Body, week_field
from stip_web.workspaces.clock import this_week
from stip_web.workspaces.current import current_workspace

router = Router(tags=["weeks"])


class Week(Body):
    """A week, and what there is about it."""

    week: str = week_field()
    first_day: date
    last_day: date
    outlook_made_at: datetime | None = Field(description="When the newest outlook was frozen.")
    plan: Literal["none", "proposed", "adopted"]
    record: Literal["notScored", "provisional", "final"] = Field(description="How sure it is what came in.")


class Weeks(Body):
    """All weeks, newest first."""

    this_week: str = week_field(description="The week that it is now for this installation.")
    weeks: list[Week]


@operation(
    router, "/weeks", permission=(May.OUTLOOK_READ, May.OUTLOOK_COARSE, May.PLAN_READ, May.LEARN_READ),
    returns=Weeks, summary="Weeks with an outlook or a plan",
)  # fmt: skip
def list_weeks(request: HttpRequest) -> dict[str, Any]:
    """Name the weeks, with what there is about each."""
    workspace = current_workspace()
    plans = {run.week for run in runs_of(workspace, "plan")}
    weeks = plans | {run.week for run in runs_of(workspace, "outlook")}
    adopted = set(read_decisions(workspace, "plan")["week"])
    return {
        "thisWeek": this_week(workspace),
        "weeks": [_told(workspace, week, plans, adopted) for week in sorted(weeks, reverse=True)],
    }


def _told(workspace: Workspace, week: str, plans: set[str], adopted: set[str]) -> dict[str, Any]:
    outlook, judged = latest_run(workspace, "outlook", week), outlook_that_counts(workspace, week)
    score = None if judged is None else latest_score(workspace, judged)
    first = monday(week)
    return {
        "week": week,
        "firstDay": first,
        "lastDay": first + timedelta(days=6),
        "outlookMadeAt": None if outlook is None else outlook.facts["made_at"],
        "plan": "adopted" if week in adopted else "proposed" if week in plans else "none",
        "record": "notScored" if score is None else score.notes["state"],
    }


def run_of_week(workspace: Workspace, kind: str, week: str) -> Run:
    """Give the newest run of a week.

    Raises
    ------
    Refused
        With 404 when there is no such week, or nothing of that kind in it.
    AgreementError
        When that stage or a source of its reports is on hold, or no longer agreed: what was made is not told either.
    """
    check_stage(workspace, kind)
    try:
        monday(week)
    except SettingsError as error:
        raise Refused(404, str(error)) from None
    run = latest_run(workspace, kind, week)
    if run is None:
        what = {"outlook": "geen vooruitblik", "plan": "geen weekplan"}[kind]
        raise Refused(404, f"Voor {week} is er {what}. /api/v1/weeks zegt welke weken er zijn.")
    return run
