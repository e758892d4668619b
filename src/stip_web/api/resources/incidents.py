# SPDX-License-Identifier: EUPL-1.2
"""Incidents, each a dot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal

import numpy as np
import pandas as pd
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from stip_web.api.cursor import page
from stip_web.api.geojson import collection, crs_asked, points
from stip_web.api.incidents.filtering import Weekday, When, Where
from stip_web.api.incidents.search import LOOKS, find
from stip_web.api.incidents.shown import UNKNOWN_HOUR, WEEKDAYS
from stip_web.api.incidents.taking import activity_of, takes_along, write_taken
from stip_web.api.operation import operation
from stip_web.api.parameters import Paging, System
from stip_web.api.schemas import Body, Collection, Feature, week_field

router = Router(tags=["incidents"])


class LeftOut(Body):
    """What the answer does not hold, whatever the place that was asked."""

    hidden: int = Field(description="Too few dwellings stand there; over the whole town.")
    outside: int = Field(description="In no cell of the town.")
    hour_unknown: int = Field(description="The filter asks hours, and of these the hour is not known.")


class Incident(Body):
    """One incident. It has no number here: nothing can be looked up by it."""

    crime_type: str
    source: str
    week: str = week_field(description="Of the middle of the time window, as the day, weekday and hour.")
    day: date | None = Field(description="Null when coarse: it is of a whole week.")
    weekday: Weekday | None = Field(description="Null when coarse.")
    hour: int | None = Field(ge=0, le=23, description="On the local clock; null when the window is over 12 hours.")
    area_code: str | None
    precision_m: float = Field(description="Side of the square round the point in which it happened.")
    state: Literal["shown", "merged", "hidden", "unknown", "outside"] = Field(
        description="How the dwellings rule treats this place; merged: moved, when coarse."
    )
    window_start: datetime | None = Field(description="Null when coarse.")
    window_end: datetime | None = Field(description="Null when coarse.")


class IncidentFeature(Feature):
    """One incident at its place."""

    properties: Incident


class Incidents(Collection):
    """Incidents, oldest first."""

    precision: Literal["fine", "coarse"] = Field(
        description="As the caller may see; coarse keeps the dwellings rule."
    )
    left_out: LeftOut
    features: list[IncidentFeature]


@operation(
    router, "/incidents", permission=LOOKS, reads=activity_of, returns=Incidents, geo=True, also=(406,),
    summary="Incidents, as dots",
)  # fmt: skip
def list_incidents(
    request: HttpRequest, when: Query[When], where: Query[Where], paging: Query[Paging], system: Query[System]
) -> HttpResponse:
    """Give incidents, oldest first, as fine or coarse as the caller may see them.

    With a token, or with a limit above 1,000, this is taking incidents along: it needs `dots.export` besides, and
    each answer leaves a line in the log. A session may look at 1,000 rows an answer without it.
    """
    crs = crs_asked(request, system)
    found = find(request, when, where)
    question = (when, where.area, where.bbox, where.bbox_crs, found.facts["precision"], found.state)
    now = page(len(found.table), paging, *question)
    rows = found.table.iloc[now.rows]
    if takes_along(request, paging):
        write_taken(request, len(rows), fine=found.facts["precision"] == "fine")
    own = found.workspace.settings.town.crs
    places = points(rows["x_m"].to_numpy(np.float64), rows["y_m"].to_numpy(np.float64), crs, own)
    told = _properties(rows, fine=found.facts["precision"] == "fine")
    return collection(places, told, crs, matched=len(found.table), following=now.next, **found.facts)


def _properties(rows: pd.DataFrame, *, fine: bool) -> Iterator[dict[str, Any]]:
    nothing = [None] * len(rows)
    windows = [
        rows[name].map(pd.Timestamp.isoformat).tolist() if name in rows else nothing for name in ("from_at", "to_at")
    ]
    columns = ("crime_type", "source", "week", "weekday", "hour", "area_code", "precision_m", "state")
    values = [rows[name].tolist() for name in columns]
    for kind, source, week, weekday, hour, area, precision, state, day, start, end in zip(
        *values, rows["day"].dt.strftime("%Y-%m-%d").tolist(), *windows, strict=True
    ):
        yield {
            "crimeType": kind,
            "source": source,
            "week": week,
            "day": day if fine else None,
            "weekday": WEEKDAYS[weekday] if fine else None,
            "hour": None if hour == UNKNOWN_HOUR else hour,
            "areaCode": area,
            "precisionM": precision,
            "state": state,
            "windowStart": start,
            "windowEnd": end,
        }
