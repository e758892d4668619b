# SPDX-License-Identifier: EUPL-1.2
"""What a visit reaches and what it costs: each next visit reaches the same share of what is left."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from stip.errors import PlanError
from stip.settings import PlanSettings
from stip.words import number

Floats = npt.NDArray[np.float64]
_SLACK = 1e-9  # hours are sums of decimal fractions


@dataclass(frozen=True)
class Visits:
    """Reach and hours by number of visits; entry 0 of both is no visit at all.

    Attributes
    ----------
    reach : ndarray, shape (max_visits + 1,)
        Share of a place's expected incidents reached: ``1 - (1 - catch)^visits``.
    hours : ndarray, shape (max_visits + 1,)
        Hours of the visits and the way there.
    """

    reach: Floats
    hours: Floats

    @classmethod
    def of(cls, settings: PlanSettings) -> Visits:
        """Return the table these settings make.

        Raises
        ------
        PlanError
            When the hours do not suffice for one visit.
        """
        count = np.arange(settings.max_visits + 1)
        reach = 1 - (1 - settings.catch_per_visit) ** count
        hours = count * settings.hours_per_visit + np.where(count > 0, settings.travel_hours, 0.0)
        if hours[1] > settings.hours + _SLACK:
            raise PlanError(
                f"Met {number(settings.hours, 1)} uur kan het team geen enkele plek bezoeken: één bezoek kost "
                f"{number(float(hours[1]), 1)} uur, met de weg erheen. Geef meer uren, of zet "
                "plan.hours_per_visit lager."
            )
        return cls(np.asarray(reach, dtype=np.float64), np.asarray(hours, dtype=np.float64))

    @property
    def most(self) -> int:
        """Most visits to one place."""
        return len(self.reach) - 1

    def limits(self, *, hours: float, places: int) -> tuple[Floats, Floats]:
        """Write the hours as limits on whole places and whole visits.

        Nobody makes three quarters of a visit, so the hours allow only some pairs (places, visits). The edges
        of the smallest convex area around those pairs say the same as the hours for whole visits, and more
        for parts of visits: the bound on what a plan can reach comes out sharper.

        Parameters
        ----------
        hours : float
        places : int
            Most places.

        Returns
        -------
        use : ndarray, shape (limits, max_visits + 1)
            What a place takes of each limit, by its number of visits; entry 0 is 0.
        most : ndarray, shape (limits,)
        """
        opened = min(places, int((hours + _SLACK) // self.hours[1]))
        number = np.arange(self.most + 1, dtype=np.float64)
        a_place = np.minimum(number, 1)
        use, most = [a_place], [float(opened)]
        if self.most > 1 and opened:
            step = float(self.hours[2] - self.hours[1])
            by_places = [(n, n + int((hours + _SLACK - n * self.hours[1]) // step)) for n in range(1, opened + 1)]
            use.append(number)
            most.append(float(by_places[0][1]))
            for (n, visits), (next_n, next_visits) in pairwise(_upper_hull(by_places)):
                fewer = (visits - next_visits) / (next_n - n)
                use.append(number + fewer * a_place)
                most.append(visits + fewer * n)
        return np.array(use), np.array(most)

    def spread(self, values: Floats, *, hours: float, forced: int = 0) -> npt.NDArray[np.int64]:
        """Spread hours over places that do not overlap, so that most is reached.

        For a given number of open places every extra visit costs the same hours, and reaches less than the one
        before it; so always taking the extra visit that reaches most is best. Every number of open places is tried.

        Parameters
        ----------
        values : ndarray, shape (n,)
            What is expected in each place, largest first after the first ``forced``.
        hours : float
        forced : int
            So many places at the head get at least one visit.

        Returns
        -------
        ndarray of int, shape (n,)
            Visits; all zero when not even the forced ones fit.
        """
        best, best_reached = np.zeros(len(values), dtype=np.int64), -1.0
        for opened in range(forced, len(values) + 1):
            visits = self._fill(values[:opened], hours)
            if visits is None:
                break
            reached = float(self.reach[visits] @ values[:opened])
            if reached > best_reached + _SLACK:
                best_reached = reached
                best = np.concatenate([visits, np.zeros(len(values) - opened, dtype=np.int64)])
        return best

    def _fill(self, values: Floats, hours: float) -> npt.NDArray[np.int64] | None:
        left = hours - len(values) * float(self.hours[1]) + _SLACK
        if left < 0:
            return None
        visits = np.ones(len(values), dtype=np.int64)
        step = float(self.hours[2] - self.hours[1]) if self.most > 1 else np.inf
        gains = np.diff(self.reach)
        waiting = [(-gains[1] * value, place) for place, value in enumerate(values)] if self.most > 1 else []
        heapq.heapify(waiting)
        while waiting and left >= step:
            _, place = heapq.heappop(waiting)
            visits[place] += 1
            left -= step
            if visits[place] < self.most:
                heapq.heappush(waiting, (-gains[visits[place]] * values[place], place))
        return visits


def _upper_hull(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    hull: list[tuple[int, int]] = []
    for x, y in points:
        while len(hull) > 1 and (hull[-1][1] - hull[-2][1]) * (x - hull[-2][0]) <= (y - hull[-2][1]) * (
            hull[-1][0] - hull[-2][0]
        ):
            hull.pop()
        hull.append((x, y))
    return hull


def relaxed_bound(
    values: Floats, visits: Visits, *, hours: float, places: int, most_cells: int, forced: Floats | None = None
) -> float:
    """Return more than any plan can reach, whatever the shapes of its places.

    Contiguity and the dwellings rule are let go: places are bags of any ``most_cells`` cells. The best bags
    are then the best cells, in order, since the largest sums belong with the most visits.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Worth of each cell.
    forced : ndarray
        Worth of places that are visited whatever happens, besides ``places``.
    """
    forced = np.empty(0) if forced is None else forced
    take = min(len(values), places * most_cells)
    best = -np.sort(-np.maximum(values, 0))[:take]
    bags = np.add.reduceat(best, np.arange(0, take, most_cells)) if take else np.empty(0)
    worth = np.concatenate([forced, bags])
    return float(visits.reach[visits.spread(worth, hours=hours, forced=len(forced))] @ worth)
