# SPDX-License-Identifier: EUPL-1.2
"""Writing GeoJSON in the reference system that was asked, and looking in a box."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from django.http import HttpRequest, HttpResponse

from stip_web.api.crs import Crs, transform
from stip_web.api.parameters import Box, System
from stip_web.api.problems import Refused, fault

MEDIA_TYPE = "application/geo+json"
HEADER = "Accept-Crs"
Geometries = npt.NDArray[np.object_]


def crs_asked(request: HttpRequest, system: System) -> Crs:
    """Give the system to answer in: of the query, else of the header ``Accept-Crs``, else CRS84.

    Raises
    ------
    Refused
        With 406 when the header asks one that is not there.
    """
    header = request.headers.get(HEADER, "").strip("<> ")
    wanted = next((crs for crs in Crs if header in (crs.value, crs.uri)), None)
    if header and wanted is None:
        said = f"Dit stelsel is er niet. Kies {', '.join(Crs)}."
        raise Refused(406, said, [fault("header", HEADER, "crs_unknown", said)])
    return system.crs or wanted or Crs.CRS84


def points(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], crs: Crs, own: str) -> Iterable[dict[str, Any]]:
    """Yield a GeoJSON point for each place."""
    first, second = transform(x, y, crs, own)
    for pair in np.column_stack([first, second]).round(crs.decimals).tolist():
        yield {"type": "Point", "coordinates": pair}


def shapes(geometries: Geometries, crs: Crs, own: str) -> list[dict[str, Any]]:
    """Return each geometry as GeoJSON; rings turn as RFC 7946 has it."""
    turned = shapely.orient_polygons(turn(geometries, crs, own))
    rounded = shapely.transform(turned, lambda xy: xy.round(crs.decimals))
    return [json.loads(text) for text in shapely.to_geojson(rounded)]


def turn(geometries: Geometries, crs: Crs, own: str) -> Geometries:
    """Return geometries of the workspace in another system."""
    return shapely.transform(
        np.asarray(geometries, dtype=object), lambda xy: np.column_stack(transform(xy[:, 0], xy[:, 1], crs, own))
    )


def inside_points(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], box: Box, own: str
) -> npt.NDArray[np.bool_]:
    """Tell which places lie in the box; all when there is none."""
    if box.bbox is None:
        return np.ones(len(x), dtype=np.bool_)
    min_x, min_y, max_x, max_y = box.bbox
    first, second = transform(x, y, box.bbox_crs, own)
    return (first >= min_x) & (first <= max_x) & (second >= min_y) & (second <= max_y)


def inside_shapes(geometries: Geometries, box: Box, own: str) -> npt.NDArray[np.bool_]:
    """Tell which geometries touch the box; all when there is none."""
    if box.bbox is None:
        return np.ones(len(geometries), dtype=np.bool_)
    return np.asarray(shapely.intersects(turn(geometries, box.bbox_crs, own), shapely.box(*box.bbox)))


def collection(
    geometry: Iterable[Mapping[str, Any]],
    properties: Iterable[Mapping[str, Any]],
    crs: Crs,
    *,
    matched: int,
    following: str | None = None,
    **facts: Any,
) -> HttpResponse:
    """Answer with features, and beside them what somebody must know to read them."""
    features = [
        {"type": "Feature", "geometry": shape, "properties": told}
        for shape, told in zip(geometry, properties, strict=True)
    ]
    body = {
        "type": "FeatureCollection",
        "numberMatched": matched,
        "numberReturned": len(features),
        "next": following,
        **facts,
        "features": features,
    }
    text = json.dumps(body, default=_plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    answer = HttpResponse(text, content_type=MEDIA_TYPE)
    answer["Content-Crs"] = f"<{crs.uri}>"
    answer["Vary"] = HEADER
    return answer


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
