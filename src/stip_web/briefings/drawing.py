# SPDX-License-Identifier: EUPL-1.2
"""The map of a briefing, drawn from the data: the places close by, and where in the town that is.

Who chose a place shows by the line round it and by the shape its number stands in, so that grey says the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from django.template.loader import render_to_string

from stip.plan import PlannedPlace, outline
from stip.store import Workspace
from stip.week import label_spots
from stip_web.briefings.briefing import SIGNS, Picture
from stip_web.briefings.streets import Street
from stip_web.outlooks.ground import Ground, Line, Shape, ground, outline_of, path_of, shapes_of

_RATIO = 1.25  # width of the map by its height
_LEAST_M = 600.0
_AIR = 0.08
_DISC, _STREET, _AREA = 27, 26, 26  # sizes of signs and letters, in thousandths of the width
_NAMED = 2  # streets of a place that the map names: more would cover the line round it, and the list names them
_LETTER = 0.57  # width of a letter as a share of its height

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """Words on the map, and half the width that they take."""

    text: str
    x: int
    y: int
    half: int


@dataclass(frozen=True)
class Sign:
    """The number of a place, in the shape that tells who chose it."""

    number: int
    x: int
    y: int
    shape: str


def picture_of(workspace: Workspace, places: list[PlannedPlace], streets: list[list[Street]]) -> Picture:
    """Draw the places of a week.

    Parameters
    ----------
    places : list of PlannedPlace
        At least one.
    streets : list of list of Street
        Of each place.

    Raises
    ------
    AgreementError
        When a source of a layer is on hold, or not agreed for a map.
    """
    below = ground(workspace)
    outlines = [outline(place.cells, workspace.grid) for place in places]
    window = _window(outlines)
    unit = (window[2] - window[0]) / 1000
    spots = label_spots(gpd.GeoDataFrame(geometry=outlines, crs=workspace.grid.crs), 1.25 * _DISC * unit)
    signs = [
        Sign(place.number, round(x), -round(y), SIGNS[place.origin])
        for place, (x, y) in zip(places, spots, strict=True)
    ]
    scale = shapely.box(window[0], window[1], window[0] + 280 * unit, window[1] + 60 * unit)
    room = Room(window, shapely.buffer(shapely.multipoints(spots), 1.3 * _DISC * unit).union(scale))
    context = {
        "frame": _frame(window),
        "areas": [outline_of(shapes) for _, _, _, shapes in below.areas if _meets(shapes, window)],
        "water": outline_of([shape for shape in below.water if _meets([shape], window)]),
        "roads": "".join(path_of(line) for line in below.roads if _near(line, window)),
        "places": [
            (outline_of(shapes_of(shape)), place.origin) for place, shape in zip(places, outlines, strict=True)
        ],
        "signs": signs,
        "names": _area_names(below, room, shapely.union_all(outlines), unit),
        "streets": _street_names(streets, room, unit),
        "size": {name: round(size * unit, 1) for name, size in _SIZES.items()},
        "scale": _scale(window, unit),
    }
    numbers = ", ".join(str(place.number) for place in places)
    town = {
        "box": _whole(below),
        "areas": [outline_of(shapes) for _, _, _, shapes in below.areas],
        "water": outline_of(below.water),
        "window": _frame(window),
        "line": max(below.bounds[2] - below.bounds[0], below.bounds[3] - below.bounds[1]) // 200,
    }
    return Picture(
        near=render_to_string("briefings/near.svg", context),
        town=render_to_string("briefings/town.svg", town),
        alt=f"Kaart van dichtbij met plek {numbers}. De lijst met plekken zegt in welke straten zij liggen.",
        town_alt="De hele gemeente, met een kader om het deel dat van dichtbij is getekend.",
    )


_SIZES = {
    "disc": _DISC, "street": _STREET, "area": _AREA, "edge": 4, "under": 9,
    "street_box": 1.2 * _STREET, "area_box": 1.2 * _AREA, "casing": 8, "road": 5, "border": 2, "dash": 14, "gap": 9,
}  # fmt: skip


class Room:
    """The room for words that is left on the map."""

    def __init__(self, window: Box, taken: shapely.Geometry) -> None:
        self.window = shapely.box(*window)
        self.taken = taken

    def place(self, text: str, spots: list[tuple[float, float]], letter: float) -> Label | None:
        """Write words at the first spot where they fit, None when there is no such spot."""
        half = _LETTER * letter * len(text) / 2
        for x, y in spots:
            words = shapely.box(x - half, y - 0.6 * letter, x + half, y + 0.6 * letter)
            if self.window.contains(words) and not words.intersects(self.taken):
                self.taken = self.taken.union(words)
                return Label(text, round(x), -round(y - letter * 0.35), round(half))
        return None


def _area_names(below: Ground, room: Room, places: shapely.Geometry, unit: float) -> list[Label]:
    """Name the areas beside the places, so that the line round a place stays whole."""
    found, beside = [], Room(room.window.bounds, room.taken.union(places))
    for name, _, _, shapes in below.areas:
        inside = shapely.union_all([shapely.Polygon(*_split(shape)) for shape in shapes]).intersection(room.window)
        if inside.is_empty:
            continue
        open_room = inside.difference(beside.taken)
        part = max(shapely.get_parts(inside if open_room.is_empty else open_room), key=lambda each: each.area)
        at = part.representative_point()
        steps = [(at.x, at.y + k * _AREA * unit) for k in (0, 1, -1, 2, -2, 3, -3, 5, -5)]
        found.append(beside.place(name, steps, _AREA * unit))
    room.taken = beside.taken.difference(places).union(room.taken)
    return [label for label in found if label]


def _street_names(streets: list[list[Street]], room: Room, unit: float) -> list[Label]:
    named: dict[str, Street] = {}
    for of_place in streets:
        for street in of_place[:_NAMED]:
            named.setdefault(street.name, street)
    found = [
        room.place(
            street.name,
            [(street.x_m, street.y_m + k * _STREET * unit) for k in (0, 0.7, -0.7, 1.4, -1.4)],
            _STREET * unit,
        )
        for street in named.values()
    ]
    return [label for label in found if label]


def _window(outlines: list[shapely.Geometry]) -> Box:
    """Give the part that is drawn close by: the places with air round them, in the shape of the map."""
    left, low, right, high = (float(side) for side in shapely.total_bounds(np.array(outlines, dtype=object)))
    air = max(right - left, high - low) * _AIR
    wide = max(right - left + 2 * air, _RATIO * (high - low + 2 * air), _LEAST_M)
    x, y = (left + right) / 2, (low + high) / 2
    return x - wide / 2, y - wide / _RATIO / 2, x + wide / 2, y + wide / _RATIO / 2


def _scale(window: Box, unit: float) -> dict[str, object]:
    """Give a bar of a round length, low on the left."""
    wide = window[2] - window[0]
    length = next(step for step in (5000, 2000, 1000, 500, 200, 100) if step <= wide / 4)
    x, y = round(window[0] + 25 * unit), round(-window[1] - 22 * unit)
    said = f"{length // 1000} km" if length >= 1000 else f"{length} m"
    above = round(y - 9 * unit)
    return {
        "x": x, "y": y, "end": x + length, "words": said, "above": above, "top": round(above - _STREET * unit),
        "wide": round(_LETTER * _STREET * unit * (len(said) + 1)),
    }  # fmt: skip


def _frame(window: Box) -> list[int]:
    """Give left, top, width and height as SVG has them."""
    return [round(each) for each in (window[0], -window[3], window[2] - window[0], window[3] - window[1])]


def _whole(below: Ground) -> str:
    west, south, east, north = below.bounds
    air = max(east - west, north - south) // 50
    return f"{west - air} {-north - air} {east - west + 2 * air} {north - south + 2 * air}"


def _meets(shapes: list[Shape], window: Box) -> bool:
    return any(_near(rings[0], window) for rings in shapes)


def _near(line: Line, window: Box) -> bool:
    points: npt.NDArray[np.float64] = np.array(line, float)
    (left, low), (right, high) = points.min(axis=0), points.max(axis=0)
    return bool(left <= window[2] and right >= window[0] and low <= window[3] and high >= window[1])


def _split(rings: Shape) -> tuple[Line, list[Line]]:
    return rings[0], rings[1:]
