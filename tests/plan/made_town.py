# SPDX-License-Identifier: EUPL-1.2
"""A town to plan in: a rectangle of cells, cut into districts side by side, each of two neighbourhoods."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from stip.plan.region import Region
from stip.settings import LearnSettings, Measure, PlanSettings, Settings
from stip.space import Areas, Grid
from stip.store import OUTLOOK, Workspace, conform, freeze_run, write_areas, write_cells

WEEK = "2026-W37"
GRID = Grid()
COLUMN, ROW = 1000, 3600


@dataclass(frozen=True, eq=False)
class PlanTown:
    """The tables that a plan is made from."""

    outlook: pd.DataFrame
    cells: pd.DataFrame
    areas: Areas

    def cell(self, column: int, row: int) -> int:
        return int(GRID.cell_from(np.array([COLUMN + column]), np.array([ROW + row]))[0])


def make_town(
    values: np.ndarray, *, districts: int = 1, dwellings: np.ndarray | None = None, week: str = WEEK
) -> PlanTown:
    """Make a town out of expected incidents, shape (types, rows, columns)."""
    values = values[None] if values.ndim == 2 else values
    types, rows, columns = values.shape
    row, column = np.divmod(np.arange(rows * columns), columns)
    cell = GRID.cell_from(COLUMN + column, ROW + row)
    district = column * districts // columns
    half = (row * 2 // rows).clip(max=1)
    codes = np.array([f"BU{d:02d}{h}" for d, h in zip(district, half, strict=True)])
    x_m, y_m = GRID.centre(cell)
    homes = np.full(rows * columns, 50.0) if dwellings is None else dwellings.ravel().astype(float)
    cells = pd.DataFrame(
        {
            "grid_id": GRID.grid_id, "cell": cell, "x_m": x_m, "y_m": y_m, "area_code": codes,
            "dwellings": homes, "in_study": True,
        }
    )  # fmt: skip
    names = ["bicycle_theft", "home_burglary", "vandalism"][:types]
    outlook = pd.concat(
        [
            pd.DataFrame(
                {
                    "run_id": "run", "cell": cell, "week": week, "crime_type": name,
                    "expected": values[number].ravel(), "low": 0.0, "high": 1.0,
                    "baseline": values[number].ravel()[::-1].copy(), "tier": 100,
                    "reasons": [[f"feit over vak {c} {r}"] for c, r in zip(column, row, strict=True)],
                }
            )
            for number, name in enumerate(names)
        ],
        ignore_index=True,
    )  # fmt: skip
    return PlanTown(outlook, cells, _areas(cells))


def region_of(shape, value=None, dwellings=None):
    row, column = np.divmod(np.arange(np.prod(shape)), shape[1])
    cells = Grid.cell_from(column + 7, row - 3)
    order = np.argsort(cells)
    value = np.ones(len(cells)) if value is None else value.ravel()
    dwellings = np.full(len(cells), 50.0) if dwellings is None else dwellings.ravel()
    return Region(cells[order], value[order], dwellings[order])


def _areas(cells: pd.DataFrame) -> Areas:
    corner = cells["x_m"] - 62.5, cells["y_m"] - 62.5
    squares = shapely.box(corner[0], corner[1], corner[0] + 125, corner[1] + 125)
    frame = gpd.GeoDataFrame({"area_code": cells["area_code"]}, geometry=squares, crs="EPSG:28992")
    frame = frame.dissolve("area_code").reset_index()
    frame["name"] = "Buurt " + frame["area_code"].str[2:]
    frame["district_code"] = "WK" + frame["area_code"].str[2:4]
    frame["district_name"] = "Wijk " + frame["area_code"].str[2:4]
    frame["area_year"] = 2026
    return Areas(frame)


QUICK = PlanSettings(max_places=3, place_cells=(2, 4))
"""Few and small places make a quick plan."""

STATED = LearnSettings(
    goal="Minder schade door diefstal.",
    success="10 % minder meldingen in een jaar.",
    measure=Measure(kind="reported_change", threshold=-0.1, from_week="2026-W37"),
)


def open_with(workspace: Workspace, town: PlanTown, **changes: object) -> Workspace:
    """Open the workspace with other settings and put the town in it."""
    settings = Settings.model_validate({**workspace.settings.model_dump(), **changes})
    opened = Workspace(workspace.root, settings)
    fill(opened, town)
    return opened


def fill(workspace: Workspace, town: PlanTown, *, week: str = WEEK, **notes: object) -> None:
    """Put the town in a workspace, with its outlook frozen for a week."""
    write_areas(workspace, town.areas)
    cells = town.cells.assign(dwellings=town.cells["dwellings"].astype("Int32"))
    write_cells(workspace, cells)
    outlook = town.outlook.assign(week=week, tier=town.outlook["tier"].astype("int8"))
    freeze_run(
        workspace,
        kind="outlook",
        week=week,
        settings={},
        inputs={"made": week},
        tables={"outlook": conform(outlook, OUTLOOK)},
        notes={"use": "model", **notes},
    )


def past_plan(cells_by_week: dict[str, list[tuple[int, ...]]], *, origin: str = "outlook") -> pd.DataFrame:
    """Make plans that stand for weeks before."""
    rows = [
        {
            "decision_id": f"{week}-{number}", "at": pd.Timestamp("2026-01-01", tz="UTC"), "supersedes": None,
            "plan_id": f"plan-{week}", "version": 1, "week": week, "place_id": f"p{number}", "cells": list(cells),
            "area_code": None, "kind": "look", "hours": 4.5, "visits": 1, "origin": origin, "probability": 1.0,
            "reason": None,
        }
        for week, places in cells_by_week.items()
        for number, cells in enumerate(places)
    ]  # fmt: skip
    return pd.DataFrame(rows)
