# SPDX-License-Identifier: EUPL-1.2
"""What the team goes by: the plan that was fixed, or the proposal as long as none is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from stip.errors import PlanError
from stip.plan.adopt import standing_plan
from stip.plan.frozen import proposal_of
from stip.plan.kinds import VisitKind
from stip.plan.proposal import Proposal
from stip.store import Run, Workspace, read_decisions, runs_of


@dataclass(frozen=True)
class Shown:
    """A plan to show.

    Attributes
    ----------
    proposal : Proposal
        With the places as they were fixed: without those left out, with the hours and kinds that people chose; the
        numbers are those of the proposal.
    run : Run
        The proposal that was fixed, or that waits for it.
    version : int
        0 when nothing was fixed.
    status : str
        What it is, in Dutch, without a full stop.
    """

    proposal: Proposal
    run: Run
    version: int
    status: str


def shown_plan(workspace: Workspace, newest: Run) -> Shown:
    """Return the plan of a week as it stands: fixed when it was, else this proposal.

    Parameters
    ----------
    newest : Run
        Of the kind ``plan``: the last proposal of the week.

    Raises
    ------
    PlanError
        When the proposal that was fixed is gone from the workspace.
    """
    rows = read_decisions(workspace, "plan", week=newest.week)
    if rows.empty:
        since = pd.Timestamp(newest.facts["made_at"])
        return Shown(
            proposal_of(newest), newest, 0, f"Voorstel, nog niet vastgesteld{_later(workspace, newest.week, since)}"
        )
    version = int(rows["version"].max())
    rows_now = standing_plan(workspace, newest.week).to_dict("records")
    standing: dict[str, dict[Any, Any]] = {str(row["place_id"]): row for row in rows_now}
    for found in _first(fixed_from(rows), (newest, *reversed(runs_of(workspace, "plan", newest.week)))):
        proposal = proposal_of(found)
        if set(standing) <= {place.place_id for place in proposal.places}:
            places = tuple(
                replace(
                    place,
                    hours=float(standing[place.place_id]["hours"]),
                    visits=int(standing[place.place_id]["visits"]),
                    kind=VisitKind(standing[place.place_id]["kind"]),
                    team=place.team or _said(standing[place.place_id]["team"]),
                )
                for place in proposal.places
                if place.place_id in standing
            )
            newer = "" if found.run_id == newest.run_id else "; er is een nieuwer voorstel"
            later = _later(workspace, newest.week, rows["at"].max())
            status = f"Vastgesteld weekplan, versie {version}{newer}{later}"
            return Shown(replace(proposal, places=places), found, version, status)
    raise PlanError(
        f"Het voorstel waaruit het plan van {newest.week} is vastgesteld, staat niet meer in de werkmap. "
        "Zet runs/ terug uit een reservekopie, of stel een ander voorstel vast."
    )


def fixed_from(rows: pd.DataFrame) -> str:
    """Return the id of the frozen plan that rows of one version were fixed from; empty when they do not say."""
    told = rows.loc[rows["version"] == rows["version"].max(), "run_id"].dropna()
    return str(told.iloc[0]) if len(told) else ""


def _said(team: Any) -> str:
    """Return a code, empty for one that is missing: pandas reads that as not a number, which is not false."""
    return team if isinstance(team, str) else ""


def _first(run_id: str, runs: Iterable[Run]) -> list[Run]:
    """Return the runs, the one with this id before all others."""
    return sorted(runs, key=lambda run: run.run_id != run_id) if run_id else list(runs)


def place_of(workspace: Workspace, week: str, named: str) -> str:
    """Return the id of a place of the plan that stands, named by its number or by the id itself.

    Raises
    ------
    PlanError
        When no place has that number.
    """
    newest = next(reversed(runs_of(workspace, "plan", week)), None)
    if not named.isdecimal() or newest is None:
        return named
    places = {place.number: place.place_id for place in shown_plan(workspace, newest).proposal.places}
    if int(named) not in places:
        known = ", ".join(str(number) for number in places) or "geen"
        raise PlanError(f"Plek {named} staat niet in het plan van {week}. Wel: {known}. ‘stip plan show’ toont ze.")
    return places[int(named)]


def _later(workspace: Workspace, week: str, since: pd.Timestamp) -> str:
    """Say how often people decided something after that, which the plan does not know of yet."""
    count = int((read_decisions(workspace, "override", week=week, history=True)["at"] > since).sum())
    times = "één keer" if count == 1 else f"{count} keer"
    return f"; daarna is {times} eigen inzicht vastgelegd, maak het plan opnieuw" if count else ""
