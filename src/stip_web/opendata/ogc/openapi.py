# SPDX-License-Identifier: EUPL-1.2
"""The description of the service (OpenAPI 3.0), made of the same models that read the questions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from stip import __version__
from stip.publish import METHOD
from stip_web.answers.problems import MEDIA_TYPE as PROBLEM
from stip_web.opendata.columns import Column
from stip_web.opendata.environment import opendata_environment
from stip_web.opendata.ogc.documents import GEOJSON, HTML, JSON, OPENAPI
from stip_web.opendata.ogc.layers import COLLECTIONS
from stip_web.opendata.ogc.parameters import ASKED, Asked, AskedFeature
from stip_web.opendata.snapshot import Snapshot

_URI = {"type": "string", "format": "uri"}
_PROBLEM = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
_LINK = {
    "type": "object",
    "required": ["href", "rel"],
    "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
}
_GEOMETRY = {
    "type": "object",
    "nullable": True,
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"type": "string", "enum": ["Polygon", "MultiPolygon"]},
        "coordinates": {"type": "array", "items": {}},
    },
}
_REFUSALS = {"400": "De vraag klopt niet.", "404": "Dit is er niet.", "503": "Publiceren staat op pauze."}


def document(request: HttpRequest, now: Snapshot) -> dict[str, Any]:
    """Describe every address of the service.

    Parameters
    ----------
    request : HttpRequest
        Says where it is reached.
    """
    env = opendata_environment()
    return {
        "openapi": "3.0.3",
        "info": {
            "title": f"Meldingen per buurt, gemeente {now.town[1]}".removesuffix(", gemeente "),
            "version": __version__,
            "description": METHOD,
            "license": {"name": env.licence_name, "url": env.licence},
        },
        "servers": [{"url": request.build_absolute_uri(reverse("opendata:ogc-landing"))}],
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }


def _paths() -> dict[str, Any]:
    paths = {
        "/": _get("getLandingPage", "Wat deze dienst heeft", Asked, JSON, "landing", alone=True),
        "/conformance": _get("getConformance", "Waaraan zij zich houdt", Asked, JSON, "conformance", alone=True),
        "/api": _get("getApi", "Deze beschrijving", Asked, OPENAPI, "any", alone=True, html=False),
        "/collections": _get("getCollections", "Wat er is", Asked, JSON, "collections", alone=True),
    }
    for name, what in COLLECTIONS.items():
        here = f"/collections/{name}"
        paths[here] = _get(f"describe_{name}", what.title, Asked, JSON, "collection")
        paths[f"{here}/items"] = _get(f"get_{name}", what.description, ASKED[name], GEOJSON, f"{name}Features")
        one = _get(f"getOne_{name}", f"{what.title}: één", AskedFeature, GEOJSON, f"{name}Feature")
        one["get"]["parameters"].insert(
            0, {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        )
        paths[f"{here}/items/{{featureId}}"] = one
    return paths


def _get(
    name: str, summary: str, wish: type[Asked], kind: str, schema: str, *, alone: bool = False, html: bool = True
) -> dict[str, Any]:
    """Describe one address; ``alone`` when it is there whatever is published."""
    content: dict[str, Any] = {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    if html:
        content[HTML] = {"schema": {"type": "string"}}
    answers: dict[str, Any] = {"200": {"description": "Het antwoord.", "content": content}}
    for status, said in _REFUSALS.items():
        if status != "404" or not alone:
            shape = {"schema": {"$ref": "#/components/schemas/problem"}}
            answers[status] = {"description": said, "content": {PROBLEM: shape}}
    return {"get": {"operationId": name, "summary": summary, "parameters": _parameters(wish), "responses": answers}}


def _parameters(wish: type[Asked]) -> list[dict[str, Any]]:
    found = []
    for name, told in wish.model_json_schema()["properties"].items():
        either = [each for each in told.get("anyOf", ()) if each != {"type": "null"}]
        schema = {key: value for key, value in told.items() if key not in ("anyOf", "title", "description")}
        schema |= either[0] if either else {}
        if schema.get("default", 0) is None:
            del schema["default"]
        entry: dict[str, Any] = {
            "name": name,
            "in": "query",
            "required": False,
            "description": told["description"],
            "schema": schema,
            "style": "form",
            "explode": False,
        }
        found.append(entry)
    return found


def _schemas() -> dict[str, Any]:
    links = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
    collection = {
        "type": "object",
        "required": ["id", "links"],
        "properties": {
            "id": {"type": "string"},
            "title": {"type": "string"},
            "description": {"type": "string"},
            "itemType": {"type": "string"},
            "extent": {"type": "object"},
            "crs": {"type": "array", "items": _URI},
            "storageCrs": _URI,
            "links": links,
        },
    }
    found = {
        "any": {"type": "object"},
        "problem": _PROBLEM,
        "link": _LINK,
        "geometry": _GEOMETRY,
        "landing": {
            "type": "object",
            "required": ["links"],
            "properties": {"title": {"type": "string"}, "description": {"type": "string"}, "links": links},
        },
        "conformance": {
            "type": "object",
            "required": ["conformsTo"],
            "properties": {"conformsTo": {"type": "array", "items": _URI}},
        },
        "collection": collection,
        "collections": {
            "type": "object",
            "required": ["links", "collections"],
            "properties": {
                "links": links,
                "crs": {"type": "array", "items": _URI},
                "collections": {"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
            },
        },
    }
    for name, what in COLLECTIONS.items():
        found[f"{name}Feature"] = _feature(what.columns, links)
        found[f"{name}Features"] = {
            "type": "object",
            "required": ["type", "features"],
            "properties": {
                "type": {"type": "string", "enum": ["FeatureCollection"]},
                "numberMatched": {"type": "integer", "minimum": 0},
                "numberReturned": {"type": "integer", "minimum": 0},
                "links": links,
                "features": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}Feature"}},
            },
        }
    return found


def _feature(columns: tuple[Column, ...], links: dict[str, Any]) -> dict[str, Any]:
    properties = {column.name: _property(column) for column in columns}
    return {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": {"$ref": "#/components/schemas/geometry"},
            "properties": {"type": "object", "required": list(properties), "properties": properties},
            "links": links,
        },
    }


def _property(column: Column) -> dict[str, Any]:
    kind = {"date": {"type": "string", "format": "date"}}.get(column.kind, {"type": column.kind})
    return kind | {"description": column.description} | ({"nullable": True} if column.nullable else {})
