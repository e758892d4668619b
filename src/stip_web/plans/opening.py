# SPDX-License-Identifier: EUPL-1.2
"""The board of a week: as people left it, or made anew from the plan or proposal that there is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from stip.errors import PlanError
from stip.plan import PlannedPlace, Proposal, place_id_of, proposal_of, shown_plan
from stip.space import shift_week
from stip.store import Run, Workspace, latest_run, open_run, read_decisions
from stip_web.plans.hours import usual_capacity
from stip_web.plans.models import Draft, Status
from stip_web.plans.seen import team_of
from stip_web.plans.spots import IN, LESS, OUT, SUGGESTED, Spot, fill
from stip_web.workspaces.clock import this_week


def board_of(workspace: Workspace, week: str) -> Draft:
    """Give the board of a week; one that nobody touched yet is not in the database."""
    found = Draft.objects.filter(week=week).first()
    return found if found is not None else new_board(workspace, week)


def new_board(workspace: Workspace, week: str) -> Draft:
    """Make the board from the plan that was fixed, else from the newest proposal, else empty."""
    draft = Draft(week=week, capacity=usual_capacity(workspace.settings.plan, week))
    newest = latest_run(workspace, "plan", week)
    if newest is None:
        return draft
    for name, value in from_workspace(workspace, newest, draft.capacity).items():
        setattr(draft, name, value)
    return draft


def from_workspace(workspace: Workspace, newest: Run, capacity: dict[str, dict[str, float]]) -> dict[str, Any]:
    """Give the content of a board as the workspace has it."""
    version = fixed_version(workspace, newest.week)
    if not version:
        proposal = proposal_of(newest)
        spots = [_spot(workspace, place, SUGGESTED) for place in proposal.places]
        return {
            "run_id": newest.run_id,
            "places": _kept(fill(spots, wishes_of(proposal), capacity)),
            "version": 0,
            "state": Status.CONCEPT,
        }
    shown = shown_plan(workspace, newest)
    spots = [_spot(workspace, place, IN) for place in shown.proposal.places]
    there = {spot.place_id for spot in spots}
    rows = read_decisions(workspace, "plan", week=newest.week).dropna(subset=["reason"])
    labels = dict(zip(rows["place_id"], rows["reason"], strict=True))
    known = _known(shown.run)
    for place in (*proposal_of(shown.run).places, *shown.proposal.refused):
        if place.place_id not in there:
            told = known.get(place.place_id, {})
            out = told.get("out") or (LESS if told.get("judged") == "drop" else "")
            gone = _spot(workspace, place, OUT).gone(out, str(labels.get(place.place_id, "")))
            spots.append(replace(gone, reason=str(told.get("added", "")) if told else gone.reason))
    spots = [replace(spot, moved_from=tuple(known.get(spot.place_id, {}).get("moved_from", ()))) for spot in spots]
    return {
        "run_id": shown.run.run_id,
        "places": _kept(spots),
        "version": version,
        "state": Status.FIXED if version == 1 else Status.REVISED,
    }


def with_proposal(workspace: Workspace, draft: Draft, run: Run) -> dict[str, Any]:
    """Give the content of a board when another proposal takes the place of its suggestions.

    Own places stay, and what was decided about a place that is suggested again. The rest goes: what was drawn belongs
    with the draw of its own proposal.

    Raises
    ------
    PlanError
        When the plan was fixed already: then places are changed one by one.
    """
    if draft.state != Status.CONCEPT:
        raise PlanError(
            "Het weekplan is al vastgesteld. Verander plekken één voor één, en stel dan een nieuwe versie vast."
        )
    proposal = proposal_of(run)
    old = {spot.place_id: spot for spot in spots_of(draft)}
    own = [spot for spot in old.values() if spot.origin == "person" and spot.decision_id]
    taken = {cell for spot in own for cell in spot.cells}
    spots = []
    for place in proposal.places:
        fresh = _spot(workspace, place, SUGGESTED)
        before = old.get(place.place_id)
        if before is not None and before.state != SUGGESTED and before.origin == fresh.origin:
            fresh = replace(before, number=fresh.number, probability=fresh.probability)
        if not (place.origin == "person" and taken & set(place.cells)):
            spots.append(fresh)
    free = max((spot.number for spot in spots), default=0)
    spots += [replace(spot, number=free + n) for n, spot in enumerate(own, start=1)]
    return {"run_id": run.run_id, "places": _kept(fill(spots, wishes_of(proposal), draft.capacity))}


def spots_of(draft: Draft) -> list[Spot]:
    """Give the places of a board, by number."""
    return sorted((Spot.of(kept) for kept in draft.places), key=lambda spot: spot.number)


def base_of(workspace: Workspace, draft: Draft) -> Run:
    """Give the frozen proposal that a board started from.

    Raises
    ------
    PlanError
        When there is none yet.
    """
    if not draft.run_id:
        raise PlanError("Er is nog geen voorstel voor deze week. Laat dat eerst maken.")
    return open_run(workspace.root / "runs" / draft.week / "plan" / draft.run_id)


def fixed_version(workspace: Workspace, week: str) -> int:
    """Give the version of the plan that stands in the workspace; 0 when none was fixed."""
    rows = read_decisions(workspace, "plan", week=week)
    return int(rows["version"].max()) if len(rows) else 0


def week_to_make(workspace: Workspace) -> str:
    """Give this week, or the next one when this week's plan stands and there is an outlook to go on with."""
    here = this_week(workspace)
    after = shift_week(here, 1)
    if fixed_version(workspace, here) and latest_run(workspace, "outlook", after) is not None:
        return after
    return here


def wishes_of(proposal: Proposal) -> dict[str, tuple[str, ...]]:
    """Give the parts of the week with most expected, of each place."""
    return {place.place_id: place.when for place in proposal.places}


def _spot(workspace: Workspace, place: PlannedPlace, state: str) -> Spot:
    return Spot.from_place(place, team=team_of(workspace, place.team), state=state)


def _known(run: Run) -> dict[str, dict[str, Any]]:
    """Give what people decided about each place, by its id, as the frozen plan keeps it; none for a bare proposal."""
    decided: list[dict[str, Any]] = run.facts["settings"].get("decided", [])
    return {place_id_of(tuple(each["cells"])): each for each in decided}


def _kept(spots: list[Spot]) -> list[dict[str, Any]]:
    return [spot.kept() for spot in spots]
