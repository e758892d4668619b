# SPDX-License-Identifier: EUPL-1.2
"""The measures of the NIJ challenge: one function scores a winner's shapefile and a forecast of ours alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

SQUARE_FEET = 27_878_400
"""In a square mile."""
FOOT_M = 0.3048
"""The international foot, in which EPSG:2913 counts."""
SMALLEST_CELL, LARGEST_CELL = 62_500, 360_000
"""Square feet that one cell of an entry may be."""
SMALLEST_TOTAL, LARGEST_TOTAL = 0.25, 0.75
"""Square miles that all marked cells together may be."""
FEET = "EPSG:2913"

BEGIN = date(2017, 3, 1)
WINDOWS = {
    "1 week": date(2017, 3, 8),
    "2 weeks": date(2017, 3, 15),
    "1 month": date(2017, 4, 1),
    "2 months": date(2017, 5, 1),
    "3 months": date(2017, 6, 1),
}
"""The windows that were scored, each from 1 March 2017 until (not in) a day."""


@dataclass(frozen=True)
class Score:
    """What an entry scored in one window.

    Attributes
    ----------
    n, total : int
        Reports in the marked cells, and in the whole area (N).
    square_miles : float
        Of the marked cells together (a).
    pai : float
        (n/N) / (a/A).
    best : int or None
        The most reports that as many cells of the entry's own grid hold (n*); None when the grid is not known.
    """

    n: int
    total: int
    square_miles: float
    pai: float
    best: int | None = None

    @property
    def pei(self) -> float | None:
        """The PEI, n / n*: PAI as a share of the best that the same cells could have given; None when not known."""
        if self.best is None:
            return None
        return self.n / self.best if self.best else 0.0


def pai(n: float, total: float, square_miles: float, whole_square_miles: float) -> float:
    """Return the prediction accuracy index (Chainey, Tompson and Uhlig 2008); 0 when nothing came."""
    return (n / total) / (square_miles / whole_square_miles) if total else 0.0


def score(
    marked: gpd.GeoSeries, reports: gpd.GeoSeries, *, whole_square_miles: float, cells: gpd.GeoSeries | None = None
) -> Score:
    """Score marked cells on the reports of a window.

    Parameters
    ----------
    marked : GeoSeries of polygons
        In feet (EPSG:2913).
    reports : GeoSeries of points
        Those of the window, in the whole area.
    whole_square_miles : float
        A.
    cells : GeoSeries of polygons, optional
        The whole grid the marked cells come from, for the best that could have been.

    Raises
    ------
    ValueError
        When shapes are in another reference system, so that feet are not feet.
    """
    for name, shapes in (("marked", marked), ("reports", reports), ("cells", cells)):
        if shapes is not None and (shapes.crs is None or shapes.crs.to_epsg() != int(FEET.split(":")[1])):
            raise ValueError(f"The {name} are in {shapes.crs}, not in {FEET}: use .to_crs('{FEET}').")
    points = reports.to_numpy()
    n = len(np.unique(shapely.STRtree(points).query(marked.to_numpy(), predicate="intersects")[1]))
    square_miles = float(marked.area.sum()) / SQUARE_FEET
    best = None
    if cells is not None:
        cell, report = shapely.STRtree(cells.to_numpy()).query(points, predicate="intersects")[::-1]
        cell = cell[np.unique(report, return_index=True)[1]]  # a report on a border counts once
        best = int(np.sort(np.bincount(cell, minlength=len(cells)))[::-1][: len(marked)].sum())
    return Score(n, len(points), square_miles, pai(n, len(points), square_miles, whole_square_miles), best)


def allowed(marked: gpd.GeoSeries) -> bool:
    """Tell whether an entry keeps the rules on the size of its cells and of all of them together."""
    areas = marked.area.to_numpy()
    in_bounds = (areas >= SMALLEST_CELL - 1).all() and (areas <= LARGEST_CELL + 1).all()
    return bool(in_bounds and SMALLEST_TOTAL <= areas.sum() / SQUARE_FEET <= LARGEST_TOTAL)


def places_for(square_miles: float, cell_m: int) -> int:
    """Return how many cells make up an area, without leaving what the challenge allows."""
    cell = (cell_m / FOOT_M) ** 2 / SQUARE_FEET
    fewest, most = int(np.ceil(SMALLEST_TOTAL / cell)), int(LARGEST_TOTAL / cell)
    return int(np.clip(round(square_miles / cell), fewest, most))


def in_window(reports: gpd.GeoDataFrame, crime_type: str, until: date, *, begin: date = BEGIN) -> gpd.GeoSeries:
    """Return the reports of a type from a day until (not in) another.

    Parameters
    ----------
    reports : GeoDataFrame
        With ``type`` and ``occurred_at`` (local days).
    """
    day = reports["occurred_at"]
    rows = (reports["type"] == crime_type) & (day >= pd.Timestamp(begin)) & (day < pd.Timestamp(until))
    return reports.geometry[rows]
