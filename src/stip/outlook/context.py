# SPDX-License-Identifier: EUPL-1.2
"""What surrounds each cell, as the models use it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd


@dataclass(frozen=True, eq=False)
class Context:
    """Features of the surroundings, one column a feature.

    Attributes
    ----------
    names : tuple of str
    values : ndarray of float64, shape (n_cells, n_names)
        In their own units; NaN where unknown.
    """

    names: tuple[str, ...] = ()
    values: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))

    @classmethod
    def of(cls, features: pd.DataFrame | None, cells: npt.NDArray[np.int64]) -> Context:
        """Align a table of features, indexed by cell, with the cells of the study area."""
        if features is None or features.empty:
            return cls()
        aligned = features.reindex(cells)
        return cls(tuple(str(name) for name in aligned.columns), aligned.to_numpy(np.float64))

    def standardised(self) -> npt.NDArray[np.float32]:
        """Return the features with mean 0 and standard deviation 1; unknown becomes 0, the mean.

        Skewed features that are nowhere negative are taken as log(1 + value) first.
        """
        columns = []
        for column in self.values.T:
            known = np.isfinite(column)
            if not known.any():
                continue
            low, middle, high = np.quantile(column[known], [0.0, 0.5, 0.99])
            value = np.log1p(column) if low >= 0 and high > 4 * max(middle, 1e-9) else column
            spread = value[known].std()
            if spread > 0:
                columns.append(np.where(known, (value - value[known].mean()) / spread, 0.0))
        return np.array(columns, dtype=np.float32).T if columns else np.empty((len(self.values), 0), np.float32)
