# SPDX-License-Identifier: EUPL-1.2
"""Why a cell stands high: at most three facts, in the order in which they weigh in the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from stip.outlook.area import Doubles
from stip.outlook.facts import fact_of
from stip.outlook.history import History

MOST = 3
"""Facts a cell."""

_SLIGHT = 0.02  # of what is expected; a pull under that is no reason


@dataclass(frozen=True, eq=False)
class Pull:
    """What makes the model expect more in some cells than in the town on average.

    Attributes
    ----------
    kind : str
        Of fact; see `fact_of`.
    strength : ndarray, shape (n_cells,)
        In incidents a week; 0 or less is no reason.
    """

    kind: str
    strength: Doubles


def reasons_of(known: History, crime_type: str, pulls: list[Pull], which: npt.NDArray[np.bool_]) -> list[list[str]]:
    """Return the facts of each cell, Dutch.

    Parameters
    ----------
    known : History
    crime_type : str
    pulls : list of Pull
    which : ndarray of bool, shape (n_cells,)
        The cells to give facts for; the others get none.
    """
    found: list[list[str]] = [[] for _ in range(len(known.area))]
    if not pulls or not which.any():
        return found
    cells = np.flatnonzero(which)
    strength = np.column_stack([pull.strength[cells] for pull in pulls])
    matters = strength > _SLIGHT * np.abs(strength).sum(axis=1, keepdims=True)
    facts = [fact_of(known, crime_type, pull.kind) for pull in pulls]
    order = np.argsort(-strength, axis=1, kind="stable")
    for row, cell in enumerate(cells):
        told: Iterator[str | None] = (facts[i].text(int(cell)) for i in order[row] if matters[row, i])
        found[cell] = list(islice((text for text in told if text is not None), MOST))
    return found
