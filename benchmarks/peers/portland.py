# SPDX-License-Identifier: EUPL-1.2
"""Portland as a history: the 60 police districts in cells of 125 m, and the calls of the NIJ challenge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from stip.outlook import History, StudyArea, history_of
from stip.space import Grid, week_number

ZONE = "America/Los_Angeles"
GRID = Grid(crs="EPSG:32610")
AFTER_LAST_WEEK = "2017-W22"


def study_polygon(data: Path) -> Any:
    """Return the 60 police districts as one shape."""
    return gpd.read_parquet(data / "portland_nij/context/police_districts.parquet").to_crs(GRID.crs).union_all()


def study_area(data: Path) -> StudyArea:
    """Return the cells whose middle lies in a police district."""
    town = study_polygon(data)
    west, south, east, north = town.bounds
    columns, rows = np.meshgrid(
        np.arange(int(west // GRID.cell_m), int(east // GRID.cell_m) + 1),
        np.arange(int(south // GRID.cell_m), int(north // GRID.cell_m) + 1),
        indexing="ij",
    )
    cells = np.sort(GRID.cell_from(columns.ravel(), rows.ravel()))
    x_m, y_m = GRID.centre(cells)
    return StudyArea(GRID, cells[shapely.contains_xy(town, x_m, y_m)])


def calls(data: Path, crime_type: str) -> pd.DataFrame:
    """Return the calls of a type as incidents; dates have no time, so each lasts its day and is known at its end."""
    raw = pd.read_parquet(data / "portland_nij/incidents_burglary_mvt_2012_2017.parquet")
    raw = raw[raw["type"] == crime_type].reset_index(drop=True)
    points = gpd.GeoSeries(gpd.points_from_xy(raw["x"], raw["y"]), crs="EPSG:4326").to_crs(GRID.crs)
    day = pd.to_datetime(raw["occurred_at"]).dt.normalize().dt.tz_localize(ZONE).dt.tz_convert("UTC")
    end = day + pd.Timedelta(hours=23)
    return pd.DataFrame(
        {
            "incident_id": raw["id"],
            "source": "portland_nij",
            "batch_id": "portland",
            "version": np.int32(1),
            "crime_type": crime_type,
            "from_at": day,
            "to_at": end,
            "known_at": end,
            "x_m": points.x.to_numpy(),
            "y_m": points.y.to_numpy(),
            "precision_m": np.float32(1),
            "area_code": None,
            "area_year": None,
        }
    )


def portland(data: Path, crime_type: str) -> History:
    """Return everything that is known of a crime type."""
    return history_of(
        calls(data, crime_type),
        study_area(data),
        crime_types=(crime_type,),
        time_zone=ZONE,
        cutoff_week=week_number(AFTER_LAST_WEEK),
    )
