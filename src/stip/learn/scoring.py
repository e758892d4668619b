# SPDX-License-Identifier: EUPL-1.2
"""Scoring a week in a workspace, first provisional, later final; each scoring is frozen and none is overwritten."""

from __future__ import annotations

import math
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from stip.agreements import Purpose, check_not_paused, check_sources
from stip.errors import ContractError, HistoryError, WorkspaceError
from stip.learn.delivered import Delivered, delivered
from stip.learn.same_cells import side_by_side
from stip.learn.scores import Scored, score_rows
from stip.learn.streams import EVERY_TYPE, Choice, judgements, pointed_at
from stip.link import counts_by_week
from stip.outlook import AREA_SHARES
from stip.space import shift_week, week_start
from stip.store import (
    BESIDE,
    SCORE,
    Run,
    Workspace,
    conform,
    fingerprint,
    freeze_run,
    read_cells,
    read_incidents,
    runs_of,
)

PROVISIONAL, FINAL = "provisional", "final"


def score_week(workspace: Workspace, week: str, *, at: datetime, again: bool = False) -> pd.DataFrame:
    """Score every outlook of a week, and the places of its plan, on what is known now.

    A scoring that found something new is frozen beside the older ones as a run of the kind ``score``. A final one
    stands: retention may take the incidents away later, but not the score.

    Parameters
    ----------
    week : str
        ISO week; it must be over.
    at : aware datetime
        The moment: what became known later does not exist.
    again : bool
        Score also what is final already.

    Returns
    -------
    DataFrame that keeps the SCORE contract
        Of all outlooks of the week, each by its ``run_id``; ``model`` is a `Stream`.

    Raises
    ------
    HistoryError
        When the week is not over, was not delivered wholly by the sources of every type, had no outlook, or was
        scored with what was known later than ``at``.
    AgreementError
        When learning is paused, or the agreement of a source does not allow evaluation.
    """
    came_in_by, outlooks = check_scorable(workspace, week, at=at)
    choices, late = pointed_at(workspace, week)
    came = came_in(workspace, week, at=at)
    state = _state(workspace, week, came_in_by, at=at)
    tables = [
        _score(workspace, run, came, choices, late, state, at=at, again=again).table("score") for run in outlooks
    ]
    return conform(pd.concat(tables, ignore_index=True), SCORE).to_pandas()


def check_scorable(workspace: Workspace, week: str, *, at: datetime) -> tuple[Delivered, list[Run]]:
    """Refuse a week that cannot be scored at a moment; the parameters and errors are those of `score_week`.

    Returns
    -------
    tuple of Delivered and list of Run
        How far the deliveries reach, and the outlooks of the week: at least one.
    """
    check_not_paused(workspace, "learn")
    if at.tzinfo is None:
        raise ContractError(f"Het tijdstip {at} heeft geen tijdzone. Geef het in UTC.")
    zone = workspace.settings.town.time_zone
    end = week_start(shift_week(week, 1), zone)
    if at < end:
        raise HistoryError(
            f"{week} is nog niet voorbij. Meet de week na vanaf maandag {end:%d-%m-%Y}, als de meldingen binnen zijn."
        )
    came_in_by = delivered(workspace, at=at)
    if lacking := came_in_by.lacks(week):
        raise HistoryError(f"{lacking} Lees eerst nieuwere in; dan kan {week} worden nagemeten.")
    outlooks = runs_of(workspace, "outlook", week)
    if not outlooks:
        raise HistoryError(f"Voor {week} is geen vooruitblik gemaakt, dus er is niets om na te meten.")
    return came_in_by, outlooks


def came_in(workspace: Workspace, week: str, *, at: datetime) -> pd.DataFrame:
    """Return what was reported of a week, as known at a moment, each window spread over its weeks.

    Returns
    -------
    DataFrame that keeps the COUNT contract
        Of the types that are looked ahead for.

    Raises
    ------
    AgreementError
        When the agreement of a source does not allow evaluation.
    """
    settings = workspace.settings
    zone = settings.town.time_zone
    longest = timedelta(hours=settings.intake.window_cap_hours, days=1)
    incidents = read_incidents(
        workspace,
        crime_types=settings.outlook.targets,
        known_before=at,
        from_at=week_start(week, zone) - longest,
        to_at=week_start(shift_week(week, 1), zone),
    )
    check_sources(workspace, incidents["source"].unique(), Purpose.EVALUATION)
    cells = read_cells(workspace)
    study = np.sort(cells.loc[cells["in_study"].to_numpy(bool), "cell"].to_numpy(np.int64))
    counts = counts_by_week(incidents, workspace.grid, zone, within=study)
    return counts[counts["week"] == week].reset_index(drop=True)


def state_of(workspace: Workspace, week: str, *, at: datetime) -> str:
    """Return ``final`` when reports have had their weeks to come in, and did come in; else ``provisional``."""
    return _state(workspace, week, delivered(workspace, at=at), at=at)


def _state(workspace: Workspace, week: str, came_in_by: Delivered, *, at: datetime) -> str:
    last = shift_week(week, workspace.settings.learn.final_after_weeks)
    settled = week_start(shift_week(last, 1), workspace.settings.town.time_zone)
    whole = came_in_by.known_in(last) and not came_in_by.lacks(week)
    return FINAL if at >= settled and whole else PROVISIONAL


def due_weeks(workspace: Workspace, *, at: datetime) -> list[str]:
    """Return the weeks that can be scored and have no final score yet, oldest first.

    A week can be scored when it is over and the sources of every type delivered it wholly.
    """
    zone = workspace.settings.town.time_zone
    came_in_by = delivered(workspace, at=at)
    weeks: dict[str, list[Run]] = {}
    for run in runs_of(workspace, "outlook"):
        over = week_start(shift_week(run.week, 1), zone) <= at
        if over and not came_in_by.lacks(run.week):
            weeks.setdefault(run.week, []).append(run)
    return [week for week, outlooks in weeks.items() if not all(_is_done(workspace, run, at) for run in outlooks)]


def _is_done(workspace: Workspace, outlook: Run, at: datetime) -> bool:
    """Tell whether a score is final, or rests on what was known later than this moment."""
    score = latest_score(workspace, outlook)
    if score is None:
        return False
    return score.notes["state"] == FINAL or at < datetime.fromisoformat(score.notes["scored_at"])


def _too_early(week: str, before: Run, at: datetime, time_zone: str) -> str:
    then, now = (
        moment.astimezone(ZoneInfo(time_zone)) for moment in (datetime.fromisoformat(before.notes["scored_at"]), at)
    )
    return (
        f"{week} is al nagemeten met wat op {then:%d-%m-%Y %H:%M} bekend was; {now:%d-%m-%Y %H:%M} is eerder. "
        "Een oudere stand vervangt geen nieuwere. Zet de klok goed, of geef een later tijdstip met --at."
    )


def outlook_that_counts(workspace: Workspace, week: str) -> Run | None:
    """Return the outlook by which a week is judged, or None when it had none.

    That is the last one made before the week was over. When all were made afterwards (a past that is gone through
    again), it is the first: who makes another outlook once the outcome is known does not change the record.
    """
    end = week_start(shift_week(week, 1), workspace.settings.town.time_zone)
    made = runs_of(workspace, "outlook", week)
    in_time = [run for run in made if datetime.fromisoformat(run.facts["made_at"]) < end]
    return in_time[-1] if in_time else next(iter(made), None)


def latest_score(workspace: Workspace, outlook: Run) -> Run | None:
    """Return the newest scoring of an outlook, or None."""
    scores = [run for run in runs_of(workspace, "score", outlook.week) if run.notes["outlook"] == outlook.run_id]
    followed = {run.facts["inputs"]["follows"] for run in scores}
    return next((run for run in scores if run.run_id not in followed), None)


def _score(
    workspace: Workspace,
    outlook: Run,
    came: pd.DataFrame,
    choices: list[Choice],
    late: int,
    settled: str,
    *,
    at: datetime,
    again: bool,
) -> Run:
    settings = workspace.settings.learn
    with workspace.writing():
        before = latest_score(workspace, outlook)
        if before is not None and before.notes["state"] == FINAL and not again:
            return before
        if before is not None and at < datetime.fromisoformat(before.notes["scored_at"]):
            raise HistoryError(_too_early(outlook.week, before, at, workspace.settings.town.time_zone))
        if not outlook.intact():
            raise WorkspaceError(
                f"De vooruitblik {outlook.run_id} van {outlook.week} is veranderd nadat zij was vastgezet. "
                "Zij wordt niet nagemeten. Zet haar terug uit een reservekopie."
            )
        was_final = before is not None and before.notes["state"] == FINAL
        state = FINAL if was_final else settled
        week_begins = pd.Timestamp(week_start(outlook.week, workspace.settings.town.time_zone)).tz_convert("UTC")
        scored = Scored(outlook.run_id, outlook.week, week_begins, state)
        expected = outlook.table("outlook")
        rows = score_rows(expected, came, choices, scored, area_share=settings.area_share)
        beside = side_by_side(expected, came, choices, scored)
        judged = pd.DataFrame([asdict(choice) for choice in choices], columns=list(Choice.__dataclass_fields__))
        inputs = {
            "outlook": outlook.run_id,
            "scores": fingerprint(rows),
            "beside": fingerprint(beside),
            "choices": fingerprint(judged),
        }
        if before is not None and {name: before.facts["inputs"].get(name) for name in inputs} == inputs:
            return before
        outside = ~came["cell"].isin(expected["cell"])
        notes: dict[str, Any] = {
            "outlook": outlook.run_id,
            "state": state,
            "scored_at": at.isoformat(),
            "judgements": {
                EVERY_TYPE: judgements(choices),
                **{name: judgements(choices, name) for name in sorted(expected["crime_type"].unique())},
            },
            "too_late": late,
            "outside": round(math.fsum(came.loc[outside, "count"]), 6),
        }
        return freeze_run(
            workspace,
            kind="score",
            week=outlook.week,
            settings={"area_share": settings.area_share, "shares": list(AREA_SHARES)},
            inputs=inputs | {"follows": "" if before is None else before.run_id},
            tables={"score": conform(rows, SCORE), "beside": conform(beside, BESIDE)},
            notes=notes,
        )
