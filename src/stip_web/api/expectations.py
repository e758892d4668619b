# SPDX-License-Identifier: EUPL-1.2
"""What a frozen outlook expects, by cell or by neighbourhood: out of the sheets of the pages, so hidden alike."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

from stip.space import Grid
from stip.store import Run, Workspace, read_areas
from stip_web.outlooks.choice import Choice
from stip_web.outlooks.classes import OF_NUMBER
from stip_web.outlooks.coarse import coarse_sheet
from stip_web.outlooks.sheet import sheet_of


def by_cell(workspace: Workspace, run: Run) -> pd.DataFrame:
    """Return a row a cell, in the order of cells: ``geometry`` and ``properties``.

    A cell with too few dwellings tells nothing, whoever asks: as on the page.
    """
    grid = workspace.grid
    reasons = run.table("outlook").set_index(["cell", "crime_type"])["reasons"].to_dict()
    told: dict[int, dict[str, Any]] = {}
    for kind in sorted(run.notes["by_type"]):
        squares = sheet_of(workspace, run, Choice(kind)).squares
        for row in squares.sort_values("cell").to_dict("records"):
            cell, hidden = int(row["cell"]), bool(row["hidden"])
            place = told.setdefault(
                cell,
                {
                    "cell": row["name"],
                    "areaCode": None if pd.isna(row["area_code"]) else str(row["area_code"]),
                    "name": row["name"],
                    "hidden": hidden,
                    "types": [],
                },
            )
            if not hidden:
                more = {
                    "tier": OF_NUMBER[int(row["class"])].per_cent,
                    "reasons": [str(fact) for fact in reasons[cell, kind]],
                }
                place["types"].append(_figures(kind, row) | more)
    cells = sorted(told)
    return pd.DataFrame({"geometry": _squares(grid, cells), "properties": [told[cell] for cell in cells]})


def by_area(workspace: Workspace, run: Run) -> pd.DataFrame:
    """Return a row a neighbourhood, in the order of their codes: ``geometry`` and ``properties``.

    A neighbourhood with too few dwellings tells nothing, as on the page.
    """
    told: dict[str, dict[str, Any]] = {}
    for kind in sorted(run.notes["by_type"]):
        for total in coarse_sheet(workspace, run, Choice(kind)).areas:
            place = told.setdefault(
                total.code,
                {"cell": None, "areaCode": total.code, "name": total.name, "hidden": total.hidden, "types": []},
            )
            if not total.hidden:
                figures = {name: getattr(total, name) for name in ("expected", "low", "high", "beside")}
                place["types"].append(_figures(kind, figures))
    codes = sorted(told)
    shapes = read_areas(workspace).frame.set_index("area_code").geometry.reindex(codes)
    return pd.DataFrame({"geometry": shapes.to_numpy(), "properties": [told[code] for code in codes]})


def _figures(kind: str, row: dict[Any, Any]) -> dict[str, Any]:
    figures = {name: float(row[name]) for name in ("expected", "low", "high")}
    return {"crimeType": kind, **figures, "baseline": float(row["beside"])}


def _squares(grid: Grid, cells: list[int]) -> Any:
    x, y = grid.corner(np.array(cells, dtype=np.int64))
    return shapely.box(x, y, x + grid.cell_m, y + grid.cell_m)
