# SPDX-License-Identifier: EUPL-1.2
"""The rules that a plan keeps unless people give a reason: its hours, the rotation, the spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from stip.plan.adopt import tired_part
from stip.plan.proposal import Proposal
from stip.plan.slots import Slot
from stip.plan.tell import weeks_before
from stip.store import Workspace
from stip.words import counted

Capacity = Mapping[str, Mapping[str, float]]
"""Hours of each team by its code, by slot."""
_SLACK = 1e-6  # hours are sums of decimal fractions


@dataclass(frozen=True)
class Planned:
    """A place as the rules look at it; 0 visits when nobody goes."""

    number: int
    cells: tuple[int, ...]
    hours: float
    visits: int
    origin: str
    team: str = ""
    slots: tuple[str, ...] = ()


@dataclass(frozen=True)
class Broken:
    """A rule that a plan passes over.

    Attributes
    ----------
    rule : str
        ``hours``, ``rotation`` or ``spread``.
    text : str
        Dutch sentences: what is the case.
    numbers : tuple of int
        Of the places it is about; empty when it is about the whole plan.
    """

    rule: str
    text: str
    numbers: tuple[int, ...] = ()


def hours_of(capacity: Capacity) -> float:
    """Return all hours of all teams together."""
    return float(sum(hours for slots in capacity.values() for hours in slots.values()))


def used_hours(places: Sequence[Planned], first_team: str) -> dict[tuple[str, str], float]:
    """Return the hours that are planned, by team and slot; those without a slot stand under the empty one.

    The hours of a place are shared equally over its visits.
    """
    used: dict[tuple[str, str], float] = {}
    for place in places:
        if not place.visits:
            continue
        each = place.hours / place.visits
        spots = [*place.slots, *[""] * (place.visits - len(place.slots))]
        for slot in spots:
            key = (place.team or first_team, slot)
            used[key] = used.get(key, 0.0) + each
    return used


def broken_rules(
    workspace: Workspace, proposal: Proposal, places: Sequence[Planned], *, past: pd.DataFrame, capacity: Capacity
) -> tuple[Broken, ...]:
    """Return the rules that a plan passes over, each once.

    Parameters
    ----------
    proposal : Proposal
        What people started from: its part of the town says whether the rotation is kept.
    past : DataFrame
        PLAN contract: plans that stand, of any week.
    capacity : mapping of str to mapping of str to float
    """
    visited = [place for place in places if place.visits]
    found = (_over_hours(workspace, visited, capacity), *_turns(workspace, proposal, visited))
    return tuple(each for each in (*found, _too_often(workspace, proposal.week, visited, past)) if each)


def _over_hours(workspace: Workspace, places: Sequence[Planned], capacity: Capacity) -> Broken | None:
    teams = workspace.settings.plan.teams
    first = next(iter(teams))
    told = []
    total, planned = hours_of(capacity), sum(place.hours for place in places)
    if planned > total + _SLACK:
        told.append(f"Het plan vraagt {counted(planned)} uur, en er zijn er {counted(total)}.")
    used = used_hours(places, first)
    told += [] if len(teams) == 1 else _over_team(teams, used, capacity)
    for (team, slot), hours in sorted(used.items(), key=lambda item: (item[0][0], _order(item[0][1]))):
        has = capacity.get(team, {}).get(slot, 0.0)
        if slot and hours > has + _SLACK:
            name = f"{teams.get(team, team)}, " if len(teams) > 1 else ""
            told.append(
                f"Te veel op {name}{Slot.of(slot).short}: {counted(hours)} uur, en er zijn er {counted(has)}."
            )
    return Broken("hours", " ".join(told)) if told else None


def _over_team(teams: Mapping[str, str], used: Mapping[tuple[str, str], float], capacity: Capacity) -> list[str]:
    """Say which teams have too much, visits without a slot too: hours of one team are not there for another."""
    told = []
    for team in sorted({team for team, _ in used}):
        has = sum(capacity.get(team, {}).values())
        asked = sum(hours for (who, _), hours in used.items() if who == team)
        if asked > has + _SLACK:
            told.append(f"{teams.get(team, team)} krijgt {counted(asked)} uur werk, en heeft er {counted(has)}.")
    return told


def _order(slot: str) -> Slot:
    return Slot.of(slot) if slot else Slot(7, 0)


def _turns(workspace: Workspace, proposal: Proposal, places: Sequence[Planned]) -> list[Broken]:
    """Own places may lie anywhere; what the proposal chose or drew follows the rotation."""
    if proposal.passed_rules.get("rotation") or all(place.origin == "person" for place in places):
        return []
    tired = tired_part(workspace, proposal)
    return [Broken("rotation", tired)] if tired else []


def _too_often(workspace: Workspace, week: str, places: Sequence[Planned], past: pd.DataFrame) -> Broken | None:
    settings = workspace.settings.plan
    often = []
    for place in places:
        weeks = weeks_before(place.cells, past, week=week, weeks=settings.spread_weeks)
        if weeks >= settings.spread_visits and place.origin != "random":
            often.append((place.number, weeks))
    if not often:
        return None
    told = " ".join(
        f"Plek {which} stond al in {weeks} van de laatste {settings.spread_weeks} weken in het plan."
        for which, weeks in often
    )
    return Broken("spread", told, tuple(which for which, _ in often))
