# SPDX-License-Identifier: EUPL-1.2
"""A small map that the server draws: the town's outlines and where the rows of a file lie. No script, no tiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from stip.store import Workspace, area_years, read_areas

_WIDTH = 400
_ROUGH = 1.0  # of the width of the drawing a part that nobody sees


@dataclass(frozen=True)
class Dot:
    """One square with reports, in the units of the drawing."""

    x: float
    y: float
    r: float
    colour: str


@dataclass(frozen=True)
class MiniMap:
    """A drawing.

    Attributes
    ----------
    width, height : int
    outlines : tuple of str
        Paths of the neighbourhoods.
    dots : tuple of Dot
    legend : tuple of (colour, label, count)
    left_out : int
        Squares that are not drawn, since there are too many.
    """

    width: int
    height: int
    outlines: tuple[str, ...]
    dots: tuple[Dot, ...]
    legend: tuple[tuple[str, str, int], ...]
    left_out: int


def draw(workspace: Workspace, squares: Sequence[Sequence[Any]], *, left_out: int = 0) -> MiniMap | None:
    """Draw squares with a count, None when there are none.

    Parameters
    ----------
    squares : sequence of (x_m, y_m, crime_type, count)
    """
    if not squares:
        return None
    shapes = read_areas(workspace).frame.geometry.to_numpy() if area_years(workspace) else np.array([], dtype=object)
    points = np.array([square[:2] for square in squares], dtype=float)
    west, south, east, north = shapely.total_bounds(shapes) if len(shapes) else (*points.min(0), *points.max(0))
    scale = _WIDTH / max(east - west, north - south, 1.0)

    def at(x: float, y: float) -> tuple[float, float]:
        return round((x - west) * scale, 1), round((north - y) * scale, 1)

    types = workspace.settings.crime_types
    dots = tuple(
        Dot(*at(x, y), r=round(2 + min(count, 16) ** 0.5 / 2, 1), colour=types[kind].colour)
        for x, y, kind, count in squares
        if kind in types
    )
    counted: Counter[str] = Counter()
    for _, _, kind, count in squares:
        counted[kind] += count
    return MiniMap(
        width=max(round((east - west) * scale), 1),
        height=max(round((north - south) * scale), 1),
        outlines=tuple(_path(shape, at) for shape in shapely.simplify(shapes, _ROUGH / scale)),
        dots=dots,
        legend=tuple(
            (types[kind].colour, types[kind].label, n) for kind, n in counted.most_common() if kind in types
        ),
        left_out=left_out,
    )


def _path(shape: Any, at: Any) -> str:
    rings = [part.exterior for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return " ".join(
        "M" + "L".join(f"{x} {y}" for x, y in (at(*point) for point in ring.coords)) + "Z" for ring in rings
    )
