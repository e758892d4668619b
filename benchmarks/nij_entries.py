# SPDX-License-Identifier: EUPL-1.2
"""What the challenge left: the reports, the districts, and the marked cells of one winner (team Kernel Glitches)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
from nij_scores import FEET, SQUARE_FEET, WINDOWS, Score, in_window, score

_FOLDER = "portland_nij"
_SHORT = {"1wk": "1 week", "2wk": "2 weeks", "1mo": "1 month", "2mo": "2 months", "3mo": "3 months"}
_TYPES = {"burg": "burglary", "toa": "vehicle_theft"}
"""The categories whose reports of March to May 2017 are there; of street crimes and all calls they are not."""


@dataclass(frozen=True)
class Quoted:
    """A score that was measured before, of a shapefile that is not beside the project.

    Attributes
    ----------
    n, total : int
    pai : float
    """

    n: int
    total: int
    pai: float


QUOTED = {
    ("burglary", "1 week"): Quoted(3, 20, 30.7),
    ("burglary", "2 weeks"): Quoted(5, 41, 24.2),
    ("burglary", "1 month"): Quoted(2, 93, 4.4),
    ("vehicle_theft", "1 week"): Quoted(7, 71, 21.6),
    ("vehicle_theft", "2 weeks"): Quoted(14, 135, 20.6),
}
"""Rescored by the project from the winner's shapefiles that are too large to be kept beside it."""

KNOWN = {
    ("burglary", "2 months"): Quoted(0, 175, 0.0),
    ("vehicle_theft", "1 month"): Quoted(3, 273, 6.36),
    ("vehicle_theft", "2 months"): Quoted(17, 543, 7.28),
}
"""What the shapefiles that are there scored when the data were gathered: this code must find the same."""


def read_reports(data: Path) -> tuple[gpd.GeoDataFrame, float]:
    """Return the reports inside the police districts, in feet, and the square miles of those districts."""
    districts = gpd.read_parquet(data / _FOLDER / "context" / "police_districts.parquet").to_crs(FEET)
    whole = districts.geometry.make_valid().union_all()
    table = pd.read_parquet(data / _FOLDER / "incidents_burglary_mvt_2012_2017.parquet")
    reports = gpd.GeoDataFrame(
        table[["type", "occurred_at"]], geometry=gpd.points_from_xy(table["x_ft"], table["y_ft"]), crs=FEET
    )
    return reports[reports.within(whole)].reset_index(drop=True), float(whole.area) / SQUARE_FEET


def rescored(data: Path, reports: gpd.GeoDataFrame, whole_square_miles: float) -> dict[tuple[str, str], Score]:
    """Score each stored entry of the winner whose reports are there.

    Returns
    -------
    dict of (crime type, window) to Score

    Raises
    ------
    SystemExit
        When an entry scores otherwise than when the data were gathered.
    """
    found = {}
    folder = data / _FOLDER / "submission_kernel_glitches"
    for file in sorted(folder.glob("*_hotspots_epsg2913.parquet")):
        category, window = file.name.split("_")[:2]
        if category not in _TYPES:
            continue
        key = (_TYPES[category], _SHORT[window])
        grid = folder / f"{category}_{window}_all_cells_epsg2913.parquet"
        found[key] = score(
            gpd.read_parquet(file).geometry,
            in_window(reports, key[0], WINDOWS[key[1]]),
            whole_square_miles=whole_square_miles,
            cells=gpd.read_parquet(grid).geometry if grid.is_file() else None,
        )
    for key, known in KNOWN.items():
        ours = found[key]
        if (ours.n, ours.total, round(ours.pai, 2)) != (known.n, known.total, known.pai):
            raise SystemExit(f"{key}: rescored as {ours}, but it was {known}. The data or the scoring changed.")
    return found
