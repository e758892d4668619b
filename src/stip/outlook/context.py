# SPDX-License-Identifier: EUPL-1.2
"""What surrounds each cell, as the models use it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd


@dataclass(frozen=True, eq=False)
class Context:
    """Features of the surroundings, one column a feature.

    Attributes
    ----------
    n_cells : int
    names : tuple of str
    values : ndarray of float64, shape (n_cells, n_names)
        In their own units; NaN where unknown.
    """

    n_cells: int = 0
    names: tuple[str, ...] = ()
    values: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))

    @classmethod
    def of(cls, features: pd.DataFrame | None, cells: npt.NDArray[np.int64]) -> Context:
        """Align a table of features, indexed by cell, with the cells of the study area."""
        if features is None or features.empty:
            return cls(len(cells))
        aligned = features.reindex(cells)
        return cls(len(cells), tuple(str(name) for name in aligned.columns), aligned.to_numpy(np.float64))

    @cached_property
    def usable(self) -> tuple[str, ...]:
        """The features that differ between cells, in the order of `scaled`."""
        return tuple(name for name, column in zip(self.names, self._scaled, strict=True) if column is not None)

    @cached_property
    def scaled(self) -> npt.NDArray[np.float32]:
        """The usable features with mean 0 and standard deviation 1, shape (n_cells, m); unknown is 0, the mean."""
        columns = [column for column in self._scaled if column is not None]
        return np.column_stack(columns) if columns else np.empty((self.n_cells, 0), dtype=np.float32)

    @cached_property
    def _scaled(self) -> list[npt.NDArray[np.float32] | None]:
        return [_scale(column) for column in self.values.T]


def _scale(column: npt.NDArray[np.float64]) -> npt.NDArray[np.float32] | None:
    """Standardise a feature; None when it is the same everywhere. A skewed one is taken as log(1 + value) first."""
    known = np.isfinite(column)
    if not known.any():
        return None
    low, middle, high = np.quantile(column[known], [0.0, 0.5, 0.99])
    value = np.log1p(np.maximum(column, 0)) if low >= 0 and high > 4 * max(middle, 1e-9) else column
    spread = float(value[known].std())
    if spread < 1e-9:
        return None
    return np.where(known, (value - value[known].mean()) / spread, 0.0).astype(np.float32)
