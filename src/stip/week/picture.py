# SPDX-License-Identifier: EUPL-1.2
"""The week as a picture: the outlook and the places on one A4, readable in grey."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from stip.store import new_file
from stip.week.view import NO_GROUND, TIER_COLOURS, WeekView
from stip.words import number

_A4_INCHES = (11.69, 8.27)
_INK, _LINE, _PLACE, _WATER = "#1c1c1c", "#b8b8b8", "#111111", "#dcdcdc"


def draw_week(view: WeekView, path: Path, *, dpi: int = 150) -> Path:
    """Draw the week on a lying A4 and write it as PNG.

    The places stand out by a heavy line and their number, not by colour, so that a grey print says the same.
    """
    figure = Figure(figsize=_A4_INCHES, dpi=dpi, facecolor="white")
    FigureCanvasAgg(figure)
    town = figure.add_axes((0.02, 0.04, 0.56, 0.84))
    near = figure.add_axes((0.60, 0.30, 0.38, 0.58))
    outlines = place_outlines(view)
    _map(town, view, outlines, numbers=False)
    _map(near, view, outlines, numbers=True)
    _zoom(near, outlines, view.areas)
    _frame_of(town, near)
    figure.text(0.02, 0.945, f"{view.town} · weekplan {view.week}", fontsize=17, weight="bold", color=_INK)
    figure.text(0.02, 0.905, f"{view.monday} tot en met {view.sunday}", fontsize=11, color=_INK)
    _legend(figure, view)
    figure.text(
        0.02,
        0.015,
        f"Vooruitblik {view.run_id} · weekplan {view.plan_id} · {NO_GROUND}",
        fontsize=7,
        color=_INK,
    )
    with new_file(path) as half:
        figure.savefig(half, format="png", metadata={"Software": "Stip"})
    return path


def place_outlines(view: WeekView) -> gpd.GeoDataFrame:
    """Return the outline of each place with its number, in the workspace's reference system."""
    squares = view.cells.set_index("cell").geometry
    return gpd.GeoDataFrame(
        {"number": [place.number for place in view.places], "origin": [place.origin for place in view.places]},
        geometry=[squares.reindex(list(place.cells)).dropna().union_all() for place in view.places],
        crs=view.cells.crs,
    )


def _map(axes: Axes, view: WeekView, outlines: gpd.GeoDataFrame, *, numbers: bool) -> None:
    axes.set_axis_off()
    axes.set_aspect("equal")
    view.areas.plot(ax=axes, facecolor="#fafafa", edgecolor=_LINE, linewidth=0.5)
    if "water" in view.base:
        view.base["water"].plot(ax=axes, color=_WATER, linewidth=2)
    for per_cent, colour in sorted(TIER_COLOURS.items(), reverse=True):
        cells = view.cells[view.cells["tier"] == per_cent]
        if len(cells):
            cells.plot(ax=axes, color=colour, edgecolor="none")
    if "roads" in view.base:
        view.base["roads"].plot(ax=axes, color="#8a8a8a", linewidth=0.8 if numbers else 0.25)
    view.areas.boundary.plot(ax=axes, color=_LINE, linewidth=0.8)
    for row in outlines.itertuples():
        dash = (0, (2, 1)) if row.origin == "random" else "solid"
        width = 2.2 if numbers else 1.4
        edge = gpd.GeoSeries([row.geometry]).boundary
        edge.plot(ax=axes, color="white", linewidth=width + 2)
        edge.plot(ax=axes, color=_PLACE, linewidth=width, linestyle=dash)
        if numbers:
            spot = row.geometry.representative_point()
            axes.annotate(
                str(row.number),
                (spot.x, spot.y),
                ha="center",
                va="center",
                fontsize=10,
                weight="bold",
                color=_INK,
                bbox={"boxstyle": "circle,pad=0.25", "facecolor": "white", "edgecolor": _PLACE, "linewidth": 1.2},
            )
    if numbers:
        _area_names(axes, view.areas)


def _area_names(axes: Axes, areas: gpd.GeoDataFrame) -> None:
    for row in areas.itertuples():
        spot = row.geometry.representative_point()
        name = axes.annotate(
            row.name, (spot.x, spot.y), ha="center", va="center", fontsize=7.5, color=_INK, annotation_clip=True
        )
        name.set_path_effects([withStroke(linewidth=2.5, foreground="white")])


def _zoom(axes: Axes, outlines: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> None:
    left, low, right, high = outlines.total_bounds if len(outlines) else areas.total_bounds
    margin = max(right - left, high - low, 500.0) * 0.15
    axes.set_xlim(left - margin, right + margin)
    axes.set_ylim(low - margin, high + margin)


def _frame_of(town: Axes, near: Axes) -> None:
    (left, right), (low, high) = near.get_xlim(), near.get_ylim()
    town.plot([left, right, right, left, left], [low, low, high, high, low], color="#5b5b5b", linewidth=0.8)
    start, end = town.get_xlim()
    bottom, top = town.get_ylim()
    length = 1000.0 if end - start < 15_000 else 5000.0
    x, y = start + 0.03 * (end - start), bottom + 0.03 * (top - bottom)
    town.plot([x, x + length], [y, y], color=_INK, linewidth=2, solid_capstyle="butt")
    town.annotate(f"{number(length / 1000)} km", (x, y), xytext=(0, 4), textcoords="offset points", fontsize=8)


def _legend(figure: Figure, view: WeekView) -> None:
    handles = [
        Patch(
            facecolor=TIER_COLOURS[tier.per_cent],
            edgecolor="none",
            label=f"{tier.name} · {number(tier.cells)} vakken, samen {tier.low}–{tier.high} meldingen verwacht",
        )
        for tier in view.tiers
        if tier.cells
    ]
    handles += [
        Patch(facecolor="none", edgecolor=_PLACE, linewidth=1.6, label="plek van deze week"),
        Patch(facecolor="none", edgecolor=_PLACE, linewidth=1.6, linestyle=(0, (2, 1)), label="gelote plek"),
    ]
    figure.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.60, 0.05),
        frameon=False,
        fontsize=7.5,
        title="Vooruitblik, alle soorten samen",
        alignment="left",
    )
