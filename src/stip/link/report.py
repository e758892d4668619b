# SPDX-License-Identifier: EUPL-1.2
"""How well things were tied together: matched, ambiguous or unmatched, in the whole and by neighbourhood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from stip.link.cells import cell_squares
from stip.space import Areas, Grid, area_of_points

MATCHED, AMBIGUOUS, UNMATCHED = "matched", "ambiguous", "unmatched"
LINK_COLUMNS = ("link", "subject", "area_code", "total", MATCHED, AMBIGUOUS, UNMATCHED)

Texts = npt.NDArray[np.object_]


def incidents_in_areas(incidents: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """Report how well incidents fall in neighbourhoods.

    An incident is ambiguous when the square of its precision lies over more than one neighbourhood: the middle of
    that square decided, and the incident may have been next door.

    Parameters
    ----------
    incidents : DataFrame that keeps the INCIDENT contract
    areas : Areas

    Returns
    -------
    DataFrame with the columns of `LINK_COLUMNS`
        ``area_code`` is missing in the row of the whole.
    """
    x_m, y_m = incidents["x_m"].to_numpy(float), incidents["y_m"].to_numpy(float)
    half_m = incidents["precision_m"].to_numpy(float) / 2
    # Incidents that were moved to the middle of a square share it: look each square up once.
    squares, place = np.unique(np.column_stack([x_m, y_m, half_m]), axis=0, return_inverse=True)
    x_m, y_m, half_m = squares.T
    code = area_of_points(x_m, y_m, areas)
    boxes = shapely.box(x_m - half_m, y_m - half_m, x_m + half_m, y_m + half_m)
    tree = shapely.STRtree(areas.frame.geometry.to_numpy())
    square, _ = tree.query(boxes, predicate="intersects")
    several = np.bincount(square, minlength=len(squares)) > 1
    quality = np.where(code.isna(), UNMATCHED, np.where(several & (half_m > 0), AMBIGUOUS, MATCHED))
    return _table("incidents_areas", str(areas.year), quality[place.ravel()], code.to_numpy(object)[place.ravel()])


def incidents_in_cells(incidents: pd.DataFrame, cells: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """Report how well incidents fall in cells; ambiguous is a cell at the edge, that is not in the study."""
    cell = grid.cell_at(incidents["x_m"].to_numpy(float), incidents["y_m"].to_numpy(float))
    quality, code = _in_cells(cell, cells)
    return _table("incidents_cells", f"{grid.cell_m} m", quality, code)


def layers_in_cells(layers: Mapping[str, gpd.GeoDataFrame], cells: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """Report how well the features of each layer fall in cells; a line or surface falls where it touches."""
    studied = cells["in_study"].to_numpy(bool)
    tree = shapely.STRtree(cell_squares(cells["cell"].to_numpy(np.int64), grid))
    parts = []
    for name, layer in layers.items():
        feature, cell = tree.query(layer.geometry.to_numpy(), predicate="intersects")
        inside = np.bincount(feature[studied[cell]], minlength=len(layer)) > 0
        touched = np.bincount(feature, minlength=len(layer)) > 0
        quality = np.where(inside, MATCHED, np.where(touched, AMBIGUOUS, UNMATCHED))
        middles = layer.geometry.representative_point()
        at = _cells_of(middles, grid)
        parts.append(_table("layers_cells", name, quality, _in_cells(at, cells)[1]))
    return pd.concat(parts, ignore_index=True) if parts else _table("layers_cells", "", *_nothing()).iloc[:0]


def features_of_cells(features: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Report for how many cells of the study each feature is known; unknown is unmatched."""
    studied = cells[cells["in_study"]]
    known = features.reindex(studied["cell"]).notna()
    code = studied["area_code"].to_numpy(object)
    parts = [
        _table("features_cells", str(name), np.where(known[name], MATCHED, UNMATCHED), code)
        for name in features.columns
    ]
    return pd.concat(parts, ignore_index=True) if parts else _table("features_cells", "", *_nothing()).iloc[:0]


def addresses_found(manifests: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Report how well the addresses of each source were found when its batches came in.

    Addresses are dropped inside the gate, so that only their number can be told, and not by area.

    Parameters
    ----------
    manifests : iterable of mapping
        Of batches, as `stip.store.batches` gives them. ``addresses`` holds how many were ``matched``, ``ambiguous``
        and ``unmatched`` (the qualities of `AddressBook.resolve`); a batch that needed none has no such entry.
    """
    counted: dict[str, Counter[str]] = {}
    for manifest in manifests:
        if manifest.get("addresses"):
            counted.setdefault(str(manifest["source"]), Counter()).update(manifest["addresses"])
    rows = [
        {
            "link": "addresses",
            "subject": source,
            "area_code": None,
            "total": sum(found[quality] for quality in (MATCHED, AMBIGUOUS, UNMATCHED)),
            **{quality: found[quality] for quality in (MATCHED, AMBIGUOUS, UNMATCHED)},
        }
        for source, found in sorted(counted.items())
    ]
    table = pd.DataFrame(rows, columns=list(LINK_COLUMNS)).astype({"area_code": "string"})
    return table.astype(dict.fromkeys(("total", MATCHED, AMBIGUOUS, UNMATCHED), "int64"))


def _in_cells(cell: npt.NDArray[np.int64], cells: pd.DataFrame) -> tuple[Texts, Texts]:
    place = pd.Index(cells["cell"]).get_indexer(pd.Index(cell))
    there = place >= 0
    studied = there & cells["in_study"].to_numpy(bool)[place]
    code = cells["area_code"].astype(object).to_numpy()[place]
    code[~there] = None
    return np.where(studied, MATCHED, np.where(there, AMBIGUOUS, UNMATCHED)).astype(object), code


def _cells_of(points: gpd.GeoSeries, grid: Grid) -> npt.NDArray[np.int64]:
    """Return the cell of each point; of a point that is nowhere, a cell that does not exist."""
    there = ~(points.isna() | points.is_empty).to_numpy()
    at = np.full(len(points), -1, dtype=np.int64)
    at[there] = grid.cell_at(points[there].x.to_numpy(), points[there].y.to_numpy())
    return at


def _nothing() -> tuple[Texts, Texts]:
    return np.empty(0, dtype=object), np.empty(0, dtype=object)


def _table(link: str, subject: str, quality: Texts, area_code: Texts) -> pd.DataFrame:
    """Count the qualities in the whole and by area."""
    each = pd.DataFrame({"area_code": area_code, **{q: quality == q for q in (MATCHED, AMBIGUOUS, UNMATCHED)}})
    by_area = each.dropna(subset="area_code").groupby("area_code", as_index=False).sum()
    whole = pd.DataFrame([{"area_code": None, **each[[MATCHED, AMBIGUOUS, UNMATCHED]].sum().to_dict()}])
    both = pd.concat([whole, by_area], ignore_index=True) if len(by_area) else whole
    counts = both[[MATCHED, AMBIGUOUS, UNMATCHED]].astype("int64")
    return pd.DataFrame(
        {
            "link": link,
            "subject": subject,
            "area_code": both["area_code"].astype("string"),
            "total": counts.sum(axis=1),
            **counts,
        }
    )[list(LINK_COLUMNS)]
