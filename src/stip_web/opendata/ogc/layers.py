# SPDX-License-Identifier: EUPL-1.2
"""The two collections: neighbourhoods, and figures by neighbourhood, quarter and type."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from stip.publish import AREA
from stip_web.answers.crs import Crs
from stip_web.answers.shapes import Geometries, shapes
from stip_web.opendata.columns import AREA_COLUMNS, FIGURE_COLUMNS, Column
from stip_web.opendata.snapshot import Snapshot

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Collection:
    """What a collection is, whatever is in it.

    Attributes
    ----------
    name, title, description : str
    columns : tuple of Column
    filters : tuple of str
        Columns that can be asked for one value.
    shown : tuple of str
        Columns that a person sees in the list; the rest stands with each feature.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    filters: tuple[str, ...]
    shown: tuple[str, ...]


COLLECTIONS = {
    "buurten": Collection(
        "buurten",
        "Buurten",
        "De buurten van de gemeente, met hun nieuwste grenzen (CBS).",
        AREA_COLUMNS,
        ("area_code",),
        ("area_name", "district_name"),
    ),
    "cijfers": Collection(
        "cijfers",
        "Cijfers per buurt",
        "Het aantal meldingen per buurt, kwartaal en soort, afgerond op veelvouden van 5.",
        FIGURE_COLUMNS,
        ("crime_type", "quarter", "area_code"),
        ("area_name", "quarter", "crime_label", "figure", "state_label"),
    ),
}


@dataclass(frozen=True, eq=False)
class Layer:
    """The features of a collection.

    Attributes
    ----------
    rows : DataFrame
        Their properties, in a fixed order.
    ids : ndarray of str, shape (n,)
    place : ndarray of int, shape (n,)
        Which of ``borders`` a feature has; -1 is none.
    borders : ndarray of geometries
    days : (ndarray, ndarray) of datetime64[D], or None
        First and last day of each; None when they belong to no period.
    """

    rows: pd.DataFrame
    ids: npt.NDArray[np.object_]
    place: npt.NDArray[np.int64]
    borders: Geometries
    days: tuple[Days, Days] | None


@lru_cache(maxsize=4)
def layer_of(now: Snapshot, name: str) -> Layer:
    """Give the features of a collection, as they are published now."""
    return _areas(now) if name == "buurten" else _figures(now)


@lru_cache(maxsize=8)
def written_borders(layer: Layer, crs: Crs, own: str) -> list[dict[str, Any]]:
    """Give the borders of a layer as GeoJSON, once for each reference system."""
    return shapes(layer.borders, crs, own) if len(layer.borders) else []


def systems(now: Snapshot) -> list[Crs]:
    """Give the systems in which features can be had: RD only where the town lies in it."""
    return [crs for crs in (Crs.CRS84, Crs.RD, Crs.ETRS89) if crs is not Crs.RD or now.crs == Crs.RD]


def stored_in(now: Snapshot) -> Crs:
    """Give the system in which they are kept."""
    return Crs.RD if now.crs == Crs.RD else Crs.CRS84


def extent(now: Snapshot) -> tuple[float, float, float, float] | None:
    """Give the box around the newest borders, in longitude and latitude; None when there are none."""
    if not now.areas:
        return None
    west, south, east, north = now.areas[max(now.areas)].to_crs("OGC:CRS84").total_bounds.tolist()
    return round(west, 7), round(south, 7), round(east, 7), round(north, 7)


def _areas(now: Snapshot) -> Layer:
    if not now.areas:
        empty = pd.DataFrame({column.name: [] for column in AREA_COLUMNS})
        return Layer(empty, _ids([]), np.empty(0, np.int64), np.empty(0, object), None)
    frame = now.areas[max(now.areas)]
    rows = pd.DataFrame(frame)[[column.name for column in AREA_COLUMNS]]
    return Layer(rows, _ids(frame["area_code"]), np.arange(len(frame)), frame.geometry.to_numpy(), None)


def _figures(now: Snapshot) -> Layer:
    rows = now.figures[now.figures["level"] == AREA].reset_index(drop=True)
    index = {
        (year, code): number
        for number, (year, code) in enumerate(
            (year, code) for year, frame in now.areas.items() for code in frame["area_code"]
        )
    }
    found = [index.get(place, -1) for place in zip(rows["area_year"], rows["area_code"], strict=True)]
    borders = [frame.geometry.to_numpy() for frame in now.areas.values()]
    begin, end = (rows[name].to_numpy("datetime64[D]") for name in ("period_begin", "period_end"))
    ids = rows["quarter"] + "." + rows["area_code"] + "." + rows["crime_type"]
    together = np.concatenate(borders) if borders else np.empty(0, object)
    return Layer(rows, _ids(ids), np.array(found, np.int64), shapely.force_2d(together), (begin, end))


def _ids(values: Any) -> npt.NDArray[np.object_]:
    return np.asarray(list(values), dtype=object)
