# SPDX-License-Identifier: EUPL-1.2
"""What a frozen outlook expects, told by cell or by neighbourhood."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

from stip.link import visible_cells
from stip.outlook import Dispersion, interval_of_sum
from stip.space import Grid
from stip.store import Run, Workspace, read_areas, read_cells

_SHOWN = ("shown", "unknown")


def by_cell(workspace: Workspace, run: Run, *, desk: bool) -> pd.DataFrame:
    """Return a row a cell, in the order of cells: ``geometry`` and ``properties``.

    Parameters
    ----------
    desk : bool
        For the analyst's desk; else a cell with too few dwellings tells nothing, as on every map.
    """
    table, grid = run.table("outlook"), workspace.grid
    cells = read_cells(workspace).set_index("cell")
    seen = visible_cells(cells.reset_index(), minimum=workspace.settings.dwellings.minimum).set_index("cell")["state"]
    told: dict[int, list[dict[str, Any]]] = {}
    for row in table.sort_values(["cell", "crime_type"]).to_dict("records"):
        told.setdefault(int(row["cell"]), []).append(
            {
                "crimeType": row["crime_type"],
                "expected": float(row["expected"]),
                "low": float(row["low"]),
                "high": float(row["high"]),
                "baseline": float(row["baseline"]),
                "tier": int(row["tier"]),
                "reasons": [str(fact) for fact in row["reasons"]],
            }
        )
    area_of = cells["area_code"].to_dict()
    properties = []
    for cell, types in told.items():
        hidden = not desk and seen.get(cell) not in _SHOWN
        code, name = area_of.get(cell), grid.name(cell)
        properties.append(
            {
                "cell": name,
                "areaCode": None if pd.isna(code) else str(code),
                "name": name,
                "hidden": hidden,
                "types": [] if hidden else types,
            }
        )
    return pd.DataFrame({"geometry": _squares(grid, list(told)), "properties": properties})


def by_area(workspace: Workspace, run: Run) -> pd.DataFrame:
    """Return a row a neighbourhood, in the order of their codes: ``geometry`` and ``properties``."""
    areas = read_areas(workspace).frame.sort_values("area_code")
    area_of = read_cells(workspace).set_index("cell")["area_code"]
    table = run.table("outlook")
    table = table.assign(area_code=area_of.reindex(table["cell"]).to_numpy())
    sizes = {name: Dispersion(**facts) for name, facts in run.notes["dispersion"].items()}
    told: dict[str, list[dict[str, Any]]] = {}
    for (code, kind), rows in table.groupby(["area_code", "crime_type"], sort=True):
        expected = rows["expected"].to_numpy(np.float64)
        low, high = interval_of_sum(expected, sizes[str(kind)], zone=np.zeros(len(expected), dtype=np.int32))
        told.setdefault(str(code), []).append(
            {
                "crimeType": str(kind),
                "expected": float(expected.sum()),
                "low": float(low),
                "high": float(high),
                "baseline": float(rows["baseline"].sum()),
            }
        )
    properties = [
        {"cell": None, "areaCode": code, "name": name, "hidden": False, "types": told.get(code, [])}
        for code, name in zip(areas["area_code"], areas["name"], strict=True)
    ]
    return pd.DataFrame({"geometry": areas.geometry.to_numpy(), "properties": properties})


def _squares(grid: Grid, cells: list[int]) -> Any:
    x, y = grid.corner(np.array(cells, dtype=np.int64))
    return shapely.box(x, y, x + grid.cell_m, y + grid.cell_m)
