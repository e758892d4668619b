# SPDX-License-Identifier: EUPL-1.2
"""Which part of the town the week goes to: the one where most is reached, under the rotation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import PlanError
from stip.plan.districts import adjoining, groups
from stip.plan.proposal import Part
from stip.plan.rotation import Turn, had_turns, rotation_weight, turns
from stip.plan.search import Found
from stip.plan.situation import Situation
from stip.plan.visits import relaxed_bound

Mask = npt.NDArray[np.bool_]
Solve = Callable[[Mask, float], Found]
"""Finds the best places among these cells; may stop once nothing above the number can be reached."""


@dataclass(frozen=True, eq=False)
class Option:
    """A part of the town that the week could go to, with its cells."""

    part: Part
    mask: Mask


def options(situation: Situation, past: pd.DataFrame) -> list[Option]:
    """Return every part of the town that the week could go to, most promising first.

    Those that had their turns already have the state ``rotation``.

    Parameters
    ----------
    past : DataFrame
        PLAN contract: plans that stand.

    Raises
    ------
    PlanError
        When a plan by district is asked and no cell lies in one.
    """
    question = situation.question
    settings = question.settings
    codes = sorted(set(situation.part[situation.part != ""]))
    if settings.districts_per_week and not codes:
        raise PlanError(
            "Geen enkel vak ligt in een wijk. Lees buurten met een wijkcode in die bij dit gebied horen, of zet "
            "plan.districts_per_week op 0 voor een plan over de hele stad."
        )
    part_of_cell = part_by_cell(situation)
    turn = turns(past, part_of_cell, codes, week=question.week, settings=settings)
    void = len(codes) < 2 or "rotation" in question.passed_rules
    tired = set() if void else had_turns(turn, settings)
    _check_like(situation, past, part_of_cell, tired)
    if settings.districts_per_week == 0:
        mask = ~np.isin(situation.part.astype(str), sorted(tired))
        if not (situation.region.value[mask & situation.free] > 0).any():
            mask = np.ones(len(mask), dtype=bool)  # every neighbourhood had its turn; the plan says so
        return [_option(situation, (), mask, turn, set())]
    areas = situation.areas
    sets = groups(codes, adjoining(areas), settings.districts_per_week) if areas is not None else []
    found = [_option(situation, group, np.isin(situation.part.astype(str), group), turn, tired) for group in sets]
    lightest = min((option.part.weight for option in found), default=1.0)
    found = [replace(each, part=replace(each.part, weight=each.part.weight / lightest)) for each in found]
    return sorted(found, key=lambda option: (-option.part.at_most * option.part.weight, option.part.codes))


def part_by_cell(situation: Situation) -> dict[int, str]:
    """Return the district (neighbourhood when the plan is for the whole town) of each cell that has one."""
    pairs = zip(situation.expected.cells, situation.part, strict=True)
    return {int(cell): str(part) for cell, part in pairs if part}


def _check_like(situation: Situation, past: pd.DataFrame, part_of_cell: dict[int, str], tired: set[str]) -> None:
    """Refuse a plan like that of a week whose districts had their turns: rotating and staying do not go together."""
    like = situation.question.like_week
    rows = past[(past["week"] == like) & (past["visits"] > 0) & (past["origin"] != "person")]
    before = {part_of_cell[int(cell)] for cells in rows["cells"] for cell in cells if int(cell) in part_of_cell}
    if not before or not before <= tired:
        return
    areas = situation.areas
    known = {} if areas is None else areas.district_names() | areas.names()
    names = ", ".join(sorted(str(known.get(code, code)) for code in before))
    raise PlanError(
        f"Het plan van {like} ging naar {names}; daar was het team net. Om er weer heen te gaan is een reden nodig: "
        "--reason-rotation. Of maak een plan zonder --like."
    )


def choose_part(
    found: list[Option], solve: Solve, *, late: Callable[[], bool]
) -> tuple[Option, Found | None, list[Part]]:
    """Choose the part of the town where most is reached, the wait of each part weighed in.

    Parts are worked out from the most promising on, until no other can be better.

    Parameters
    ----------
    found : list of Option
        As `options` returns them.
    late : callable
        Tells when time is up; at least one part is worked out.

    Returns
    -------
    Option, Found or None, list of Part
        The chosen part, the plan found there (None when there was nothing to choose), and all parts, best first.

    Raises
    ------
    PlanError
        When every part had its turns, or nowhere is a place to be made.
    """
    allowed = [option for option in found if option.part.state != "rotation"]
    if not allowed:
        raise PlanError(
            "Elke wijk had de laatste tijd haar beurten al (plan.rotation_visits van plan.rotation_weeks weken). "
            "Geef een reden om de spreiding over te slaan (--reason-rotation), of verruim die instellingen."
        )
    if len(allowed) == 1:
        others = [option.part for option in found if option is not allowed[0]]
        return allowed[0], None, [replace(allowed[0].part, state="chosen"), *others]
    best: Option | None = None
    plan: Found | None = None
    score = 0.0
    told = {option.part.codes: option.part for option in found}
    for option in allowed:
        part = option.part
        if part.at_most * part.weight <= score or (best is not None and late()):
            continue
        result = solve(option.mask, score / part.weight)
        beaten = result.bound * part.weight <= score  # then the search stopped short of a plan worth telling
        told[part.codes] = replace(
            part, reached=None if beaten else result.reached, at_most=min(part.at_most, result.bound)
        )
        if result.reached * part.weight > score:
            best, plan, score = option, result, result.reached * part.weight
    if best is None:
        raise PlanError(
            "In geen enkele wijk is een plek te maken waar iets wordt verwacht en die geen huis aanwijst. Kijk "
            "plan.place_cells en dwellings.minimum na."
        )
    chosen = replace(told.pop(best.part.codes), state="chosen")
    others = sorted(told.values(), key=lambda part: (-(part.reached or part.at_most) * part.weight, part.codes))
    return best, plan, [chosen, *others]


def _option(
    situation: Situation, group: tuple[str, ...], mask: Mask, turn: dict[str, Turn], tired: set[str]
) -> Option:
    question = situation.question
    hours, places = situation.left(situation.drawn_places)
    at_most = relaxed_bound(
        situation.region.value[mask & situation.free],
        situation.visits,
        hours=hours,
        places=places,
        most_cells=question.settings.place_cells[1],
        forced=situation.own_worth,
    )
    names = situation.areas.district_names() if situation.areas is not None else {}
    ago = [turn[code].weeks_ago for code in group]
    known = [weeks for weeks in ago if weeks is not None]
    waited = float(np.mean([turn[code].waited_weeks for code in group])) if group else 0.0
    weight = 1.0 if question.like_week else rotation_weight(waited, question.settings)
    part = Part(
        group,
        tuple(str(names.get(code, code)) for code in group),
        "rotation" if tired & set(group) else "passed",
        None,
        at_most,
        min(known, default=None),
        weight if group else 1.0,
    )
    return Option(part, mask)
