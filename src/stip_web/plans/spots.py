# SPDX-License-Identifier: EUPL-1.2
"""A place on the board: suggested, drawn or one's own; all have the same form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from stip.plan import Capacity, Decided, PlannedPlace, Slot, VisitKind, slots_in

SUGGESTED, IN, OUT = "suggested", "in", "out"
NO_HOURS, LESS, MOVED = "no_hours", "expect_less", "moved"
OUT_CHOICES = {
    NO_HOURS: "Geen uren. Dit is geen oordeel over de plek.",
    LESS: "Wij verwachten hier minder. Dit telt als oordeel, en wordt later nagemeten.",
}
"""Why a place is not visited."""
ORIGIN_MARKS = {"outlook": ("●", "voorgesteld"), "random": ("◇", "geloot"), "person": ("✎", "eigen plek")}
"""Sign and word for who chose a place."""


@dataclass(frozen=True)
class Spot:
    """One place of the board; see `stip.plan.Decided` for what the fields mean.

    Attributes
    ----------
    state : str
        ``suggested``, ``in`` or ``out``.
    out : str
        Why it is out: ``no_hours``, ``expect_less`` or ``moved``; empty when only its reason is known.
    reason, out_reason : str
        Why it was added; why it is out.
    """

    place_id: str
    number: int
    cells: tuple[int, ...]
    areas: tuple[str, ...]
    district: str
    origin: str
    probability: float
    kind: str
    visits: int
    hours: float
    team: str
    slots: tuple[str, ...]
    state: str = SUGGESTED
    out: str = ""
    reason: str = ""
    out_reason: str = ""
    moved_from: tuple[int, ...] = ()
    decision_id: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Spot:
        """Read what the database kept."""
        values: dict[str, Any] = {each.name: kept[each.name] for each in fields(cls)}
        for name, value in values.items():
            values[name] = tuple(value) if isinstance(value, list) else value
        return cls(**values)

    @classmethod
    def from_place(cls, place: PlannedPlace, *, team: str, state: str = SUGGESTED) -> Spot:
        """Put a place of a proposal or plan on the board."""
        return cls(
            place.place_id,
            place.number,
            place.cells,
            place.areas,
            place.district,
            place.origin,
            place.probability,
            str(place.kind),
            place.visits,
            place.hours,
            team,
            place.slots,
            state,
            reason=place.reason,
        )

    def kept(self) -> dict[str, Any]:
        """Give it as the database keeps it."""
        found = asdict(self)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}

    @property
    def area(self) -> str:
        """Name of the neighbourhood it lies in most."""
        return self.areas[0] if self.areas else "buiten de buurten"

    @property
    def kind_label(self) -> str:
        """What the visits are for."""
        return VisitKind(self.kind).label

    @property
    def mark(self) -> str:
        """The sign of who chose it."""
        return ORIGIN_MARKS[self.origin][0]

    @property
    def origin_label(self) -> str:
        """Who chose it, in words."""
        return ORIGIN_MARKS[self.origin][1]

    @property
    def goes(self) -> bool:
        """Whether somebody is to go there, as it stands."""
        return self.state != OUT

    @property
    def when(self) -> tuple[str, ...]:
        """When its visits are, in words."""
        return tuple(Slot.of(code).short for code in self.slots)

    @property
    def out_label(self) -> str:
        """Why it is out, as the plan keeps it."""
        if self.out == NO_HOURS:
            return f"Geen uren: {self.out_reason}" if self.out_reason else "Geen uren."
        return self.out_reason

    def gone(self, out: str, label: str) -> Spot:
        """Give it as it is out: why, and that label again (see `out_label`)."""
        if out == NO_HOURS or not label:
            return replace(self, state=OUT, out=NO_HOURS, out_reason=label.removeprefix("Geen uren").lstrip(":. "))
        return replace(self, state=OUT, out=out, out_reason=label)

    def judged_anew(self, decision_id: str) -> Spot:
        """Give an own place a judgement of a new name, when people had taken the one before back."""
        taken_back = self.origin == "person" and self.out == LESS and self.reason
        return replace(self, decision_id=decision_id) if taken_back else self

    @property
    def decided(self) -> Decided:
        """The same as the library takes it; what is still suggested counts as accepted."""
        own, out = self.origin == "person", self.state == OUT
        judged = ("move" if self.moved_from else "add") if own else ""
        if out and self.out == LESS:
            judged = "drop"
        return Decided(
            self.cells,
            self.number,
            VisitKind(self.kind),
            0 if out else self.visits,
            0.0 if out else self.hours,
            self.origin,  # type: ignore[arg-type]
            self.probability,
            self.team,
            () if out else self.slots,
            self.out_label if out else self.reason if own else "",
            judged,
            self.moved_from,
            self.decision_id,
            self.out if out else "",
            self.reason if own else "",
        )


def fill(spots: Iterable[Spot], wishes: Mapping[str, tuple[str, ...]], capacity: Capacity) -> list[Spot]:
    """Give each visit of what is only suggested a moment: where most is expected, as far as there are hours.

    Parameters
    ----------
    wishes : mapping of str to tuple of str
        Parts of the week of each place, by its id, most expected first.
    """
    spots = list(spots)
    left = {(team, slot): hours for team, slots in capacity.items() for slot, hours in slots.items() if hours > 0}
    for spot in spots:
        if spot.goes and spot.state == IN:
            _take(left, spot)
    filled = []
    for spot in spots:
        if spot.state == SUGGESTED and spot.visits:
            each, chosen = spot.hours / spot.visits, []
            wanted = {slot.code for slot in slots_in(wishes.get(spot.place_id, ()))}
            for _ in range(spot.visits):
                fits = [key for key, hours in left.items() if key[0] == spot.team and hours >= each - 1e-6]
                free = [key for key in fits if key[1] not in chosen] or fits
                if not free:
                    break
                best = max(free, key=lambda key: (key[1] in wanted, left[key], -_order(key[1])))
                chosen.append(best[1])
                left[best] -= each
            spot = replace(spot, slots=tuple(sorted(chosen, key=_order)))
        filled.append(spot)
    return filled


def _take(left: dict[tuple[str, str], float], spot: Spot) -> None:
    for slot in spot.slots:
        if (spot.team, slot) in left:
            left[spot.team, slot] -= spot.hours / spot.visits


def _order(code: str) -> int:
    slot = Slot.of(code)
    return slot.day * 24 + slot.from_hour
