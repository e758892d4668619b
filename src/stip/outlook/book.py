# SPDX-License-Identifier: EUPL-1.2
"""The book of past weeks: what the columns were in a sample of cells, kept until the coefficients are learned again.

Rows are entered one week after their cut-off: by then the cells where something happened are (mostly) known and enter
for certain, the others by a draw in which a busy cell is likelier. A row counts for one over its chance, so sums over
the book are unbiased for all cells, also when a late report makes a drawn cell one where something happened.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from stip.outlook.area import Doubles, Floats, Ints
from stip.outlook.chances import chances, drawn
from stip.outlook.completeness import LONGEST_DELAY_WEEKS, completeness
from stip.outlook.history import History


@dataclass(frozen=True)
class Sample:
    """Rows to learn from.

    Attributes
    ----------
    columns : ndarray of float32, shape (n, k)
    cell_index, week : ndarray, shape (n,)
    came : ndarray, shape (n,)
        Incidents known by now.
    weight, exposure : ndarray, shape (n,)
        One over the chance to be drawn, and the share of the week's reports that is known by now.
    """

    columns: Floats
    cell_index: Ints
    week: Ints
    came: Doubles
    weight: Doubles
    exposure: Doubles


class Book:
    """Sampled rows of the last weeks for one crime type.

    Parameters
    ----------
    crime_type : str
    weeks : int
        How many weeks are kept.
    drawn_cells : int
        How many cells without incidents are drawn each week.
    seed : int
    """

    def __init__(self, crime_type: str, *, weeks: int, drawn_cells: int, seed: int) -> None:
        self.crime_type = crime_type
        self.weeks = weeks
        self.drawn_cells = drawn_cells
        self.seed = seed
        self._pages: deque[tuple[int, Ints, Doubles, Floats]] = deque()
        self._waiting: tuple[int, Callable[[Ints], Floats], Doubles] | None = None

    def __len__(self) -> int:
        return len(self._pages)

    def wait(self, week: int, columns: Callable[[Ints], Floats], busy: Doubles) -> None:
        """Hold on to what tells the columns of some cells at the cut-off of a week, until `enter` a week later.

        Parameters
        ----------
        week : int
        columns : callable
            Gives the columns of cells, by index.
        busy : ndarray, shape (n_cells,)
            How busy each cell is, above 0, as far as known at that cut-off.
        """
        self._waiting = (week, columns, busy)

    def enter(self, known: History) -> None:
        """Enter the rows of the week that waits, with what is known by now."""
        if self._waiting is None or self._waiting[0] >= known.cutoff_week:
            return
        week, columns, busy = self._waiting
        came = known.counts(self.crime_type, week, week + 1) > 0
        chance = np.ones(len(came))
        quiet = np.flatnonzero(~came)
        chance[quiet] = chances(busy[quiet], self.drawn_cells)
        picked = quiet[drawn(chance[quiet], np.random.default_rng((self.seed, week)))]
        rows = np.concatenate((np.flatnonzero(came), picked)).astype(np.int32)
        self._pages.append((week, rows, 1 / chance[rows], columns(rows)))
        while self._pages and self._pages[0][0] < known.cutoff_week - self.weeks:
            self._pages.popleft()
        self._waiting = None

    def sample(self, known: History) -> Sample:
        """Return all rows with what is known by now."""
        share_known = completeness(known, self.crime_type)
        came, exposure = [], []
        for week, rows, _, _ in self._pages:
            age = known.cutoff_week - 1 - week
            came.append(known.counts(self.crime_type, week, week + 1)[rows].clip(0))
            exposure.append(np.full(len(rows), share_known[age] if age < LONGEST_DELAY_WEEKS else 1.0))
        return Sample(
            columns=np.asfortranarray(np.concatenate([columns for *_, columns in self._pages])),
            cell_index=np.concatenate([rows for _, rows, _, _ in self._pages]),
            week=np.concatenate([np.full(len(rows), week, np.int32) for week, rows, _, _ in self._pages]),
            came=np.concatenate(came),
            weight=np.concatenate([weight for _, _, weight, _ in self._pages]),
            exposure=np.concatenate(exposure),
        )
