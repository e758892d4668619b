# SPDX-License-Identifier: EUPL-1.2
"""Small counts of a single week: who may not see places, does not learn what happened in a few of them either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stip.words import counted
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May

FEWEST = 5
"""A week's count of chosen places below this is told as *fewer than*, and a list leaves it empty."""
OF_PLACES = ("person_hits", "hits", "baseline_hits", "best_hits")
FEWEST_IN_TOWN = 30
"""A week's reports of the town below this are not told: they could be laid beside the neighbourhoods of the map."""
SAID = f"minder dan {FEWEST}"
SAID_IN_TOWN = f"minder dan {FEWEST_IN_TOWN}"
TOLD = (
    f"Een week met minder dan {FEWEST} meldingen op aangewezen plekken, of minder dan {FEWEST_IN_TOWN} in de hele "
    "gemeente, is daar leeg gelaten."
)


def sees_all(user: User) -> bool:
    """Whether somebody may see places, and so also exact counts of a few of them."""
    return user.may(May.DOTS_FINE, May.OUTLOOK_READ)


def is_small(count: float | None) -> bool:
    """Whether a count is too small to tell; that nothing happened tells as much."""
    return count is not None and count < FEWEST


def at_least(count: float) -> str:
    """Write a count, or that it is small."""
    return SAID if is_small(count) else counted(count)


def without_small(line: Mapping[str, Any]) -> dict[str, Any]:
    """Give the line of a week without small counts of places, for a list."""
    told = {name: None if name in OF_PLACES and is_small(value) else value for name, value in line.items()}
    return told | {"reported": None} if is_few(line.get("reported")) else told


def is_few(reported: float | None) -> bool:
    """Whether so few were reported in the town that it is not told."""
    return reported is not None and reported < FEWEST_IN_TOWN


def in_town(reported: float) -> str:
    """Write what was reported in the town, or that it is few."""
    return SAID_IN_TOWN if is_few(reported) else counted(reported)


def of_types(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give a week by crime type; when of one type few were reported, of none: the rest would tell it."""
    few = any(is_few(line.get("reported")) for line in lines)
    told = [without_hits(line) for line in lines]
    return [line | {"reported": None} if few and "reported" in line else line for line in told]


def without_hits(line: Mapping[str, Any]) -> dict[str, Any]:
    """Give the line of a crime type without what fell in places: with the sum, one that is hidden could be found."""
    return {name: value for name, value in line.items() if name not in OF_PLACES}
