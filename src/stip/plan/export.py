# SPDX-License-Identifier: EUPL-1.2
"""The plan as files for other programs: a table for a spreadsheet, outlines for a map."""

from __future__ import annotations

import csv
import json
from math import isnan
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from stip.plan.proposal import ORIGINS, PlannedPlace, Proposal
from stip.space import Grid
from stip.store import new_file
from stip.words import harmless

_HEADINGS = (
    "Week", "Plek", "Plek-id", "Buurt", "Wijk", "Uren", "Bezoeken", "Soort bezoek", "Wanneer", "Verwacht", "Van",
    "Tot", "Gekozen door", "Kans", "Reden 1", "Reden 2", "Reden 3", "Midden X (m)", "Midden Y (m)", "Vakken",
)  # fmt: skip


def outline(cells: tuple[int, ...], grid: Grid) -> shapely.Geometry:
    """Return the outline of cells, in the grid's reference system."""
    x_m, y_m = grid.corner(np.array(cells, dtype=np.int64))
    return shapely.union_all(shapely.box(x_m, y_m, x_m + grid.cell_m, y_m + grid.cell_m))


def write_plan_csv(proposal: Proposal, grid: Grid, path: Path) -> Path:
    """Write the places as a table that a Dutch spreadsheet opens as it is.

    Semicolons, decimal commas, UTF-8 with a mark; text that a spreadsheet would take for a formula gets an
    apostrophe before it.
    """
    with new_file(path) as half, half.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADINGS)
        for place in proposal.places:
            writer.writerow(_row(place, proposal.week, grid))
    return path


def write_plan_geojson(proposal: Proposal, grid: Grid, path: Path) -> Path:
    """Write the outlines of the places as GeoJSON: longitude and latitude on WGS84, as RFC 7946 has it."""
    shapes = gpd.GeoSeries([outline(place.cells, grid) for place in proposal.places], crs=grid.crs).to_crs(
        "EPSG:4326"
    )
    turned = shapely.orient_polygons(shapely.set_precision(shapes.to_numpy(), 1e-7))
    features = [
        {
            "type": "Feature",
            "id": place.place_id,
            "geometry": shapely.geometry.mapping(shape),
            "properties": _properties(place, proposal.week),
        }
        for place, shape in zip(proposal.places, turned, strict=True)
    ]
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if len(turned):
        collection["bbox"] = [round(float(side), 7) for side in shapely.total_bounds(turned)]
    with new_file(path) as half:
        half.write_text(json.dumps(collection, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _row(place: PlannedPlace, week: str, grid: Grid) -> list[str]:
    centre = outline(place.cells, grid).centroid
    reasons = map(harmless, (*place.reasons, "", "", "")[:3])
    return [
        week,
        str(place.number),
        place.place_id,
        harmless(", ".join(place.areas)),
        harmless(place.district),
        _plain(place.hours, 1),
        str(place.visits),
        place.kind.label,
        "; ".join(place.when),
        _plain(place.expected, 2),
        _plain(place.low, 0),
        _plain(place.high, 0),
        ORIGINS[place.origin],
        _plain(place.probability, 4),
        *reasons,
        _plain(centre.x, 0),
        _plain(centre.y, 0),
        " ".join(grid.name(cell) for cell in place.cells),
    ]


def _properties(place: PlannedPlace, week: str) -> dict[str, Any]:
    return {
        "week": week,
        "plek": place.number,
        "buurt": ", ".join(place.areas),
        "wijk": place.district,
        "uren": place.hours,
        "bezoeken": place.visits,
        "soort_bezoek": place.kind.label,
        "wanneer": list(place.when),
        "verwacht": None if isnan(place.expected) else round(place.expected, 3),
        "van": None if isnan(place.low) else place.low,
        "tot": None if isnan(place.high) else place.high,
        "gekozen_door": ORIGINS[place.origin],
        "kans": round(place.probability, 6),
        "redenen": list(place.reasons),
    }


def _plain(value: float, decimals: int) -> str:
    """Write a number with a decimal comma and no points, as a spreadsheet reads it; nothing for what is held back."""
    return "" if isnan(value) else f"{value:.{decimals}f}".replace(".", ",")
