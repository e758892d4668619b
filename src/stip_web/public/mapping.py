# SPDX-License-Identifier: EUPL-1.2
"""A small map of the neighbourhoods as an SVG, and the same in words: district and what lies beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely

from stip_web.public.published import State, areas, folder, state_of

_WIDTH = 320
_MARGIN = 4
_TOUCHES_M = 1.0


@dataclass(frozen=True)
class Shape:
    """One neighbourhood on the map: the path of its border, and whether it is the one that was asked for."""

    path: str
    mine: bool


@dataclass(frozen=True)
class TownMap:
    """The map of one neighbourhood among the others.

    Attributes
    ----------
    width, height : int
        Of the drawing, in its own units.
    shapes : tuple of Shape
        The one that was asked for last, so that its border lies on top.
    district : str
        Name of its district; empty when CBS gives none.
    neighbours : tuple of str
        Names of the neighbourhoods that touch it, by name.
    """

    width: int
    height: int
    shapes: tuple[Shape, ...]
    district: str
    neighbours: tuple[str, ...]


def map_of(code: str, year: int) -> TownMap:
    """Draw a neighbourhood of a year whose borders are out."""
    return _drawn(folder(), code, year, state_of(folder() / "places"))


@lru_cache(maxsize=256)
def _drawn(published: Path, code: str, year: int, state: State) -> TownMap:
    frame = areas(year)
    left, low, right, high = frame.total_bounds
    scale = (_WIDTH - 2 * _MARGIN) / max(right - left, 1.0)
    height = round((high - low) * scale) + 2 * _MARGIN
    mine = (frame["area_code"] == code).to_numpy(bool)
    plain = frame.geometry.simplify(1.0 / scale, preserve_topology=True).to_numpy()
    drawn = [Shape(_path(shape, left, high, scale), bool(here)) for shape, here in zip(plain, mine, strict=True)]
    own = frame[mine].iloc[0]
    beside = frame.geometry.distance(own.geometry).to_numpy() <= _TOUCHES_M
    return TownMap(
        _WIDTH,
        height,
        tuple(sorted(drawn, key=lambda shape: shape.mine)),
        str(own["district_name"] or ""),
        tuple(sorted(frame.loc[beside & ~mine, "area_name"].astype(str))),
    )


def _path(shape: shapely.Geometry, left: float, high: float, scale: float) -> str:
    parts = []
    for polygon in shapely.get_parts(shape):
        for ring in (shapely.get_exterior_ring(polygon), *polygon.interiors):
            xy = shapely.get_coordinates(ring)
            drawn = np.column_stack([(xy[:, 0] - left) * scale + _MARGIN, (high - xy[:, 1]) * scale + _MARGIN])
            parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in drawn[:-1]) + "Z")
    return "".join(parts)
