# SPDX-License-Identifier: EUPL-1.2
"""A neighbourhood with so few dwellings that naming it would point at a home, told by its district."""

from __future__ import annotations

import pandas as pd

from stip.errors import WorkspaceError
from stip.store import Workspace, read_areas, read_cells


def coarse_area(workspace: Workspace, area_code: str) -> str:
    """Return a neighbourhood, or its district when fewer dwellings stand in it than may be told apart.

    A district stays what it is, and so does a neighbourhood in which nobody lives.

    Raises
    ------
    WorkspaceError
        When the code is none of this town.
    """
    cells = read_cells(workspace)[["area_code", "dwellings"]]
    try:
        districts = read_areas(workspace).district_of()
    except WorkspaceError:  # none were read in
        districts = {}
    if area_code in districts.values():
        return area_code
    here = cells[cells["area_code"] == area_code]
    if not area_code or here.empty:
        raise WorkspaceError("Deze buurt ken ik niet. Neem de code van een buurt over, zoals BU03630101.")
    dwellings = pd.to_numeric(here["dwellings"]).sum(min_count=1)
    few = pd.notna(dwellings) and 0 < dwellings < workspace.settings.dwellings.minimum
    return districts.get(area_code, area_code) if few else area_code
