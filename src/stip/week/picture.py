# SPDX-License-Identifier: EUPL-1.2
"""The week as a picture: the outlook and the places on one A4, readable in grey."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from stip.plan import TYPES_APART
from stip.store import new_file
from stip.week.labels import label_spots
from stip.week.view import NO_GROUND, TIER_COLOURS, TIERS_EXPLAINED, WeekView
from stip.words import number

_A4_INCHES = (11.69, 8.27)
_LETTER = 0.0125  # width of a letter of a name, as a share of the window
_DISC = 0.028  # radius of a number, as a share of the window that is shown close by
_INK, _LINE, _PLACE, _WATER = "#1c1c1c", "#b8b8b8", "#111111", "#dcdcdc"


def draw_week(view: WeekView, path: Path, *, dpi: int = 150) -> Path:
    """Draw the week on a lying A4 and write it as PNG.

    The places stand out by a heavy line and their number, not by colour, so that a grey print says the same.
    """
    figure = Figure(figsize=_A4_INCHES, dpi=dpi, facecolor="white")
    FigureCanvasAgg(figure)
    town = figure.add_axes((0.02, 0.04, 0.56, 0.82))
    near = figure.add_axes((0.60, 0.30, 0.38, 0.58))
    outlines = place_outlines(view)
    _map(town, view, outlines, numbers=False)
    _map(near, view, outlines, numbers=True)
    _zoom(near, outlines, view.areas)
    _frame_of(town, near)
    figure.text(0.02, 0.945, f"{view.town} · weekplan {view.week}", fontsize=17, weight="bold", color=_INK)
    figure.text(0.02, 0.905, f"{view.monday} tot en met {view.sunday}", fontsize=11, color=_INK)
    figure.text(0.02, 0.873, view.status, fontsize=10, weight="bold", color=_INK)
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
        _area_names(axes, view.areas, outlines, _numbers(axes, outlines))


def _numbers(axes: Axes, outlines: gpd.GeoDataFrame) -> shapely.Geometry:
    """Write the number of each place beside it, over everything else, and return what that covers."""
    if outlines.empty:
        return shapely.Point()
    left, low, right, high = _window(outlines)
    radius = max(right - left, high - low) * _DISC
    spots = label_spots(outlines, radius)
    for number_, spot in zip(outlines["number"], spots, strict=True):
        axes.annotate(
            str(number_),
            spot,
            ha="center",
            va="center",
            fontsize=9,
            weight="bold",
            color=_INK,
            zorder=9,
            bbox={"boxstyle": "circle,pad=0.2", "facecolor": "white", "edgecolor": _PLACE, "linewidth": 1.1},
        )
    return shapely.buffer(shapely.multipoints(spots), radius)


def _area_names(axes: Axes, areas: gpd.GeoDataFrame, outlines: gpd.GeoDataFrame, taken: shapely.Geometry) -> None:
    """Write the name of each area in what the places leave of it; where there is no room, none."""
    left, low, right, high = _window(outlines) if len(outlines) else areas.total_bounds
    window = shapely.box(left, low, right, high)
    span = max(right - left, high - low)
    places = outlines.geometry.union_all() if len(outlines) else shapely.Point()
    for row in areas.itertuples():
        room = row.geometry.intersection(window.buffer(-0.04 * span)).difference(places)
        if room.is_empty:
            room = row.geometry.intersection(window)
        if room.is_empty:
            continue
        spot = max(shapely.get_parts(room), key=lambda part: part.area).representative_point()
        half = _LETTER * span * len(row.name) / 2
        words = shapely.box(spot.x - half, spot.y - _LETTER * span, spot.x + half, spot.y + _LETTER * span)
        if words.intersects(taken) or not window.contains(words):
            continue
        taken = taken.union(words)
        name = axes.annotate(
            row.name, (spot.x, spot.y), ha="center", va="center", fontsize=7.5, color=_INK, annotation_clip=True
        )
        name.set_path_effects([withStroke(linewidth=2.5, foreground="white")])


def _zoom(axes: Axes, outlines: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> None:
    left, low, right, high = _window(outlines) if len(outlines) else areas.total_bounds
    axes.set_xlim(left, right)
    axes.set_ylim(low, high)


def _window(outlines: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
    """Return the bounds of what is shown close by: the places with some room around."""
    left, low, right, high = outlines.total_bounds
    margin = max(right - left, high - low, 500.0) * 0.15
    return left - margin, low - margin, right + margin, high + margin


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
        bbox_to_anchor=(0.593, 0.085),
        frameon=False,
        fontsize=7.5,
        title="Vooruitblik, alle soorten samen",
        alignment="left",
    )
    explained = "\n".join((TIERS_EXPLAINED.replace(": ", ":\n"), TYPES_APART))
    figure.text(0.60, 0.078, explained, fontsize=7, va="top", color=_INK)
