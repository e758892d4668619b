# SPDX-License-Identifier: EUPL-1.2
"""The street network: a bent grid in each neighbourhood, fitted between the main roads, with pieces left out."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from stip.samples.chance import chance
from stip.samples.drawing import CRS
from stip.samples.ground import Ground
from stip.samples.styles import STYLES, Style

ROADS = ("ring", "main", "collector")
_STEP_M = 22.0
_SHORTEST_M = 14.0

Geometries = npt.NDArray[np.object_]


def lay_streets(ground: Ground, *, seed: int) -> tuple[gpd.GeoDataFrame, Geometries]:
    """Lay all streets of the town.

    Returns
    -------
    pieces : GeoDataFrame
        A stretch between two crossings a row: ``line`` (int, which drawn line it is cut from), ``along_m``
        (where on that line), ``kind`` (ring, main, collector, along, across, edge), ``area`` (row in
        ``ground.areas``, −1 for main roads), ``name`` (of main roads; else empty), ``geometry``.
    fields : ndarray of Polygon
        Playing fields and school grounds kept free between the streets.
    """
    roads = ground.lines[ground.lines["kind"].isin(ROADS)]
    drawn: list[shapely.Geometry] = list(roads.geometry)
    kinds, owners, names = list(roads["kind"]), [-1] * len(roads), list(roads["name"])
    fields: list[shapely.Geometry] = []
    walls = shapely.union_all(shapely.buffer(roads.geometry.to_numpy(), 26))
    for number, area in enumerate(ground.areas.itertuples()):
        rng = chance(seed, f"streets {area.area_code}")
        style = STYLES[area.style]
        inner = shapely.intersection(area.geometry, ground.free)
        core = area.core
        local, greens = _local(inner if core is None else inner.intersection(core), style, walls, rng)
        fields += greens
        if core is not None:
            local += _local(inner.difference(core.buffer(30)), STYLES["rural"], walls, rng)[0]
        for kind, line in local:
            drawn.append(line)
            kinds.append(kind)
            owners.append(number)
            names.append("")
    lines = gpd.GeoDataFrame({"kind": kinds, "area": owners, "name": names}, geometry=drawn, crs=CRS)
    pieces = _cut(lines)
    pieces = _leave_out(pieces, ground, rng=chance(seed, "pieces left out"))
    return pieces, np.array(fields, dtype=object)


def _local(
    inner: shapely.Geometry, style: Style, walls: shapely.Geometry, rng: np.random.Generator
) -> tuple[list[tuple[str, shapely.Geometry]], list[shapely.Geometry]]:
    """Return the drawn lines of one neighbourhood, and the fields between them."""
    inner = shapely.union_all([part for part in shapely.get_parts(inner) if part.area > 6000])
    if inner.is_empty:
        return [], []
    fields = _fields(inner, style, rng)
    room = inner.difference(shapely.union_all(fields))
    grid = _bent_grid(inner, style, rng)
    found: list[tuple[str, shapely.Geometry]] = []
    if style.dark < 0.5:  # the country has no street round its edge
        rim = shapely.difference(shapely.boundary(room), walls)
        found += [("edge", part) for part in shapely.get_parts(shapely.line_merge(rim)) if part.length > 60]
    tight = shapely.union_all([walls, *(shapely.buffer(part, style.along_m * 0.3) for _, part in found)])
    shapely.prepare(tight)
    for kind, line in grid:
        for part in shapely.get_parts(shapely.intersection(line, room)):
            if part.length < _SHORTEST_M:
                continue
            # A street that hugs another is no street.
            beside = shapely.length(shapely.intersection(part, tight)) / part.length
            if beside < 0.8:
                found.append((kind, part))
    return found, fields


def _fields(inner: shapely.Geometry, style: Style, rng: np.random.Generator) -> list[shapely.Geometry]:
    count = int(inner.area / 100_000 * style.fields)
    x0, y0, x1, y1 = inner.bounds
    found: list[shapely.Geometry] = []
    for _ in range(count * 6):
        middle = shapely.Point(rng.uniform(x0, x1), rng.uniform(y0, y1))
        half, turn = rng.uniform(28, 52), rng.uniform(0, np.pi / 2)
        corner = np.array([[-1, -0.7], [1, -0.7], [1, 0.7], [-1, 0.7]]) * half
        spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        field = shapely.Polygon(corner @ spin + np.array([middle.x, middle.y]))
        clear = inner.contains(field.buffer(45)) and all(field.distance(other) > 160 for other in found)
        if clear and len(found) < count:
            found.append(field)
    return found


def _bent_grid(
    inner: shapely.Geometry, style: Style, rng: np.random.Generator
) -> list[tuple[str, shapely.LineString]]:
    box = shapely.minimum_rotated_rectangle(inner)
    corner = shapely.get_coordinates(box)
    sides = np.diff(corner[:3], axis=0)
    long = sides[int(np.argmax(np.hypot(*sides.T)))]
    turn = np.arctan2(long[1], long[0]) + rng.uniform(-0.12, 0.12)
    ahead, left = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    middle = corner[:4].mean(axis=0)
    reach = float(np.hypot(*(corner[:4] - middle).T).max()) + 60
    waves = [(rng.uniform(350, 900), rng.uniform(0, 2 * np.pi), rng.uniform(0, 2 * np.pi)) for _ in range(3)]

    def bent(u: npt.NDArray[np.float64], v: npt.NDArray[np.float64]) -> shapely.LineString:
        du = sum(np.sin(2 * np.pi * v / length + phase) for length, phase, _ in waves)
        dv = sum(np.sin(2 * np.pi * (u + 0.4 * v) / length + phase) for length, _, phase in waves)
        points = middle + np.outer(u + style.bend_m * du, ahead) + np.outer(v + style.bend_m * dv, left)
        return shapely.LineString(points)

    run = np.arange(-reach, reach + _STEP_M, _STEP_M)
    lines = [("along", bent(run, np.full_like(run, v))) for v in _spaced(reach, style.along_m, rng)]
    return lines + [("across", bent(np.full_like(run, u), run)) for u in _spaced(reach, style.across_m, rng)]


def _spaced(reach: float, distance: float, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    count = int(2 * reach / distance) + 2
    return -reach + rng.uniform(0, distance) + distance * (np.arange(count) + rng.uniform(-0.14, 0.14, count))


def _cut(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cut all lines where they cross, and remember which line each piece is of."""
    # Lines of one neighbourhood end exactly on its roads; a hair's breadth of slack makes them meet for sure.
    net = shapely.union_all(lines.geometry.to_numpy(), grid_size=0.01)
    pieces = shapely.get_parts(net)
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    tree = shapely.STRtree(lines.geometry.to_numpy())
    found, source = tree.query_nearest(middles, all_matches=False)
    line = np.empty(len(pieces), dtype=np.int64)
    line[found] = source
    drawn = lines.geometry.to_numpy()[line]
    along = shapely.line_locate_point(drawn, middles)
    ends = [shapely.line_locate_point(drawn, shapely.get_point(pieces, end)) for end in (0, -1)]
    pieces = np.where(ends[0] <= ends[1], pieces, shapely.reverse(pieces))  # a piece runs the way of its line
    columns = lines.drop(columns="geometry").iloc[line].reset_index(drop=True)
    cut = gpd.GeoDataFrame(columns.assign(line=line, along_m=np.round(along, 1)), geometry=pieces, crs=CRS)
    order = np.lexsort((cut["along_m"], cut["line"]))
    return cut.iloc[order].reset_index(drop=True)


def _leave_out(pieces: gpd.GeoDataFrame, ground: Ground, *, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Leave out pieces as the style has it, and what no longer hangs together with the town."""
    styles = [STYLES[style] for style in ground.areas["style"]]
    rate = {
        "along": [style.drop_along for style in styles],
        "across": [style.drop_across for style in styles],
        "edge": [0.12] * len(styles),
    }
    odds = np.array(
        [0.0 if area < 0 else rate[kind][area] for kind, area in zip(pieces["kind"], pieces["area"], strict=True)]
    )
    stub = (pieces["area"].to_numpy() >= 0) & (pieces.geometry.length.to_numpy() < 6)
    kept = pieces[(rng.random(len(pieces)) >= odds) & ~stub]
    ends = shapely.get_coordinates(
        np.concatenate(
            [shapely.get_point(kept.geometry.to_numpy(), 0), shapely.get_point(kept.geometry.to_numpy(), -1)]
        )
    )
    _, node = np.unique(np.round(ends, 2), axis=0, return_inverse=True)
    node = node.ravel()
    start, end = node[: len(kept)], node[len(kept) :]
    size = int(node.max()) + 1
    group = connected_components(coo_array((np.ones(len(kept)), (start, end)), shape=(size, size)), directed=False)[1]
    length = np.bincount(group[start], weights=kept.geometry.length.to_numpy())[group[start]]
    together = length == length.max()
    lone_but_long = length > 900
    return kept[together | lone_but_long].reset_index(drop=True)
