# SPDX-License-Identifier: EUPL-1.2
"""The map of the phone: a drawing of our own from neighbourhoods, roads and water, so that it works offline.

One unit is a metre from the north-west corner of a box that lies on the grid. The cells of the study area are told as
a row of zeros and ones, so that the phone knows which square a finger touches, and whether it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from stip.errors import AgreementError
from stip.plan import outline
from stip.store import Workspace, read_cells
from stip_web.briefings.drawing import Room
from stip_web.briefings.streets import MOST, Street
from stip_web.outlooks.ground import Ground, ground
from stip_web.outlooks.keys import Unchanged
from stip_web.street.plan import Place

Box = tuple[int, int, int, int]
_STREET_LETTER = 0.8 / 2  # of the other letters; the drawing opens twice as large


@dataclass(frozen=True)
class Shape:
    """The outline of a place on the drawing, with a spot for its number."""

    place: Place
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Drawing:
    """What the template draws.

    Attributes
    ----------
    west, north, width, height, cell : int
        Metres.
    inside : str
        For each cell of the box, row by row from the north-west, ``1`` when it is of the study area.
    water, roads, areas : str
        Paths of SVG.
    names : list of (str, int, int)
        Names of neighbourhoods, and where.
    shapes : list of Shape
    without : str
        Why there is no ground below; empty when there is.
    streets : list of (str, int, int)
        Names of streets, and where; they fit once the drawing is twice as large.
    """

    west: int
    north: int
    width: int
    height: int
    cell: int
    inside: str
    water: str
    roads: str
    areas: str
    names: list[tuple[str, int, int]]
    shapes: list[Shape]
    without: str
    streets: list[tuple[str, int, int]]

    @property
    def letter(self) -> int:
        """Height of the letters, so that they can be read on a phone."""
        return max(self.width // 24, 1)


def drawing(
    workspace: Workspace,
    places: Sequence[Place],
    *,
    margin_m: int,
    around: Place | None = None,
    streets: Sequence[Street] = (),
) -> Drawing:
    """Draw the places with what lies round them.

    Parameters
    ----------
    margin_m : int
        How far round.
    around : Place, optional
        Only round this one; round all otherwise.
    streets : sequence of Street
        To name, those with most addresses first; a name that does not fit beside the others is left out.
    """
    box = _box(workspace, [around] if around else list(places), margin_m)
    west, south, east, north = box
    side = workspace.grid.cell_m
    without, below = "", _Below("", "", "", [])
    try:
        below = _clipped(Unchanged(workspace, "data/areas", "data/layers", "agreements", "decisions/pause"), box)
    except AgreementError as error:
        without = str(error)
    shapes = []
    for one in places:
        shape = outline(one.place.cells, workspace.grid)
        x, y = round(one.x - west), round(north - one.y)
        if 0 <= x <= east - west and 0 <= y <= north - south:
            shapes.append(Shape(one, _rings(shape, box), x, y))
    inside = _inside(Unchanged(workspace, "data/cells", "data/areas"), box)
    return Drawing(
        west, north, east - west, north - south, side, inside,
        below.water, below.roads, below.areas, below.names, shapes, without, _street_names(box, shapes, streets),
    )  # fmt: skip


@dataclass(frozen=True)
class _Below:
    water: str
    roads: str
    areas: str
    names: list[tuple[str, int, int]]


def _box(workspace: Workspace, places: Sequence[Place], margin_m: int) -> Box:
    """Give a box on the grid round the places: west, south, east, north."""
    grid = workspace.grid
    cells = np.array([cell for one in places for cell in one.place.cells], dtype=np.int64)
    x, y = grid.corner(cells)
    steps = -(-margin_m // grid.cell_m) * grid.cell_m
    return (
        int(x.min()) - steps,
        int(y.min()) - steps,
        int(x.max()) + grid.cell_m + steps,
        int(y.max()) + grid.cell_m + steps,
    )


def _street_names(box: Box, shapes: Sequence[Shape], streets: Sequence[Street]) -> list[tuple[str, int, int]]:
    west, _, east, north = box
    letter = (east - west) / 24 * _STREET_LETTER
    signs = [shapely.Point(west + shape.x, north - shape.y).buffer(letter) for shape in shapes]
    room = Room((float(west), float(box[1]), float(east), float(north)), shapely.union_all(signs))
    named = [room.place(each.name, _spots(each, letter), letter) for each in streets[:MOST]]
    return [(label.text, label.x - west, north + label.y - round(0.35 * letter)) for label in named if label]


def _spots(street: Street, letter: float) -> list[tuple[float, float]]:
    return [(street.x_m, street.y_m + step * letter) for step in (0, 0.7, -0.7, 1.4, -1.4)]


@lru_cache(maxsize=64)
def _clipped(key: Unchanged, box: Box) -> _Below:
    below: Ground = ground(key.workspace)
    west, south, east, north = box
    names = [(name, x - west, north - y) for name, x, y, _ in below.areas if west < x < east and south < y < north]
    areas = [shapely.LineString(ring) for _, _, _, shapes in below.areas for rings in shapes for ring in rings]
    water = [shapely.Polygon(rings[0], rings[1:]) for rings in below.water]
    roads = [shapely.LineString(line) for line in below.roads]
    return _Below(
        "".join(_rings(one, box) for one in _within(water, box)),
        "".join(_line(one, box) for one in _within(roads, box)),
        "".join(_line(one, box) for one in _within(areas, box)),
        names,
    )


@lru_cache(maxsize=64)
def _inside(key: Unchanged, box: Box) -> str:
    workspace = key.workspace
    west, south, east, north = box
    side = workspace.grid.cell_m
    cells = read_cells(workspace)
    study = cells.loc[cells["in_study"].astype(bool), "cell"].to_numpy("int64")
    x, y = workspace.grid.corner(study)
    within = (x >= west) & (x < east) & (y >= south) & (y < north)
    column, row = ((x[within] - west) // side).astype(int), ((north - side - y[within]) // side).astype(int)
    marks = np.zeros(((north - south) // side, (east - west) // side), dtype=int)
    marks[row, column] = 1
    return "".join(map(str, marks.ravel()))


def _within(shapes: Iterable[shapely.Geometry], box: Box) -> list[shapely.Geometry]:
    made = np.array([shape for shape in shapes if not shape.is_empty], dtype=object)
    if not len(made):
        return []
    made = shapely.make_valid(made)
    return [part for part in shapely.get_parts(shapely.clip_by_rect(made, *box)) if not part.is_empty]


def _rings(shape: shapely.Geometry, box: Box) -> str:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
    return "".join(f"{_line(ring, box)}Z" for part in parts for ring in (part.exterior, *part.interiors))


def _line(line: shapely.Geometry, box: Box) -> str:
    west, _, _, north = box
    points = [f"{round(x - west)} {round(north - y)}" for x, y in shapely.get_coordinates(line)]
    return f"M{points[0]}L{' '.join(points[1:])}" if len(points) > 1 else ""
