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

RatesAt = Callable[[Ints], Floats]

MOST_OTHERS = 4
"""So many other crime types, the most frequent ones, are looked at."""

_SHORTEST_OF_OTHERS_WEEKS = 50  # other types tell where, not when: their last months add nothing
_SHORTEST_IN_TREES_WEEKS = 5  # trees look at fewer signs, or they learn the noise of the last weeks
_LITTLE = 0.05  # share of the town's average under which rates are not told apart


@dataclass(frozen=True)
class Column:
    """One rate: of a crime type, at a half-life and a width; an empty type is the same everywhere."""

    crime_type: str
    half_life_weeks: float = 0.0
    width_m: float = 0.0


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
        Of the target, of the other types, and last the even one.
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
            Column(""),
        )

    def rates(self, known: History) -> Floats:
        """Return incidents a week in each cell by each column, shape (n_cells, k), all 0 or more.

        A fading count is divided by the weeks that it remembers, less what of them is not known yet.
        """
        return self._rates(self._memory.at(known), known, None)

    def rates_later(self, known: History) -> RatesAt:
        """Return a function that gives the rows of `rates` for some cells (by index), also when weeks have passed."""
        memory = self._memory.at(known).kept()
        return lambda cells: self._rates(memory, known, cells)

    def _rates(self, memory: Memory, known: History, cells: Ints | None) -> Floats:
        columns = np.empty((len(self.of), len(known.area) if cells is None else len(cells)), dtype=np.float32)
        weeks: dict[tuple[str, float], float] = {}
        for (kind, width), places in self._alike.items():
            half_lives = tuple(self.of[place].half_life_weeks for place in places)
            asked = (known.type_number(kind), half_lives, width)
            layers = memory.layers(*asked) if cells is None else memory.layers_at(*asked, cells)
            for place, half_life, layer in zip(places, half_lives, layers, strict=True):
                columns[place] = layer
                if (kind, half_life) not in weeks:
                    remembered = weeks_remembered(half_life, known.weeks_of(kind), completeness(known, kind))
                    weeks[kind, half_life] = remembered
        of_each = [weeks[column.crime_type, column.half_life_weeks] for column in self.of[:-1]]
        columns[:-1] /= np.array(of_each, dtype=np.float32)[:, None]
        np.maximum(columns[:-1], 0, out=columns[:-1])
        longest = self.of[max(range(len(self.of) - 1), key=self._length_of_own)]
        layer = memory.layer(known.type_number(self.crime_type), longest.half_life_weeks, longest.width_m)
        everywhere = np.maximum(layer / np.float32(weeks[self.crime_type, longest.half_life_weeks]), 0)
        columns[-1] = max(float(everywhere.mean()), 1e-9)
        return columns.T

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
    def _alike(self) -> dict[tuple[str, float], list[int]]:
        """Places of the columns by type and width: they differ in half-life alone."""
        places: dict[tuple[str, float], list[int]] = {}
        for place, column in enumerate(self.of[:-1]):
            places.setdefault((column.crime_type, column.width_m), []).append(place)
        return places

    @cached_property
    def _told(self) -> list[int]:
        """Places of the columns of which a sign is made: all of the target, the long ones of other types."""
        longest = max(column.half_life_weeks for column in self.of if np.isfinite(column.half_life_weeks))
        return [
            place
            for place, column in enumerate(self.of[:-1])
            if column.crime_type == self.crime_type or column.half_life_weeks == longest
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


def _others(crime_type: str, known: History) -> list[str]:
    """Return the most frequent other types of which something is known, most frequent first."""
    number = {
        name: float(known.weight[known.type_index == place].sum()) for place, name in enumerate(known.crime_types)
    }
    found = [name for name in known.crime_types if name != crime_type and number[name] > 0]
    return sorted(found, key=lambda name: -number[name])[:MOST_OTHERS]
