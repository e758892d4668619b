# SPDX-License-Identifier: EUPL-1.2
"""Neighbourhoods, with the district that each lies in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from stip.store import area_years, read_areas
from stip_web.accounts.permissions import Permission as May
from stip_web.answers.problems import Refused
from stip_web.answers.shapes import shapes
from stip_web.api.geojson import collection, crs_asked, inside_shapes
from stip_web.api.operation import operation
from stip_web.api.parameters import Box, System
from stip_web.api.schemas import Body, Collection, Feature
from stip_web.workspaces.current import current_workspace

router = Router(tags=["places"])
MAPS = (May.DOTS_FINE, May.DOTS_COARSE, May.OUTLOOK_READ, May.OUTLOOK_COARSE, May.PLAN_READ)
"""Who sees a map sees what lies under it."""


class Area(Body):
    """A neighbourhood (buurt)."""

    code: str
    name: str
    district_code: str
    district_name: str
    year: int


class AreaFeature(Feature):
    """A neighbourhood within its borders."""

    properties: Area


class Areas(Collection):
    """All neighbourhoods."""

    features: list[AreaFeature]


@operation(
    router, "/areas", permission=MAPS, returns=Areas, geo=True, also=(404, 406), summary="Neighbourhoods"
)  # fmt: skip
def list_areas(request: HttpRequest, box: Query[Box], system: Query[System]) -> HttpResponse:
    """Give the neighbourhoods of the newest year there is, whole; open data."""
    crs = crs_asked(request, system)
    workspace = current_workspace()
    if not area_years(workspace):
        raise Refused(404, "Er zijn nog geen buurten ingelezen. Doe dat met ‘stip intake areas BESTAND’.")
    own, frame = workspace.settings.town.crs, read_areas(workspace).frame
    frame = frame[inside_shapes(frame.geometry.to_numpy(), box, own)]
    properties = [
        {
            "code": row["area_code"],
            "name": row["name"],
            "districtCode": row["district_code"],
            "districtName": row["district_name"],
            "year": int(row["area_year"]),
        }
        for row in frame.drop(columns="geometry").to_dict("records")
    ]
    return collection(shapes(frame.geometry.to_numpy(), crs, own), properties, crs, matched=len(frame))
