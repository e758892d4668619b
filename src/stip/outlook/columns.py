# SPDX-License-Identifier: EUPL-1.2
"""What the models look at in each cell: rates of several memories and widths, of the target and of other types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from stip.outlook.area import Doubles, Floats, Ints
from stip.outlook.completeness import completeness
from stip.outlook.history import History
from stip.outlook.memory import Memory, is_exact, weeks_remembered
from stip.outlook.shrunk import share_of_itself, shrunk

RatesAt = Callable[[Ints], Floats]
Weeks = dict[float, float]

MOST_OTHERS = 8
"""So many other crime types, the most frequent ones, are looked at."""

_SHORTEST_OF_OTHERS_WEEKS = 50  # other types tell where, not when: their last months add nothing
_SHORTEST_IN_TREES_WEEKS = 5  # trees look at fewer signs, or they learn the noise of the last weeks
_NEAR_M, _RECENT_WEEKS = 250, 10
_LEAST_BUSY = 0.2  # so no drawn cell stands for more than 6 n / drawn of them
_EVENLY_SPREAD = 20  # reports of another type
_LITTLE = 0.05  # share of the town's average under which rates are not told apart


@dataclass(frozen=True)
class Column:
    """One rate: of a crime type, at a half-life and a width; an empty type is the same everywhere.

    One that is drawn is the count in the cell itself, drawn towards the cells round it at that width. One of repeats
    is what came of late near a cell, more where more has happened before.
    """

    crime_type: str
    half_life_weeks: float = 0.0
    width_m: float = 0.0
    drawn: bool = False
    repeats: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is a smoothed count as it stands."""
        return not (self.drawn or self.repeats)


class Columns:
    """The rates for one target.

    Parameters
    ----------
    crime_type : str
        The target.
    known : History
        Tells which other types there are and how frequent they are.
    memory : Memory

    Attributes
    ----------
    of : tuple of Column
        Of the target, of the other types, those of the target that are drawn, that of repeats, and last the even one.
    """

    def __init__(self, crime_type: str, known: History, memory: Memory) -> None:
        self.crime_type = crime_type
        self._memory = memory
        scales = [(h, w) for h in memory.half_lives_weeks for w in memory.widths_m]
        self.of = (
            *(Column(crime_type, h, w) for h, w in scales),
            *(
                Column(other, h, w)
                for other in _others(crime_type, known)
                for h, w in scales
                if h >= _SHORTEST_OF_OTHERS_WEEKS and not is_exact(w, known.area.grid.cell_m)
            ),
            *(Column(crime_type, h, w, drawn=True) for h, w in _drawn(memory, known.area.grid.cell_m)),
            *(Column(crime_type, h, w, repeats=True) for h, w in _repeats(memory, known.area.grid.cell_m)),
            Column(""),
        )

    def rates(self, known: History) -> Floats:
        """Return incidents a week in each cell by each column, shape (n_cells, k), all 0 or more.

        A fading count is divided by the weeks that it remembers, less what of them is not known yet; one of another
        type is brought to the level of the target.
        """
        return self._rates(self._memory.at(known), known, None)

    def rates_later(self, known: History) -> RatesAt:
        """Return a function that gives the rows of `rates` for some cells (by index), also when weeks have passed."""
        memory = self._memory.at(known).kept()
        return lambda cells: self._rates(memory, known, cells)

    def busy(self, known: History) -> Doubles:
        """Return how busy each cell has been, in means of the town, plus a little; above 0, shape (n_cells,).

        By the longest memory; half is the cell's own count, half that of what lies round it.
        """
        memory, number = self._memory.at(known), known.type_number(self.crime_type)
        widths = (0.0, *_wide(memory, known.area.grid.cell_m)[:1])
        rates = [memory.layer(number, max(memory.half_lives_weeks), width) for width in widths]
        rate = np.maximum(rates, 0).mean(axis=0, dtype=np.float64)
        return np.asarray(rate / max(float(rate.mean()), 1e-12) + _LEAST_BUSY)

    def _rates(self, memory: Memory, known: History, cells: Ints | None) -> Floats:
        columns = np.empty((len(self.of), len(known.area) if cells is None else len(cells)), dtype=np.float32)
        length, share_known = known.weeks_of(self.crime_type), completeness(known, self.crime_type)
        weeks = {
            half_life: weeks_remembered(half_life, length, share_known)
            for half_life in {column.half_life_weeks for column in self.of[:-1]}
        }
        longest = self.of[max(range(len(self.of) - 1), key=self._length_of_own)]
        average = max(float(self._everywhere(memory, known, longest, longest.width_m, weeks).mean()), 1e-9)
        to_own = self._to_level_of_own(memory, known, average)
        columns[-1] = average
        for (kind, width), places in self._alike.items():
            half_lives = tuple(self.of[place].half_life_weeks for place in places)
            asked = (known.type_number(kind), half_lives, width)
            layers = memory.layers(*asked) if cells is None else memory.layers_at(*asked, cells)
            for place, layer in zip(places, layers, strict=True):
                columns[place] = layer
        for place, column in enumerate(self.of[:-1]):
            if not column.plain:
                found = self._drawn_rates if column.drawn else self._repeats_rates
                everywhere = found(memory, known, column, weeks)
                columns[place] = everywhere if cells is None else everywhere[cells]
            elif column.crime_type == self.crime_type:
                columns[place] /= np.float32(weeks[column.half_life_weeks])
            else:
                columns[place] += np.float32(_EVENLY_SPREAD / len(known.area))
                columns[place] *= to_own[column.crime_type, column.half_life_weeks]
        np.maximum(columns[:-1], 0, out=columns[:-1])
        return columns.T

    def _to_level_of_own(self, memory: Memory, known: History, average: float) -> dict[tuple[str, float], np.float32]:
        """Return by what counts of another type are multiplied to have the mean of the target, by half-life.

        Another type tells where, not how many: when it is reported more, that changes nothing of how far it is
        trusted. As if a few reports more lay spread evenly: a handful is no map of where it happens, and what
        rounding leaves of reports that were taken back is none either.
        """
        factors = {}
        for kind, half_life in {(each.crime_type, each.half_life_weeks) for each in self.of[:-1]}:
            if kind != self.crime_type:
                counted = memory.layer(known.type_number(kind), half_life, 0.0).mean(dtype=np.float64)
                mean = max(float(counted), 0.0) + _EVENLY_SPREAD / len(known.area)
                factors[kind, half_life] = np.float32(average / mean)
        return factors

    def _drawn_rates(self, memory: Memory, known: History, column: Column, weeks: Weeks) -> Doubles:
        """Return a column that is drawn, in all cells: how far follows from the whole town."""
        return shrunk(
            self._everywhere(memory, known, column, 0.0, weeks),
            self._everywhere(memory, known, column, column.width_m, weeks),
            itself=share_of_itself(column.width_m, known.area.grid.cell_m),
            weeks=weeks[column.half_life_weeks],
        )

    def _repeats_rates(self, memory: Memory, known: History, column: Column, weeks: Weeks) -> Floats:
        """Return what came of late, spread by the root of the background: less where hardly anything is reported.

        A repeat needs something to take. By the background itself all would fall where most happens already.
        """
        background = self._drawn_rates(memory, known, self._background, weeks)
        own = self._everywhere(memory, known, column, 0.0, weeks)
        return known.area.spread_towards(own, np.sqrt(background), column.width_m)

    def _everywhere(self, memory: Memory, known: History, column: Column, width_m: float, weeks: Weeks) -> Floats:
        layer = memory.layer(known.type_number(column.crime_type), column.half_life_weeks, width_m)
        return np.maximum(layer / np.float32(weeks[column.half_life_weeks]), 0)

    def _length_of_own(self, place: int) -> float:
        column = self.of[place]
        return column.half_life_weeks if column.crime_type == self.crime_type else -1.0

    def signs(self, rates: Floats, mixed: Doubles) -> Floats:
        """Return what may make a cell differ from the mixture: logs of rates relative to it.

        Parameters
        ----------
        rates : ndarray, shape (n, k)
        mixed : ndarray, shape (n,)
            Incidents a week by the mixture.

        Returns
        -------
        ndarray of float32, shape (n, 1 + m)
            The log of the mixture relative to the town's average, then of each rate of the target relative to the
            mixture, then of the long rates of other types relative to the mixture.
        """
        average = rates[:, -1]
        base = mixed.astype(np.float32) + np.float32(_LITTLE) * average
        signs = np.empty((len(rates), 1 + len(self._told)), dtype=np.float32, order="F")
        signs[:, 0] = np.log(base / average)
        for at, place in enumerate(self._told, start=1):
            signs[:, at] = np.log((rates[:, place] + np.float32(_LITTLE) * average) / base)
        return signs

    @cached_property
    def _background(self) -> Column:
        """The drawn column that remembers longest, drawn to its nearest surroundings."""
        return max((each for each in self.of if each.drawn), key=lambda each: (each.half_life_weeks, -each.width_m))

    @cached_property
    def _alike(self) -> dict[tuple[str, float], list[int]]:
        """Places of the columns by type and width: they differ in half-life alone."""
        places: dict[tuple[str, float], list[int]] = {}
        for place, column in enumerate(self.of[:-1]):
            if column.plain:
                places.setdefault((column.crime_type, column.width_m), []).append(place)
        return places

    @cached_property
    def _told(self) -> list[int]:
        """Places of the columns of which a sign is made: of the target, and the longest ones of other types."""
        longest = max(column.half_life_weeks for column in self.of)
        return [
            place
            for place, column in enumerate(self.of[:-1])
            if column.plain and (column.crime_type == self.crime_type or column.half_life_weeks == longest)
        ]

    @cached_property
    def added_up(self) -> list[int]:
        """Places of the columns that the mixture adds up: all that are not drawn."""
        return [place for place, column in enumerate(self.of) if not column.drawn]

    @cached_property
    def excited(self) -> list[int]:
        """Places of what a self-exciting process looks at: drawn columns, what came near of late, the even one."""
        return [
            place
            for place, column in enumerate(self.of)
            if column.crime_type == ""
            or column.drawn
            or (
                column.crime_type == self.crime_type
                and column.half_life_weeks <= _RECENT_WEEKS
                and 0 < column.width_m <= _NEAR_M
            )
        ]

    @cached_property
    def in_trees(self) -> list[int]:
        """Which signs trees look at: not the shortest half-lives of the target, and of its widths every other one."""
        widths = self._memory.widths_m[::2]
        return [0] + [
            at
            for at, place in enumerate(self._told, start=1)
            if self.of[place].crime_type != self.crime_type
            or (self.of[place].half_life_weeks >= _SHORTEST_IN_TREES_WEEKS and self.of[place].width_m in widths)
        ]


def _drawn(memory: Memory, cell_m: int) -> list[tuple[float, float]]:
    """Return the half-lives and widths at which counts are drawn: the longest two, the narrowest two over cells."""
    if 0 not in memory.widths_m:
        return []
    wide = _wide(memory, cell_m)
    return [(half, width) for half in sorted(memory.half_lives_weeks)[-2:] for width in wide[:2]]


def _repeats(memory: Memory, cell_m: int) -> list[tuple[float, float]]:
    """Return the half-life and width of repeats: the shortest and the narrowest, where there is a background.

    From the middle of a cell, a width under six tenths of it would leave nearly all where it was.
    """
    half_life = min(memory.half_lives_weeks)
    near = [width for width in memory.widths_m if 0.6 * cell_m <= width <= _NEAR_M]
    if half_life > _RECENT_WEEKS or not near or not _drawn(memory, cell_m):
        return []
    return [(half_life, min(near))]


def _wide(memory: Memory, cell_m: int) -> list[float]:
    """Return the widths that are smoothed over cells, narrowest first."""
    return sorted(width for width in memory.widths_m if width > 0 and not is_exact(width, cell_m))


def _others(crime_type: str, known: History) -> list[str]:
    """Return the most frequent other types, most frequent first; also one that is still to come, where there is room.

    A stream may begin in the first week of a town, in which not every type is reported. Which types there are is
    settled beforehand (`read_history`), so a place for one to come tells nothing of when it comes.
    """
    number = np.bincount(known.type_index, known.weight, len(known.crime_types))
    found = [place for place, name in enumerate(known.crime_types) if name != crime_type]
    return [known.crime_types[place] for place in sorted(found, key=lambda place: -number[place])[:MOST_OTHERS]]
