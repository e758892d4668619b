# SPDX-License-Identifier: EUPL-1.2
"""Changing the board of a week. A second press changes nothing; nobody undoes unseen what another did."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from uuid import uuid4

from stip.agreements import check_not_paused, tidy_reason
from stip.errors import PlanError
from stip.plan import Override, Proposal, check_override, hours_of, place_id_of, proposal_of
from stip.store import Workspace, latest_run, read_areas, read_cells
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.plans.forms import usual_hours
from stip_web.plans.hours import spread
from stip_web.plans.models import Draft
from stip_web.plans.opening import base_of, board_of, from_workspace, spots_of, wishes_of
from stip_web.plans.spots import IN, LESS, MOVED, NO_HOURS, OUT, OUT_CHOICES, SUGGESTED, Spot, fill

CONFLICT = (
    "Iemand anders heeft dit weekplan intussen veranderd. Hieronder staat hoe het nu is. Kijk dat na, en doe uw "
    "wijziging zo nodig opnieuw."
)
ROLE = "coordinator"


@dataclass
class ChangeBoard(Action[Draft]):
    """Change the board of a week."""

    permission: ClassVar[May | tuple[May, ...]] = May.PLAN_WRITE
    workspace: Workspace = field(kw_only=True)
    week: str = field(kw_only=True)
    edition: int = field(kw_only=True)

    def run(self) -> Draft:
        """Do it; when everything stands as asked already, nothing happens and no line is written."""
        if self.actor.may(*(self.permission if isinstance(self.permission, tuple) else (self.permission,))):
            self.check()
            if not self._new:
                return self._draft
        return super().run()

    def check(self) -> None:
        """Refuse what does not fit, and what somebody else was earlier with."""
        check_not_paused(self.workspace, "plan")
        draft = board_of(self.workspace, self.week)
        before = draft.content()
        if not draft.open:
            raise PlanError("Deze week is afgesloten. Het weekplan verandert niet meer.")
        self._draft = draft
        self._new = {name: value for name, value in self.made(draft).items() if before[name] != value}
        if self._new and draft.edition != self.edition:
            raise PlanError(CONFLICT)

    @abstractmethod
    def made(self, draft: Draft) -> Mapping[str, Any]:
        """Give what stands on the board after this."""

    def change(self) -> Draft:
        """Keep it, when nobody else was earlier."""
        if not self._draft.store(self._new):
            raise PlanError(CONFLICT)
        self.subject = self.week
        self.details = {"edition": self._draft.edition, **self.told()}
        return self._draft

    def told(self) -> dict[str, Any]:
        """Say what the line tells; no cells."""
        return {}


@dataclass
class SetHours(ChangeBoard):
    """Say how many hours there are; what was only suggested gets its moments anew."""

    action: ClassVar[str] = "plan.hours"
    label: ClassVar[str] = "Uren van het weekplan gezet"
    capacity: dict[str, dict[str, float]] = field(kw_only=True)
    totals: dict[str, float] = field(default_factory=dict, kw_only=True)  # instead: to be spread as it is now

    def made(self, draft: Draft) -> Mapping[str, Any]:
        """Give hours and moments."""
        capacity = {
            team: {slot: hours for slot, hours in slots.items() if hours} for team, slots in self.capacity.items()
        }
        for team, hours in self.totals.items():
            capacity[team] = spread(hours, draft.capacity.get(team, {}))
        if hours_of(capacity) <= 0:
            raise PlanError("Er zijn nog geen uren. Vul bij ten minste één dagdeel uren in.")
        spots = spots_of(draft)
        if draft.run_id:
            spots = fill(spots, wishes_of(_proposal(self.workspace, draft)), capacity)
        self._hours = hours_of(capacity)
        return {"capacity": capacity, "places": [spot.kept() for spot in spots]}

    def told(self) -> dict[str, Any]:
        """Say how many."""
        return {"hours": self._hours}


@dataclass
class ChangePlace(ChangeBoard):
    """Change one place of the board."""

    place_id: str = field(kw_only=True)

    def made(self, draft: Draft) -> Mapping[str, Any]:
        """Change that one, and leave the others."""
        spots = spots_of(draft)
        if self.place_id not in {spot.place_id for spot in spots}:
            raise PlanError("Deze plek staat niet meer op het bord. Laad de pagina opnieuw.")
        found = [self.changed(spot, draft) if spot.place_id == self.place_id else spot for spot in spots]
        return {"places": [spot.kept() for spot in found if spot is not None]}

    @abstractmethod
    def changed(self, spot: Spot, draft: Draft) -> Spot | None:
        """Give the place as it becomes; None takes it off the board."""

    def told(self) -> dict[str, Any]:
        """Say which."""
        return {"place": self.place_id}


@dataclass
class Accept(ChangePlace):
    """Take a suggestion over, or put a place back."""

    action: ClassVar[str] = "plan.accept"
    label: ClassVar[str] = "Plek van het weekplan overgenomen"
    decision_id: str = field(default_factory=lambda: uuid4().hex, kw_only=True)

    def changed(self, spot: Spot, draft: Draft) -> Spot:
        """Put it in."""
        settings = self.workspace.settings.plan
        visits = max(spot.visits, 1)
        hours = spot.hours or usual_hours(settings, visits)
        spot = spot.judged_anew(self.decision_id)
        return replace(spot, state=IN, out="", out_reason="", visits=visits, hours=hours)

    def made(self, draft: Draft) -> Mapping[str, Any]:
        """Put it in; where its visit had moved to stays, as a place of its own."""
        spots = [Spot.of(kept) for kept in super().made(draft)["places"]]
        back = {spot.cells for spot in spots if spot.place_id == self.place_id}
        return {
            "places": [(replace(spot, moved_from=()) if spot.moved_from in back else spot).kept() for spot in spots]
        }


@dataclass
class Drop(ChangePlace):
    """Take a place out: for want of hours, or because people expect less there. What was drawn asks a reason."""

    action: ClassVar[str] = "plan.drop"
    label: ClassVar[str] = "Plek van het weekplan vervallen"
    out: str = field(kw_only=True)
    decision_id: str = field(default_factory=lambda: uuid4().hex, kw_only=True)

    def made(self, draft: Draft) -> Mapping[str, Any]:
        """Put it out; a visit that had moved there goes back where it was."""
        spots = [Spot.of(kept) for kept in super().made(draft)["places"]]
        gone = [spot.moved_from for spot in spots_of(draft) if spot.place_id == self.place_id]
        if self.place_id not in {spot.place_id for spot in spots}:
            spots = [
                replace(spot, state=IN, out="", out_reason="") if spot.out == MOVED and spot.cells in gone else spot
                for spot in spots
            ]
        return {"places": [spot.kept() for spot in spots]}

    def changed(self, spot: Spot, draft: Draft) -> Spot | None:
        """Put it out; an own place that was never fixed goes away."""
        if self.out not in OUT_CHOICES:
            raise PlanError("Kies waarom deze plek vervalt: geen uren, of u verwacht hier minder.")
        if spot.origin == "random" and not self.why.strip():
            raise PlanError("Deze plek is geloot. Zij kan alleen vervallen met een reden. De kans blijft vastgelegd.")
        if self.out == LESS and not self.why.strip():
            raise PlanError("Schrijf waarom u hier minder verwacht. Dat oordeel wordt later nagemeten.")
        self.why = tidy_reason(self.why, PlanError) if self.why.strip() else ""
        if spot.origin == "person" and spot.decision_id and not draft.version:
            return None
        spot = spot if self.out == LESS else spot.judged_anew(self.decision_id)
        keeps = spot.origin == "person" or spot.out == LESS
        decision = spot.decision_id if keeps else self.decision_id if self.out == LESS else ""
        return replace(spot, state=OUT, out=self.out, out_reason=self.why, decision_id=decision)

    def told(self) -> dict[str, Any]:
        """Say which, and for what kind of reason."""
        return super().told() | {"out": self.out}


@dataclass
class EditPlace(ChangePlace):
    """Say what the visits are for, how many, how long, by whom and when."""

    action: ClassVar[str] = "plan.edit"
    label: ClassVar[str] = "Plek van het weekplan ingevuld"
    kind: str = field(kw_only=True)
    visits: int = field(kw_only=True)
    hours: float = field(kw_only=True)
    team: str = field(kw_only=True)
    slots: tuple[str, ...] = field(kw_only=True)
    decision_id: str = field(default_factory=lambda: uuid4().hex, kw_only=True)

    def changed(self, spot: Spot, draft: Draft) -> Spot:
        """Fill it in; then it is taken over too."""
        return replace(
            spot.judged_anew(self.decision_id),
            kind=self.kind,
            visits=self.visits,
            hours=self.hours,
            team=self.team,
            slots=self.slots[: self.visits],
            state=IN,
            out="",
            out_reason="",
        )


@dataclass
class DecideRest(ChangeBoard):
    """Take all other suggestions over, or let them go for want of hours; what was drawn is taken over or stays."""

    action: ClassVar[str] = "plan.rest"
    label: ClassVar[str] = "Overige voorstellen van het weekplan afgehandeld"
    accept: bool = field(kw_only=True)

    def made(self, draft: Draft) -> Mapping[str, Any]:
        """Decide on each that is only suggested."""
        found = []
        for spot in spots_of(draft):
            if spot.state == SUGGESTED and self.accept:
                spot = replace(spot, state=IN)
            elif spot.state == SUGGESTED and spot.origin != "random":
                spot = replace(spot, state=OUT, out=NO_HOURS)
            found.append(spot.kept())
        return {"places": found}

    def told(self) -> dict[str, Any]:
        """Say which."""
        return {"accepted": self.accept}


@dataclass
class AddPlace(ChangeBoard):
    """Add an own place; with ``instead`` it takes the place of another: a visit that is moved."""

    action: ClassVar[str] = "plan.add"
    label: ClassVar[str] = "Eigen plek in het weekplan"
    cells: tuple[str, ...] = field(kw_only=True)
    kind: str = field(kw_only=True)
    visits: int = field(kw_only=True)
    hours: float = field(kw_only=True)
    team: str = field(kw_only=True)
    slots: tuple[str, ...] = field(kw_only=True)
    instead: str = field(default="", kw_only=True)
    decision_id: str = field(default_factory=lambda: uuid4().hex, kw_only=True)

    def made(self, draft: Draft) -> Mapping[str, Any]:
        """Put it behind the others, with the next free number."""
        spots = spots_of(draft)
        if any(spot.decision_id == self.decision_id and spot.origin == "person" for spot in spots):
            return {}
        base_of(self.workspace, draft)  # without a proposal there is nothing to add to
        grid = self.workspace.grid
        cells = tuple(sorted({grid.cell_named(name) for name in self.cells}))
        old = next((spot for spot in spots if spot.place_id == self.instead), None)
        if self.instead and old is None:
            raise PlanError("De plek die u verplaatst, staat niet meer op het bord. Laad de pagina opnieuw.")
        kind = "move" if old else "add"
        asked = Override(self.week, kind, old.cells if old else cells, self.why, ROLE, cells if old else ())
        self.why = check_override(self.workspace, asked).reason
        for spot in spots:
            if set(spot.cells) == set(cells):
                raise PlanError(f"Deze vakken zijn al plek {spot.number}. Zet die terug of pas die aan.")
            if spot.goes and spot is not old and set(cells) & set(spot.cells):
                raise PlanError(f"Plek {spot.number} ({spot.area}) heeft al een van deze vakken. Kies andere vakken.")
        number = max((spot.number for spot in spots), default=0) + 1
        new = Spot(
            place_id_of(cells),
            number,
            cells,
            *where(self.workspace, cells),
            "person",
            1.0,
            self.kind,
            self.visits,
            self.hours,
            self.team,
            self.slots[: self.visits],
            IN,
            reason=self.why,
            moved_from=old.cells if old else (),
            decision_id=self.decision_id,
        )
        moved = [
            replace(spot, state=OUT, out=MOVED, out_reason=f"Verplaatst naar plek {number}: {self.why}"[:140])
            if spot is old
            else spot
            for spot in spots
        ]
        return {"places": [spot.kept() for spot in (*moved, new)]}

    def told(self) -> dict[str, Any]:
        """Say how many cells."""
        return {"cells": len(self.cells), "moved": bool(self.instead)}


@dataclass
class StartAgain(ChangeBoard):
    """Make the board anew from the plan that was fixed elsewhere; what was not fixed goes."""

    action: ClassVar[str] = "plan.again"
    label: ClassVar[str] = "Weekplan opnieuw geladen"

    def made(self, draft: Draft) -> Mapping[str, Any]:
        """Give what stands in the workspace."""
        newest = latest_run(self.workspace, "plan", self.week)
        if newest is None:
            raise PlanError("Er is nog geen voorstel voor deze week. Laat dat eerst maken.")
        return from_workspace(self.workspace, newest, draft.capacity)


def where(workspace: Workspace, cells: tuple[int, ...]) -> tuple[tuple[str, ...], str]:
    """Give the names of the neighbourhoods that cells lie in, most cells first, and the district of the first."""
    areas = read_areas(workspace)
    table = read_cells(workspace)
    codes = [code for code in table.loc[table["cell"].isin(cells), "area_code"] if isinstance(code, str)]
    order = sorted(set(codes), key=lambda code: (-codes.count(code), code))
    names, districts = areas.names(), areas.district_names()
    district = areas.district_of().get(order[0], "") if order else ""
    return tuple(str(names.get(code, code)) for code in order), str(districts.get(district, ""))


def _proposal(workspace: Workspace, draft: Draft) -> Proposal:
    return proposal_of(base_of(workspace, draft))
