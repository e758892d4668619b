# SPDX-License-Identifier: EUPL-1.2
"""What somebody may see of the plan that stands: all of it, the places of the own team, or neighbourhoods only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from stip.errors import SignalError
from stip.plan import PlannedPlace, Shown, moments, shown_places, shown_plan
from stip.signals.places import area_name, coarse_area
from stip.store import Workspace, latest_run
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.plans.spots import ORIGIN_MARKS


@dataclass(frozen=True)
class Seen:
    """One place of a plan that stands, as a page shows it."""

    place: PlannedPlace
    cells: tuple[str, ...]
    team: str
    team_name: str

    @property
    def mark(self) -> str:
        """The sign of who chose it."""
        return ORIGIN_MARKS[self.place.origin][0]

    @property
    def origin_label(self) -> str:
        """Who chose it, in words."""
        return ORIGIN_MARKS[self.place.origin][1]

    @property
    def area(self) -> str:
        """Name of the neighbourhood it lies in most."""
        return self.place.areas[0] if self.place.areas else "buiten de buurten"

    @property
    def when(self) -> str:
        """When its visits are; where nobody said, that, and when most is expected."""
        return moments(self.place.slots, self.place.visits, self.place.when)


@dataclass(frozen=True)
class Standing:
    """The plan that stands, as far as somebody may see it."""

    shown: Shown
    places: tuple[Seen, ...]

    @property
    def hours(self) -> float:
        """Hours of these places."""
        return sum(seen.place.hours for seen in self.places)


def fine(user: User) -> bool:
    """Whether somebody sees places of every team, in cells."""
    return user.may(May.PLAN_WRITE) or (user.may(May.PLAN_READ) and user.may(May.OUTLOOK_READ))


def own_only(user: User) -> bool:
    """Whether somebody sees the places of the own team alone."""
    return user.may(May.PLAN_OWN) and not fine(user)


def check_fine(user: User) -> None:
    """Refuse who may not see places of every team.

    Raises
    ------
    PermissionDenied
    """
    if not fine(user):
        raise PermissionDenied("plan")


def own_team(user: User, workspace: Workspace) -> str:
    """Give the team of a person: the first one, when nobody said; of one that is no longer there, no place is."""
    return user.team or next(iter(workspace.settings.plan.teams))


def team_of(workspace: Workspace, code: str) -> str:
    """Give the team of a place: the first one, when nobody said or it is no longer in the settings."""
    teams = workspace.settings.plan.teams
    return code if code in teams else next(iter(teams))


def team_name(workspace: Workspace, code: str) -> str:
    """Give the name of the team of a place."""
    return workspace.settings.plan.teams[team_of(workspace, code)]


def standing_for(user: User, workspace: Workspace, week: str) -> Standing | None:
    """Give the plan that stands, as far as this person may see cells; None when nothing was fixed."""
    newest = latest_run(workspace, "plan", week) if fine(user) or own_only(user) else None
    shown = shown_plan(workspace, newest) if newest is not None else None
    if shown is None or not shown.version:
        return None
    mine = own_team(user, workspace) if own_only(user) else ""
    places = tuple(
        Seen(
            place,
            tuple(workspace.grid.name(cell) for cell in place.cells),
            team_of(workspace, place.team),
            team_name(workspace, place.team),
        )
        for place in shown_places(workspace, shown.proposal.places)
        if mine in ("", team_of(workspace, place.team))
    )
    return Standing(shown, places)


@dataclass(frozen=True)
class Outline:
    """A plan for who may not see places: by neighbourhood and kind, without cells, hours or moments."""

    version: int
    count: int
    districts: tuple[str, ...]
    areas: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]


def outline_of(workspace: Workspace, week: str) -> Outline | None:
    """Give the outline of the plan that stands; None when nothing was fixed."""
    newest = latest_run(workspace, "plan", week)
    shown = shown_plan(workspace, newest) if newest is not None else None
    if shown is None or not shown.version:
        return None
    return outline(workspace, shown)


def outline(workspace: Workspace, shown: Shown) -> Outline:
    """Give the outline of a plan; a neighbourhood where few live goes by the name of its district."""
    places = shown.proposal.places
    kinds = Counter(place.kind for place in places)
    return Outline(
        shown.version,
        len(places),
        tuple(sorted({place.district for place in places if place.district})),
        tuple(sorted({_coarse_name(workspace, place) for place in places})),
        tuple((kind.label, kinds[kind]) for kind in type(places[0].kind) if kinds[kind]) if places else (),
    )


def _coarse_name(workspace: Workspace, place: PlannedPlace) -> str:
    if not place.area_code:
        return "buiten de buurten"
    try:
        return area_name(workspace, coarse_area(workspace, place.area_code))
    except SignalError:  # of another year than the neighbourhoods of now
        return place.district or "buiten de buurten"
