# SPDX-License-Identifier: EUPL-1.2
"""Which features an answer holds, and how they are written."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from stip_web.answers.crs import Crs
from stip_web.answers.problems import bad_query
from stip_web.answers.shapes import touching
from stip_web.opendata.files import plain_rows
from stip_web.opendata.ogc.layers import COLLECTIONS, Layer, layer_of, systems, written_borders
from stip_web.opendata.ogc.parameters import AskedFeatures
from stip_web.opendata.snapshot import Snapshot


def matching(now: Snapshot, name: str, wish: AskedFeatures) -> npt.NDArray[np.int64]:
    """Return the places in the layer of the features that are asked for, in order.

    Raises
    ------
    Refused
        When a system is asked that this town does not lie in.
    """
    layer = layer_of(now, name)
    wanted = np.ones(len(layer.ids), dtype=np.bool_)
    for column in COLLECTIONS[name].filters:
        value = getattr(wish, column)
        if value is not None:
            wanted &= (layer.rows[column] == value).to_numpy(np.bool_)
    if wish.datetime is not None and layer.days is not None:
        begin, end = wish.datetime
        if begin is not None:
            wanted &= layer.days[1] >= np.datetime64(begin, "D")
        if end is not None:
            wanted &= layer.days[0] <= np.datetime64(end, "D")
    if wish.bbox is not None:
        crs = known(now, wish.bbox_crs, "bbox-crs")
        inside = np.append(touching(layer.borders, wish.bbox, crs, now.crs) if len(layer.borders) else [], False)
        wanted &= inside.astype(np.bool_)[layer.place]  # what has no place takes the last, which is outside
    return np.flatnonzero(wanted)


def known(now: Snapshot, crs: Crs | None, parameter: str) -> Crs:
    """Return the system that was asked, or CRS84.

    Raises
    ------
    Refused
    """
    if crs is not None and crs not in systems(now):
        raise bad_query(parameter, "crs_elsewhere", "Deze gemeente ligt niet in dit stelsel. Kies een ander.")
    return crs or Crs.CRS84


def features(now: Snapshot, name: str, rows: npt.NDArray[np.int64], crs: Crs) -> list[dict[str, Any]]:
    """Write features as GeoJSON, in a system."""
    layer: Layer = layer_of(now, name)
    borders = written_borders(layer, crs, now.crs)
    return [
        {
            "type": "Feature",
            "id": layer.ids[row],
            "geometry": borders[layer.place[row]] if layer.place[row] >= 0 else None,
            "properties": told,
        }
        for row, told in zip(rows.tolist(), plain_rows(layer.rows.iloc[rows]), strict=True)
    ]
