# SPDX-License-Identifier: EUPL-1.2
"""Small towns of squares, with reports in them, drawn by a seed."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from stip.publish import Quarter
from stip.space import Areas

TYPES = ("home_burglary", "vandalism")
QUARTER = Quarter(2026, 2)
SIDE_M = 1000.0


def areas_of(n: int) -> Areas:
    """Give ``n`` neighbourhoods in a row."""
    return Areas(
        gpd.GeoDataFrame(
            {
                "area_code": [f"BU9999{number:04d}" for number in range(n)],
                "name": [f"Buurt {number}" for number in range(n)],
                "district_code": ["WK999900"] * n,
                "district_name": ["Wijk"] * n,
                "area_year": [2026] * n,
            },
            geometry=[shapely.box(SIDE_M * number, 0, SIDE_M * (number + 1), SIDE_M) for number in range(n)],
            crs="EPSG:28992",
        )
    )


def reports_of(counts: dict[str, list[int]], rng: np.random.Generator) -> pd.DataFrame:
    """Give reports: so many of each type in each neighbourhood, in the quarter of these tests."""
    types = [name for name, each in counts.items() for _ in range(sum(each))]
    place = np.concatenate([np.repeat(np.arange(len(each)), each) for each in counts.values()])
    n = len(types)
    begin = pd.Timestamp("2026-04-01T00:00Z") + pd.to_timedelta(rng.integers(1, 90 * 24, n), unit="h")
    return pd.DataFrame(
        {
            "incident_id": [rng.bytes(16).hex() for _ in range(n)],
            "source": "bvh",
            "crime_type": types,
            "from_at": begin,
            "to_at": begin + pd.to_timedelta(rng.integers(0, 8, n), unit="h"),
            "x_m": SIDE_M * (place + rng.uniform(0.05, 0.95, n)),
            "y_m": rng.uniform(10, SIDE_M - 10, n),
            "area_code": pd.array([None] * n, dtype="string"),
            "area_year": pd.array([None] * n, dtype="Int16"),
        }
    )
