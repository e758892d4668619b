# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stip.errors import WorkspaceError
from stip.link import build_cells, coarse_area
from stip.settings import Settings, Town
from stip.space import Areas, Grid
from stip.store import Workspace, write_areas, write_cells


@pytest.mark.parametrize(("dwellings", "told"), [(0, "BU02"), (1, "WK0"), (9, "WK0"), (10, "BU02"), (None, "BU02")])
def test_a_neighbourhood_that_points_at_a_home_is_told_by_district(
    dwellings: int | None, told: str, tmp_path: Path, grid: Grid, areas: Areas
) -> None:
    workspace = _town(tmp_path, grid, areas, dwellings)
    assert coarse_area(workspace, "BU02") == told
    assert coarse_area(workspace, "WK0") == "WK0"
    assert coarse_area(workspace, "BU01") == "BU01"


def test_a_code_of_elsewhere_is_refused_and_not_repeated(tmp_path: Path, grid: Grid, areas: Areas) -> None:
    workspace = _town(tmp_path, grid, areas, 50)
    for code in ("BU99", ""):
        with pytest.raises(WorkspaceError, match="Deze buurt ken ik niet") as error:
            coarse_area(workspace, code)
        assert "BU99" not in str(error.value)


def _town(folder: Path, grid: Grid, areas: Areas, dwellings: int | None) -> Workspace:
    """Put all dwellings of the second neighbourhood in its first cell."""
    workspace = Workspace.create(folder / "town", Settings(town=Town(name="Proefstad", cell_m=100)))
    write_areas(workspace, areas)
    cells = build_cells(grid, areas)
    inside = (cells["area_code"] == "BU02").fillna(value=False).astype(bool)
    numbers = [0 if dwellings is not None and here else None for here in inside]
    numbers[int(inside.to_numpy().argmax())] = dwellings
    write_cells(workspace, cells.assign(dwellings=pd.array(numbers, dtype="Int32")))
    return workspace
