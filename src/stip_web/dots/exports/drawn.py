# SPDX-License-Identifier: EUPL-1.2
"""The map drawn from the data, for picture and paper: dots, circles, squares or density, with the town under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Polygon
from scipy.signal import fftconvolve

from stip import words
from stip.agreements import Purpose, check_sources
from stip.errors import AgreementError
from stip.store import area_years, layer_names, read_areas, read_layer
from stip_web.dots.looking import Look

MARKERS = ("o", "s", "^", "D", "P", "v")
"""Shape of each type, in the order of the types, as on the map in the browser."""
SCALE = ("#dadaeb", "#bcbddc", "#9e9ac8", "#756bb1", "#54278f")
_FIELD, _BORDER, _ROAD, _WATER, _INK = "#fbfaf7", "#9a958a", "#dedad0", "#dbe7ef", "#1d252c"
_FINE_M = 25  # side of the squares in which density is worked out
_AIR = 0.03
_CIRCLE = 8.0  # square points a report

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Legend:
    """What the legend says: method and unit, the signs, and notes."""

    title: str
    handles: list[Any]
    notes: list[str]


def box_of(look: Look) -> Box:
    """Return the part that is drawn: what the URL frames, else the chosen area, else the town."""
    asked = look.filter
    if asked.extent:
        west, south, east, north = asked.extent
        return float(west), float(south), float(east), float(north)
    if asked.ring:
        corners = np.array(asked.ring, float)
        bounds = (*corners.min(axis=0), *corners.max(axis=0))
    elif area_years(look.workspace):
        frame = read_areas(look.workspace).frame
        chosen = frame[frame["area_code"].isin(asked.areas) | frame["district_code"].isin(asked.areas)]
        bounds = (chosen if len(chosen) else frame).total_bounds
    elif look.seen.n:
        bounds = (look.seen.x_m.min(), look.seen.y_m.min(), look.seen.x_m.max(), look.seen.y_m.max())
    else:
        bounds = (0.0, 0.0, 1000.0, 1000.0)
    left, low, right, high = (float(side) for side in bounds)
    air = max(right - left, high - low, 500.0) * _AIR
    return left - air, low - air, right + air, high + air


def draw_map(axes: Axes, look: Look, box: Box) -> Legend:
    """Draw ground and reports; return the legend."""
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(box[0], box[2])
    axes.set_ylim(box[1], box[3])
    _ground(axes, look)
    chosen = np.flatnonzero(look.selection.passes)
    draw = {"stippen": _dots, "gegradueerd": _circles, "vakken": _squares, "dichtheid": _density}[look.filter.mode]
    legend = draw(axes, look, chosen, box)
    if look.filter.ring:
        axes.add_patch(Polygon(np.array(look.filter.ring), fill=False, edgecolor=_INK, linewidth=1.4, linestyle="--"))
        legend.handles.append(Line2D([], [], color=_INK, linestyle="--", label="getekend gebied"))
    _scale_bar(axes, box)
    return legend


def _ground(axes: Axes, look: Look) -> None:
    if area_years(look.workspace):
        read_areas(look.workspace).frame.plot(ax=axes, facecolor=_FIELD, edgecolor="none", aspect=None)
    there = layer_names(look.workspace)
    for name, style in (("water", {"color": _WATER}), ("roads", {"color": _ROAD, "linewidth": 0.4})):
        if name not in there:
            continue
        layer = read_layer(look.workspace, name)
        try:
            check_sources(look.workspace, layer["source"].unique(), Purpose.DOT_MAP, on=look.now.date())
        except AgreementError:
            continue  # a layer on hold is not drawn; Herkomst says so
        layer.plot(ax=axes, aspect=None, **style)
    if area_years(look.workspace):
        read_areas(look.workspace).frame.boundary.plot(ax=axes, color=_BORDER, linewidth=0.5, aspect=None)


def _dots(axes: Axes, look: Look, chosen: npt.NDArray[np.int64], box: Box) -> Legend:
    seen = look.seen
    size = 12.0 if len(chosen) < 3000 else 6.0 if len(chosen) < 30_000 else 2.0
    metres_a_point = (box[2] - box[0]) / (axes.get_window_extent().width * 72 / axes.figure.dpi)
    dot_m = size**0.5 / 2 * metres_a_point
    side = np.array(seen.precisions_m)[seen.precision[chosen]]
    coarse = side / 2 > dot_m * 1.25
    type_of = [seen.types.index(kind.crime_type) for kind in seen.kinds]
    kinds = np.array(type_of, np.int64)[seen.kind[chosen]] if len(chosen) else np.empty(0, np.int64)
    handles = []
    for place, code in enumerate(seen.types):
        mine = kinds == place
        if not mine.any():
            continue
        colour, marker = look.colour_of(code), MARKERS[place % len(MARKERS)]
        discs = np.unique(np.column_stack((seen.x_m[chosen], seen.y_m[chosen], side))[mine & coarse], axis=0)
        if len(discs):  # one a place, however many reports lie there
            wide = discs[:, 2]
            axes.add_collection(
                EllipseCollection(
                    wide, wide, np.zeros(len(discs)), units="xy", offsets=discs[:, :2],
                    offset_transform=axes.transData, facecolor=colour, alpha=0.18, edgecolor="none", zorder=3,
                )
            )  # fmt: skip
        axes.scatter(
            seen.x_m[chosen[mine]], seen.y_m[chosen[mine]], s=size, c=colour, marker=marker,
            linewidths=0.25, edgecolors="white", zorder=4,
        )  # fmt: skip
        label = f"{look.label_of(code)} ({words.number(int(mine.sum()))})"
        handles.append(Line2D([], [], linestyle="", marker=marker, color=colour, markersize=5.5, label=label))
    notes = ["Eén teken per melding; op één plek kunnen er meer over elkaar liggen."]
    if coarse.any():
        notes.append("Een lichte schijf is zo groot als het gebied waarin de melding ligt.")
    return Legend("Stippen: één per melding", handles, notes)


def _circles(axes: Axes, look: Look, chosen: npt.NDArray[np.int64], box: Box) -> Legend:
    points = np.column_stack((look.seen.x_m[chosen], look.seen.y_m[chosen]))
    places, counts = np.unique(points, axis=0, return_counts=True)
    style: dict[str, Any] = {"c": "#54278f", "alpha": 0.55, "linewidths": 0.3, "edgecolors": "white", "zorder": 4}
    axes.scatter(places[:, 0], places[:, 1], s=_CIRCLE * counts, **style)
    most = int(counts.max()) if len(counts) else 1
    shown = sorted({1, max(1, most // 2), most})
    sign: dict[str, Any] = {"linestyle": "", "marker": "o", "color": "#54278f", "alpha": 0.55}
    handles = [Line2D([], [], markersize=(_CIRCLE * n) ** 0.5, label=words.number(n), **sign) for n in shown]
    return Legend("Cirkels: aantal meldingen op precies dezelfde plek", handles, ["Het oppervlak volgt het aantal."])


def _squares(axes: Axes, look: Look, chosen: npt.NDArray[np.int64], box: Box) -> Legend:
    town = look.workspace.settings.town
    side = town.cell_m
    values, x_edges, y_edges = _binned(look, chosen, box, side, (town.origin_x_m, town.origin_y_m))
    begins = _breaks(float(values.max(initial=0)), 1.0)
    handles = _mesh(axes, values, x_edges, y_edges, begins, whole=True)
    title = f"Vakken van {side} bij {side} meter: aantal meldingen"
    return Legend(title, handles, ["Een vak zonder kleur heeft geen meldingen in deze keuze."])


def _density(axes: Axes, look: Look, chosen: npt.NDArray[np.int64], box: Box) -> Legend:
    radius = look.filter.radius_m
    side = max(_FINE_M, radius // 10)
    values, x_edges, y_edges = _binned(look, chosen, box, side, (0, 0), margin=radius)
    reach = int(np.ceil(radius / side))
    step = np.arange(-reach, reach + 1) * side
    away2 = (step[:, None] ** 2 + step[None, :] ** 2) / radius**2
    kernel = np.clip(1 - away2, 0, None) ** 2
    kernel /= kernel.sum() * (side / 1000) ** 2
    density = np.maximum(fftconvolve(values, kernel, mode="same"), 0)
    most = float(density.max(initial=0))
    begins = _breaks(most, max(most / 50, 1e-9))
    handles = _mesh(axes, density, x_edges, y_edges, begins, whole=False)
    title = f"Dichtheid: meldingen per vierkante kilometer, straal {words.number(radius)} meter"
    note = f"Elke melding telt mee tot {words.number(radius)} meter om haar heen, dichtbij het meest."
    return Legend(title, handles, [note])


def _binned(
    look: Look, chosen: npt.NDArray[np.int64], box: Box, side: int, origin: tuple[int, int], *, margin: float = 0
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Count in squares that cover the box; the edges lie on the grid."""
    edges = []
    for low, high, at in ((box[0], box[2], origin[0]), (box[1], box[3], origin[1])):
        first = np.floor((low - margin - at) / side)
        last = np.ceil((high + margin - at) / side)
        edges.append(at + side * np.arange(first, last + 1))
    values, _, _ = np.histogram2d(look.seen.x_m[chosen], look.seen.y_m[chosen], bins=edges)
    return values, edges[0], edges[1]


def _mesh(
    axes: Axes,
    values: npt.NDArray[np.float64],
    x_edges: npt.NDArray[np.float64],
    y_edges: npt.NDArray[np.float64],
    begins: list[float],
    *,
    whole: bool,
) -> list[Any]:
    last = len(begins) - 1
    colours = [SCALE[round(k * (len(SCALE) - 1) / last)] if last else SCALE[3] for k in range(last + 1)]
    shown = np.ma.masked_less(values.T, begins[0])
    norm = BoundaryNorm([*begins, max(float(values.max(initial=0)), begins[-1]) + 1], len(colours))
    style: dict[str, Any] = {
        "cmap": ListedColormap(colours),
        "norm": norm,
        "alpha": 0.85,
        "zorder": 3,
        "linewidth": 0,
    }
    axes.pcolormesh(x_edges, y_edges, shown, **style)
    labels = [_class_label(begin, end, whole=whole) for begin, end in zip(begins, [*begins[1:], None], strict=True)]
    return [
        Patch(facecolor=colour, edgecolor="#6b6b6b", linewidth=0.4, label=label)
        for colour, label in zip(colours, labels, strict=True)
    ]


def _class_label(begin: float, end: float | None, *, whole: bool) -> str:
    if end is None:
        return f"{_short(begin)} of meer"
    if not whole:
        return f"{_short(begin)} tot {_short(end)}"
    return words.number(begin) if end - begin == 1 else f"{words.number(begin)} tot en met {words.number(end - 1)}"


def _short(value: float) -> str:
    return words.number(value, 0 if value >= 1 and value == round(value) else 1)


def _breaks(most: float, least: float) -> list[float]:
    """Return where classes begin: at most five, growing by a factor, in round numbers."""
    found = [_round(least)]
    for k in range(1, len(SCALE)):
        rounded = _round(least * (max(most, least) / least) ** (k / len(SCALE)))
        if found[-1] < rounded <= most:
            found.append(rounded)
    return found


def _round(value: float) -> float:
    """Round to 1, 2, 3, 5 or 7 times a power of ten; from one to ten to whole numbers."""
    power = 10.0 ** np.floor(np.log10(value))
    if power == 1:
        return float(round(value))
    lead = min((1, 2, 3, 5, 7, 10), key=lambda each: abs(each - value / power))
    return float(f"{lead * power:.3g}")


def _scale_bar(axes: Axes, box: Box) -> None:
    wide = box[2] - box[0]
    length = next(step for step in (5000, 2000, 1000, 500, 200, 100, 50, 10) if step <= wide / 4 or step == 10)
    x, y = box[0] + 0.03 * wide, box[1] + 0.03 * (box[3] - box[1])
    axes.plot([x, x + length], [y, y], color=_INK, linewidth=2, solid_capstyle="butt", zorder=6)
    text = f"{words.number(length / 1000)} km" if length >= 1000 else f"{length} m"
    axes.annotate(text, (x, y), xytext=(0, 4), textcoords="offset points", fontsize=8, zorder=6)
