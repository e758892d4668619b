# SPDX-License-Identifier: EUPL-1.2
"""Small tables that keep the contracts, for the tests and for the process that they kill."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
from shapely.geometry import Point, box

from stip.errors import WorkspaceError
from stip.space import Areas
from stip.store import INCIDENT, LAYER_COLUMNS

MONDAY = pd.Timestamp("2026-09-07", tz="UTC")
HOUR = pd.Timedelta(hours=1)


def incidents(
    batch_id: str, *, rows: int = 5, first: int = 0, version: int = 1, known_at: pd.Timestamp = MONDAY
) -> pd.DataFrame:
    """Make ``rows`` incidents, numbered from ``first``, an hour apart in the week before they became known."""
    number = np.arange(first, first + rows)
    begin = known_at - pd.Timedelta(days=7) + pd.to_timedelta(number % 150, unit="h")
    return pd.DataFrame(
        {
            "incident_id": [f"i{n:06d}" for n in number],
            "source": "bvh",
            "batch_id": batch_id,
            "version": version,
            "crime_type": "home_burglary",
            "from_at": begin,
            "to_at": begin + HOUR,
            "known_at": known_at,
            "x_m": 136_000.0 + number % 50 * 40,
            "y_m": 455_000.0,
            "precision_m": 10.0,
            "area_code": None,
            "area_year": None,
        }
    )[INCIDENT.schema.names]


def manifest(batch_id: str, rows: int = 5) -> dict[str, object]:
    return {"batch_id": batch_id, "received_at": "2026-09-07T08:00:00+00:00", "accepted": rows}


def plan(plan_id: str = "p1", *, version: int = 1, places: int = 3, week: str = "2026-W37") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "plan_id": plan_id,
            "version": version,
            "week": week,
            "place_id": [f"plek{n}" for n in range(places)],
            "cells": [[n, n + 1] for n in range(places)],
            "area_code": None,
            "kind": "visit",
            "hours": 4.0,
            "visits": 1,
            "origin": "outlook",
            "probability": 1.0,
            "reason": None,
        }
    )


def pause(reason: str = "de cijfers kloppen niet") -> pd.DataFrame:
    return pd.DataFrame({"what": ["outlook"], "paused": [True], "reason": [reason], "role": ["analist"]})


def layer(name: str = "lampposts", features: int = 4) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame(
        {
            "layer": name,
            "feature_id": [str(n) for n in range(features)],
            "value": np.nan,
            "category": "led",
            "observed_on": pd.Timestamp("2026-01-01"),
            "source": "bgt",
        },
        geometry=[Point(136_000 + n, 455_000) for n in range(features)],
        crs="EPSG:28992",
    )
    return frame[list(LAYER_COLUMNS)]


def areas(year: int = 2026) -> Areas:
    return Areas(
        gpd.GeoDataFrame(
            {
                "area_code": ["BU1"],
                "name": ["Binnenstad"],
                "district_code": ["WK1"],
                "district_name": ["Centrum"],
                "area_year": year,
            },
            geometry=[box(135_000, 454_000, 139_000, 458_000)],
            crs="EPSG:28992",
        )
    )


def cells(grid_id: str = "EPSG:28992/125m/0,0", count: int = 9) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "grid_id": grid_id,
            "cell": np.arange(count)[::-1],
            "x_m": np.arange(count, dtype=float),
            "y_m": 0.0,
            "area_code": None,
            "dwellings": pd.array([None] * count, dtype="Int32"),
            "in_study": True,
        }
    )


def result(rows: int = 9) -> pa.Table:
    return pa.table({"cell": list(range(rows)), "expected": [1.0] * rows})


def closed(_: object, **__: object) -> None:
    """Stand in for `Workspace.writing` in a folder that may only be read."""
    raise WorkspaceError("Hier mag niet worden geschreven.")
