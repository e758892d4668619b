# SPDX-License-Identifier: EUPL-1.2
"""Things on the map, whatever they come from: headings first, then only the columns that were let in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

Shapes = npt.NDArray[Any]
"""An array of shapely geometries, None where there is none."""


@dataclass(frozen=True)
class Things:
    """The rows of a source.

    Attributes
    ----------
    columns : DataFrame, shape (n, columns), index 0 … n-1
        The wanted columns, by the names they were asked by.
    shapes : ndarray of geometry, shape (n,), optional
        None when the source keeps places as coordinates in columns, or geometry was not wanted.
    rows : ndarray of int64, shape (n,)
        Number of each row, as a person sees it in the file.
    broken : ndarray of bool, shape (n,)
        Rows that cannot be parted in columns; their cells are empty.
    """

    columns: pd.DataFrame
    shapes: Shapes | None
    rows: npt.NDArray[np.int64]
    broken: npt.NDArray[np.bool_]

    @classmethod
    def whole(cls, columns: pd.DataFrame, shapes: Shapes | None) -> Things:
        """Return rows that are numbered from 1, none of them broken."""
        count = len(columns)
        return cls(
            columns.reset_index(drop=True),
            shapes,
            np.arange(1, count + 1, dtype=np.int64),
            np.zeros(count, dtype=bool),
        )


class ThingSource(Protocol):
    """Where things on the map come from."""

    @property
    def name(self) -> str:
        """What the source is called in a message."""
        ...

    @property
    def headings(self) -> list[str]:
        """Headings in the order of the source; geometry is called ``geometry``."""
        ...

    @property
    def crs(self) -> str:
        """Reference system that the source names, empty when it names none."""
        ...

    @property
    def facts(self) -> tuple[str, ...]:
        """What was found out about its form, in Dutch."""
        ...

    def read(self, wanted: Mapping[str, int]) -> Things:
        """Read the columns at these places among the headings; no other is kept."""
        ...
