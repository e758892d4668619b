# SPDX-License-Identifier: EUPL-1.2
"""‘Beter hier’ without a map: so many cells in a direction from a place."""

from __future__ import annotations

import numpy as np

from stip.store import Workspace
from stip_web.street.codes import STEPS, TOWARDS
from stip_web.street.plan import Place


def cell_towards(workspace: Workspace, place: Place, direction: str, steps: int) -> str:
    """Give the name of a cell; empty when direction or distance is none of those that can be chosen.

    Parameters
    ----------
    direction : str
        One of `stip_web.street.codes.TOWARDS`.
    steps : int
        One of `stip_web.street.codes.STEPS`, in cells.
    """
    if direction not in TOWARDS or steps not in STEPS:
        return ""
    _, east, north = TOWARDS[direction]
    side = workspace.grid.cell_m
    x, y = np.array([place.x + east * steps * side]), np.array([place.y + north * steps * side])
    return workspace.grid.name(int(workspace.grid.cell_at(x, y)[0]))
