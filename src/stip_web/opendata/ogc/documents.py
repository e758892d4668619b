# SPDX-License-Identifier: EUPL-1.2
"""What the service says of itself: the first page, what it keeps to, and its collections."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from stip.publish import METHOD
from stip_web.opendata.environment import opendata_environment
from stip_web.opendata.ogc.layers import COLLECTIONS, Collection, extent, stored_in, systems
from stip_web.opendata.snapshot import Snapshot

CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-{part}"
    for part in (
        "1/1.0/conf/core",
        "1/1.0/conf/oas30",
        "1/1.0/conf/html",
        "1/1.0/conf/geojson",
        "2/1.0/conf/crs",
    )
)
GEOJSON, JSON, HTML = "application/geo+json", "application/json", "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_CALENDAR = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def link(request: HttpRequest, rel: str, name: str, *args: str, kind: str = JSON, title: str = "") -> dict[str, str]:
    """Point at an address of the service, in one of its forms."""
    url = request.build_absolute_uri(reverse(f"opendata:{name}", args=args))
    form = {HTML: "?f=html", JSON: "?f=json", GEOJSON: "?f=json"}.get(kind, "") if name.startswith("ogc-") else ""
    found = {"href": url + form, "rel": rel, "type": kind}
    return found | ({"title": title} if title else {})


def both(request: HttpRequest, name: str, *args: str, form: str, kind: str = JSON) -> list[dict[str, str]]:
    """Point at the answer itself and at its other form."""
    here, there = (HTML, kind) if form == "html" else (kind, HTML)
    return [link(request, "self", name, *args, kind=here), link(request, "alternate", name, *args, kind=there)]


def landing(request: HttpRequest, now: Snapshot, form: str) -> dict[str, Any]:
    """Say what there is."""
    return {
        "title": f"Meldingen per buurt, gemeente {now.town[1]}".removesuffix(", gemeente "),
        "description": METHOD,
        "links": [
            *both(request, "ogc-landing", form=form),
            link(request, "service-desc", "ogc-api", kind=OPENAPI, title="Beschrijving voor programma’s (OpenAPI)"),
            link(request, "service-doc", "page", kind=HTML, title="Uitleg voor mensen"),
            link(request, "conformance", "ogc-conformance", title="Waaraan deze dienst zich houdt"),
            link(request, "data", "ogc-collections", title="Wat er is"),
            _licence(),
        ],
    }


def conformance() -> dict[str, Any]:
    """Say which parts of the standard are kept."""
    return {"conformsTo": list(CONFORMANCE)}


def collections(request: HttpRequest, now: Snapshot, form: str) -> dict[str, Any]:
    """Say which collections there are."""
    return {
        "links": both(request, "ogc-collections", form=form),
        "crs": [crs.uri for crs in systems(now)],
        "collections": [collection(request, now, each, "json") for each in COLLECTIONS.values()],
    }


def collection(request: HttpRequest, now: Snapshot, what: Collection, form: str) -> dict[str, Any]:
    """Say what a collection is, where and of when."""
    return {
        "id": what.name,
        "title": what.title,
        "description": what.description,
        "itemType": "feature",
        "extent": _extent(now, what),
        "crs": [crs.uri for crs in systems(now)],
        "storageCrs": stored_in(now).uri,
        "links": [
            *both(request, "ogc-collection", what.name, form=form),
            link(request, "items", "ogc-items", what.name, kind=GEOJSON, title=what.title),
            link(request, "items", "ogc-items", what.name, kind=HTML, title=what.title),
            _licence(),
        ],
    }


def _extent(now: Snapshot, what: Collection) -> dict[str, Any]:
    found: dict[str, Any] = {}
    box = extent(now)
    if box is not None:
        found["spatial"] = {"bbox": [list(box)], "crs": _CRS84}
    if what.name == "cijfers" and now.quarters:
        zone = settings.TIME_ZONE
        begin, end = now.quarters[0].begins_at(zone), now.quarters[-1].ends_at(zone)
        interval = [moment.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (begin, end)]
        found["temporal"] = {"interval": [interval], "trs": _CALENDAR}
    return found


def _licence() -> dict[str, str]:
    env = opendata_environment()
    return {"href": env.licence, "rel": "license", "type": HTML, "title": env.licence_name}
