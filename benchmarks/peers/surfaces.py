# SPDX-License-Identifier: EUPL-1.2
"""Surfaces by the peers, in their own environment (`make peers`): no part of Stip is imported here.

Usage: ``python surfaces.py kdepy|predspot IN.npz OUT.npz``, started by ``benchmarks/outlook_peers.py``.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import numpy as np

WIDTHS_M = (60, 90, 125, 180, 250, 350, 500)
FINE = 5
"""KDEpy spreads its points over the grid it is asked about, so that is made five times finer than the cells."""

PREDSPOT_KM, PREDSPOT_WEEKS, PREDSPOT_LAGS = 1.0, 52, 4
"""Its grid, its memory and its lags. A finer grid costs more: 500 m took over 90 s of processor time a week."""


def kdepy(given: Any) -> dict[str, Any]:
    """Return the density of all incidents before each week in each cell, for each width."""
    from KDEpy import FFTKDE

    column, row, cell_m = given["column"], given["row"], float(given["cell_m"])
    step, rim = cell_m / FINE, 20 * FINE
    wide, tall = (int(along.max() + 1) * FINE + 2 * rim for along in (column, row))
    x, y = (np.arange(size) * step + step / 2 - rim * step for size in (wide, tall))
    grid = np.column_stack([along.ravel() for along in np.meshgrid(x, y, indexing="ij")])
    places = np.column_stack([given["x_m"], given["y_m"]])
    surfaces = {}
    for width in WIDTHS_M:
        weekly = []
        for week in given["weeks"]:
            density = FFTKDE(kernel="gaussian", bw=width).fit(places[given["week"] < week]).evaluate(grid)
            inner = density.reshape(wide, tall)[rim:-rim, rim:-rim]
            blocks = inner.reshape(inner.shape[0] // FINE, FINE, inner.shape[1] // FINE, FINE).sum(axis=(1, 3))
            weekly.append(blocks[column, row].astype(np.float32))
        surfaces[f"KDEpy FFTKDE {width} m"] = np.array(weekly)
    return surfaces


def predspot(given: Any) -> dict[str, Any]:
    """Return predspot's own default pipeline on a grid of points; each cell takes that of the point nearest to it."""
    import geopandas as gpd
    import pandas as pd
    from predspot import Dataset
    from predspot.pipeline import build_default_pipeline
    from scipy.spatial import cKDTree
    from shapely import from_wkt

    town = gpd.GeoDataFrame(geometry=[from_wkt(str(given["town_wkt"]))], crs="EPSG:4326")
    weekly = []
    for week, monday in zip(given["weeks"], given["mondays"], strict=True):
        rows = (given["week"] < week) & (given["week"] >= week - PREDSPOT_WEEKS)
        crimes = pd.DataFrame(
            {
                "tag": "x",
                "t": pd.to_datetime(given["day"][rows]),
                "lon": given["lon"][rows],
                "lat": given["lat"][rows],
            }
        )
        made = build_default_pipeline(
            town, tfreq="W", grid_resolution=PREDSPOT_KM, lags=PREDSPOT_LAGS, random_state=0
        )
        made.fit(Dataset(crimes, town))
        said = made.predict()["crime_density"]
        told = said.index.get_level_values("t")[0]
        if not pd.Timestamp(str(monday)) <= told < pd.Timestamp(str(monday)) + pd.Timedelta(days=7):
            raise SystemExit(f"predspot foretold {told}, not the week of {monday}")
        points = made.grid.loc[said.index.get_level_values("places"), ["lon", "lat"]].to_numpy()
        flat = np.array([np.cos(np.radians(points[:, 1].mean())), 1.0])
        nearest = cKDTree(points * flat).query(np.column_stack([given["cell_lon"], given["cell_lat"]]) * flat)[1]
        weekly.append(said.to_numpy()[nearest].astype(np.float32))
        print(f"predspot: {len(weekly)} of {len(given['weeks'])} weeks", file=sys.stderr, flush=True)
    return {f"predspot, {PREDSPOT_KM:g} km": np.array(weekly)}


def main() -> None:
    """Make the surfaces of one peer, with the processor time a surface took."""
    which, source, target = sys.argv[1:]
    with np.load(source) as given:
        started = time.process_time()
        surfaces = {"kdepy": kdepy, "predspot": predspot}[which](given)
        each = (time.process_time() - started) / sum(len(weekly) for weekly in surfaces.values())
    np.savez_compressed(target, cpu_s_each=each, **surfaces)


if __name__ == "__main__":
    main()
