# SPDX-License-Identifier: EUPL-1.2
"""What people made of a proposal: places, hours, kinds and moments, frozen and fixed as the plan of the week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from stip.agreements import tidy_reason
from stip.errors import PlanError
from stip.plan.adopt import Adopted, adopt, check_goal
from stip.plan.decide import Override, check_override, record_override, withdraw_override
from stip.plan.draw import overlaps
from stip.plan.frozen import notes_of, proposal_of, tables_of
from stip.plan.kinds import VisitKind
from stip.plan.places import Choice, Teller, place_id_of
from stip.plan.proposal import Origin, PlannedPlace, Proposal
from stip.plan.rules import Capacity, Planned, broken_rules, hours_of
from stip.plan.run import Inputs, look_up
from stip.plan.situation import Situation
from stip.plan.slots import Slot
from stip.plan.tell import warnings_of
from stip.store import Run, Workspace, freeze_run, open_run, read_decisions


@dataclass(frozen=True)
class Decided:
    """What people decided about one place, suggested, drawn or their own: all are told in the same way.

    Attributes
    ----------
    cells : tuple of int
    number : int
        On list and map; a place keeps it from version to version.
    kind : VisitKind
    visits : int
        0 for a place that will not be visited.
    hours : float
    origin : str
        ``outlook``, ``person`` or ``random``.
    probability : float
        Chance with which it was drawn; 1 when it was chosen.
    team : str
        Code in ``plan.teams``; empty when nobody said.
    slots : tuple of str
        When its visits are, at most one each; see `stip.plan.Slot`.
    reason : str
        Why it was added, or is not visited.
    judged : str
        What people say about what happens there, scored afterwards like a forecast: ``add`` (more than the outlook
        says), ``drop`` (less), ``move`` (here rather than ``moved_from``); empty for no judgement.
    moved_from : tuple of int
    decision_id : str
        What that judgement is called, 32 hex digits; the same one is written down once.
    out : str
        For which kind of reason nobody goes, as who made the board calls it; empty when nobody said.
    added : str
        Why an own place was added, also once it is not visited.
    """

    cells: tuple[int, ...]
    number: int
    kind: VisitKind
    visits: int
    hours: float
    origin: Origin
    probability: float = 1.0
    team: str = ""
    slots: tuple[str, ...] = ()
    reason: str = ""
    judged: str = ""
    moved_from: tuple[int, ...] = ()
    decision_id: str = ""
    out: str = ""
    added: str = ""

    @property
    def place_id(self) -> str:
        """The id of the place."""
        return place_id_of(self.cells)

    @property
    def planned(self) -> Planned:
        """The same as the rules look at it."""
        return Planned(self.number, self.cells, self.hours, self.visits, self.origin, self.team, self.slots)


@dataclass(frozen=True, eq=False)
class Fixed:
    """A plan that was fixed from a board; nothing is frozen when it was only tried.

    Attributes
    ----------
    run : Run or None
    adopted : Adopted
    passed : mapping of str to str
        Rules that the board passes over, each with its reason, tidied.
    """

    run: Run | None
    adopted: Adopted
    passed: Mapping[str, str]


def fix_board(
    workspace: Workspace,
    base: Run,
    decided: Sequence[Decided],
    *,
    capacity: Capacity,
    reasons: Mapping[str, str],
    role: str,
    at: datetime,
    dry_run: bool = False,
) -> Fixed:
    """Freeze a plan with the places as people decided, write down their judgements, and fix it.

    Doing the same again changes nothing.

    Parameters
    ----------
    base : Run
        Of the kind ``plan``: the proposal, or the plan of before, that people started from.
    decided : sequence of Decided
    capacity : mapping of str to mapping of str to float
        Hours of each team, by slot.
    reasons : mapping of str to str
        Why a rule is passed over, by its name; see `broken_rules`.
    role : str
        Who decides, by role; see `ROLES`.
    at : aware datetime

    Raises
    ------
    PlanError
        When there is no goal, a place is no place, two share a cell, a drawn place is refused without a reason, or a
        rule is passed over without one.
    """
    check_goal(workspace)
    decided = [_checked(workspace, each) for each in decided]
    _check_apart(decided)
    _check_drawn(proposal_of(base), decided)
    past = read_decisions(workspace, "plan")
    broken = broken_rules(
        workspace, proposal_of(base), [each.planned for each in decided], past=past, capacity=capacity
    )
    for rule in broken:
        if not reasons.get(rule.rule, "").strip():
            raise PlanError(f"{rule.text} Schrijf een reden, of pas het plan aan.")
    passed = {each.rule: tidy_reason(reasons[each.rule], PlanError) for each in broken}
    often = {number for each in broken if each.rule == "spread" for number in each.numbers}
    judgements = [
        (each, check_override(workspace, _override(base.week, each, role))) for each in decided if _new(each)
    ]
    inputs = _inputs(workspace, base, hours_of(capacity))
    proposal = _composed(base, inputs, decided, passed, often)
    adopted = adopt(workspace, proposal, at=at, dry_run=True)
    if dry_run:
        return Fixed(None, adopted, passed)
    run = _freeze(workspace, base, inputs, decided, proposal)
    with workspace.writing():
        taken = set(read_decisions(workspace, "override", history=True)["decision_id"])
        standing = read_decisions(workspace, "override", week=base.week).to_dict("records")
        for each, judgement in judgements:
            if each.decision_id not in taken and not any(_says_so(row, each) for row in standing):
                record_override(workspace, judgement, at=at, decision_id=each.decision_id)
        _withdraw(workspace, base.week, decided, role=role, at=at)
        adopted = adopt(workspace, proposal, at=at, run_id=run.run_id)
    return Fixed(run, adopted, passed)


def _new(each: Decided) -> bool:
    """Tell whether a judgement is to be written down, when it was not before."""
    if not each.decision_id:
        return False
    return each.judged in ("add", "move") if each.origin == "person" else each.judged == "drop" and not each.visits


def _override(week: str, each: Decided, role: str) -> Override:
    kind = each.judged
    return Override(
        week=week,
        kind=kind,
        cells=each.moved_from if kind == "move" else each.cells,
        to_cells=each.cells if kind == "move" else (),
        reason=each.reason if kind == "drop" else each.added or each.reason,
        role=role,
        team=each.team,
    )


def _says_so(row: Mapping[Any, Any], each: Decided) -> bool:
    """Tell whether a judgement that stands says the same of a place, under another name."""
    same_kind = row["kind"] in ("add", "move") if each.judged in ("add", "move") else row["kind"] == each.judged
    return same_kind and pd.isna(row["crime_type"]) and _is_about(row, each)


def _is_about(row: Mapping[Any, Any], each: Decided) -> bool:
    target = row["to_cells"] if row["kind"] == "move" else row["cells"]
    return target is not None and {int(cell) for cell in target} == set(each.cells)


def _withdraw(workspace: Workspace, week: str, decided: Sequence[Decided], *, role: str, at: datetime) -> None:
    """Take back judgements that people no longer hold: an own place where they now expect less, a drop undone."""
    standing = read_decisions(workspace, "override", week=week).to_dict("records")
    for each in decided:
        for row in standing:
            less = each.judged == "drop" and row["kind"] in ("add", "move") and each.origin == "person"
            undone = each.visits > 0 and row["kind"] == "drop" and pd.isna(row["crime_type"])
            if _is_about(row, each) and (less or undone):
                reason = each.reason if less else "Toch een plek van het weekplan."
                withdraw_override(workspace, str(row["decision_id"]), reason=reason, role=role, at=at)


def _checked(workspace: Workspace, each: Decided) -> Decided:
    settings = workspace.settings.plan
    named = f"Plek {each.number}"
    if not 0 <= each.visits <= settings.max_visits:
        raise PlanError(f"{named}: {each.visits} bezoeken kan niet. Kies er 1 tot {settings.max_visits}.")
    if each.visits and not 0 < each.hours <= 168:
        raise PlanError(f"{named}: {each.hours:g} uur kan niet. Geef een getal boven 0 en hoogstens 168.")
    if each.team and each.team not in settings.teams:
        raise PlanError(f"{named}: dit team ken ik niet. Bekend zijn {', '.join(settings.teams)}.")
    if len(each.slots) > max(each.visits, 0):
        raise PlanError(f"{named}: er zijn meer dagdelen dan bezoeken. Kies voor elk bezoek één dagdeel.")
    slots = tuple(slot.code for slot in sorted(Slot.of(code) for code in each.slots))
    if not each.visits and not each.reason.strip():
        raise PlanError(f"{named} vervalt zonder reden. Schrijf waarom, of laat de plek staan.")
    reason = tidy_reason(each.reason, PlanError) if each.reason.strip() else ""
    added = tidy_reason(each.added, PlanError) if each.added.strip() else ""
    cells, hours = tuple(sorted(set(each.cells))), each.hours if each.visits else 0
    return replace(each, cells=cells, slots=slots, reason=reason, added=added, hours=hours)


def _check_apart(decided: Sequence[Decided]) -> None:
    visited = [each for each in decided if each.visits]
    if not visited:
        raise PlanError("Er is nog geen plek om naartoe te gaan. Neem ten minste één plek over.")
    owner: dict[int, Decided] = {}
    for each in visited:
        for cell in each.cells:
            other = owner.setdefault(cell, each)
            if other is not each:
                raise PlanError(
                    f"Plek {other.number} en plek {each.number} delen een vak. Laat een van de twee vervallen, of "
                    "kies andere vakken."
                )


def _check_drawn(proposal: Proposal, decided: Sequence[Decided]) -> None:
    """Refuse to lose a drawn place: visited or not, it stays on record with its chance."""
    told = {each.place_id for each in decided if each.origin == "random"}
    for place in (*proposal.places, *proposal.refused):
        if place.origin == "random" and place.place_id not in told:
            raise PlanError(
                f"Plek {place.number} is geloot en staat er niet bij. Neem haar op, of geef een reden waarom niet."
            )


def _inputs(workspace: Workspace, base: Run, hours: float) -> Inputs:
    """Look up what the proposal was made from, with the hours as they are now."""
    outlook = open_run(workspace.root / "runs" / base.week / "outlook" / base.facts["inputs"]["outlook"])
    return look_up(workspace, base.week, hours=hours, outlook=outlook)


def _freeze(workspace: Workspace, base: Run, inputs: Inputs, decided: Sequence[Decided], proposal: Proposal) -> Run:
    more = {"decided": _plain(decided), "hours": proposal.hours, "passed_rules": dict(proposal.passed_rules)}
    return freeze_run(
        workspace,
        kind="plan",
        week=base.week,
        settings=base.facts["settings"] | more,
        inputs={"outlook": inputs.outlook.run_id, "proposal": base.run_id},
        tables=tables_of(proposal, inputs.expectation()),
        notes=notes_of(proposal),
    )


def _plain(decided: Sequence[Decided]) -> list[dict[str, Any]]:
    """Return what was decided as JSON can hold it, without what a judgement is called."""
    return [
        {name: value for name, value in asdict(each).items() if name != "decision_id"}
        for each in sorted(decided, key=lambda each: each.number)
    ]


def _composed(
    base: Run, inputs: Inputs, decided: Sequence[Decided], passed: Mapping[str, str], often: set[int]
) -> Proposal:
    before = proposal_of(base)
    situation = Situation.of(inputs.outlook.table("outlook"), inputs.cells, inputs.areas, inputs.question, None)
    teller = Teller(situation, inputs.outlook.table("outlook"), inputs.rhythm)
    spread = passed.get("spread", "")
    told = [_place(teller, each, spread if each.number in often else "") for each in decided]
    told.sort(key=lambda place: place.number)
    places = tuple(place for place in told if place.visits)
    refused = tuple(place for place in told if not place.visits)
    out = {place.place_id for place in refused}
    cells = (cell for place in places if place.origin != "random" for cell in place.cells)
    shared = overlaps([patch.cells for patch in before.frame], cells)
    frame = tuple(
        replace(
            patch,
            overlap=overlap,
            state="not drawn" if patch.state == "not drawn" else "refused" if patch.place_id in out else patch.state,
        )
        for patch, overlap in zip(before.frame, shared, strict=True)
    )
    worth = situation.expected.worth()
    reached = sum(
        float(situation.visits.reach[place.visits] * worth[situation.expected.rows(np.array(place.cells))].sum())
        for place in places
        if place.origin != "random"
    )
    proposal = replace(
        before,
        places=places,
        refused=refused,
        frame=frame,
        hours=inputs.question.settings.hours,
        objective=reached,
        bound=max(reached, before.bound),
        relaxed_bound=max(reached, before.relaxed_bound),
        passed_rules={**before.passed_rules, **passed},
        kept=(),
        fresh=(),
        gone=(),
        like_week="",
    )
    return replace(proposal, warnings=warnings_of(proposal, situation, inputs.past))


def _place(teller: Teller, each: Decided, spread: str) -> PlannedPlace:
    choice = Choice(each.cells, each.visits, each.origin, each.probability, each.reason)
    told = teller.place(choice, each.number)
    return replace(
        told,
        hours=each.hours,
        kind=each.kind,
        team=each.team,
        slots=each.slots,
        when=tuple(Slot.of(code).label for code in each.slots) or told.when,
        reason=each.reason or spread,
    )
