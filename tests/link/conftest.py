# SPDX-License-Identifier: EUPL-1.2
"""A town of four neighbourhoods of 200 by 200 m in two districts, on a grid of 100 m."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from stip.space import Areas, Grid


def areas_of(year: int, *, shift_m: float = 0) -> Areas:
    return Areas(
        gpd.GeoDataFrame(
            {
                "area_code": ["BU01", "BU02", "BU03", "BU04"],
                "name": ["Noord", "Oost", "Zuid", "West"],
                "district_code": ["WK0", "WK0", "WK1", "WK1"],
                "district_name": ["Boven", "Boven", "Onder", "Onder"],
                "area_year": year,
            },
            geometry=[shapely.box(200 * i + shift_m, 0, 200 * i + 200 + shift_m, 200) for i in range(4)],
            crs="EPSG:28992",
        )
    )


def incidents_at(*points: tuple[float, float], precision_m: float = 10, area_code: str | None = None) -> pd.DataFrame:
    number = len(points)
    at = pd.Timestamp("2026-09-08 12:00", tz="UTC").as_unit("us")
    return pd.DataFrame(
        {
            "incident_id": [f"i{n}" for n in range(number)],
            "source": "bvh",
            "batch_id": "b1",
            "version": np.int32(1),
            "crime_type": "bicycle_theft",
            "from_at": at,
            "to_at": at + pd.Timedelta(hours=2),
            "known_at": at + pd.Timedelta(days=1),
            "x_m": [float(x) for x, _ in points],
            "y_m": [float(y) for _, y in points],
            "precision_m": np.float32(precision_m),
            "area_code": pd.Series([area_code] * number, dtype="string"),
            "area_year": pd.Series([2025 if area_code else None] * number, dtype="Int16"),
        }
    )


def layer_of(name: str, *shapes: shapely.Geometry | None, category: str | None = None) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "layer": name,
            "feature_id": [f"{name}{n}" for n in range(len(shapes))],
            "value": np.nan,
            "category": pd.Series([category] * len(shapes), dtype="string"),
            "observed_on": pd.NaT,
            "source": "lagen",
        },
        geometry=list(shapes),
        crs="EPSG:28992",
    )


@pytest.fixture
def grid() -> Grid:
    return Grid(cell_m=100)


@pytest.fixture
def areas() -> Areas:
    return areas_of(2026)
