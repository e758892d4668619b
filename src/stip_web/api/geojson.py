# SPDX-License-Identifier: EUPL-1.2
"""Writing GeoJSON in the reference system that was asked, and looking in a box."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
from django.http import HttpRequest, HttpResponse

from stip_web.answers.crs import Crs, transform
from stip_web.answers.problems import Refused, fault
from stip_web.answers.shapes import Geometries, touching
from stip_web.api.parameters import Box, System

MEDIA_TYPE = "application/geo+json"
HEADER = "Accept-Crs"


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
    return touching(geometries, box.bbox, box.bbox_crs, own)


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
