# SPDX-License-Identifier: EUPL-1.2
"""The hours that there are: of each team, by day and shift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stip.errors import PlanError
from stip.plan import Capacity, Planned, Slot, hours_of, used_hours
from stip.settings import PlanSettings
from stip.words import counted
from stip_web.plans.models import Draft

USUAL = ("di-avond", "do-avond", "vr-avond")
"""Where hours stand as long as nobody said: three evenings, as a team has that is out for a shift at a time."""
_MOST = 1_000
NO_HOURS = "Schrijf uren als een getal, zoals 8 of 7,5."


def usual_capacity(settings: PlanSettings, week: str) -> dict[str, dict[str, float]]:
    """Give the hours of the last week before that has any, else those of the settings, spread over the week."""
    before = Draft.objects.filter(week__lt=week).exclude(capacity={}).order_by("-week").first()
    if before is not None:
        return {team: dict(slots) for team, slots in before.capacity.items() if team in settings.teams}
    first = next(iter(settings.teams))
    return {first: spread(settings.hours, dict.fromkeys(USUAL, 1.0))}


def spread(hours: float, over: Mapping[str, float]) -> dict[str, float]:
    """Spread hours over slots as they were spread before, in quarters; what is left goes to the first ones.

    Examples
    --------
    >>> spread(10, {"ma-dag": 1, "di-dag": 1, "wo-dag": 0})
    {'ma-dag': 5.0, 'di-dag': 5.0}
    >>> spread(1, {"ma-dag": 1, "di-dag": 1, "wo-dag": 1})
    {'ma-dag': 0.5, 'di-dag': 0.25, 'wo-dag': 0.25}
    """
    used = {slot: weight for slot, weight in over.items() if weight > 0} or dict.fromkeys(USUAL, 1.0)
    whole = sum(used.values())
    quarters = {slot: int(4 * hours * weight / whole + 1e-9) for slot, weight in used.items()}
    rest = round(4 * hours) - sum(quarters.values())
    for slot in list(used)[: max(rest, 0)]:
        quarters[slot] += 1
    return {slot: count / 4 for slot, count in quarters.items() if count}


def read_hours(text: str) -> float:
    """Read hours as people write them: ``8``, ``7,5``; nothing is none.

    Raises
    ------
    PlanError
    """
    tidy = text.strip().replace(",", ".")
    try:
        hours = float(tidy) if tidy else 0.0
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= _MOST:
        raise PlanError(NO_HOURS)
    return round(4 * hours) / 4


def wrong_boxes(typed: Mapping[str, str]) -> frozenset[str]:
    """Give the boxes in which no hours stand, by name."""
    return frozenset(name for name, text in typed.items() if not _are_hours(text))


def _are_hours(text: str) -> bool:
    try:
        read_hours(text)
    except PlanError:
        return False
    return True


@dataclass(frozen=True)
class Load:
    """What a team has and uses in a slot."""

    has: float
    used: float

    @property
    def over(self) -> bool:
        """Whether more is planned than there is."""
        return self.used > self.has + 1e-6

    @property
    def words(self) -> str:
        """Say ``4,5 van 8 uur``."""
        return f"{counted(self.used)} van {counted(self.has)} uur"


def loads(planned: list[Planned], capacity: Capacity, teams: Mapping[str, str]) -> dict[tuple[str, str], Load]:
    """Give the load of each team and slot that has hours, or uses them."""
    used = used_hours(planned, next(iter(teams)))
    keys = {(team, slot) for team, slots in capacity.items() for slot, hours in slots.items() if hours > 0}
    return {key: Load(capacity.get(key[0], {}).get(key[1], 0.0), used.get(key, 0.0)) for key in keys | set(used)}


def whole(planned: list[Planned], capacity: Capacity) -> Load:
    """Give the load of the whole week."""
    return Load(hours_of(capacity), sum(place.hours for place in planned if place.visits))


def slots_of(used: Mapping[tuple[str, str], Load]) -> list[Slot]:
    """Give the slots of the board, in the order of the week."""
    return sorted({Slot.of(slot) for _, slot in used if slot})
