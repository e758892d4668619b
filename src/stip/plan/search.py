# SPDX-License-Identifier: EUPL-1.2
"""The best places in a region, with proof of how good they are.

Column generation: the relaxed programme over a few patches puts a price on each cell and each visit; the patches
that are worth more than they cost at those prices are added, until there are none. Its optimum then bounds
every plan. The programme in whole patches over the likeliest of what was gathered gives a plan. When that is
not within the gap, every patch that could still be part of a better plan (one that falls short, at the final
prices, by no more than the distance to the bound) is gathered and the programme is solved over exactly those.
Out of all patches, this is then the best plan.

Sources: Barnhart et al. (1998), *Branch-and-price*; Baldacci et al. (2008), for taking all columns within the gap.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from stip.plan.packing import Choices, Packed, Packing, Prices
from stip.plan.patches import Patches
from stip.plan.region import Region
from stip.plan.visits import Visits, relaxed_bound

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_A_ROUND = 400  # patches added in one round, for each number of visits
_A_FEW = 2_000  # patches in the first programme in whole patches
_MOST = 20_000  # patches in any
_TINY = 1e-9


@dataclass(frozen=True, eq=False)
class Room:
    """What there is to spend on the places that are chosen.

    Attributes
    ----------
    hours : float
    places : int
        Besides the forced ones.
    gap : float
        Distance to the bound that is good enough, as a share.
    deadline : float
        On the clock of `time.monotonic`.
    """

    hours: float
    places: int
    gap: float
    deadline: float

    def seconds(self, share: float = 1.0) -> float:
        """Return (a share of) the time that is left."""
        return max(0.0, self.deadline - time.monotonic()) * share


@dataclass(frozen=True, eq=False)
class Fixed:
    """Places that the search must know of beforehand.

    Attributes
    ----------
    forced : ndarray, shape (f,)
        Worth of places that are visited whatever happens; their cells lie outside the region.
    favoured : tuple of ndarray of int
        Patches of the region that count heavier, by ``bonus``.
    bonus : float
        As a share.
    """

    forced: Floats
    favoured: tuple[Ints, ...] = ()
    bonus: float = 0.0


@dataclass(frozen=True, eq=False)
class Found:
    """The best places found in a region.

    Attributes
    ----------
    places : tuple of ndarray of int64
        Cells of each place.
    visits : ndarray of int
    forced_visits : ndarray of int
    reached : float
        Weighted incidents reached, the forced places included, bonuses left out.
    bound : float
        No plan out of the candidates reaches more.
    candidates : int
        Patches in the last programme.
    proven : bool
        The bound holds for every place that the settings allow, not only for those that were looked at.
    finished : bool
        The plan is as good as was asked; if not, time was up.
    """

    places: tuple[Ints, ...]
    visits: Ints
    forced_visits: Ints
    reached: float
    bound: float
    candidates: int
    proven: bool
    finished: bool


def search(
    region: Region, patches: Patches, visits: Visits, room: Room, fixed: Fixed, *, cutoff: float = -1.0
) -> Found:
    """Find the best places in a region.

    Parameters
    ----------
    patches : Patches
        The candidates of this region.
    cutoff : float
        When nothing above this can be reached, the search ends as soon as that is proven, with a poor plan.
    """
    worker = _Search(region, patches, visits, room, fixed)
    best = worker.greedy()
    if room.places == 0 or worker.nothing_to_choose():
        worker.bound = best.reached
        return worker.told(best)
    worker.gather(cutoff)
    if worker.bound <= cutoff:
        return worker.told(best)
    best = worker.solve(best, share=0.5, most=_A_FEW)
    while worker.wide(best):
        before = best.reached
        best, complete = worker.gather_within(best)
        best = worker.solve(best, share=0.8, most=_MOST, closing=complete)
        if complete or best.reached <= before + _TINY:
            break
    return worker.told(best)


class _Search:
    """The state of one search: the patches gathered so far, their prices, and the bound."""

    def __init__(self, region: Region, patches: Patches, visits: Visits, room: Room, fixed: Fixed) -> None:
        self.region, self.patches, self.visits, self.room, self.fixed = region, patches, visits, room, fixed
        most = max([1, *(len(patch) for patch in fixed.favoured)])
        head = np.full((len(fixed.forced) + len(fixed.favoured), most), -1, dtype=np.int64)
        for row, patch in enumerate(fixed.favoured, start=len(fixed.forced)):
            head[row, : len(patch)] = patch
        favoured_worth = [float(region.value[patch].sum()) * (1 + fixed.bonus) for patch in fixed.favoured]
        self.head = len(head)  # these stay first among the choices
        self.choices = Choices(head, np.concatenate([fixed.forced, favoured_worth]), forced=len(fixed.forced))
        self.bound = np.inf
        self.relaxed = np.inf
        self.prices = Prices(np.zeros(len(region)), np.zeros(visits.most + 1))
        self.gathered = False
        self.programme = 0

    def greedy(self) -> Packed:
        """Take the best patch, then the best beside it, and so on: a plan to start from."""
        forced = self.choices.forced
        self._add(self.patches.best(self.region.value, above=0.0, limit=_A_FEW)[0])
        left = self.region.value.copy()
        rows = list(range(forced))
        while len(rows) - forced < self.room.places:
            best, _ = self.patches.best(left, above=0.0, limit=1)
            if len(best) == 0 or (len(rows) > forced and self.room.seconds() == 0):
                break
            rows.append(self._row(best))
            left[best[best >= 0]] = -np.inf
        chosen = np.array(rows, dtype=np.int64)
        count = self.visits.spread(self.choices.worth[chosen], hours=self.room.hours, forced=forced)
        chosen, count = chosen[count > 0], count[count > 0]
        return Packed(chosen, count, float(self.visits.reach[count] @ self.choices.worth[chosen]), np.inf)

    def _row(self, patch: Ints) -> int:
        """Return where a patch stands among the choices, added when it was not in yet."""
        self._add(patch)
        width = self.choices.patches.shape[1]
        same = (self.choices.patches[self.head :] == _widen(patch, width)).all(axis=1)
        return self.head + int(np.flatnonzero(same)[0])

    def nothing_to_choose(self) -> bool:
        """Tell whether no patch is worth anything, after `greedy` looked for them."""
        return len(self.choices.patches) == self.choices.forced

    def gather(self, cutoff: float) -> None:
        """Add patches until none is worth more than it costs, nothing passes the cutoff, or half the time is over."""
        halfway = time.monotonic() + self.room.seconds(0.5)
        while not self.gathered and self.bound > cutoff and (np.isinf(self.bound) or time.monotonic() < halfway):
            self.relaxed, self.prices = self._packing(self.choices).relaxed()
            surplus, fresh = 0.0, []
            for count in range(1, self.visits.most + 1):
                cost = float(self.prices.visits[count])
                found, worth = self.patches.best(self._net(count), above=cost + _TINY, limit=_A_ROUND)
                surplus = max(surplus, float(worth[0]) - cost) if len(worth) else surplus
                fresh.append(found)
            # Farley's bound: at most so many places, none with a larger surplus.
            self.bound = min(self.bound, self.relaxed + surplus * self.room.places)
            self.gathered = self._add(np.concatenate(fresh)) == 0

    def solve(self, start: Packed, *, share: float, most: int, closing: bool = False) -> Packed:
        """Choose whole patches out of the ``most`` likeliest; ``closing`` when nothing better lies outside these."""
        seconds = self.room.seconds(share)
        if seconds == 0:
            return start
        short = self._shortfall()
        short[: self.head] = -np.inf
        short[start.patch] = -np.inf
        likely = np.sort(np.argsort(short, kind="stable")[:most])
        some = replace(self.choices, patches=self.choices.patches[likely], worth=self.choices.worth[likely])
        known = replace(start, patch=np.searchsorted(likely, start.patch))
        found = self._packing(some).solve(gap=self.room.gap / 2, seconds=seconds, start=known)
        if found is None:
            return start
        best = replace(found, patch=likely[found.patch]) if found.reached >= start.reached else start
        self.programme = len(likely)
        if closing:
            self.bound = min(self.bound, max(self._enough(start), found.bound, best.reached))
        return best

    def wide(self, best: Packed) -> bool:
        """Tell whether the plan is not good enough, and there is a way and time to do better."""
        return self.bound > self._enough(best) + _TINY and self.gathered and self.room.seconds() > 0

    def gather_within(self, best: Packed) -> tuple[Packed, bool]:
        """Keep what may be part of a plan that is more than good enough; tell whether that is all there is."""
        short = self.relaxed - self._enough(best) + _TINY
        keep = self._shortfall() <= short
        keep[: self.head] = True
        keep[best.patch] = True
        kept = replace(best, patch=np.cumsum(keep)[best.patch] - 1)
        self.choices = replace(self.choices, patches=self.choices.patches[keep], worth=self.choices.worth[keep])
        complete = True
        for count in range(1, self.visits.most + 1):
            above = float(self.prices.visits[count]) - short
            found, whole = self.patches.all_above(self._net(count), above=above, limit=_MOST)
            complete &= whole or not self.patches.complete
            self._add(found)
        return kept, complete and len(self.choices.patches) <= _MOST

    def told(self, best: Packed) -> Found:
        """Return the plan in cells, without bonuses."""
        forced = np.zeros(self.choices.forced, dtype=np.int64)
        free = best.patch >= self.choices.forced
        forced[best.patch[~free]] = best.visits[~free]
        patches = [patch[patch >= 0] for patch in self.choices.patches[best.patch[free]]]
        worth = np.array([self.region.value[patch].sum() for patch in patches])
        reached = float(self.visits.reach[best.visits[free]] @ worth) if len(worth) else 0.0
        reached += float(self.visits.reach[forced] @ self.fixed.forced)
        ceiling = relaxed_bound(
            self.region.value,
            self.visits,
            hours=self.room.hours,
            places=self.room.places,
            most_cells=self.choices.patches.shape[1],
            forced=self.fixed.forced,
        )
        bound = max(reached, min(self.bound, ceiling))
        places = tuple(self.region.cells[np.sort(patch)] for patch in patches)
        finished = self.bound <= self._enough(best) + _TINY
        return Found(
            places, best.visits[free], forced, reached, bound, self.programme, self.patches.complete, finished
        )

    def _packing(self, choices: Choices) -> Packing:
        room = self.room
        return Packing(choices, self.visits, cells=len(self.region), hours=room.hours, places=room.places)

    def _net(self, count: int) -> Floats:
        return self.visits.reach[count] * self.region.value - self.prices.cell

    def _enough(self, best: Packed) -> float:
        """Return the bound at which this plan is good enough."""
        return best.reached / (1 - self.room.gap) if self.room.gap < 1 else np.inf

    def _shortfall(self) -> Floats:
        """Return how much each choice is worth less than it costs, at its best number of visits."""
        price = np.append(self.prices.cell, 0.0)[self.choices.patches].sum(axis=1)  # the last is for -1
        counts = range(1, self.visits.most + 1)
        gain = [self.visits.reach[count] * self.choices.worth - self.prices.visits[count] for count in counts]
        return price - np.max(gain, axis=0)

    def _add(self, found: Ints) -> int:
        """Add patches that are not in yet; return how many that were."""
        width = max(found.shape[1], self.choices.patches.shape[1])
        known, fresh = _widen(self.choices.patches, width), _widen(found, width)
        old = len(known) - self.head
        _, first = np.unique(np.concatenate([known[self.head :], fresh]), axis=0, return_index=True)
        fresh = fresh[np.sort(first[first >= old]) - old]
        worth = np.append(self.region.value, 0.0)[fresh].sum(axis=1)  # the last is for -1
        self.choices = replace(
            self.choices,
            patches=np.concatenate([known, fresh]),
            worth=np.concatenate([self.choices.worth, worth]),
        )
        return len(fresh)


def _widen(patches: Ints, width: int) -> Ints:
    return np.pad(patches, ((0, 0), (0, width - patches.shape[1])), constant_values=-1)
