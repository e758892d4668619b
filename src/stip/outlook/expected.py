# SPDX-License-Identifier: EUPL-1.2
"""What a frozen outlook expects of one crime type or of more together: cell by cell, in classes and in any sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stip.outlook.area import Doubles, Ints
from stip.outlook.intervals import Dispersion, interval_of
from stip.outlook.ranking import tiers_of
from stip.store import Run

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Expected:
    """Arrays are aligned with ``cells``; columns of the tables are crime types.

    Attributes
    ----------
    cells : ndarray of int64, shape (n,)
        Ascending.
    by_type, beside : DataFrame, shape (n, t)
        Incidents that the outlook, and the named baseline, expect in the week.
    zone : ndarray of int32, shape (n,)
        Neighbourhood of each cell, numbered; errors hang together within one.
    dispersion : tuple of Dispersion
        Of each crime type.
    seed : int
        Of the draw between cells that tie for a class.
    """

    cells: npt.NDArray[np.int64]
    by_type: pd.DataFrame
    beside: pd.DataFrame
    zone: Ints
    dispersion: tuple[Dispersion, ...]
    seed: int

    @classmethod
    def of(cls, outlook: Run, zones: pd.Series[Any], *, seed: int, crime_types: Sequence[str] = ()) -> Expected:
        """Read it from a run of the kind ``outlook``.

        Parameters
        ----------
        zones : Series of str, indexed by cell
            Code of the neighbourhood; cells without one count as one neighbourhood.
        seed : int
            As in the settings of the outlook.
        crime_types : sequence of str
            All of the run when empty.
        """
        table = outlook.table("outlook")
        if crime_types:
            table = table[table["crime_type"].isin(list(crime_types))]
        expected, beside = (
            table.pivot_table(index="cell", columns="crime_type", values=name, aggfunc="sum")
            for name in ("expected", "baseline")
        )
        zone = pd.factorize(zones.reindex(expected.index))[0].astype(np.int32)
        zone = np.where(zone < 0, zone.max(initial=0) + 1, zone).astype(np.int32)
        dispersion = tuple(Dispersion(**outlook.notes["dispersion"][name]) for name in expected.columns)
        return cls(expected.index.to_numpy(np.int64), expected, beside, zone, dispersion, seed)

    @cached_property
    def total(self) -> Doubles:
        """What is expected in each cell, types together."""
        return np.asarray(self.by_type.sum(axis=1), dtype=np.float64)

    @cached_property
    def tier(self) -> npt.NDArray[np.int8]:
        """Class of each cell among all cells: 1, 3, 5, 10 or 100; see `tiers_of`."""
        return tiers_of(self.total, self.seed)

    @cached_property
    def intervals(self) -> tuple[Doubles, Doubles]:
        """The 80 % interval in each cell by itself."""
        spread = np.array([each.cell + each.zone + each.town for each in self.dispersion])
        return interval_of(self.total, self.total + np.square(self.by_type.to_numpy()) @ spread)

    def between(self, rows: Mask) -> tuple[int, int]:
        """Return the 80 % interval of the incidents in these cells together."""
        inside = self.by_type[rows]
        variance = sum(
            each.variance(inside[name].to_numpy(), self.zone[rows])
            for name, each in zip(self.by_type.columns, self.dispersion, strict=True)
        )
        low, high = interval_of(np.array([float(inside.to_numpy().sum())]), np.array([variance]))
        return int(low[0]), int(high[0])
