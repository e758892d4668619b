# SPDX-License-Identifier: EUPL-1.2
"""Hours in, places out: the plan as a function of tables."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.errors import PlanError
from stip.plan.draw import Draw, Frame, draw, fixed_patches, frame_of, overlaps
from stip.plan.parts import Option, choose_part, options
from stip.plan.patches import patches_of
from stip.plan.places import Choice, Teller, place_id_of
from stip.plan.proposal import FramePatch, PlannedPlace, Proposal, Question
from stip.plan.region import Region, a_home
from stip.plan.search import Fixed, Found, Room, search
from stip.plan.shapes import most_steps, steps_in
from stip.plan.situation import Situation
from stip.plan.tell import warnings_of, why_here
from stip.plan.visits import relaxed_bound
from stip.space import Areas
from stip.store import PLAN

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_FIRST_SHARE = 0.6  # of the time, to choose the part of the town; the rest is for the plan itself


def propose(
    outlook: pd.DataFrame,
    cells: pd.DataFrame,
    areas: Areas | None,
    question: Question,
    *,
    past: pd.DataFrame | None = None,
    overrides: pd.DataFrame | None = None,
    rhythm: Mapping[str, Floats] | None = None,
) -> Proposal:
    """Propose the places of a week.

    Parameters
    ----------
    outlook : DataFrame
        OUTLOOK contract, of the week asked.
    cells : DataFrame
        CELL contract.
    areas : Areas or None
        May be left out for a plan over the whole town.
    question : Question
    past : DataFrame
        PLAN contract: plans that stand, of any week.
    overrides : DataFrame
        OVERRIDE contract: decisions that stand; only those of the week are looked at.
    rhythm : mapping of str to ndarray, shape (168,)
        Weight of each hour of the week by crime type, from Monday 00:00.

    Returns
    -------
    Proposal

    Raises
    ------
    PlanError
        When no plan fits the settings; the sentence says what to change.
    """
    started = time.monotonic()
    past = PLAN.schema.empty_table().to_pandas() if past is None else past
    maker = _Maker(Situation.of(outlook, cells, areas, question, overrides), past, started)
    found = options(maker.situation, past)
    chosen, first, parts = choose_part(found, maker.first_plan, late=maker.late)
    plain = maker.plain_plan(chosen, first)
    drawn = maker.drawn(chosen, plain)
    plan, region = maker.plan(chosen, drawn, plain)
    teller = Teller(maker.situation, outlook, rhythm)
    places, refused = _told(teller, plan, drawn)
    if not places:
        raise PlanError(
            "Er is geen enkele plek te maken: nergens liggen genoeg vakken aan elkaar waar iets wordt verwacht en "
            "die geen huis aanwijzen. Kijk plan.place_cells en dwellings.minimum na."
        )
    kept, fresh, gone = maker.changes(places)
    hours, left = maker.situation.left(len(drawn.to_visit))
    ceiling = relaxed_bound(
        region.value,
        maker.situation.visits,
        hours=hours,
        places=left,
        most_cells=question.settings.place_cells[1],
        forced=maker.situation.own_worth,
    )
    proposal = Proposal(
        week=question.week,
        use="baseline" if maker.situation.expected.from_baseline == maker.situation.expected.types else "model",
        places=places,
        refused=refused,
        parts=tuple(parts),
        frame=drawn.frame_patches(place.cells for place in places if place.origin != "random"),
        left_out=drawn.frame.left_out,
        touched=drawn.frame.touched,
        seed=question.seed,
        hours=question.settings.hours,
        objective=plan.reached,
        bound=max(plan.reached, min(plan.bound, ceiling)),
        relaxed_bound=ceiling,
        proven=plan.proven,
        finished=plan.finished,
        candidates=plan.candidates,
        seconds=time.monotonic() - started,
        passed_rules=dict(question.passed_rules),
        like_week=question.like_week,
        kept=kept,
        fresh=fresh,
        gone=gone,
    )
    return _with_words(proposal, maker.situation, past)


@dataclass(frozen=True, eq=False)
class _Drawn:
    """What chance chose, and what people have to say about it."""

    frame: Frame
    draw: Draw
    visits: int
    refusals: dict[int, str]

    @property
    def to_visit(self) -> list[tuple[int, ...]]:
        """Cells of the drawn patches that will be visited."""
        return [self.frame.patches[number] for number in self.draw.drawn if number not in self.refusals]

    @property
    def cells(self) -> npt.NDArray[np.int64]:
        return np.array([cell for patch in self.to_visit for cell in patch], dtype=np.int64)

    def frame_patches(self, visited: Iterable[tuple[int, ...]]) -> tuple[FramePatch, ...]:
        drawn = set(self.draw.drawn)
        shared = overlaps(self.frame.patches, (cell for place in visited for cell in place))
        return tuple(
            FramePatch(
                place_id_of(patch),
                patch,
                self.draw.probability,
                "not drawn" if number not in drawn else "refused" if number in self.refusals else "drawn",
                shared[number],
            )
            for number, patch in enumerate(self.frame.patches)
        )


class _Maker:
    """The steps of one plan, in the order in which `propose` takes them."""

    def __init__(self, situation: Situation, past: pd.DataFrame, started: float) -> None:
        self.situation, self.past = situation, past
        self.settings = situation.question.settings
        self.first_deadline = started + _FIRST_SHARE * self.settings.seconds
        self.deadline = started + self.settings.seconds

    def late(self) -> bool:
        return time.monotonic() >= self.first_deadline

    def first_plan(self, mask: Mask, cutoff: float) -> Found:
        """Find the best places in a part of the town before anything is drawn, so that the draw has no say in it."""
        room = self.situation.left(self.situation.drawn_places)
        return self._search(self._open(mask), room, self.situation.own_worth, self.first_deadline, cutoff)

    def plain_plan(self, chosen: Option, first: Found | None) -> Found | None:
        """Find the places that the outlook alone proposes, before the draw and before people changed anything.

        Returns
        -------
        Found or None
            None when nothing is drawn, so that nobody needs to know.
        """
        situation = self.situation
        if situation.drawn_places == 0 or (first is not None and not situation.wishes):
            return first
        region = situation.plain_region.only(chosen.mask)
        deadline = self.first_deadline if situation.wishes else self.deadline  # a second search follows
        room = situation.left(situation.drawn_places, own=False)
        return self._search(region, room, np.empty(0), deadline, -1.0)

    def drawn(self, chosen: Option, plain: Found | None) -> _Drawn:
        """Draw, without regard to what people added or dropped; then see which drawn places they refuse."""
        situation = self.situation
        whole = situation.plain_region.only(chosen.mask)
        minimum = situation.question.dwellings_minimum
        count = situation.drawn_places
        patches = fixed_patches(whole, settings=self.settings, dwellings_minimum=minimum) if count else []
        taken = [int(cell) for place in plain.places for cell in place] if plain is not None else []
        frame = frame_of(patches, whole, floor=self.settings.random_floor, taken=taken)
        result = draw(frame, count, seed=situation.question.seed)
        own = {cell: place.reason for place in situation.wishes.own for cell in place.cells}
        refusals = {}
        for number in result.drawn:
            why = [
                situation.wishes.dropped[cell] for cell in frame.patches[number] if cell in situation.wishes.dropped
            ]
            why += [f"valt samen met eigen plek: {own[cell]}" for cell in frame.patches[number] if cell in own]
            if why:
                refusals[number] = why[0]
        return _Drawn(frame, result, situation.drawn_visits, refusals)

    def plan(self, chosen: Option, drawn: _Drawn, plain: Found | None) -> tuple[Found, Region]:
        """Find the best places beside the drawn ones; what the outlook alone proposes stands unless people differ."""
        region = self._open(chosen.mask).without(drawn.cells)
        to_visit = len(drawn.to_visit)
        if plain is not None and not self.situation.wishes and to_visit == self.situation.drawn_places:
            return plain, region
        room = self.situation.left(to_visit)
        return self._search(region, room, self.situation.own_worth, self.deadline, -1.0), region

    def changes(self, places: tuple[PlannedPlace, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Return the ids of places that stayed, came and went, against the week to be like."""
        before = self._places_before()
        old = {place_id_of(cells) for cells in before}
        new = [place.place_id for place in places]
        if not self.situation.question.like_week:
            return (), (), ()
        return (
            tuple(name for name in new if name in old),
            tuple(name for name in new if name not in old),
            tuple(sorted(old - set(new))),
        )

    def _open(self, mask: Mask) -> Region:
        return self.situation.region.only(mask & self.situation.free)

    def _search(
        self, region: Region, room: tuple[float, int], forced: Floats, deadline: float, cutoff: float
    ) -> Found:
        hours, places = room
        minimum = self.situation.question.dwellings_minimum
        return search(
            region,
            patches_of(
                region, cells=self.settings.place_cells, dwellings_minimum=minimum, steps=most_steps(self.settings)
            ),
            self.situation.visits,
            Room(hours, places, self.settings.gap, deadline),
            Fixed(forced, self._favoured(region), self.settings.keep_bonus),
            cutoff=cutoff,
        )

    def _places_before(self) -> list[tuple[int, ...]]:
        """Return the places of the week to be like that people or the outlook chose."""
        like = self.situation.question.like_week
        rows = self.past[(self.past["week"] == like) & (self.past["visits"] > 0) & (self.past["origin"] != "random")]
        return [tuple(sorted(int(cell) for cell in cells)) for cells in rows["cells"]]

    def _favoured(self, region: Region) -> tuple[npt.NDArray[np.int64], ...]:
        fewest, most = self.settings.place_cells
        favoured = []
        for cells in self._places_before():
            rows = np.searchsorted(region.cells, cells)
            here = (rows < len(region)).all() and (region.cells[rows] == cells).all()
            if not here or not fewest <= len(cells) <= most:
                continue
            spots = zip(region.row[rows].tolist(), region.column[rows].tolist(), strict=True)
            if steps_in(spots) > most_steps(self.settings):
                continue
            if not a_home(region.dwellings[rows], self.situation.question.dwellings_minimum):
                favoured.append(rows.astype(np.int64))
        return tuple(favoured)


def _told(teller: Teller, plan: Found, drawn: _Drawn) -> tuple[tuple[PlannedPlace, ...], tuple[PlannedPlace, ...]]:
    situation = teller.situation
    chosen = [
        Choice(tuple(cells.tolist()), int(visits), "outlook")
        for cells, visits in zip(plan.places, plan.visits, strict=True)
    ]
    chosen += [
        Choice(own.cells, int(visits), "person", reason=own.reason)
        for own, visits in zip(situation.wishes.own, plan.forced_visits, strict=True)
    ]
    chosen.sort(key=lambda choice: (-situation.expected.total(np.array(choice.cells)), choice.cells))
    chance = drawn.draw.probability
    chosen += [Choice(cells, drawn.visits, "random", chance) for cells in drawn.to_visit]
    refused = [
        Choice(drawn.frame.patches[number], 0, "random", chance, reason) for number, reason in drawn.refusals.items()
    ]
    return (
        tuple(teller.place(choice, order) for order, choice in enumerate(chosen, start=1)),
        tuple(teller.place(choice, order) for order, choice in enumerate(refused, start=len(chosen) + 1)),
    )


def _with_words(proposal: Proposal, situation: Situation, past: pd.DataFrame) -> Proposal:
    return replace(proposal, warnings=warnings_of(proposal, situation, past), why=why_here(proposal, situation))
