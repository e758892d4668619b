# SPDX-License-Identifier: EUPL-1.2
"""What the phone shows: the fixed plan of a week, as far as it is of one team, in the order of a walk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from stip.agreements import is_held
from stip.plan import ORIGINS, PlannedPlace, moments, shown_places, shown_plan, standing_plan
from stip.store import Workspace, runs_of
from stip.words import number
from stip_web.outlooks.keys import Unchanged
from stip_web.street.codes import VISIT_WORDS
from stip_web.street.route import walk


@dataclass(frozen=True)
class Place:
    """One place to go to.

    Attributes
    ----------
    place : PlannedPlace
        As it was planned.
    x, y : float
        Its middle, in metres of the grid.
    """

    place: PlannedPlace
    x: float
    y: float

    @property
    def hours_each(self) -> float:
        """Hours of one visit."""
        return self.place.hours / self.place.visits if self.place.visits else 0.0

    @property
    def what(self) -> str:
        """What to do there."""
        return VISIT_WORDS.get(str(self.place.kind), "")

    @property
    def when(self) -> str:
        """When to go; where nobody said, that, and when most is expected."""
        return moments(self.place.slots, self.place.visits, self.place.when)

    @property
    def why(self) -> tuple[str, ...]:
        """Why here: facts of the outlook, and what a person gave as reason."""
        return (*self.place.reasons, *((self.place.reason,) if self.place.reason else ()))

    @property
    def chosen_by(self) -> str:
        """Who or what chose it, in words."""
        return ORIGINS[self.place.origin]

    def told(self, streets: str) -> dict[str, Any]:
        """Give what the phone keeps: to say what changed, and to draw the place when its page is not there yet.

        Parameters
        ----------
        streets : str
            In which streets it lies, in words.
        """
        place = self.place
        return {
            "id": place.place_id,
            "number": place.number,
            "areas": list(place.areas),
            "kind": place.kind.label,
            "hours": number(place.hours, 1).removesuffix(",0"),
            "visits": place.visits,
            "when": list(place.when),
            "streets": streets,
            "what": f"{place.kind.label.capitalize()}. {self.what}",
            "each": number(self.hours_each, 1),
            "moment": self.when,
            "chosen_by": self.chosen_by,
            "reasons": list(self.why),
            "x": self.x,
            "y": self.y,
        }


@dataclass(frozen=True)
class TeamPlan:
    """The places of one team in one week.

    Attributes
    ----------
    week, team, plan_id : str
    version : int
    places : tuple of Place
        In the order of a short walk from the first.
    held : bool
        The outlook is on hold: nothing that it says is in it.
    """

    week: str
    team: str
    plan_id: str
    version: int
    places: tuple[Place, ...]
    held: bool = False

    def place(self, place_id: str) -> Place | None:
        """Give the place with this id."""
        return next((one for one in self.places if one.place.place_id == place_id), None)


def team_plan(workspace: Workspace, week: str, team: str) -> TeamPlan | None:
    """Give the fixed plan of a week as far as it is of a team; None when no plan was fixed.

    Raises
    ------
    PlanError
        When the proposal that was fixed is gone from the workspace.
    """
    found = _team_plan(Unchanged(workspace, "decisions/plan", f"runs/{week}"), week, team)
    if found is None or not is_held(workspace, "outlook"):
        return found
    planned = shown_places(workspace, [one.place for one in found.places])
    places = tuple(replace(one, place=place) for one, place in zip(found.places, planned, strict=True))
    return replace(found, places=places, held=True)


@lru_cache(maxsize=16)
def _team_plan(key: Unchanged, week: str, team: str) -> TeamPlan | None:
    workspace = key.workspace
    rows = standing_plan(workspace, week)
    newest = next(reversed(runs_of(workspace, "plan", week)), None)
    if rows.empty or newest is None:
        return None
    first = next(iter(workspace.settings.plan.teams))
    own = set(rows.loc[rows["team"].fillna(first) == team, "place_id"])
    shown = shown_plan(workspace, newest)
    found = [place for place in shown.proposal.places if place.place_id in own]
    middles = [_middle(workspace, place) for place in found]
    order = walk(middles)
    places = tuple(Place(found[at], *middles[at]) for at in order)
    return TeamPlan(week, team, str(rows["plan_id"].iloc[0]), shown.version, places)


def _middle(workspace: Workspace, place: PlannedPlace) -> tuple[float, float]:
    x, y = workspace.grid.centre(np.array(place.cells, dtype=np.int64))
    return float(x.mean()), float(y.mean())
