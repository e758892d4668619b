# SPDX-License-Identifier: EUPL-1.2
"""Risk factors as risk terrain modelling asks them of a cell: is one near, do many lie together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stip.outlook.area import StudyArea
from stip.outlook.context import Context

BLOCKS = (1, 2, 3, 4)
"""Distances that are tried, in blocks; a block is a cell."""

_DENSE_DEVIATIONS = 2.0
_FEWEST_CELLS = 10


@dataclass(frozen=True, eq=False)
class Factor:
    """One question about a cell.

    Attributes
    ----------
    feature : str
        Of the context.
    reach_m : float
        Near is within it; dense looks with a Gaussian of this width (0: the cell alone).
    near : bool
        Whether it asks for near, not for dense.
    holds : ndarray of bool, shape (n_cells,)
    """

    feature: str
    reach_m: float
    near: bool
    holds: npt.NDArray[np.bool_]

    @property
    def label(self) -> str:
        """What it is called in the notes of a run."""
        return f"{self.feature}, {'within' if self.near else 'dense at'} {self.reach_m:g} m"


def factors_of(context: Context, area: StudyArea) -> list[Factor]:
    """Return the questions that some cells answer with yes and others with no.

    A feature that is a distance becomes *within 1, 2, 3, 4 blocks*. Any other becomes *dense*: above the mean by two
    standard deviations, in the cell itself and smoothed over 1 to 3 blocks. What is unknown is a no.
    """
    block_m = float(area.grid.cell_m)
    found = []
    for name, values in zip(context.names, context.values.T, strict=True):
        known = np.isfinite(values)
        if name.endswith("_distance"):
            found += [Factor(name, n * block_m, True, known & (values <= n * block_m)) for n in BLOCKS]
            continue
        for n in (0, *BLOCKS[:-1]):
            dense = area.smooth(np.where(known, values, 0.0).astype(np.float32), n * block_m).astype(np.float64)
            edge = float(dense.mean() + _DENSE_DEVIATIONS * dense.std())
            found.append(Factor(name, n * block_m, False, known & (dense > edge)))
    most = len(area) - _FEWEST_CELLS
    return [factor for factor in found if _FEWEST_CELLS <= int(factor.holds.sum()) <= most]
