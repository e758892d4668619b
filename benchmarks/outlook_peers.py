# SPDX-License-Identifier: EUPL-1.2
"""Surfaces of other makers beside the outlook: Portland burglary, our cells, our measure, the same weeks.

Usage: ``python benchmarks/outlook_peers.py [--weeks 8] [--kdepy-weeks 52] [--without predspot] [--before-cut-off]
[--peers-python PYTHON]``. KDEpy (FFT kernel densities at seven widths over all incidents so far) and predspot (its
own default pipeline on a grid of 1 km: one of 500 m took over 90 s of processor time a week) see the incidents before
each week, as our models do. Hits of each are counted in the best 1, 3 and 5 % of the cells; ties share. Our own
models run over the same weeks. pointpats foretells nothing; it stands in ``benchmarks/near_repeats.py``. Writes
benchmarks/results/outlook_<peer>.json, before the cut-off outlook_<peer>_small.json.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from accuracy_pairs import read_pairs
from children import ROOT, peers_python, write_result

from stip.outlook import AREA_SHARES, History, backtest, hits_at, make_forecasters
from stip.outlook.backtest import Truth
from stip.settings import OutlookSettings
from stip.space import week_from_number, week_number, week_start

sys.path.insert(0, str(Path(__file__).parent / "peers"))
from portland import ZONE, portland, study_polygon

CRIME_TYPE = "burglary"
OURS = ("blend", "etas", "kde_narrow", "kde", "long_run", "last_52_weeks", "prospective_hot_spot")
SHARES = AREA_SHARES[:3]


def given_to_peers(history: History, data: Path, weeks: range, file: Path) -> None:
    """Write what the peers may see: places and weeks of the incidents, and the cells."""
    area = history.area
    column, row = area.column_row
    x_m = column[history.cell_index] * 125.0 + history.east_m
    y_m = row[history.cell_index] * 125.0 + history.north_m
    west, south = (along.min() for along in area.grid.corner(area.cells))

    def degrees(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        points = gpd.GeoSeries(gpd.points_from_xy(x, y), crs=area.grid.crs).to_crs("EPSG:4326")
        return points.x.to_numpy(), points.y.to_numpy()

    lon, lat = degrees(x_m + west, y_m + south)
    cell_lon, cell_lat = degrees(*area.grid.centre(area.cells))
    mondays = {
        int(week): week_start(week_from_number(int(week)), ZONE).date().isoformat()
        for week in {*history.occurred_week.tolist(), *weeks}
    }
    np.savez_compressed(
        file,
        column=column,
        row=row,
        cell_m=area.grid.cell_m,
        x_m=x_m,
        y_m=y_m,
        week=history.occurred_week,
        day=np.array([mondays[week] for week in history.occurred_week.tolist()]),  # any day of the week will do
        lon=lon,
        lat=lat,
        cell_lon=cell_lon,
        cell_lat=cell_lat,
        weeks=np.array(weeks),
        mondays=np.array([mondays[week] for week in weeks]),
        town_wkt=gpd.GeoSeries([study_polygon(data)], crs=area.grid.crs).to_crs("EPSG:4326").iloc[0].wkt,
    )


def scored(history: History, surfaces: dict[str, np.ndarray], weeks: range) -> dict[str, dict[str, Any]]:
    """Return the hits of each surface at each share of the area."""
    truth = Truth(history)
    came = [truth.counts(CRIME_TYPE, week) for week in weeks]
    return {
        name: {
            "total": sum(float(one.sum()) for one in came),
            "hits": [
                sum(
                    hits_at(said.astype(float), one, area_share=share) for said, one in zip(weekly, came, strict=True)
                )
                for share in SHARES
            ],
        }
        for name, weekly in surfaces.items()
    }


def ours(history: History, weeks: int) -> dict[str, dict[str, Any]]:
    """Return the hits of our models."""
    settings = OutlookSettings(targets=(CRIME_TYPE,))
    rows = backtest(
        history, make_forecasters(OURS, (CRIME_TYPE,), settings), weeks=weeks, refit_weeks=settings.refit_weeks
    )
    added = rows.groupby(["model", "area_share"])[["hits", "total"]].sum()
    return {
        name: {
            "total": float(added.loc[(name, SHARES[0]), "total"]),
            "hits": [float(added.loc[(name, share), "hits"]) for share in SHARES],
        }
        for name in OURS
    }


def main() -> None:
    """Run peers and models, print the tables, write them down."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder with real incidents"
    )
    reader.add_argument("--weeks", type=int, default=8, help="weeks for predspot")
    reader.add_argument("--kdepy-weeks", type=int, default=52, help="weeks for KDEpy, which is faster")
    reader.add_argument("--without", default="", help="a peer to leave out")
    reader.add_argument(
        "--before-cut-off", action="store_true", help="the weeks before the one in cutoffs.toml, not the last ones"
    )
    reader.add_argument("--peers-python", type=Path, default=None)
    asked = reader.parse_args()
    if not asked.data.is_dir():
        reader.error(f"{asked.data} is not there; the real incidents are not part of the project.")
    theirs = peers_python(asked.peers_python)
    history = portland(asked.data, CRIME_TYPE)
    if asked.before_cut_off:
        history = history.as_known(week_number(read_pairs()[f"portland:{CRIME_TYPE}"].cut))
    runs = {"kdepy": asked.kdepy_weeks, "predspot": asked.weeks}
    for peer, number in runs.items():
        if peer == asked.without:
            continue
        weeks = range(history.cutoff_week - number, history.cutoff_week)
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "in.npz", Path(folder) / "out.npz"
            given_to_peers(history, asked.data, weeks, source)
            script = Path(__file__).parent / "peers" / "surfaces.py"
            subprocess.run([str(theirs), "-W", "ignore", str(script), peer, str(source), str(target)], check=True)
            with np.load(target) as made:
                each = float(made["cpu_s_each"])
                surfaces = {name: made[name] for name in made.files if name != "cpu_s_each"}
        rows = scored(history, surfaces, weeks) | ours(history, number)
        facts = {"town": "portland", "crime_type": CRIME_TYPE, "cells": len(history.area), "weeks": number}
        facts |= {"last_week": week_from_number(history.cutoff_week - 1)}
        facts |= {"cpu_s_a_surface": round(each, 2), "rows": rows}
        print(
            f"\n{CRIME_TYPE}, Portland: {number} weeks up to {facts['last_week']}, {facts['cells']:,} cells of 125 m "
            f"in the 60 police districts; {peer} took {each:.1f} s of processor time a surface"
        )
        frame = pd.DataFrame(
            {name: [*row["hits"], row["total"], row["hits"][1] / row["total"]] for name, row in rows.items()},
            index=[*(f"n, {share:.0%}" for share in SHARES), "N", "n/N, 3%"],
        ).T.sort_values("n/N, 3%", ascending=False)
        print(frame.to_string(float_format=lambda value: f"{value:.3f}" if value < 1 else f"{value:.0f}"))
        print(write_result(f"outlook_{peer}_small" if asked.before_cut_off else f"outlook_{peer}", facts))


if __name__ == "__main__":
    main()
