# SPDX-License-Identifier: EUPL-1.2
"""A picture of the sample town, drawn from its files."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from stip.samples.risk import TYPES
from stip.samples.truth import true_incidents
from stip.settings import SEED_TYPES

_BUILDING = {"corporatie": "#b58f7d", "particulier": "#a39c93", "gemeente": "#dbe9cc"}
_GREEN = {"park": "#c3dfae", "sportpark": "#d3e6b8", "begraafplaats": "#cfd8c2", "bos": "#a9cc9a"}
_ROAD = {
    "rondweg": ("#e2a25f", 2.4),
    "hoofdweg": ("#f0c27a", 1.7),
    "wijkweg": ("#f5e0a5", 1.3),
    "straat": ("#ffffff", 0.9),
}


def draw_town(folder: Path | str, path: Path | str, *, dots: bool = False) -> None:
    """Draw the town.

    Parameters
    ----------
    folder : path
        Where `stip.samples.make_town` wrote the town.
    path : path
        A PNG or PDF file.
    dots : bool
        Put a dot for each incident of the last twelve weeks, and leave out the names.
    """
    folder = Path(folder)
    layers = {
        name: gpd.read_file(folder / f"{name}.gpkg")
        for name in ("buurten", "water", "groen", "eigendom", "wegen", "spoor")
    }
    figure = Figure(figsize=(15, 15))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.01, 0.01, 0.98, 0.98))
    areas = layers["buurten"]
    areas.plot(ax=axes, color="#efece2", edgecolor="none")
    groen = layers["groen"]
    groen.plot(ax=axes, color=groen["soort"].map(_GREEN), linewidth=0)
    plots = layers["eigendom"]
    public = plots["soort_eigenaar"] == "gemeente"
    plots[public & (plots.area < 20_000)].plot(ax=axes, color=_BUILDING["gemeente"], linewidth=0)
    layers["water"].plot(ax=axes, color="#a5c8e1", linewidth=0)
    roads = layers["wegen"]
    for kind in ("straat", "wijkweg", "hoofdweg", "rondweg"):
        colour, width = _ROAD[kind]
        chosen = roads[roads["wegtype"] == kind]
        if len(chosen):
            chosen.plot(ax=axes, color="#bdb5a6", linewidth=width + 0.7)
            chosen.plot(ax=axes, color=colour, linewidth=width)
    plots[~public].plot(ax=axes, color=plots.loc[~public, "soort_eigenaar"].map(_BUILDING), linewidth=0)
    layers["spoor"].plot(ax=axes, color="#5c5854", linewidth=2.2)
    layers["spoor"].plot(ax=axes, color="#f4f1ea", linewidth=1.2, linestyle=(0, (6, 6)))
    areas.boundary.plot(ax=axes, color="#8a8378", linewidth=0.5, linestyle=(0, (4, 3)))
    station = gpd.read_file(folder / "station.geojson").to_crs(areas.crs)
    station.plot(ax=axes, color="#1f2f54", marker="s", markersize=60, zorder=6)
    if dots:
        _draw_dots(axes, folder)
    else:
        for middle, name in zip(areas.representative_point(), areas["buurtnaam"], strict=True):
            axes.annotate(
                name, (middle.x, middle.y), ha="center", fontsize=8, color="#2d2a26", zorder=7,
                bbox={"facecolor": "white", "alpha": 0.65, "linewidth": 0, "pad": 1.2},
            )  # fmt: skip
    axes.set_aspect("equal")
    axes.set_axis_off()
    figure.savefig(path, dpi=80)


def _draw_dots(axes: Axes, folder: Path) -> None:
    incidents = true_incidents(folder)
    past = incidents[~incidents["future"]]
    recent = past[past["week"].isin(np.unique(past["week"])[-12:])]
    for crime_type in TYPES:
        mine = recent[recent["crime_type"] == crime_type]
        label, colour = SEED_TYPES[crime_type].label, SEED_TYPES[crime_type].colour
        axes.scatter(
            mine["x_m"], mine["y_m"], s=16, color=colour, label=f"{label} ({len(mine)})", zorder=8, linewidths=0
        )
    axes.legend(loc="lower right", fontsize=11, frameon=False)
