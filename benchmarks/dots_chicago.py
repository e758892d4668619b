# SPDX-License-Identifier: EUPL-1.2
"""Real reports of Chicago as a message of the dot map: the newest of two files."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from dots_message import write_message
from towns import CHICAGO

# All types of the files, not only those of the outlook; Okabe and Ito's colours.
TYPES = {
    "vandalism": "#cc79a7",
    "theft_other": "#5b5b5b",
    "burglary_residential": "#0072b2",
    "vehicle_theft": "#56b4e9",
    "robbery": "#e69f00",
    "burglary_other": "#009e73",
    "theft_from_vehicle": "#d55e00",
    "arson": "#f0e442",
    "cycle_theft": "#000000",
}
# Some rows have no place, and some one in another state.
_EAST, _NORTH = (-87.95, -87.5), (41.6, 42.05)


def chicago_message(data: Path, n: int) -> bytes:
    """Return the newest n reports as a message; when there are fewer, the newest of them twice.

    Parameters
    ----------
    data : Path
        The folder with real data.
    n : int
    """
    rows = pd.concat([pd.read_parquet(data / file) for file in CHICAGO.files], ignore_index=True)
    rows = rows[rows["type"].isin(TYPES) & rows["x"].between(*_EAST) & rows["y"].between(*_NORTH)]
    rows = rows.sort_values("occurred_at", kind="stable")
    rows = pd.concat([rows, rows.tail(max(0, n - len(rows)))]).tail(n)
    places = gpd.points_from_xy(rows["x"], rows["y"], crs="EPSG:4326").to_crs(CHICAGO.settings.town.crs)
    names = list(TYPES)
    dots = pd.DataFrame(
        {
            "x_m": np.round(places.x),
            "y_m": np.round(places.y),
            "day": rows["occurred_at"].dt.normalize().to_numpy(),
            "kind": rows["type"].map(names.index).astype(int).to_numpy(),
            "hour": rows["occurred_at"].dt.hour.to_numpy(),
            "precision_m": 1,
            "area": rows["community_area"].fillna(0).astype(int).to_numpy(),
        }
    )
    kinds = [
        {"crime_type": name, "label": name, "colour": colour, "source": "cpd", "source_label": "Chicago"}
        for name, colour in TYPES.items()
    ]
    areas = [{"code": f"CA{k:02}", "name": f"Community area {k}", "wijk": None} for k in range(78)]
    return write_message(dots, kinds, areas)
