# SPDX-License-Identifier: EUPL-1.2
"""Small counts of a single week: who may not see places, does not learn what happened in a few of them either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stip.words import counted
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May

FEWEST = 5
"""A week's count of chosen places below this is told as *fewer than*, and a list leaves it empty."""
OF_PLACES = ("person_hits", "hits", "baseline_hits", "best_hits")
SAID = f"minder dan {FEWEST}"
TOLD = f"Een week met minder dan {FEWEST} meldingen op aangewezen plekken is daar leeg gelaten."


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
    return {name: None if name in OF_PLACES and is_small(value) else value for name, value in line.items()}


def without_hits(line: Mapping[str, Any]) -> dict[str, Any]:
    """Give the line of a crime type without what fell in places: with the sum, one that is hidden could be found."""
    return {name: value for name, value in line.items() if name not in OF_PLACES}
