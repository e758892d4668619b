# SPDX-License-Identifier: EUPL-1.2
"""Every list page has twins: the same rows, by the same filter, as JSON, CSV and, where there is place, GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
import shapely
from django.http import HttpRequest, HttpResponse
from pyproj import Transformer

from stip.words import harmless

FORMS = ("json", "csv", "geojson")


@dataclass(frozen=True)
class Listing:
    """The rows of a list page.

    Attributes
    ----------
    name : str
        Stem of the file name, such as ``meldingen``.
    columns : mapping of str to str
        Code of each column, and its heading in Dutch.
    rows : iterable of mapping
        By code; read once. Numbers stay numbers; times are aware.
    facts : mapping
        What somebody must know to read it alone: the filter, when it was made, source, precision, licence.
    geometry : sequence of shapely geometries, optional
        Of each row, in ``crs``.
    crs : str
    """

    name: str
    columns: Mapping[str, str]
    rows: Iterable[Mapping[str, Any]]
    facts: Mapping[str, Any] = field(default_factory=dict)
    geometry: Sequence[Any] | None = None
    crs: str = "EPSG:28992"


def twin(request: HttpRequest, listing: Listing, form: str) -> HttpResponse:
    """Answer with the rows in this form.

    Parameters
    ----------
    form : str
        One of `FORMS`; GeoJSON only when there is geometry.
    """
    if form == "json":
        body, kind = as_json(listing), "application/json"
    elif form == "csv":
        body, kind = as_csv(listing), "text/csv; charset=utf-8"
    else:
        body, kind = as_geojson(listing), "application/geo+json"
    answer = HttpResponse(body, content_type=kind)
    if form == "csv":
        answer["Content-Disposition"] = f'attachment; filename="{listing.name}.csv"'
    return answer


def as_json(listing: Listing) -> str:
    """Write ``{"facts": …, "columns": …, "rows": […]}``."""
    rows = [{code: row.get(code) for code in listing.columns} for row in listing.rows]
    body = {"facts": dict(listing.facts), "columns": dict(listing.columns), "rows": rows}
    return json.dumps(body, default=_plain, ensure_ascii=False, allow_nan=False)


def as_csv(listing: Listing) -> str:
    """Write what a Dutch spreadsheet opens: semicolons, decimal commas, a mark that it is UTF-8, nothing that runs.

    The facts stand above the table, each on a line that begins with ``#``.
    """
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for name, value in listing.facts.items():
        writer.writerow([harmless(f"# {name}: {_plain(value)}")])
    writer.writerow([harmless(heading) for heading in listing.columns.values()])
    for row in listing.rows:
        writer.writerow([_cell(row.get(code)) for code in listing.columns])
    return out.getvalue()


def as_geojson(listing: Listing) -> str:
    """Write RFC 7946: longitude and latitude, seven decimals; the facts beside the features.

    Raises
    ------
    ValueError
        When the list has no geometry.
    """
    if listing.geometry is None:
        raise ValueError(f"{listing.name} has no geometry")
    turn = Transformer.from_crs(listing.crs, "OGC:CRS84", always_xy=True)

    def turned(xy: Any) -> Any:
        return np.round(np.column_stack(turn.transform(xy[:, 0], xy[:, 1])), 7)

    shapes = shapely.transform(np.asarray(listing.geometry, dtype=object), turned)
    features = [
        {"type": "Feature", "geometry": shapely.geometry.mapping(shape), "properties": dict(row)}
        for shape, row in zip(shapes, listing.rows, strict=True)
    ]
    body = {"type": "FeatureCollection", "facts": dict(listing.facts), "features": features}
    return json.dumps(body, default=_plain, ensure_ascii=False, allow_nan=False)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float | np.number) and not isinstance(value, bool):
        return repr(_plain(value)).removesuffix(".0").replace(".", ",")
    return harmless(str(_plain(value)))


def _plain(value: Any) -> Any:
    """Give a value as JSON knows it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
