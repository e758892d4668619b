# SPDX-License-Identifier: EUPL-1.2
"""Whose turn it is: how often and how long ago the plan went to each part of the town."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from stip.settings import PlanSettings
from stip.space import week_number


@dataclass(frozen=True)
class Turn:
    """What the plans before this week did in one part of the town.

    Attributes
    ----------
    weeks_ago : int or None
        Since the last week it had a place; None when it never had one.
    waited_weeks : int
        The same; for a part that never had one, since the week before the first plan.
    recent : int
        In how many of the last ``rotation_weeks`` weeks it had a place.
    """

    weeks_ago: int | None
    waited_weeks: int
    recent: int


def turns(
    past: pd.DataFrame, part_of_cell: dict[int, str], parts: list[str], *, week: str, settings: PlanSettings
) -> dict[str, Turn]:
    """Count the turns of each part of the town.

    Places that people added by themselves do not count: they are not where the plan chose to go.

    Parameters
    ----------
    past : DataFrame
        PLAN contract: plans that stand.
    part_of_cell : dict of int to str
        District (or neighbourhood) of each cell, by today's borders: codes are never compared across years.
    parts : list of str
    """
    now = week_number(week)
    visited: dict[str, set[int]] = {part: set() for part in parts}
    first = now
    chosen = past[(past["visits"] > 0) & (past["origin"] != "person")]
    for cells, when in zip(chosen["cells"], chosen["week"], strict=True):
        number = week_number(when)
        found = Counter(part_of_cell[int(cell)] for cell in cells if int(cell) in part_of_cell)
        if number >= now or not found:
            continue
        first = min(first, number)
        visited.setdefault(min(found, key=lambda part: (-found[part], part)), set()).add(number)
    return {part: _turn(visited[part], now, first, settings) for part in parts}


def _turn(visited: set[int], now: int, first: int, settings: PlanSettings) -> Turn:
    ago = now - max(visited) if visited else None
    recent = sum(now - settings.rotation_weeks <= number for number in visited)
    return Turn(ago, ago if ago is not None else now - first + 1, recent)


def had_turns(turn: Mapping[str, Turn], settings: PlanSettings) -> set[str]:
    """Return the parts of the town that had their turns, and are passed over unless there is a reason."""
    return {part for part, each in turn.items() if each.recent >= settings.rotation_visits}


def recently(turn: Turn, settings: PlanSettings) -> str:
    """Write that a part of the town had its turns."""
    if settings.rotation_weeks == 1:
        return "vorige week al aan de beurt"
    return f"al in {turn.recent} van de laatste {settings.rotation_weeks} weken aan de beurt"


def rotation_weight(waited_weeks: float, settings: PlanSettings) -> float:
    """Return how much heavier a part of the town counts because it has waited: it grows without end, so that
    every part where anything is expected gets its turn.
    """  # noqa: D205, D400
    return 1 + settings.rotation_growth * waited_weeks
