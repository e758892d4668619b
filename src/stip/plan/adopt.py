# SPDX-License-Identifier: EUPL-1.2
"""Fixing the plan: a proposal becomes a decision, of which a later version takes the place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pandas as pd

from stip.agreements import check_not_paused, tidy_reason
from stip.errors import PlanError
from stip.plan.districts import part_of_cells
from stip.plan.kinds import VisitKind
from stip.plan.proposal import PlannedPlace, Proposal
from stip.plan.rotation import had_turns, recently, turns
from stip.plan.run import own_seed
from stip.space import week_number
from stip.store import PLAN, Workspace, read_areas, read_cells, read_decisions, record

_WITHDRAWN = "Vervallen in versie"


@dataclass(frozen=True)
class Adopted:
    """A plan that stands.

    Attributes
    ----------
    plan_id : str
    version : int
    visited : int
        Places to be visited.
    left_out : int
        Places on record that will not be visited, with the reason.
    withdrawn : int
        Places of the version before that are gone.
    """

    plan_id: str
    version: int
    visited: int
    left_out: int
    withdrawn: int


def adopt(
    workspace: Workspace,
    proposal: Proposal,
    *,
    at: datetime,
    leave_out: Mapping[str, str] | None = None,
    kinds: Mapping[str, VisitKind] | None = None,
    reason_rotation: str = "",
    run_id: str = "",
    dry_run: bool = False,
) -> Adopted:
    """Fix the plan of a week.

    Each place becomes a PLAN decision. A place that was left out, or drawn and refused, stays on record with 0
    visits, its reason and the chance it had; so does a place of the version before that is no longer in the plan.

    Parameters
    ----------
    at : aware datetime
    leave_out : mapping of str to str
        Places not to visit after all, by ``place_id``, each with the reason.
    kinds : mapping of str to VisitKind
        What visits are for, by ``place_id``, where people want another kind than was suggested.
    reason_rotation : str
        Why a district goes beyond its turns, when the proposal does not say so already.
    run_id : str
        The frozen plan that the proposal was read from; then that one is shown, also when newer ones follow.
    dry_run : bool
        Check everything and write nothing.

    Raises
    ------
    PlanError
        When the town has not stated its goal and measure of success, the draw is not that of the town and the week,
        the rotation is passed over without a reason, or a place to leave out is not in the plan.
    """
    check_not_paused(workspace, "plan")
    check_goal(workspace)
    _check_draw(workspace, proposal)
    _check_places(proposal, [*(leave_out or {}), *(kinds or {})])
    left_out = {place_id: tidy_reason(reason, PlanError) for place_id, reason in (leave_out or {}).items()}
    rotation = _rotation_reason(workspace, proposal, reason_rotation)
    places = [replace(place, kind=(kinds or {}).get(place.place_id, place.kind)) for place in proposal.places]
    rows = [_row(place, left_out, rotation) for place in (*places, *proposal.refused)]
    visited = sum(row["visits"] > 0 for row in rows)
    plan_id = f"plan-{proposal.week}"
    with workspace.writing():  # nobody may fix another version in between
        standing = read_decisions(workspace, "plan", week=proposal.week)
        version = int(standing["version"].max()) + 1 if len(standing) else 1
        if _same(rows, standing):
            return Adopted(plan_id, version - 1, visited, len(rows) - visited, 0)
        withdrawn = _withdrawn(rows, standing, version)
        frame = pd.DataFrame([*rows, *withdrawn.to_dict("records")]).assign(
            plan_id=plan_id, version=version, week=proposal.week, run_id=run_id or None
        )
        before = dict(zip(standing["place_id"], standing["decision_id"], strict=True))
        frame["supersedes"] = [before.get(place_id) for place_id in frame["place_id"]]
        if not dry_run:
            columns = [name for name in PLAN.schema.names if name not in ("decision_id", "at")]
            record(workspace, "plan", frame[columns], at=at)
    return Adopted(plan_id, version, visited, len(rows) - visited, len(withdrawn))


def standing_plan(workspace: Workspace, week: str) -> pd.DataFrame:
    """Return the places of a week's plan that are to be visited; empty when no plan was fixed."""
    rows = read_decisions(workspace, "plan", week=week)
    return rows[rows["visits"] > 0].reset_index(drop=True)


def check_goal(workspace: Workspace) -> None:
    """Refuse to fix a plan before the town has said what it is for and how it will be judged.

    Raises
    ------
    PlanError
    """
    learn = workspace.settings.learn
    stated = {
        "learn.goal": bool(learn.goal.strip()),
        "learn.success": bool(learn.success.strip()),
        "learn.measure": learn.measure.is_stated,
    }
    missing = [name for name, there in stated.items() if not there]
    if missing:
        raise PlanError(
            f"Vul eerst in stip.toml in wat de stad wil bereiken en waaraan u dat afmeet: {_listed(missing)}. "
            "Zonder doel en maat kan een plan niet worden vastgesteld."
        )


def _listed(names: list[str]) -> str:
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _check_draw(workspace: Workspace, proposal: Proposal) -> None:
    """Refuse a draw that somebody could choose: its places would go on record with a chance they never had."""
    drawn = any(place.origin == "random" for place in (*proposal.places, *proposal.refused))
    if drawn and proposal.seed != own_seed(workspace, proposal.week):
        raise PlanError(
            f"Dit voorstel voor {proposal.week} is niet geloot met het lot van de stad en de week, dus de kansen "
            "kloppen niet. Maak het opnieuw zonder --seed, of kies met --run een ander voorstel, en stel dat vast."
        )


def _check_places(proposal: Proposal, asked: Iterable[str]) -> None:
    known = {place.place_id for place in proposal.places}
    for place_id in asked:
        if place_id not in known:
            raise PlanError(
                f"Plek {place_id} staat niet in het plan van {proposal.week}. ‘stip plan show’ toont de plekken."
            )


def _rotation_reason(workspace: Workspace, proposal: Proposal, given: str) -> str:
    """Return why the rotation is passed over, empty when it is not."""
    reason = proposal.passed_rules.get("rotation") or given
    tired = tired_part(workspace, proposal)
    if tired and not reason:
        raise PlanError(f"{tired} Geef een reden met --reason-rotation, of maak het plan opnieuw.")
    return tidy_reason(reason, PlanError) if reason else ""


def tired_part(workspace: Workspace, proposal: Proposal) -> str:
    """Return the sentence that names a district of the plan that had its turns already; empty when none had."""
    codes = proposal.parts[0].codes
    settings = workspace.settings.plan
    if not codes:
        return ""
    cells = read_cells(workspace)
    areas = read_areas(workspace)
    parts = part_of_cells(cells["area_code"].to_numpy(dtype=object), areas, district=True)
    if len(set(parts) - {""}) < 2:
        return ""
    part_of_cell = {int(cell): str(part) for cell, part in zip(cells["cell"], parts, strict=True) if part}
    plans = read_decisions(workspace, "plan")
    past = plans[plans["week"].map(week_number) < week_number(proposal.week)]
    turn = turns(past, part_of_cell, list(codes), week=proposal.week, settings=settings)
    tired = sorted(had_turns(turn, settings))
    if not tired:
        return ""
    name = areas.district_names().get(tired[0], tired[0])
    return f"{name} was {recently(turn[tired[0]], settings)}."


def _same(rows: list[dict[str, Any]], standing: pd.DataFrame) -> bool:
    """Tell whether the plan that stands says the same already."""
    gone = standing["reason"].fillna("").str.startswith(_WITHDRAWN)
    old = standing[~gone].to_dict("records")
    return len(old) > 0 and {_told(row) for row in old} == {_told(row) for row in rows}


def _told(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Return what a row of the plan tells, apart from which version and decision it is."""
    plain = [row[name] for name in ("place_id", "kind", "visits", "hours", "probability", "reason", "team")]
    slots = row["slots"]
    return (*(None if pd.isna(value) else value for value in plain), *(() if slots is None else slots))


def _withdrawn(rows: list[dict[str, Any]], standing: pd.DataFrame, version: int) -> pd.DataFrame:
    """Return the places of the version before that are no longer in the plan, with no visits."""
    named = [row["place_id"] for row in rows]
    gone = standing[~standing["place_id"].isin(named) & (standing["visits"] > 0)]
    return gone.assign(hours=0.0, visits=0, reason=f"{_WITHDRAWN} {version}.")


def _row(place: PlannedPlace, left_out: Mapping[str, str], rotation: str) -> dict[str, Any]:
    refused = left_out.get(place.place_id)
    reason = refused or place.reason or (f"Tegen de spreiding in: {rotation}" if rotation else None)
    return {
        "place_id": place.place_id,
        "cells": list(place.cells),
        "area_code": place.area_code,
        "kind": str(place.kind),
        "hours": 0.0 if refused else place.hours,
        "visits": 0 if refused else place.visits,
        "origin": place.origin,
        "probability": place.probability,
        "reason": reason,
        "team": place.team or None,
        "slots": list(place.slots) or None,
    }
